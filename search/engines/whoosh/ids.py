"""The ids of articles while an index is written: a few bytes each, and whether one was there before."""

from array import array
from collections.abc import Collection
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ...names import Names
from .lexicon import encoded

Array = NDArray[Any]

_RECENT: Final = 1 << 12
"""Ids that are held as they are before their hashes are sorted."""


class Ids:
    """Takes ids one after another.

    Hashes stand in sorted arrays, each at least twice as long as the next, as in a log-structured merge-tree (O'Neil
    and others 1996).
    """

    def __init__(self) -> None:
        self._text = bytearray()
        self._sizes = array("I")
        self._recent: set[str] = set()
        self._sorted: list[Array] = []

    def __len__(self) -> int:
        return len(self._sizes)

    def add(self, ids: Collection[str]) -> None:
        """Take some more, which were not there before."""
        for one in map(encoded, ids):
            self._text += one
            self._sizes.append(len(one))
        self._recent.update(ids)
        if len(self._recent) < _RECENT:
            return
        hashes = np.sort(_hashes(self._recent))
        self._recent.clear()
        while self._sorted and len(self._sorted[-1]) < 2 * len(hashes):
            hashes = np.sort(np.append(hashes, self._sorted.pop()))
        self._sorted.append(hashes)

    def known(self, ids: Collection[str]) -> str | None:
        """One of these ids that was there before, if there is any."""
        again = [one for one in ids if one in self._recent]
        if again:
            return again[0]
        wanted, wanted_ids = _hashes(ids), set(ids)
        for hashes in self._sorted:
            at = np.minimum(np.searchsorted(hashes, wanted), len(hashes) - 1)
            if (hashes[at] == wanted).any():
                again = [one for one in self.names().each() if one in wanted_ids]
                if again:
                    return again[0]
        return None

    def names(self) -> Names:
        """All of them, in the order in which they came."""
        ends = np.cumsum(np.append(np.zeros(1, np.int64), np.array(self._sizes, np.int64)))
        return Names(np.frombuffer(bytes(self._text), np.uint8), ends)


def _hashes(ids: Collection[str]) -> Array:
    return np.fromiter(map(hash, ids), np.int64, len(ids))
