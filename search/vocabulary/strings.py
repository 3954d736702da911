"""A sorted column of strings: their UTF-8 bytes one after another, and where each begins."""

from bisect import bisect_left
from collections.abc import Iterable
from typing import Final

from .file import Column

_FENCE: Final = 4096
"""Strings that a search compares with first, at even distances; made by the first search, so that opening reads none.
They halve the steps that a search takes in Python."""


def encode(text: str) -> bytes:
    """The bytes that strings are compared by; a lone surrogate has some too, so that every text can be looked up."""
    return text.encode("utf-8", "surrogatepass")


class Strings:
    """The strings of two such columns, numbered from 0 in the order of their bytes. Safe to share between threads."""

    def __init__(self, text: Column, at: Column) -> None:
        # An item of a memory view is a bare int, several times faster to have than one of an array.
        self._text = text.data
        self._at = at.data
        self._step = max(1, -(-len(self) // _FENCE))
        self._fence: list[bytes] | None = None

    def __len__(self) -> int:
        return len(self._at) - 1

    def __getitem__(self, number: int) -> str:
        return self._text[self._at[number] : self._at[number + 1]].tobytes().decode("utf-8", "surrogatepass")

    def several(self, numbers: Iterable[int]) -> list[str]:
        """The strings of these numbers."""
        text, at = self._text, self._at
        return [text[at[one] : at[one + 1]].tobytes().decode("utf-8", "surrogatepass") for one in numbers]

    def first(self, text: str) -> int:
        """The number of the first string that is not before `text`; `len(self)` if there is none."""
        return self._first(encode(text))

    def beginning(self, start: str) -> range:
        """The numbers of the strings that begin with `start`."""
        # No byte of UTF-8 is as large as the one put after it.
        return range(self.first(start), self._first(encode(start) + b"\xff"))

    def find(self, text: str) -> int | None:
        """The number of the first string equal to `text`."""
        wanted = encode(text)
        number = self._first(wanted)
        return number if number < len(self) and self._bytes(number) == wanted else None

    def _first(self, wanted: bytes) -> int:
        fence = self._fence
        if fence is None:
            fence = self._fence = [self._bytes(number) for number in range(0, len(self), self._step)]
        # It is after the last post before `wanted`, and not after the next one.
        post = bisect_left(fence, wanted)
        low = (post - 1) * self._step + 1 if post else 0
        high = min(post * self._step, len(self))
        text, at = self._text, self._at
        while low < high:
            middle = (low + high) // 2
            if text[at[middle] : at[middle + 1]].tobytes() < wanted:
                low = middle + 1
            else:
                high = middle
        return low

    def _bytes(self, number: int) -> bytes:
        return self._text[self._at[number] : self._at[number + 1]].tobytes()
