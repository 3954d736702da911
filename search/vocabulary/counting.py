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
    """What the surfaces of texts are called: any number of names each; `articles` counts those that have each name."""

    def __init__(self, held: Iterable[tuple[N, ...]]) -> None:
        self._numbers: dict[N, int] = {}
        numbers, places, counts = self._numbers, list[int](), list[int]()
        for names in held:
            places.extend([numbers.setdefault(name, len(numbers)) for name in names])
            counts.append(len(names))
        self._places, self._counts = np.array(places, np.int64), np.array(counts, np.int64)
        self._starts = np.cumsum(self._counts) - self._counts
        self.articles = np.zeros(len(numbers), np.int64)

    def count(self, pairs: Array) -> None:
        """Take distinct pairs of article << 32 | surface."""
        surfaces = pairs & 0xFFFFFFFF
        counts = self._counts[surfaces]
        owner = np.repeat(np.arange(len(pairs)), counts)
        within = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
        names = self._places[self._starts[surfaces[owner]] + within]
        found = _distinct(pairs[owner] >> 32 << 32 | names) & 0xFFFFFFFF
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
