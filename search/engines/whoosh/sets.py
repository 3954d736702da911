"""A set of articles: as their numbers or as a mask over all articles, whichever is at hand."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]


Test = Callable[[Ints | None], Mask]
"""Tells of articles by their numbers whether they pass; of all articles if there are none."""

_TESTED = 4
"""Fewer articles than one in so many are tested one by one."""

_LOOKED_AT = 1024
"""So many articles are looked at for the first ones of a mask, and eight times as many where they do not do."""


class Articles:
    """A set of articles among `documents`; read-only.

    origin: what it was made of, and which kinds of that it holds, if it is just these (`told.py`).
    """

    __slots__ = ("_ids", "_mask", "_size", "documents", "origin")

    def __init__(
        self,
        documents: int,
        ids: Ints | None = None,
        mask: Mask | None = None,
        origin: tuple[object, Mask] | None = None,
    ) -> None:
        """Of numbers (rising) or of a mask, or both of the same."""
        self.origin = origin
        self.documents = documents
        self._ids, self._mask = ids, mask
        self._size = -1 if ids is None else len(ids)

    @property
    def ids(self) -> Ints:
        """Their numbers, rising."""
        if self._ids is None:
            self._ids = np.flatnonzero(self.mask)
        return self._ids

    @property
    def mask(self) -> Mask:
        """For every article whether it is one of them."""
        if self._mask is None:
            self._mask = np.zeros(self.documents, np.bool_)
            self._mask[self._ids] = True
        return self._mask

    @property
    def is_listed(self) -> bool:
        """Whether their numbers are at hand."""
        return self._ids is not None

    def __len__(self) -> int:
        if self._size < 0:
            self._size = int(np.count_nonzero(self.mask))
        return self._size

    def first(self, count: int) -> Ints:
        """The first of them, so many at most."""
        if self._ids is not None:
            return self._ids[:count]
        end, found = _LOOKED_AT + 4 * count, np.empty(0, np.int64)
        while count and len(found) < count:
            found = np.flatnonzero(self.mask[:end])
            if end >= self.documents:
                break
            end *= 8
        return found[:count]

    def only(self, wanted: Mask) -> "Articles":
        """Those for which a mask over all articles is true."""
        if self._ids is not None:
            return Articles(self.documents, self._ids[wanted.take(self._ids)])
        return Articles(self.documents, mask=self.mask & wanted)

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
    listed = sorted((one for one in sets if one.is_listed), key=len)
    masks = [one.mask for one in sets if not one.is_listed]
    if not listed:
        mask = masks[0]
        for other in masks[1:]:
            mask = mask & other
        return Articles(sets[0].documents, mask=mask)
    left = listed[0]
    for mask in masks:
        left = left.only(mask)
    for one in listed[1:]:
        left = left.only(one.mask) if len(left) * _PROBED > len(one) else _both(left, one)
    return left


_PROBED = 8
"""Numbers of a set that is so many times as large are looked up one by one."""


def _both(few: Articles, many: Articles) -> Articles:
    ids = few.ids
    if not len(ids):
        return few
    at = many.ids.searchsorted(ids)
    at[at == len(many)] = 0
    return Articles(few.documents, ids[many.ids.take(at) == ids])


def union(sets: Sequence[Articles], documents: int) -> Articles:
    """The articles of any of the sets."""
    if len(sets) == 1:
        return sets[0]
    mask = np.zeros(documents, np.bool_)
    for one in sets:
        if one.is_listed:
            mask[one.ids] = True
        else:
            mask |= one.mask
    return Articles(documents, mask=mask)
