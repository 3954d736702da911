"""Measures the speed, the memory and the linear time of the analysis: `python -m bench.analysis [SHARED_DIR]`.

Speed: tokens a second of `Analyzer.terms` on running text, beside Whoosh's own analyser with a Snowball stemmer, in
turns, the median of several. Warm: the words have been seen. Cold: none has. Large: one pass over a text whose
vocabulary is larger than what is remembered. Sentences without an article are put together, twenty to one.
Memory: what an analyser holds after a large vocabulary. Detection: milliseconds for 1,000 characters.
Hostile: t(2n)/t(n) of each step, n being half of 2 MB; the lowest time of several.
"""

import argparse
import json
import random
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median

from whoosh.analysis import LowercaseFilter, RegexTokenizer, StemFilter, StopFilter

from search.kazakh import Analyzer, detect
from search.kazakh.clean import clean
from search.kazakh.tokenize import tokenize

FILES = {"articles": ("akorda_speeches", "ntrex_news"), "large": ("background",)}
ROUNDS = 7
TARGET = 400_000
"""Tokens a second, warm."""

NASTY = {
    "one word": "ә",
    "combining marks": "а\u0301\u0308",
    "marks alone": "\u0301",
    "soft hyphens": "ә\u00ad",
    "soft hyphens at line ends": "сөз\u00ad\n",
    "line-end hyphens": "сөз-\n",
    "digits with commas": "123,",
    "digits with spaces": "123 ",
    "digits with points": "1.",
    "letters of two alphabets": "abcабв",
    "look-alikes": "aаoо",
    "apostrophes": "a'",
    "capitals glued": "АлтынКүміс",
    "abbreviations": "ҚР-ның",
    "units": "5 млн-ға % ",
    "quotation marks": "»-",
    "words": "мектеп ",
    "endings": "ларымыздың",
}
ENDS = ("", "1234")
"""Four last digits undo a number with groups of three."""


def articles(shared: Path, kind: str) -> list[str]:
    """The texts of a kind, or the sample archive where the judged sets are absent."""
    files = [shared / f"corpus/{name}.jsonl" for name in FILES[kind]]
    if not all(file.exists() for file in files):
        files = sorted(Path("sample").rglob("*.jsonl"))
    texts: list[str] = []
    for file in files:
        with file.open(encoding="utf-8") as lines:
            found = [_text(json.loads(line)) for line in lines]
        step = 20 if "background" in file.name else 1
        texts += ["\n".join(found[at : at + step]) for at in range(0, len(found), step)]
    return texts


def _text(record: dict[str, str]) -> str:
    return f"{record.get('title') or ''}\n{record.get('body') or record.get('text') or ''}".strip()


def seconds(work: Callable[[str], object], texts: Sequence[str]) -> float:
    """Processor time of one pass, because the machine may be shared."""
    began = time.process_time()
    for text in texts:
        work(text)
    return time.process_time() - began


def whoosh_chain() -> Callable[[str], object]:
    """Whoosh's `StemmingAnalyzer` with the Snowball stemmer of the language that Whoosh knows beside Kazakh."""
    from whoosh.lang.snowball.russian import RussianStemmer  # the import is slow

    chain = RegexTokenizer() | LowercaseFilter() | StopFilter() | StemFilter(RussianStemmer().stem, cachesize=50_000)
    return lambda text: [(token.text, token.startchar, token.endchar) for token in chain(text, chars=True)]


def speed(texts: list[str]) -> None:
    """Print warm and cold speed and the ratio to Whoosh."""
    analyzer, other = Analyzer(), whoosh_chain()
    tokens = sum(len(analyzer.terms(text, "kk").starts) for text in texts)
    seconds(other, texts)
    pairs = [(seconds(lambda text: analyzer.terms(text, "kk"), texts), seconds(other, texts)) for _ in range(ROUNDS)]
    cold = []
    for _ in range(3):
        fresh = Analyzer()
        cold.append(seconds(lambda text, fresh=fresh: fresh.terms(text, "kk"), texts))
    warm = tokens / median(ours for ours, _ in pairs)
    ratio = median(theirs / ours for ours, theirs in pairs)
    print(f"{tokens} tokens of running text")
    print(f"{'warm':24}{warm:12,.0f} tokens/s   to reach {TARGET:,}")
    theirs = tokens / median(theirs for _, theirs in pairs)
    print(f"{'Whoosh, warm':24}{theirs:12,.0f} tokens/s   1/{ratio:.1f} of it")
    print(f"{'cold':24}{tokens / median(cold):12,.0f} tokens/s")


def memory(texts: list[str]) -> None:
    """Print what is held after a text with a large vocabulary, and the speed there."""
    analyzer = Analyzer()
    for text in ("мектеп school 1 VIII", "школа"):  # the tables are no cache
        analyzer.terms(text, "ru")
    tracemalloc.start()
    for at, text in enumerate(texts):
        lang = ("kk", "ru", "en", None)[at % 4]
        analyzer.terms(text, lang)
        analyzer.analyze(text[:200], lang)
    held = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    print(f"{'memory held':24}{held / 1e6:12.1f} MB of at most 16, {analyzer.remembered} words")
    fresh = Analyzer()
    tokens = sum(len(fresh.terms(text, "kk").starts) for text in texts)
    took = seconds(lambda text: fresh.terms(text, "kk"), texts)
    print(f"{'large vocabulary':24}{tokens / took:12,.0f} tokens/s, {tokens} tokens")


def detection(texts: list[str]) -> None:
    """Print the time to find a language in the beginnings of articles."""
    beginnings = [text[:2000] for text in texts]
    took = median(seconds(detect, beginnings) for _ in range(ROUNDS))
    print(f"{'detect':24}{took / sum(map(len, beginnings)) * 1e6:12.3f} ms for 1,000 characters")


def hostile(size: int) -> None:
    """Print the worst ratio of each kind of text, of all steps."""
    steps: dict[str, Callable[[str], object]] = {
        "clean": clean,
        "tokenize": lambda text: tokenize(clean(text).text),
        "detect": detect,
        "terms": lambda text: Analyzer().terms(text, "kk"),
    }
    Analyzer().terms("сөз", "kk")
    for name, piece in NASTY.items():
        for end in ENDS:
            row = list(_ratios(piece, end, size, steps))
            print(f"{name:28}{end:5}" + "".join(f"{step} {ratio:.2f} ({took:.2f} s)  " for step, ratio, took in row))


def _ratios(
    piece: str, end: str, size: int, steps: dict[str, Callable[[str], object]]
) -> Iterator[tuple[str, float, float]]:
    one, two = (piece * (length // len(piece)) + end for length in (size // 2, size))
    for step, work in steps.items():
        half = min(seconds(work, [one]) for _ in range(3))
        whole = min(seconds(work, [two]) for _ in range(3))
        yield step, whole / half if half > 0.001 else 0.0, whole


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", nargs="?", type=Path, default=Path("../shared"))
    parser.add_argument("--size", type=int, default=2_000_000, help="characters of a hostile text")
    parser.add_argument("--hostile", action="store_true", help="only the hostile texts")
    args = parser.parse_args()
    if not args.hostile:
        texts, large = articles(args.shared, "articles"), articles(args.shared, "large")
        random.Random(1).shuffle(large)
        speed(texts)
        memory(large)
        detection(texts + large)
    hostile(args.size)


if __name__ == "__main__":
    main()
