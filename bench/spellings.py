"""Measures what people type against a vocabulary of real text: `python -m bench.spellings [SHARED_DIR] [--misses N]`.

Spellings: share of `query_variants` whose reading finds the canonical word: the stems searched have one of its stems.
Edits: the same for words of the vocabulary with one or two random edits. Unknown: words of one set's queries that
another set does not have, all of which are read wrongly if they are read anew. Scripts, names, pairs: share of the
words that have one key in all scripts (or with and without the nine letters), and what the rest is.
"""

import argparse
import csv
import json
import random
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from search.kazakh import Analyzer, Stemmer
from search.kazakh.script import KAZAKH_LETTERS
from search.query.correct import correct
from search.query.retype import retype
from search.vocabulary import Vocabulary, VocabularyWriter
from search.vocabulary.spelling import within

GROUPS = {
    "alphabets": ("canonical upper latin_2021 latin_2018 latin_2017 latin_qazaqparat ascii_qaz ascii_rus arabic", 1.0),
    "keyboards": ("keyboard_ru keyboard_ru_y keyboard_ru_e", 1.0),
    "layouts": ("layout_kz layout_ru", 1.0),
    "homoglyphs": ("homoglyph_kz homoglyph_mixed", 1.0),
    "inflected": ("inflected inflected_keyboard_ru inflected_latin_2021", 0.99),
    "typos": ("typo", 0.9),
}
"""Rows of the report: types of spellings, and the share to reach."""

EDITED = 2000
"""Words that are mistyped at random."""

_PLAIN = str.maketrans("әғқңөұүһі", "агкноуухи")
_PLAIN_Y = str.maketrans("әғқңөұүһі", "агкноуухы")


def sets(shared: Path) -> list[Path]:
    """The files of all sets of articles."""
    return [*sorted((shared / "corpus").glob("*.jsonl")), *sorted((shared / "relevance").glob("*/docs.jsonl"))]


def texts(files: Iterable[Path]) -> Iterator[str]:
    """The articles of some sets, each title and body together."""
    for file in files:
        with file.open(encoding="utf-8") as lines:
            for record in map(json.loads, lines):
                yield f"{record.get('title', '')}\n{record.get('body') or record.get('text', '')}"


def build(files: Iterable[Path], analyzer: Analyzer, path: Path) -> None:
    """Write the vocabulary of the articles of these files."""
    writer = VocabularyWriter()
    for text in texts(files):
        terms = analyzer.terms(text, "kk")
        writer.add(zip(terms.exacts, terms.keys, terms.stems, strict=True))
    writer.write(path)


class Reader:
    """Reads a query as the search does."""

    def __init__(self, analyzer: Analyzer, vocabulary: Vocabulary) -> None:
        self._analyzer, self._vocabulary = analyzer, vocabulary

    def stems(self, query: str) -> set[str]:
        """The stems that are searched."""
        text = retype(query, self._analyzer, self._vocabulary) or query
        tokens, _ = correct(self._analyzer.analyze(text), self._vocabulary)
        return {stem for token in tokens for stem in token.stems}


def spellings(shared: Path, analyzer: Analyzer, reader: Reader) -> dict[str, tuple[int, list[str]]]:
    """For each type its number of spellings, and those that miss."""
    total: Counter[str] = Counter()
    misses: defaultdict[str, list[str]] = defaultdict(list)
    with (shared / "morphology/query_variants.jsonl").open(encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            wanted = {stem for token in analyzer.analyze(record["canonical"], "kk") for stem in token.stems}
            for variant in record["variants"]:
                total[variant["type"]] += 1
                found = reader.stems(variant["query"])
                if wanted.isdisjoint(found):
                    misses[variant["type"]].append(f"{record['canonical']} ← {variant['query']} = {' '.join(found)}")
    return {kind: (count, misses[kind]) for kind, count in total.items()}


def edited(word: str, chance: random.Random) -> str:
    """The word with one letter left out, doubled, replaced, or swapped with the next."""
    at = chance.randrange(len(word) - 1)
    return chance.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + chance.choice("аеиылнрст") + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        ]
    )


def edits(shared: Path, analyzer: Analyzer, reader: Reader, number: int) -> tuple[int, list[str]]:
    """Running words with so many random edits: how many were read, and those that miss."""
    chance = random.Random(number)
    words = [word for text in texts(sets(shared)) for word in text.lower().split() if word.isalpha() and len(word) >= 6]
    misses = []
    for word in chance.choices(words, k=EDITED):
        typed = word
        for _ in range(number):
            typed = edited(typed, chance)
        wanted = {stem for token in analyzer.analyze(word, "kk") for stem in token.stems}
        found = reader.stems(typed)
        if wanted.isdisjoint(found):
            misses.append(f"{word} ← {typed} = {' '.join(found)}")
    return EDITED, misses


def unknown(shared: Path, analyzer: Analyzer, path: Path) -> tuple[int, list[str]]:
    """The words of the queries of two sets beside the articles of the third; the misses are those read anew."""
    build([shared / "relevance/tengri/docs.jsonl"], analyzer, path)
    vocabulary = Vocabulary.open(path)
    total, misses = 0, []
    for name in ("akorda", "kazqad"):
        with (shared / f"relevance/{name}/queries.jsonl").open(encoding="utf-8") as lines:
            for record in map(json.loads, lines):
                tokens = analyzer.analyze(record["query"])
                total += len(tokens)
                misses += [f"{note.source} read as {note.target}" for note in correct(tokens, vocabulary)[1]]
    vocabulary.close()
    return total, misses


def keys(analyzer: Analyzer, text: str) -> list[set[str]]:
    """The keys that each word of a text may have."""
    return [{reading.key for reading in token.readings} for token in analyzer.analyze(text)]


def why(left: set[str], right: set[str], stemmer: Stemmer) -> str:
    """How two words without a common key differ: in the ending, in the spelling, or altogether."""
    if not {stemmer.stem(key).value for key in left}.isdisjoint(stemmer.stem(key).value for key in right):
        return "other ending"
    if any(within(a, b, 2) is not None for a in left for b in right if min(len(a), len(b)) > 3):
        return "other spelling or ending"
    return "other word"


def same_keys(pairs: Iterable[tuple[str, str]], analyzer: Analyzer) -> tuple[int, list[str]]:
    """How many words of pairs of texts with equally many words there are, and those without a common key."""
    total, misses, stemmer = 0, [], Stemmer()
    for one, other in pairs:
        left, right = keys(analyzer, one), keys(analyzer, other)
        if len(left) == len(right):
            total += len(left)
            misses += [
                f"{why(a, b, stemmer)}: {'/'.join(sorted(a))} ≠ {'/'.join(sorted(b))}"
                for a, b in zip(left, right, strict=True)
                if a.isdisjoint(b)
            ]
    return total, misses


def aligned(shared: Path, script: str) -> Iterator[tuple[str, str]]:
    """The same messages in Cyrillic and in another script."""
    with (shared / "lexical/scripts_aligned.jsonl").open(encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            if record.get("cyrl") and record.get(script):
                yield record["cyrl"], record[script]


def names(shared: Path, field: str) -> Iterator[tuple[str, str]]:
    """The same names in Cyrillic and in another script."""
    with (shared / "lexical/names_3scripts.jsonl").open(encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            if record.get("slavicName") and record.get(field):
                yield record["slavicName"], record[field]


def russified(shared: Path) -> Iterator[tuple[str, str]]:
    """Words typed without the nine letters, beside the right ones; only where nothing else differs."""
    with (shared / "lexical/russified_pairs.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            typed, right = (row["input"] or "").lower(), (row["target"] or "").lower()
            nine = not KAZAKH_LETTERS.isdisjoint(right)
            if nine and len(typed) == len(right) and all(_same_letter(a, b) for a, b in zip(typed, right, strict=True)):
                yield typed, right


def _same_letter(typed: str, right: str) -> bool:
    return typed == right or typed in (right.translate(_PLAIN), right.translate(_PLAIN_Y))


def show(name: str, total: int, misses: list[str], most: int, reach: float = 0.0) -> None:
    """One row of the report and some of its misses."""
    share = 1 - len(misses) / total if total else 0.0
    print(f"{name:24}{share:8.2%} of {total:6}" + (f"   to reach {reach:.0%}" if reach else ""))
    for line, count in Counter(misses).most_common(most):
        print(f"    {count} × {line}")
    kinds = Counter(line.partition(": ")[0] for line in misses if ": " in line)
    for kind, count in kinds.most_common():
        print(f"    {kind}: {count}")
    if kinds:
        same = total - kinds["other word"]
        print(f"    of {same} that are the same word {1 - (len(misses) - kinds['other word']) / same:.2%}")


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", nargs="?", type=Path, default=Path("../shared"))
    parser.add_argument("--misses", type=int, default=5, metavar="N", help="show N misses of each kind")
    parser.add_argument("--vocabulary", type=Path, help="keep the vocabulary here, or use the one that is here")
    args = parser.parse_args()
    analyzer = Analyzer()
    with tempfile.TemporaryDirectory() as folder:
        path = args.vocabulary or Path(folder) / "vocabulary.bin"
        if not path.exists():
            build(sets(args.shared), analyzer, path)
        began = time.perf_counter()
        vocabulary = Vocabulary.open(path)
        print(
            f"{len(vocabulary)} keys, {path.stat().st_size / 1e6:.1f} MB, {time.perf_counter() - began:.4f} s to open"
        )
        report(args.shared, analyzer, Reader(analyzer, vocabulary), args.misses)
        show("unknown words left", *unknown(args.shared, analyzer, Path(folder) / "other.bin"), args.misses)
        vocabulary.close()


def report(shared: Path, analyzer: Analyzer, reader: Reader, most: int) -> None:
    """Print the rows."""
    found = spellings(shared, analyzer, reader)
    for group, (kinds, reach) in GROUPS.items():
        rows = [found[kind] for kind in kinds.split()]
        show(group, sum(total for total, _ in rows), [miss for _, misses in rows for miss in misses], 0, reach)
        for kind, (total, misses) in zip(kinds.split(), rows, strict=True):
            show("  " + kind, total, misses, most)
    for number in (1, 2):
        began = time.perf_counter()
        total, misses = edits(shared, analyzer, reader, number)
        show(f"{number} random edits", total, misses, most)
        print(f"    {(time.perf_counter() - began) / total * 1000:.2f} ms a word")
    for script in ("latn", "arab"):
        show(f"scripts_aligned {script}", *same_keys(aligned(shared, script), analyzer), most, 0.9)
    for field in ("latinName", "kzName"):
        show(f"names_3scripts {field}", *same_keys(names(shared, field), analyzer), most, 0.95)
    show("russified_pairs", *same_keys(russified(shared), analyzer), most, 0.99)


if __name__ == "__main__":
    main()
