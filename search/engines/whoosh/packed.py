"""Sets of articles in one bit each: what is common to some of them takes an eighth of the memory of a mask.

Article number n is bit 7 − n mod 8 of byte n ÷ 8; bits after the last article are 0. The bytes are looked at as words
of 64 bits.
"""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
Packed = NDArray[np.uint64]

_SPARSE: Final = 64
"""Where fewer articles than one in so many are there, the bytes that are not 0 are looked for first."""


def packed(row: Array) -> Packed:
    """The articles where a row of all articles is not 0; of bytes or of truth values."""
    held = np.packbits(row)
    bits = np.zeros(-(-len(row) // 64), np.uint64)
    bits.view(np.uint8)[: len(held)] = held
    return bits


def packed_numbers(numbers: Ints, documents: int) -> Packed:
    """The articles of these numbers."""
    row = np.zeros(documents, np.bool_)
    row[numbers] = True
    return packed(row)


def everyone(documents: int) -> Packed:
    """All articles."""
    return packed(np.ones(documents, np.bool_))


def unpacked(bits: Packed, documents: int) -> Mask:
    """For every article whether it is there."""
    return np.unpackbits(bits.view(np.uint8), count=documents).view(np.bool_)


def size(bits: Packed) -> int:
    """How many articles there are."""
    return int(np.add.reduce(np.bitwise_count(bits)))


def numbers(bits: Packed, count: int) -> Ints:
    """The numbers of the articles, rising; count: how many there are."""
    held = bits.view(np.uint8)
    if count * _SPARSE > len(bits) * 64:
        return np.unpackbits(held).view(np.bool_).nonzero()[0]
    at = (held != 0).nonzero()[0]
    places = np.unpackbits(held.take(at)).view(np.bool_).nonzero()[0]
    found: Ints = (at.take(places >> 3) << 3) + (places & 7)
    return found


def having(bits: Packed, articles: Ints) -> Mask:
    """Whether these articles are there."""
    at = articles & 7
    found: Mask = (bits.view(np.uint8).take(articles >> 3) << at & 128) != 0
    return found


def all_of(sets: Sequence[Packed]) -> Packed:
    """The articles of all sets, which are at least one."""
    found = sets[0]
    for one in sets[1:]:
        found = found & one
    return found


def any_of(sets: Sequence[Packed]) -> Packed:
    """The articles of any of the sets, which are at least one."""
    found = sets[0]
    for one in sets[1:]:
        found = found | one
    return found
