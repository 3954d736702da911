"""Distinct texts in the order of their bytes, as two arrays: what millions of strings would take is a fifth of that."""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from itertools import pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Ints = NDArray[np.int64]
Bytes = NDArray[np.uint8]

_TOGETHER: Final = 1 << 14
"""Texts that are looked at together."""


@dataclass(frozen=True)
class Names:
    """text: the texts in UTF-8, one after another; lone surrogates have bytes too. ends: where each begins, one more.

    As they are made by `in_order`, they rise.
    """

    text: Bytes
    ends: Ints

    def __len__(self) -> int:
        return len(self.ends) - 1

    def encoded(self, numbers: Array) -> list[bytes]:
        """The bytes of the texts of these numbers."""
        data = self.text.data
        starts, ends = self.ends[numbers].tolist(), self.ends[numbers + 1].tolist()
        return [bytes(data[start:end]) for start, end in zip(starts, ends, strict=True)]

    def strings(self, numbers: Array) -> list[str]:
        """The texts of these numbers."""
        return [text.decode("utf-8", "surrogatepass") for text in self.encoded(numbers)]

    def each(self) -> Iterator[str]:
        """All texts."""
        for first, last in _steps(len(self)):
            ends = np.append(0, np.cumsum(self._letters(first, last))).tolist()
            text = self.text[self.ends[first] : self.ends[last]].tobytes().decode("utf-8", "surrogatepass")
            yield from [text[start:end] for start, end in pairwise(ends)]

    @cached_property
    def hashes(self) -> NDArray[np.uint64]:
        """The `digest` of each text as a number."""
        found = bytearray()
        for first, last in _steps(len(self)):
            data = self.text[self.ends[first] : self.ends[last]].tobytes()
            ends = (self.ends[first : last + 1] - self.ends[first]).tolist()
            found += b"".join([digest(data[start:end]) for start, end in pairwise(ends)])
        return np.frombuffer(found, "<u8")

    def some(self, numbers: Array) -> "Names":
        """The texts of these numbers, in the same order."""
        sizes = np.diff(self.ends)[numbers]
        ends = _ends(sizes)
        text = np.empty(ends[-1], np.uint8)
        for first, last in _steps(len(numbers)):
            at = np.repeat(self.ends[numbers[first:last]] - ends[first:last], sizes[first:last])
            at += np.arange(ends[first], ends[last])
            np.take(self.text, at, out=text[ends[first] : ends[last]])
        return Names(text, ends)

    def same(self, other: "Names") -> bool:
        """Whether both have the same texts in the same order."""
        return np.array_equal(self.ends, other.ends) and np.array_equal(self.text, other.text)

    def followed_by(self, other: "Names") -> "Names":
        """The texts of both, one after the other."""
        return Names(
            np.concatenate([self.text, other.text]), np.concatenate([self.ends, other.ends[1:] + self.ends[-1]])
        )

    def letters(self) -> Ints:
        """How many code points each text has."""
        counts = [self._letters(first, last) for first, last in _steps(len(self))]
        return np.concatenate([np.zeros(0, np.int64), *counts])

    def points(self, first: int, last: int) -> tuple[NDArray[np.uint32], Ints]:
        """The code points of the texts from `first` to before `last`, and how many each text has."""
        data = self.text[self.ends[first] : self.ends[last]].tobytes()
        points = data.decode("utf-8", "surrogatepass").encode("utf-32-le", "surrogatepass")
        return np.frombuffer(points, "<u4"), self._letters(first, last)

    def _letters(self, first: int, last: int) -> Ints:
        ends = self.ends[first : last + 1] - self.ends[first]
        begins = _begins(self.text[self.ends[first] : self.ends[last]])
        letters: Ints = np.append(0, np.cumsum(begins, dtype=np.int64))[ends]
        return np.diff(letters)


def in_order(numbers: Mapping[str, int]) -> tuple[Names, NDArray[np.uint32]]:
    """Texts in the order of their bytes, which is that of their code points; of each number (from 0 on) its place."""
    order = sorted(numbers)
    places = np.empty(len(order), np.uint32)
    places[np.fromiter(map(numbers.__getitem__, order), np.int64, len(order))] = np.arange(len(order), dtype=np.uint32)
    return names_of(order), places


def names_of(texts: Sequence[str]) -> Names:
    """Texts as they come."""
    text, sizes = bytearray(), array("I")
    for first in range(0, len(texts), _TOGETHER):
        some = texts[first : first + _TOGETHER]
        piece = np.frombuffer("".join(some).encode("utf-8", "surrogatepass"), np.uint8)
        begins = np.append(np.flatnonzero(_begins(piece)), len(piece))
        text += piece.data
        sizes.frombytes(np.diff(begins[np.cumsum([0, *map(len, some)])]).astype(np.uint32).tobytes())
    return Names(np.frombuffer(text, np.uint8), _ends(np.array(sizes, np.int64)))


def digest(text: bytes) -> bytes:
    """Eight bytes that stand for a text."""
    return blake2b(text, digest_size=8).digest()


def _steps(count: int) -> Iterator[tuple[int, int]]:
    return ((first, min(first + _TOGETHER, count)) for first in range(0, count, _TOGETHER))


def _begins(text: Bytes) -> NDArray[np.bool_]:
    """Where a character begins."""
    found: NDArray[np.bool_] = (text & 0xC0) != 0x80
    return found


def _ends(sizes: Array) -> Ints:
    return np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)])
