"""The segments of a generation as one: whatever they give comes under the numbers that articles have in the generation.

Within a segment articles keep their order, so what rises there rises here. An article that is gone has no number.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .columns import Columns, SegmentFacts
from .postings import EMPTY, Postings, summed
from .segment import Segment

Array = NDArray[Any]
Ints = NDArray[np.int64]


class Part:
    """A segment in a generation.

    numbers: what its articles are called in the generation, `documents` for one that is gone; None if they keep theirs.
    facts: the averages that it was written with, and how many articles that are gone have each form and family.
    """

    def __init__(self, segment: Segment, place: int, columns: Columns, facts: SegmentFacts) -> None:
        self.segment, self._place, self._columns, self.facts = segment, place, columns, facts
        average = columns.average
        # Where texts are longer on the whole, each counts as a shorter one: shares may be so many times as great.
        self._growth = max(1.0, average / facts.average) if facts.average else 1.0
        self._is_whole = facts.is_whole

    @property
    def numbers(self) -> Array | None:
        """See above."""
        return None if self._is_whole else self._columns.numbers(self._place)

    def globally(self, held: Postings) -> Postings:
        """Postings of the segment under the numbers of the generation."""
        numbers = self.numbers
        if numbers is None:
            return held
        ids = numbers.take(held.ids).astype(np.int64)
        left = ids < self._columns.documents
        return Postings(ids[left], held.tf[left], peak=min(1.0, held.peak * self._growth))

    def articles(self, ids: Array) -> Array:
        """Articles of the segment (rising) under the numbers of the generation."""
        numbers = self.numbers
        if numbers is None:
            return ids
        named = numbers.take(ids)
        return named[named < self._columns.documents]

    def keys(self, keys: Ints) -> Ints:
        """Keys of the segment under the numbers of the generation."""
        numbers = self.numbers
        if numbers is None:
            return keys
        articles = numbers.take(keys >> 32).astype(np.int64)
        left = articles < self._columns.documents
        return articles[left] << 32 | keys[left] & 0xFFFFFFFF

    def locally(self, among: Ints) -> tuple[Ints, Ints]:
        """The places of its own among some articles, and their numbers in the segment."""
        if self._is_whole:
            return np.arange(len(among)), among
        places = np.flatnonzero(self._columns.segment_of(among) == self._place)
        return places, self._columns.local(among[places])

    def gone(self, kind: str, number: int) -> int:
        """How many of the articles that are gone have the exact form or the family of this number."""
        return 0 if self._is_whole else self._columns.gone(self._place, kind, number)


class Segments:
    """The segments of a generation, open for reading."""

    def __init__(self, folder: Path, columns: Columns) -> None:
        self._parts: list[Part] = []
        try:
            for place, facts in enumerate(columns.facts.segments):
                self._parts.append(Part(Segment(folder / facts.name), place, columns, facts))
        except BaseException:
            self.close()
            raise

    def __iter__(self) -> Iterator[Part]:
        return iter(self._parts)

    def __len__(self) -> int:
        return len(self._parts)

    @property
    def first(self) -> Segment:
        """Any segment; all have the same stem vectors."""
        return self._parts[0].segment

    def of(self, number: int) -> tuple[Segment, int]:
        """The segment of an article, and its number there."""
        for part in self._parts:
            if part.numbers is None:
                return part.segment, number
            places, local = part.locally(np.array([number]))
            if len(places):
                return part.segment, int(local[0])
        raise IndexError(number)

    def stored(self, numbers: Sequence[int]) -> list[bytes]:
        """The stored articles of these numbers."""
        if len(self._parts) == 1 and self._parts[0].numbers is None:
            return self.first.articles.articles(numbers)
        return [segment.articles.article(local) for segment, local in map(self.of, numbers)]

    def split(self, articles: Ints) -> Iterator[tuple[int, Segment, Ints, Ints]]:
        """Some articles (rising) by segment: its place, it, their places, their numbers there; at least one."""
        for at, part in enumerate(self._parts):
            places, local = part.locally(articles)
            if len(places) or (at == 0 and not len(articles)):
                yield at, part.segment, places, local

    def close(self) -> None:
        """Let go of all files."""
        for part in self._parts:
            part.segment.close()


def together(parts: Sequence[Postings]) -> Postings:
    """Postings of the same thing in several segments."""
    held = [part for part in parts if part.df]
    if len(held) < 2:
        return held[0] if held else EMPTY
    joined = summed(np.concatenate([part.ids for part in held]), np.concatenate([part.tf for part in held]))
    joined.peak = max(part.peak for part in held)
    return joined


def merged(keys: Sequence[Ints]) -> Ints:
    """Keys of the same thing in several segments, rising."""
    if len(keys) == 1:
        return keys[0]
    every = np.concatenate([np.empty(0, np.int64), *keys])
    every.sort()
    return every
