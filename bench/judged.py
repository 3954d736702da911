"""Judged sets served once and asked often, and how sure a difference between two runs is."""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.evaluate import answers, serving
from indexer.progress import Progress
from indexer.relevance import JudgedSet, load, ndcg
from search.service import SearchService
from search.settings import Settings

SETS = ("kazqad", "tengri", "akorda")
RESAMPLES = 10_000
SEED = 20261126

Scores = NDArray[np.float64]
"""nDCG@10 of each query of a set, in the order of the set."""


@dataclass(frozen=True, slots=True)
class Served:
    """A judged set and the search over its documents."""

    name: str
    judged: JudgedSet
    service: SearchService

    def scores(self, queries: Mapping[str, str] | None = None) -> Scores:
        """What the search answers is worth, to the queries of the set or to the same ones typed otherwise."""
        run = answers(self.service, self.judged.queries if queries is None else queries, complain)
        return scored(self.judged, run)


@dataclass(frozen=True, slots=True)
class Difference:
    """The mean difference of two runs over the same queries, and the interval that holds 95 % of its resamples."""

    mean: float
    low: float
    high: float

    def __str__(self) -> str:
        """`+.012 (+.003 … +.021)`."""
        return f"{signed(self.mean)} ({signed(self.low)} … {signed(self.high)})"


@contextmanager
def served(folders: Iterable[Path]) -> Iterator[list[Served]]:
    """The sets in these folders, each indexed once in a scratch folder."""
    with ExitStack() as stack:
        sets = []
        for folder in folders:
            judged = load(folder)
            service = stack.enter_context(serving(judged, Settings(deadline_ms=60_000), Progress(quiet=True), complain))
            sets.append(Served(folder.name, judged, service))
        yield sets


def complain(text: str) -> None:
    """Say on the standard error what went wrong while indexing or asking."""
    print(text, file=sys.stderr)


def scored(judged: JudgedSet, run: Mapping[str, Sequence[str]]) -> Scores:
    """nDCG@10 of each query; 0 for one without an answer."""
    return np.array([ndcg(run.get(query, ()), judged.gains[query]) for query in judged.queries])


def difference(new: Sequence[Scores], old: Sequence[Scores]) -> Difference:
    """Of the means over one set or several, by a paired bootstrap inside each set (Efron and Tibshirani 1993)."""
    chance = np.random.default_rng(SEED)
    resampled = np.zeros(RESAMPLES)
    apart = [one - other for one, other in zip(new, old, strict=True)]
    for each in apart:
        resampled += each[chance.integers(len(each), size=(RESAMPLES, len(each)))].mean(axis=1) / len(apart)
    low, high = np.quantile(resampled, [0.025, 0.975])
    return Difference(float(np.mean([each.mean() for each in apart])), float(low), float(high))


def short(share: float) -> str:
    """A share to three places without its zero: `.791`."""
    return f"{share:.3f}".removeprefix("0")


def signed(share: float) -> str:
    """A difference to three places with its sign: `+.012`."""
    return ("−" if share < -0.0005 else "+" if share >= 0.0005 else "±") + short(abs(share))


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
