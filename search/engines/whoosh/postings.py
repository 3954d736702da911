"""Posting lists as arrays, and what can be made of them: unions, phrases, what stands near.

Positions are looked up only for the articles where they matter, as keys: article << 32 | position, rising.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from mmap import mmap
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ...model import Scope
from .inversion import TOPS
from .packed import Packed, packed, packed_numbers

Ints = NDArray[np.int64]
Array = NDArray[Any]

_PROBED: Final = 1024
"""So many articles at most are looked up one by one; for more, a row of all articles is made, which costs a pass."""

_KEPT: Final = 8192
"""Of so many articles at most the numbers are kept as wide as arrays are looked up by."""

_PACKED: Final = 512
"""Where at least one article in so many is there, they are kept as bits too once they were wanted so."""


@dataclass(frozen=True, slots=True)
class BestShares:
    """The articles where something has its greatest shares, in order, equal ones by number; bits: the same.

    peak: the greatest share. after: in no other article it has a greater one than this.
    """

    articles: Ints
    bits: Packed
    peak: float
    after: float


class Postings:
    """In which articles something stands, and at how many positions; read-only, shared between threads.

    ids: article numbers, rising. tf: how many positions each has. df: how many articles. row: how many positions every
    article has, where that is stored.
    tops: where that is stored, the articles with the greatest shares, in order. peak: no share is greater.
    best: what was found out of the greatest shares, see `best_shares.py`.
    """

    __slots__ = ("_ids", "_mapped", "_packed", "_tf", "best", "df", "peak", "row", "tops")

    def __init__(
        self, ids: Array, tf: Array | None, row: Array | None = None, tops: Array | None = None, peak: float = 1.0
    ) -> None:
        """Of articles as they are stored; row: the number of positions of every article, instead of `tf`."""
        self.tops, self.peak = tops, peak
        self._mapped = ids
        self._ids: Ints | None = None
        self._packed: Packed | None = None
        self.best: dict[Scope, BestShares | None] = {}
        self._tf = tf
        self.row = row
        self.df = len(ids)

    @property
    def ids(self) -> Ints:
        """The articles. Many are not kept as these numbers: they are asked for as bits, or counted, far more often."""
        if self._ids is not None:
            return self._ids
        ids = self._mapped.astype(np.int64, copy=False)
        if self.df <= _KEPT:
            self._ids = ids
        return ids

    @property
    def tf(self) -> Array:
        """The number of positions in each."""
        if self._tf is not None:
            return self._tf
        assert self.row is not None  # noqa: S101  # there is one or the other
        return self.row.take(self._mapped)

    def some(self, places: Ints) -> Ints:
        """The articles at these places."""
        return self._mapped.take(places).astype(np.int64)

    def unbounded(self) -> "Postings":
        """The same without what is known of its shares, where these count by other lengths."""
        return Postings(self._mapped, self._tf, self.row)

    def packed(self, documents: int) -> Packed:
        """The articles as bits; kept, unless there are so few that they are soon made again."""
        bits = self._packed
        if bits is None:
            bits = packed_numbers(self.ids, documents) if self.row is None else packed(self.row)
            if self._is_packed(documents):
                self._packed = bits
        return bits

    def _is_packed(self, documents: int) -> bool:
        return self.df > 0 and self.df * _PACKED >= documents  # the empty ones are those of every archive

    def nbytes(self, documents: int) -> int:
        """The memory that it takes at most, besides what is mapped."""
        listed = own_bytes(self._mapped) + (0 if self._tf is None else own_bytes(self._tf))
        listed += 8 * self.df if self.df <= _KEPT else 0
        best = 8 * TOPS + documents // 8 if self.df > TOPS else 0
        return listed + best + (documents // 8 if self._is_packed(documents) else 0)

    def counts(self, articles: Ints, documents: int) -> Array:
        """How many positions each of these articles has, which rise."""
        if articles is self._ids:
            return self.tf
        if self.row is not None:
            return self.row.take(articles)
        if len(articles) <= _PROBED or self.df * 64 < len(articles):
            if not self.df:
                return np.zeros(len(articles), self.tf.dtype)
            at = self._mapped.searchsorted(articles.astype(self._mapped.dtype, copy=False))
            found: Array = self.tf.take(at, mode="clip") * (self._mapped.take(at, mode="clip") == articles)
            return found
        row = np.zeros(documents, self.tf.dtype)
        row[self._mapped] = self.tf
        return row.take(articles)


EMPTY: Final = Postings(np.empty(0, np.int64), np.empty(0, np.uint8))


def from_keys(keys: Ints) -> Postings:
    """The articles of keys, and how many each has; the keys rise."""
    articles = keys >> 32
    first = starts_of(articles)
    return Postings(articles[first].astype(np.uint32), narrow(np.diff(first, append=len(keys))))


_COUNTED: Final = 16
"""Where so many times as many postings are more than there are articles, they are added up in a row of all."""


def summed(ids: Array, tf: Array) -> Postings:
    """Postings of several lists, one after another, that have no position in common."""
    if len(ids) < 2 or bool((ids[1:] > ids[:-1]).all()):
        return Postings(ids.astype(np.uint32, copy=False), tf)
    end = int(ids.max()) + 1
    if len(ids) * _COUNTED > end:
        row = np.zeros(end, np.uint32)
        np.add.at(row, ids, tf.astype(np.uint32, copy=False))
        held = (row != 0).nonzero()[0]
        return Postings(held.astype(np.uint32), narrow(row.take(held)))
    both = ids.astype(np.int64, copy=False) << 32 | tf
    both.sort(kind="stable")  # it merges rising runs
    articles = both >> 32
    first = starts_of(articles)
    return Postings(articles[first].astype(np.uint32), narrow(np.add.reduceat(both & 0xFFFFFFFF, first)))


def narrow(counts: Array) -> Array:
    """The same numbers, none negative, in as few bytes as they need: such lists are kept in memory."""
    return counts.astype(np.min_scalar_type(counts.max(initial=0)), copy=False)


def own_bytes(array: Array) -> int:
    """The memory that an array takes; none if it is mapped."""
    base: object = array
    while isinstance(base, np.ndarray):
        base = base.base
    return 0 if isinstance(base, mmap | memoryview) else array.nbytes


def starts_of(values: Array) -> Ints:
    """The places where a new value begins."""
    new = np.empty(len(values), np.bool_)
    new[:1] = True
    np.not_equal(values[1:], values[:-1], out=new[1:])
    return np.flatnonzero(new)


def distinct(keys: Ints) -> Ints:
    """The different ones of these keys, rising."""
    rising = np.sort(keys)
    return rising[starts_of(rising)]


def intersected(one: Ints, other: Ints) -> Ints:
    """The articles that are in both; both rise and have each once."""
    few, many = (one, other) if len(one) <= len(other) else (other, one)
    if not len(few):
        return few
    at = many.searchsorted(few)
    at[at == len(many)] = 0
    found: Ints = few[many.take(at) == few]
    return found


_LOOKED_UP: Final = 16
"""Of a list that is so many times as long, articles are looked up one by one; else a mask tells them."""


def places(ids: Array, articles: Ints) -> Ints:
    """The places of those of these articles that are among `ids`; both rise."""
    if not len(ids) or not len(articles):
        return np.empty(0, np.int64)
    if len(articles) * _LOOKED_UP < len(ids):
        at = ids.searchsorted(articles.astype(ids.dtype))
        at[at == len(ids)] = 0
        found: Ints = at[ids.take(at) == articles]
        return found
    mask = np.zeros(max(int(ids[-1]), int(articles[-1])) + 1, np.bool_)
    mask[articles] = True
    return np.flatnonzero(mask.take(ids))


_MERGED: Final = 8
"""Two lists are merged if the longer one is less than so many times as long, else its keys are looked up."""


def common(one: Ints, other: Ints) -> Ints:
    """The keys that are in both; both rise."""
    few, many = (one, other) if len(one) <= len(other) else (other, one)
    if len(few) * _MERGED > len(many):
        both = np.sort(np.concatenate([few, many]), kind="stable")  # it merges two rising runs
        merged: Ints = both[:-1][both[1:] == both[:-1]]
        return merged
    return intersected(few, many)


def near(parts: Sequence[Ints], within: int) -> Ints:
    """The keys where one of the parts stands, and all of them at it or at most `within` after it."""
    if any(not len(part) for part in parts):
        return np.empty(0, np.int64)
    starts = distinct(np.concatenate(parts))
    for part in parts:
        at = part.searchsorted(starts)
        found = at < len(part)
        found[found] = part[at[found]] <= starts[found] + within
        starts = starts[found]
    return starts


def phrase(parts: Sequence[Ints]) -> Ints:
    """The keys where `parts[0]` stands with `parts[1]`, … at the positions that follow."""
    starts = [part - shift for shift, part in enumerate(parts)]
    starts.sort(key=len)
    left = starts[0]
    for other in starts[1:]:
        left = common(left, other)
    return left
