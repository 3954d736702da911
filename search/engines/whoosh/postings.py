"""The seam between what is stored and what is computed: posting lists as arrays, and where they come from.

`execute.py` and `match.py` know only this file and `columns.py`; `fields.py` is where postings come from.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ...model import Scope
from ..base import BODY_GAP


@dataclass(frozen=True, slots=True)
class Postings:
    """Where a term stands, in arrays that are read-only and shared between threads.

    ids: article numbers, rising. tf: how many positions each has. positions: those of all, one article after another.
    """

    ids: NDArray[np.int64]
    tf: NDArray[np.int64]
    positions: NDArray[np.uint32]

    @property
    def nbytes(self) -> int:
        """The memory of the arrays."""
        return self.ids.nbytes + self.tf.nbytes + self.positions.nbytes

    def keys(self) -> NDArray[np.int64]:
        """Each occurrence as one number, rising: article << 32 | position."""
        return np.repeat(self.ids, self.tf) << 32 | self.positions


class PostingSource(Protocol):
    """Stored postings. Safe to call from several threads; raises IndexCorrupt for what it cannot read."""

    def postings(self, field: str, term: str) -> Postings:
        """Where the term stands; EMPTY if it is not in the index."""

    def close(self) -> None:
        """Close all files."""


def postings_of(ids: NDArray[np.int64], tf: NDArray[np.int64], positions: NDArray[np.uint32]) -> Postings:
    """Postings over these arrays, made read-only."""
    for array in (ids, tf, positions):
        array.flags.writeable = False
    return Postings(ids, tf, positions)


EMPTY = postings_of(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.uint32))


def from_keys(keys: NDArray[np.int64]) -> Postings:
    """The inverse of `Postings.keys`; the keys rise."""
    articles = keys >> 32
    first = np.flatnonzero(np.append(True, articles[1:] != articles[:-1])) if len(keys) else np.zeros(0, np.int64)
    tf = np.diff(np.append(first, len(keys)))
    return postings_of(articles[first], tf, (keys & 0xFFFFFFFF).astype(np.uint32))


def union(parts: Sequence[Postings]) -> Postings:
    """The positions where any of the terms stands; one where several stand counts once."""
    held = [part for part in parts if len(part.ids)]
    if len(held) < 2:
        return held[0] if held else EMPTY
    return from_keys(distinct(np.concatenate([part.keys() for part in held])))


def distinct(keys: NDArray[np.int64]) -> NDArray[np.int64]:
    """The different ones of these keys, rising. Fastest where they are a few rising runs, which it merges."""
    rising = np.sort(keys, kind="stable")
    new = np.ones(len(rising), np.bool_)
    new[1:] = rising[1:] != rising[:-1]
    return rising[new]


def inside(postings: Postings, scope: Scope, titles: NDArray[np.uint32]) -> Postings:
    """What is left inside `scope`, where the title of article `n` has `titles[n]` tokens."""
    if scope is Scope.ALL:
        return postings
    in_body = postings.positions >= np.repeat(titles[postings.ids] + BODY_GAP, postings.tf)
    return from_keys(postings.keys()[in_body if scope is Scope.BODY else ~in_body])


_MERGED = 8
"""Two lists are merged if the longer one is less than so many times as long, else its keys are looked up."""


def common(one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.int64]:
    """The keys that are in both; both rise."""
    few, many = (one, other) if len(one) <= len(other) else (other, one)
    if not len(few):
        return np.empty(0, np.int64)
    if len(few) * _MERGED > len(many):
        both = np.sort(np.concatenate([few, many]), kind="stable")  # it merges two rising runs
        merged: NDArray[np.int64] = both[:-1][both[1:] == both[:-1]]
        return merged
    at = np.minimum(np.searchsorted(many, few), len(many) - 1)
    found: NDArray[np.int64] = few[many[at] == few]
    return found


def near(parts: Sequence[NDArray[np.int64]], within: int) -> NDArray[np.int64]:
    """The keys where one of the parts stands, and all of them at it or at most `within` after it."""
    if any(not len(part) for part in parts):
        return np.empty(0, np.int64)
    starts = distinct(np.concatenate(parts))
    for part in parts:
        at = np.searchsorted(part, starts)
        found = at < len(part)
        found[found] = part[at[found]] <= starts[found] + within
        starts = starts[found]
    return starts


def phrase(parts: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    """The keys where `parts[0]` stands with `parts[1]`, … at the positions that follow."""
    starts = [part - shift for shift, part in enumerate(parts)]
    starts.sort(key=len)
    left = starts[0]
    for other in starts[1:]:
        left = common(left, other)
    return left
