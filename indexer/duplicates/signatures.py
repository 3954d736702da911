"""What is kept of a body: a hash of its words, and the MinHash of its shingles (Broder 1997), made by rensa."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash

from .shingles import shingles_of
from .words import LEAST_WORDS, Keys

BANDS: Final = 24
ROWS: Final = 3
SLOTS: Final = BANDS * ROWS
"""Bodies that share a part J of their shingles have a band in common with probability 1 − (1 − J³)²⁴: .96 for J = .5,
.997 for .6; strangers with J = .05 in 3 of 1,000 pairs."""

_SEED: Final = 42

Starts = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Signatures:
    """A row for each article.

    bodies: a hash of the words in their order, never 0; 0 for a body that is too short to be compared. slots: u16, the
    lower halves of the MinHash, SLOTS of them; what they are of a body that is too short means nothing.
    """

    bodies: NDArray[np.uint64]
    slots: NDArray[np.uint16]

    def __len__(self) -> int:
        return len(self.bodies)

    @classmethod
    def of(cls, steps: Iterable[tuple[Keys, Starts]]) -> "Signatures":
        """The signatures of bodies that come some at a time: their words, and where those of each begin (one more)."""
        bodies, slots = [np.zeros(0, np.uint64)], [np.zeros((0, SLOTS), np.uint16)]
        for words, starts in steps:
            bodies.append(np.fromiter(_hashes(words, starts), np.uint64, len(starts) - 1))
            slots.append(_slots(words, starts))
        return cls(np.concatenate(bodies), np.concatenate(slots))

    def taken(self, numbers: NDArray[Any]) -> "Signatures":
        """Those of these articles."""
        return Signatures(self.bodies[numbers], self.slots[numbers])


def joined(*parts: Signatures) -> Signatures:
    """Those of all parts, one after another."""
    return Signatures(np.concatenate([one.bodies for one in parts]), np.concatenate([one.slots for one in parts]))


def _hashes(words: Keys, starts: Starts) -> Iterator[int]:
    data = np.ascontiguousarray(words, "<u8").view(np.uint8).data
    places = (starts.astype(np.int64) * words.itemsize).tolist()
    least = LEAST_WORDS * words.itemsize
    for start, end in pairwise(places):
        is_long = end - start >= least
        yield int.from_bytes(blake2b(data[start:end], digest_size=8).digest(), "little") or 1 if is_long else 0


def _slots(words: Keys, starts: Starts) -> NDArray[np.uint16]:
    held, begins = shingles_of(words, starts)
    if not len(held):
        return np.zeros((len(starts) - 1, SLOTS), np.uint16)
    made = RMinHash.digest_matrix_from_flat_token_hashes(held, begins.astype(np.uint64), num_perm=SLOTS, seed=_SEED)
    return (np.array(made.to_rows(), np.uint32) & 0xFFFF).astype(np.uint16)
