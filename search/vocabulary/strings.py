"""A sorted column of strings: their UTF-8 bytes one after another, and where each begins."""

from collections.abc import Sequence

import numpy as np

from .file import Column


def encode(text: str) -> bytes:
    """The bytes that strings are compared by; a lone surrogate has some too, so that every text can be looked up."""
    return text.encode("utf-8", "surrogatepass")


def columns(strings: Sequence[bytes]) -> tuple[Column, Column]:
    """The text and the beginnings (one more than there are strings) of a sorted sequence."""
    at = np.zeros(len(strings) + 1, np.uint64)
    np.cumsum([len(string) for string in strings], out=at[1:])
    return np.frombuffer(b"".join(strings), np.uint8), at


class Strings:
    """The strings of two such columns, numbered from 0 in the order of their bytes."""

    def __init__(self, text: Column, at: Column) -> None:
        self._text = text.data
        self._at = at

    def __len__(self) -> int:
        return len(self._at) - 1

    def __getitem__(self, number: int) -> str:
        return str(self._bytes(number), "utf-8", "surrogatepass")

    def first(self, text: str) -> int:
        """The number of the first string that is not before `text`; `len(self)` if there is none."""
        return self._first(encode(text))

    def beginning(self, start: str) -> range:
        """The numbers of the strings that begin with `start`."""
        # No byte of UTF-8 is as large as the one put after it.
        return range(self.first(start), self._first(encode(start) + b"\xff"))

    def find(self, text: str) -> int | None:
        """The number of the first string equal to `text`."""
        number = self.first(text)
        return number if number < len(self) and self._bytes(number) == encode(text) else None

    def _first(self, wanted: bytes) -> int:
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self._bytes(middle) < wanted:
                low = middle + 1
            else:
                high = middle
        return low

    def _bytes(self, number: int) -> bytes:
        return bytes(self._text[int(self._at[number]) : int(self._at[number + 1])])
