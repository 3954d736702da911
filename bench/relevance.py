"""Measures the ranking on judged sets: `python -m bench.relevance [SETS_DIR]`.

First the search as it is, against BM25 over the first five letters of each word (title and body; Robertson and
Zaragoza's k1 and b as ours). Then the search without each weight of `search/ranking.py` in turn. All figures are
nDCG@10; the differences come with the 95 % interval of a paired bootstrap.
"""

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from heapq import nsmallest
from pathlib import Path

from indexer.relevance import DEPTH
from search import ranking

from .judged import SETS, Scores, Served, difference, scored, served, short, table

WEIGHTS = (
    "STOP_WEIGHT",
    "EXACT_WEIGHT",
    "FAMILY_WEIGHT",
    "LIKENESS_WEIGHT",
    "PAIR_WEIGHT",
    "FAMILY_PAIR_WEIGHT",
    "TOPIC_WEIGHT",
    "KINSHIP_WEIGHT",
)

LETTERS = 5
_WORD = re.compile(r"\w+")


class FirstLetters:
    """BM25 over the first letters of the words of `docs.jsonl`, lower-cased and not analysed in any other way."""

    def __init__(self, docs: Path) -> None:
        self._counts: defaultdict[str, dict[str, int]] = defaultdict(dict)
        self._lengths: dict[str, int] = {}
        with docs.open(encoding="utf-8") as lines:
            for record in map(json.loads, lines):
                words = beginnings(f"{record.get('title', '')}\n{record.get('body') or record.get('text', '')}")
                self._lengths[record["id"]] = len(words)
                for word, count in Counter(words).items():
                    self._counts[word][record["id"]] = count
        self._average = sum(self._lengths.values()) / len(self._lengths)

    def ranked(self, query: str) -> list[str]:
        """The best documents, best first, equal ones by id."""
        scores: defaultdict[str, float] = defaultdict(float)
        for word in beginnings(query):
            found = self._counts.get(word, {})
            rarity = ranking.idf(len(found), len(self._lengths))
            for document, count in found.items():
                scores[document] += rarity * ranking.saturation(
                    float(count), float(self._lengths[document]), self._average
                )
        return nsmallest(DEPTH, scores, key=lambda document: (-scores[document], document))


def beginnings(text: str) -> list[str]:
    """The first letters of each word."""
    return [word[:LETTERS] for word in _WORD.findall(text.lower())]


@contextmanager
def without(weight: str) -> Iterator[None]:
    """The ranking with one weight at 0, in every module that has taken it from `ranking.py`."""
    kept = {
        module: getattr(module, weight)
        for name, module in sys.modules.items()
        if name.partition(".")[0] == "search" and hasattr(module, weight)
    }
    try:
        for module in kept:
            setattr(module, weight, 0.0)
        yield
    finally:
        for module, value in kept.items():
            setattr(module, weight, value)


def against_first_letters(sets: Sequence[Served], whole: Mapping[str, Scores]) -> Iterator[list[str]]:
    """A row for each set: the search, the baseline, the difference."""
    for one in sets:
        baseline = FirstLetters(one.judged.docs)
        run = {query: baseline.ranked(text) for query, text in one.judged.queries.items()}
        plain, ours = scored(one.judged, run), whole[one.name]
        yield [one.name, str(len(ours)), short(ours.mean()), short(plain.mean()), str(difference([ours], [plain]))]


def ablation(sets: Sequence[Served], whole: Mapping[str, Scores]) -> Iterator[list[str]]:
    """A row for each weight: what each set loses without it, and what their mean loses, with its interval."""
    for weight in WEIGHTS:
        with without(weight):
            lesser = {one.name: one.scores() for one in sets}
        each = [difference([whole[one.name]], [lesser[one.name]]).mean for one in sets]
        mean = difference([whole[one.name] for one in sets], [lesser[one.name] for one in sets])
        name = weight.removesuffix("_WEIGHT").lower().replace("_", " ")
        yield [name, f"{getattr(ranking, weight):g}", *(f"{share:+.4f}" for share in each), str(mean)]


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("../shared/relevance"))
    folder = parser.parse_args().folder
    with served(folder / name for name in SETS) as sets:
        whole = {one.name: one.scores() for one in sets}
        head = ["set", "queries", "Izde", "first five letters", "difference (95 %)"]
        print(table(head, against_first_letters(sets, whole)), flush=True)
        print()
        print(table(["weight", "value", *SETS, "worth, mean of the sets (95 %)"], ablation(sets, whole)))


if __name__ == "__main__":
    main()
