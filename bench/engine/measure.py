"""The measuring itself: classes, engines and rounds in turn, answers compared."""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from .lines import Timed
from .peers import OURS
from .peers.base import Answer
from .processes import Asked

CHECKED = ("tantivy", "lucene", "sqlite", "whoosh", "izde")
"""The first of these that answers says what is right: those of the same tokens must agree."""
UNCHECKED = {
    "near": ("whoosh",),  # to which neighbours swapped are two slips
    "typo": ("izde", "sqlite", "whoosh", "lucene", "tantivy"),
    "complete": ("izde", "sqlite", "whoosh", "lucene", "tantivy"),
}
WARM_S = 0.5
"""So long an engine is asked before the first round, at least once."""
SLOW_S, VERY_SLOW_S = 4.0, 20.0
"""An engine that takes longer for a class is asked in one round, and in none besides the warming up."""


@dataclass(frozen=True, slots=True)
class Row:
    """A class on one engine. times: the best of all rounds of each query, in milliseconds; hits: of each query.

    disagreed: queries whose total, facets or newest hits are not those of the peers.
    """

    kind: str
    peer: str
    times: tuple[float, ...]
    hits: tuple[int, ...]
    disagreed: int

    def quantile(self, share: float) -> float:
        """The time that this share of the queries stays below."""
        return float(np.quantile(self.times, share))


def rows(peers: Mapping[str, Asked], kinds: Sequence[str], rounds: int) -> Iterator[Row]:
    """Every class on every engine. In each round the engines are asked in turn, each time another one first."""
    for kind in kinds:
        first = {name: _warm(asked, kind) for name, asked in peers.items()}
        best = {name: [one.micros / 1000 for one in answers if one] for name, answers in first.items()}
        seconds = {name: sum(times) / 1000 for name, times in best.items()}
        for number in range(rounds):
            names = list(peers)
            at = number % len(names)
            for name in names[at:] + names[:at]:
                if seconds[name] < SLOW_S or (number == 0 and seconds[name] < VERY_SLOW_S):
                    times = [one.micros / 1000 for one in peers[name].ask(kind) if one]
                    best[name] = list(map(min, best[name], times))
        for name, timed in first.items():
            if best[name]:
                hits = tuple(one.answer.total for one in timed if one)
                yield Row(kind, name, tuple(best[name]), hits, _disagreed(kind, name, first))


def _warm(asked: Asked, kind: str) -> list[Timed | None]:
    """The answers; asked again for a while, as compilers at run time need it."""
    end = time.monotonic() + WARM_S
    answers = asked.ask(kind)
    while time.monotonic() < end and any(answers):
        asked.ask(kind)
    return answers


def _disagreed(kind: str, name: str, answers: Mapping[str, list[Timed | None]]) -> int:
    """How many answers are not those of the first peer that has this class."""
    right = next((one for one in CHECKED if one in answers and one != name and all(answers[one])), None)
    if right is None or name in UNCHECKED.get(kind, ()) or (name in OURS and name != "izde"):
        return 0
    pairs = zip(answers[name], answers[right], strict=True)
    return sum(one is None or two is None or not same(kind, one.answer, two.answer) for one, two in pairs)


def same(kind: str, one: Answer, other: Answer) -> bool:
    """Whether two answers agree where engines must: on totals, on facets, and on which articles are the newest."""
    return one.total == other.total and one.facets == other.facets and (kind != "newest" or one.ids == other.ids)
