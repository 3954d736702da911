"""Hashes of 128 bits in arrays of two columns: sorting, finding, and the like."""

from collections.abc import Sequence
from hashlib import blake2b
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from .columns import Hashes, Ints

BYTES: Final = 16


def digest(data: bytes) -> bytes:
    """The hash of some bytes; never zero."""
    return blake2b(data, digest_size=BYTES).digest()


def hashes(digests: "Sequence[bytes] | bytes | bytearray") -> Hashes:
    """Digests as an array."""
    data = bytes(digests) if isinstance(digests, bytes | bytearray) else b"".join(digests)
    return np.frombuffer(data, "<u8").reshape(-1, 2)


def sorted_order(held: Hashes) -> Ints:
    """The order in which they rise; of equal ones the earlier comes first."""
    return np.lexsort((held[:, 1], held[:, 0]))


class Index:
    """Finds hashes among others; of equal ones the last."""

    def __init__(self, held: Hashes) -> None:
        self._order = sorted_order(held)
        self._first = held[self._order, 0]
        self._second = held[self._order, 1]

    def find(self, wanted: Hashes) -> Ints:
        """The place of each, -1 where there is none."""
        found = np.full(len(wanted), -1, np.int64)
        if not len(self._first):
            return found
        # Different hashes with equal first halves do not come about by chance, but all that are equal stand together.
        at = np.searchsorted(self._first, wanted[:, 0], "right") - 1
        here = at >= 0
        same: NDArray[Any] = (self._first[at] == wanted[:, 0]) & (self._second[at] == wanted[:, 1]) & here
        found[same] = self._order[at[same]]
        return found


def last_of_each(held: Hashes, chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Of those that are chosen, which are not followed by an equal one that is, too."""
    places = np.flatnonzero(chosen)
    some = held[places]
    order = sorted_order(some)
    some = some[order]
    last = np.append((some[1:] != some[:-1]).any(axis=1), True)[: len(order)]
    found = np.zeros(len(held), np.bool_)
    found[places[order[last]]] = True
    return found
