"""The letter triples of many keys at once, as `ranking.triples` tells them of one."""

from array import array
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

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
            codes = np.unique(np.append(codes, _codes(keys, first, last)[0]))
        places, counts = array("I"), [np.zeros(1, np.int64)]
        for first, last in steps:
            found, owner = _codes(keys, first, last)
            held = np.unique(owner.astype(np.uint64) << np.uint64(32) | np.searchsorted(codes, found).astype(np.uint64))
            places.frombytes((held & np.uint64(0xFFFFFFFF)).astype(np.uint32).tobytes())
            counts.append(np.bincount((held >> np.uint64(32)).astype(np.int64), minlength=last - first))
        return cls(codes, np.cumsum(np.concatenate(counts)), np.frombuffer(places, np.uint32))

    def signs(self) -> Codes:
        """The sign of each key, see `words.sign`."""
        bits = np.uint64(1) << (self.codes * np.uint64(SIGN_FACTOR) >> np.uint64(58))
        signs = np.zeros(len(self.starts) - 1, np.uint64)
        held = np.flatnonzero(np.diff(self.starts))  # an empty key has no triples
        if len(held):
            signs[held] = np.bitwise_or.reduceat(bits[self.places], self.starts[held])
        return signs


def _codes(keys: Names, first: int, last: int) -> tuple[Codes, Ints]:
    """The triples of the keys from `first` to before `last`, and whose they are, counted from `first`."""
    points, counts = keys.points(first, last)
    owner = np.repeat(np.arange(len(counts)), counts)
    at = np.arange(len(points)) + 2 * owner + 1
    marked = np.full(len(points) + 2 * len(counts), _EDGE, np.uint64)
    marked[at] = points
    bits = np.uint64(CODE_BITS)
    return (marked[at - 1] << bits | marked[at]) << bits | marked[at + 1], owner
