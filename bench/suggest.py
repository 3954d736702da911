"""Measures suggestions as one types: `python -m bench.suggest [SHARED_DIR]`.

The first four letters of the commonest words of an archive's titles, typed in six spellings: how often the word itself
is among the first eight words suggested. `reachable` is the share that could be, if nothing but these words began
alike: no more than eight of those that do. The letters come from tables in `../shared`.
"""

import argparse
import json
import re
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from indexer.limits import Limit
from indexer.options import Options
from indexer.progress import Progress
from indexer.reading import articles
from indexer.records import Cleaned
from indexer.run import run
from indexer.specs import input_specs
from indexer.survey import survey
from search.kazakh.tables import rows
from search.service import SearchService
from search.settings import Settings

from .judged import complain, table
from .retyped import Typed, spellings

SPELLINGS = 6
WORDS = 2000
LETTERS = 4
SHOWN = 8
LONGEST_TITLE = 110
"""Sentences of the background up to so many characters stand for titles."""

_WORD = re.compile(r"[^\W\d_]{5,}")
_OPTIONS = Options(max_delete=Limit(percent=100), max_errors=Limit(percent=100), stale_after=timedelta(days=1))


def ways(shared: Path) -> dict[str, Typed]:
    """The six spellings of the aim, then others."""
    known = spellings(shared)
    keys = {row["kazakh"]: row["english"] for row in rows("keyboard")}
    russian = {row["russian"]: row["english"] for row in rows("keyboard")}
    plain = known["no Kazakh letters"]
    return {
        "as written": lambda text: text,
        "no Kazakh letters": plain,
        "Latin 2021": known["Latin 2021"],
        "Latin 2018": known["Latin 2018"],
        "töte jazu": known["töte jazu"],
        "Kazakh keys on an English layout": lambda text: text.translate(str.maketrans(keys)),
        "QazAqparat": known["QazAqparat"],
        "ASCII, Kazakh habit": known["ASCII, Kazakh habit"],
        "ASCII, Russian habit": known["ASCII, Russian habit"],
        "Russian keys on an English layout": lambda text: plain(text).translate(str.maketrans(russian)),
    }


def archives(shared: Path, folder: Path) -> dict[str, tuple[Path, ...]]:
    """Inputs by the name of the archive: the one article of the seed, news, all articles, and many short sentences."""
    judged = [shared / f"relevance/{name}/docs.jsonl" for name in ("tengri", "akorda", "kazqad")]
    more = [shared / "corpus/ntrex_news.jsonl", shared / "corpus/akorda_speeches.jsonl"]
    sentences = folder / "sentences.jsonl"
    with (
        (shared / "corpus/background.jsonl").open(encoding="utf-8") as lines,
        sentences.open("w", encoding="utf-8") as out,
    ):
        for number, record in enumerate(map(json.loads, lines)):
            if len(record["text"]) <= LONGEST_TITLE:
                row = {"id": str(number), "title": record["text"], "body": record["text"], "lang": "kk"}
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
    return {
        "seed": (shared / "corpus/seed",),
        "tengri": (judged[0],),
        "all": (*judged, *more),
        "sentences": (sentences,),
    }


@contextmanager
def serving(inputs: Sequence[Path]) -> Iterator[tuple[SearchService, Counter[str]]]:
    """The search over these inputs, in a scratch folder, and how many titles have each word."""
    with tempfile.TemporaryDirectory(prefix="izde-suggest-") as scratch:
        settings = Settings(index=Path(scratch) / "index", quarantine=Path(scratch) / "quarantine", deadline_ms=60_000)
        specs = input_specs(tuple(inputs), settings)
        counts: Counter[str] = Counter()
        for item in articles(specs):
            if isinstance(item, Cleaned):
                counts.update(set(_WORD.findall(item.article.title.lower())))
        run(lambda *_: survey(specs), settings, _OPTIONS, Progress(quiet=True), complain)
        service = SearchService(settings)
        try:
            yield service, counts
        finally:
            service.close()


def reachable(words: Sequence[str], typed: Typed) -> float:
    """The share of these words, the commonest first, that could be among eight if nothing but they began alike."""
    groups = Counter(typed(word)[:LETTERS] for word in words)
    return sum(min(count, SHOWN) for count in groups.values()) / len(words)


def missed(service: SearchService, words: Sequence[str], typed: Typed) -> list[str]:
    """The words that are not among the first eight words suggested for their first letters."""
    missing = []
    for word in words:
        start = typed(word)[:LETTERS]
        found = [one.text.text.lower() for one in service.suggest(start, SHOWN).suggestions if not one.id]
        if word not in found[:SHOWN]:
            missing.append(f"{word} ← {start} = {' '.join(found)}")
    return missing


def report(name: str, service: SearchService, counts: Counter[str], spelled: Mapping[str, Typed], most: int) -> None:
    """Print the table of an archive and some misses."""
    in_order = sorted(counts, key=lambda word: (-counts[word], word))[:WORDS]
    lines, asked, began = [], 0, time.process_time()
    for way, typed in spelled.items():
        missing = missed(service, in_order, typed)
        asked += len(in_order)
        lines.append((way, f"{1 - len(missing) / len(in_order):.3f}", f"{reachable(in_order, typed):.3f}"))
        for line in missing[:: max(1, len(missing) // most)][:most] if most else ():
            print(f"    {way}: {line}")
    took = (time.process_time() - began) / asked * 1000
    rarest = f"{len(in_order)} words, the rarest in {counts[in_order[-1]]} titles"
    print(f"\n{name}: {service.info().documents} articles, {rarest}, {took:.1f} ms of processor time a question")
    print(table(("typed", "found", "reachable"), lines))


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", nargs="?", type=Path, default=Path("../shared"))
    parser.add_argument("--archive", action="append", help="only this one: seed, tengri, all or sentences")
    parser.add_argument("--misses", type=int, default=0, metavar="N", help="show N misses of each spelling")
    parser.add_argument("--more", action="store_true", help="other spellings, too")
    args = parser.parse_args()
    spelled = dict(list(ways(args.shared).items())[: None if args.more else SPELLINGS])
    with tempfile.TemporaryDirectory() as folder:
        for name, inputs in archives(args.shared, Path(folder)).items():
            if name in (args.archive or (name,)):
                with serving(inputs) as (service, counts):
                    report(name, service, counts, spelled, args.misses)


if __name__ == "__main__":
    main()
