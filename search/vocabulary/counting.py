"""In how many articles the words stand, counted on arrays over the texts of all of them."""

from collections.abc import Hashable, Iterable, Iterator
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from ..texts import Texts

Array = NDArray[Any]
N = TypeVar("N", bound=Hashable)

_STEP = 1 << 18
"""Tokens that are looked at together, if no article has more."""


class Names(Generic[N]):
    """What the surfaces of texts are called: one name each or several; `articles` counts those that have each name.

    A name of one surface alone is in as many articles as that, which is counted at once; for the names that surfaces
    share, articles have to be told apart.
    """

    def __init__(self, names: Iterable[N], owners: Array | None = None) -> None:
        """owners: of each name its surface, rising, if not all have one."""
        numbers: dict[N, int] = {}
        self._numbers = numbers
        new = numbers.setdefault
        self._places = np.array([new(name, len(numbers)) for name in names], np.int64)
        self._owners = np.arange(len(self._places)) if owners is None else owners
        self.articles = np.zeros(len(numbers), np.int64)
        shared = np.bincount(self._places, minlength=len(numbers))[self._places] > 1
        self._shared_owners, self._shared_places = self._owners[shared], self._places[shared]
        self._alone_owners, self._alone_places = self._owners[~shared], self._places[~shared]

    def count(self, pairs: Array, of_surfaces: Array) -> None:
        """Take distinct pairs of article << 32 | surface, and how many there are of each surface."""
        self.articles[self._alone_places] += of_surfaces[self._alone_owners]
        if not len(self._shared_owners):
            return
        names = np.bincount(self._shared_owners, minlength=len(of_surfaces))
        pairs = pairs[names[pairs & 0xFFFFFFFF] > 0]
        surfaces = pairs & 0xFFFFFFFF
        first, counts = (np.cumsum(names) - names)[surfaces], names[surfaces]
        owner = np.repeat(np.arange(len(pairs)), counts)
        within = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
        found = _distinct(pairs[owner] >> 32 << 32 | self._shared_places[first[owner] + within]) & 0xFFFFFFFF
        self.articles += np.bincount(found, minlength=len(self.articles))

    def counts(self) -> dict[N, int]:
        """Each name that any article has, with how many do."""
        counted = zip(self._numbers, self.articles.tolist(), strict=True)
        return {name: count for name, count in counted if count}


def pairs(texts: Texts) -> Iterator[tuple[Array, Array]]:
    """Article << 32 | surface, distinct, of some articles at a time: of all their words, and of those of titles."""
    starts, first = texts.starts, 0
    with texts.flat.open("rb") as file:
        while first < len(texts.titles):
            last = max(first + 1, int(np.searchsorted(starts, starts[first] + _STEP, "right")) - 1)
            lengths = np.diff(starts[first : last + 1])
            flat = np.fromfile(file, np.uint32, int(lengths.sum()))
            keys = np.repeat(np.arange(first, last, dtype=np.int64) << 32, lengths) | flat
            place = np.arange(len(flat)) - np.repeat(starts[first:last] - starts[first], lengths)
            in_title = place < np.repeat(texts.titles[first:last], lengths)
            yield _distinct(keys), _distinct(keys[in_title])
            first = last


def _distinct(keys: Array) -> Array:
    keys = np.sort(keys)
    new = np.ones(len(keys), np.bool_)
    new[1:] = keys[1:] != keys[:-1]
    return keys[new]
