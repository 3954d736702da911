"""The letter triples of many keys at once, as `ranking.triples` tells them of one."""

from array import array
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ...counting_sort import rising
from ...names import Names
from .words import CODE_BITS, SIGN_FACTOR

Array = NDArray[Any]
Ints = NDArray[np.int64]
Codes = NDArray[np.uint64]

_TOGETHER: Final = 1 << 15
"""Keys whose triples are looked at together."""

_EDGE: Final = ord("_")
"""What `triples` puts before and after a key."""


@dataclass(frozen=True)
class Threes:
    """codes: the different triples, see `words.code`; rising. starts, places: which of them each key has; rising."""

    codes: Codes
    starts: Ints
    places: NDArray[np.uint32]

    @classmethod
    def of(cls, keys: Names) -> "Threes":
        """Those of these keys."""
        codes = np.zeros(0, np.uint64)
        steps = [(first, min(first + _TOGETHER, len(keys))) for first in range(0, len(keys), _TOGETHER)]
        for first, last in steps:
            codes = _distinct(np.append(codes, _codes(keys, first, last)[0]))
        places, counts = array("I"), [np.zeros(1, np.int64)]
        for first, last in steps:
            found, letters = _codes(keys, first, last)
            starts = np.append(0, np.cumsum(letters))
            held = rising(np.searchsorted(codes, found), starts, len(codes))
            new = np.ones(len(held), np.bool_)
            new[1:] = held[1:] != held[:-1]
            new[starts[:-1][letters > 0]] = True
            places.frombytes(held[new].astype(np.uint32).tobytes())
            counts.append(np.diff(np.append(0, np.cumsum(new))[starts]))
        return cls(codes, np.cumsum(np.concatenate(counts)), np.array(places, np.uint32))

    def signs(self, which: int) -> Codes:
        """The sign of each key, see `words.sign`."""
        bits = np.uint64(1) << (self.codes * np.uint64(SIGN_FACTOR) >> np.uint64(58 - 6 * which) & np.uint64(63))
        signs = np.zeros(len(self.starts) - 1, np.uint64)
        held = np.flatnonzero(np.diff(self.starts))  # an empty key has no triples
        if len(held):
            signs[held] = np.bitwise_or.reduceat(bits[self.places], self.starts[held])
        return signs


def _codes(keys: Names, first: int, last: int) -> tuple[Codes, Ints]:
    """The triples of the keys from `first` to before `last`, and how many of them each has: one for each letter."""
    points, counts = keys.points(first, last)
    owner = np.repeat(np.arange(len(counts)), counts)
    at = np.arange(len(points)) + 2 * owner + 1
    marked = np.full(len(points) + 2 * len(counts), _EDGE, np.uint64)
    marked[at] = points
    bits = np.uint64(CODE_BITS)
    return (marked[at - 1] << bits | marked[at]) << bits | marked[at + 1], counts


def _distinct(codes: Codes) -> Codes:
    """The same, rising, each once. `np.unique` takes several times as long."""
    codes = np.sort(codes)
    new = np.ones(len(codes), np.bool_)
    new[1:] = codes[1:] != codes[:-1]
    return codes[new]
