"""The forms of a vocabulary in the order of their keys: those whose keys begin alike stand together.

The file has the forms in the order of their letters. The order of their keys, and the highest rank of each BLOCK of
forms in that order, are made when words are first asked for by their beginning; of a beginning that very many forms
share only the blocks are looked at that may hold one of the highest.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Final

import numpy as np

from .file import Column

BLOCK: Final = 64
_KEY_BITS: Final = np.uint64(32)
_ROW: Final = np.uint64(0xFFFF_FFFF)

Ranks = Callable[[Column], Column]
"""The rank of each of these rows, as int64."""


class Beginnings:
    """The rows of forms by ranges of their keys. Safe to share between threads.

    keys: the number of each row's key.
    """

    def __init__(self, keys: Column) -> None:
        self._keys = keys
        self._highest: dict[Ranks, Column] = {}

    def highest(self, keys: range, most: int, ranks: Ranks) -> Column:
        """The `most` rows of the highest ranks among those whose key is in the range; equal ones as they stand."""
        first, end = np.searchsorted(self._order, np.array([keys.start, keys.stop], np.uint64) << _KEY_BITS).tolist()
        rows = np.sort(self._candidates(first, end, most, ranks))
        return rows[highest(ranks(rows), most)]

    def count(self, keys: range) -> int:
        """How many rows there are."""
        first, end = np.searchsorted(self._order, np.array([keys.start, keys.stop], np.uint64) << _KEY_BITS).tolist()
        return int(end - first)

    def _candidates(self, first: int, end: int, most: int, ranks: Ranks) -> Column:
        """Rows among which are the highest ones between two places of the order."""
        low, high = -(-first // BLOCK), end // BLOCK
        if high - low <= most:
            return self._rows(first, end)
        peaks = self._peaks(ranks)[low:high]
        # So many blocks have a row of this rank or a higher one: what is below it is not among the highest.
        least = np.partition(peaks, len(peaks) - most)[len(peaks) - most]
        blocks = (low + np.flatnonzero(peaks >= least)) * BLOCK
        inside = (self._order[(blocks[:, None] + np.arange(BLOCK)).ravel()] & _ROW).astype(np.int64)
        return np.concatenate([self._rows(first, low * BLOCK), inside, self._rows(high * BLOCK, end)])

    def _rows(self, first: int, end: int) -> Column:
        return (self._order[first:end] & _ROW).astype(np.int64)

    @cached_property
    def _order(self) -> Column:
        """Key and row of every form, packed, in order."""
        packed = self._keys.astype(np.uint64) << _KEY_BITS | np.arange(len(self._keys), dtype=np.uint64)
        packed.sort()
        return packed

    def _peaks(self, ranks: Ranks) -> Column:
        """The highest rank of each block."""
        if ranks not in self._highest:
            starts = np.arange(0, len(self._order), BLOCK)
            self._highest[ranks] = np.maximum.reduceat(ranks(self._rows(0, len(self._order))), starts)
        return self._highest[ranks]


def highest(ranks: Column, most: int) -> Column:
    """The places of so many ranks, the highest first, equal ones as they stand."""
    places = np.arange(len(ranks))
    if most < len(ranks):
        least = np.partition(ranks, len(ranks) - most)[len(ranks) - most]
        above, equal = np.flatnonzero(ranks > least), np.flatnonzero(ranks == least)
        places = np.concatenate([above, equal[: most - len(above)]])
    return places[np.lexsort((places, -ranks[places]))]
