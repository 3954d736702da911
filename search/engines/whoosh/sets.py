"""A set of articles: as their numbers, as bits, or as a mask over all articles, whichever is at hand."""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .packed import Packed, all_of, any_of, having, numbers, packed, packed_numbers, size, unpacked
from .postings import Postings

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]


Test = Callable[[Ints | None], Mask]
"""Tells of articles by their numbers whether they pass; of all articles if there are none."""

_TESTED: Final = 4
"""Fewer articles than one in so many are tested one by one."""

_LOOKED_AT: Final = 1024
"""So many articles are looked at for the first ones, and eight times as many where they do not do."""

_LISTED: Final = 16
"""Fewer articles than one in so many are looked up in the other sets one by one."""


class Articles:
    """A set of articles among `documents`; read-only.

    origin: the postings that it is the articles of, if it is just these.
    """

    __slots__ = ("_bits", "_ids", "_mask", "_size", "documents", "origin")

    def __init__(
        self,
        documents: int,
        ids: Ints | None = None,
        mask: Mask | None = None,
        bits: Packed | None = None,
    ) -> None:
        """Of numbers (rising), of a mask or of bits, or of several of these that are the same."""
        self.documents = documents
        self.origin: Postings | None = None
        self._ids, self._mask, self._bits = ids, mask, bits
        self._size = -1 if ids is None else len(ids)

    @classmethod
    def of(cls, postings: Postings, documents: int) -> "Articles":
        """The articles of postings."""
        is_short = postings.row is None and postings.df * _LISTED <= documents
        made = cls(documents, postings.ids if is_short else None)
        made.origin, made._size = postings, postings.df
        return made

    @property
    def ids(self) -> Ints:
        """Their numbers, rising."""
        if self._ids is None:
            held = self.origin
            self._ids = numbers(self.bits, len(self)) if held is None or held.row is not None else held.ids
        return self._ids

    @property
    def mask(self) -> Mask:
        """For every article whether it is one of them."""
        if self._mask is None:
            if self.origin is not None and self.origin.row is not None:
                self._mask = self.origin.row != 0
            elif self._bits is not None:
                self._mask = unpacked(self._bits, self.documents)
            else:
                self._mask = np.zeros(self.documents, np.bool_)
                self._mask[self.ids] = True
        return self._mask

    @property
    def bits(self) -> Packed:
        """A bit for every article, see `packed.py`."""
        if self._bits is None:
            if self.origin is not None:
                self._bits = self.origin.packed(self.documents)
            elif self._mask is not None:
                self._bits = packed(self._mask)
            else:
                self._bits = packed_numbers(self.ids, self.documents)
        return self._bits

    @property
    def is_listed(self) -> bool:
        """Whether their numbers are at hand."""
        return self._ids is not None

    def __len__(self) -> int:
        if self._size < 0:
            self._size = size(self.bits)
        return self._size

    def has(self, articles: Ints) -> Mask:
        """Whether these articles are among them."""
        if self._mask is not None:
            return self._mask.take(articles)
        if self.origin is not None and self.origin.row is not None:
            found: Mask = self.origin.row.take(articles) != 0
            return found
        return having(self.bits, articles)

    def first(self, count: int) -> Ints:
        """The first of them, so many at most."""
        if self._ids is not None:
            return self._ids[:count]
        end, found = _LOOKED_AT + 4 * count, np.empty(0, np.int64)
        bits = self.bits.view(np.uint8)
        while count and len(found) < count:
            found = np.unpackbits(bits[: -(-end // 8)]).view(np.bool_).nonzero()[0]
            if end >= self.documents:
                break
            end *= 8
        return found[:count]

    def only(self, wanted: Mask) -> "Articles":
        """Those for which a mask over all articles is true."""
        if self._ids is not None:
            return Articles(self.documents, self._ids[wanted.take(self._ids)])
        return Articles(self.documents, bits=self.bits & packed(wanted))

    def passing(self, test: Test) -> "Articles":
        """Those that pass a test: of a few only these are tested, else all articles are."""
        if self._ids is not None and _TESTED * len(self._ids) < self.documents:
            return Articles(self.documents, self._ids[test(self._ids)])
        return self.only(test(None))

    def complement(self) -> "Articles":
        """All others."""
        return Articles(self.documents, mask=~self.mask)


def every(documents: int) -> Articles:
    """All articles."""
    return Articles(documents, np.arange(documents), np.ones(documents, np.bool_))


def intersection(sets: Sequence[Articles]) -> Articles:
    """The articles of all sets, which are at least one."""
    if len(sets) == 1:
        return sets[0]
    rising = sorted(sets, key=len)
    few = rising[0]
    if not few.is_listed or len(few) * _LISTED > few.documents:
        return Articles(few.documents, bits=all_of([one.bits for one in sets]))
    left = few.ids
    for one in rising[1:]:
        if not len(left):
            break
        left = left[one.has(left)]
    return Articles(few.documents, left)


def union(sets: Sequence[Articles], documents: int) -> Articles:
    """The articles of any of the sets."""
    if len(sets) == 1:
        return sets[0]
    if not sets:
        return Articles(documents, np.empty(0, np.int64))
    return Articles(documents, bits=any_of([one.bits for one in sets]))
