"""What the words of articles are called (exact forms, stems, families), and in how many articles each name stands."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .counting_sort import by_value, distinct

Array = NDArray[Any]
Ints = NDArray[np.int64]


class Named:
    """Names of words, which are numbers below `names`: word w has places[starts[w] : starts[w + 1]].

    df: of each name, how many of the articles that were counted have it.
    """

    def __init__(self, starts: Ints, places: Array, names: int) -> None:
        self.df = np.zeros(names, np.uint32)
        self._starts, self._counts = starts, np.diff(starts).astype(np.int32)
        self._every = np.append(places, 0).astype(np.int32)
        self._first, self._is_one = self._every[starts[:-1]], self._counts == 1
        self._are_one = bool(self._is_one.all())

    @classmethod
    def one(cls, places: Array, names: int) -> "Named":
        """Names of words that have one each."""
        return cls(np.arange(len(places) + 1), places, names)

    def of(self, words: Array, begins: Ints) -> tuple[Ints, Array]:
        """The names of the words of articles that begin there (one more): where each article's begin, and the names."""
        if self._are_one or self._is_one[words].all():
            return begins, self._first[words]
        counts = self._counts[words]
        after = np.append(0, np.cumsum(counts, dtype=np.int64))
        at = np.repeat(self._starts[words] - after[:-1], counts)
        at += np.arange(len(at))
        return after[begins], self._every[at]

    def count(self, words: Array, begins: Ints) -> None:
        """Count these articles."""
        starts, names = self.of(words, begins)
        sorted_begins, articles, _ = by_value(names, starts, len(self.df))
        held, df, _ = distinct(sorted_begins, articles)
        self.df[held] += df.astype(np.uint32)
