"""Texts by number and numbers by text, in the arrays of a mapped file.

    X_text, X_ends      the texts, one after another, and where each begins (one more)
    X_hashes, X_places  the first 64 bits of each text's BLAKE2b, rising, and the numbers of the texts

A text is found by its hash in one binary search over numbers, and then compared. Lone surrogates have bytes too. Words
stand in the order of their UTF-8 bytes, so that those that begin alike have numbers that follow one another.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import compress
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ...mapped import Mapped
from ...names import Names, digest

Array = NDArray[Any]
Ints = NDArray[np.int64]

_REMEMBERED: Final = 4096
_PAGE: Final = 100
"""What was given lately is asked for next, as the ids of a page are; more texts than these are no page."""


def encoded(text: str) -> bytes:
    """The bytes that texts are ordered and compared by."""
    return text.encode("utf-8", "surrogatepass")


def lexicon_arrays(name: str, texts: Names) -> Mapping[str, Array]:
    """The arrays of a lexicon of distinct texts, which are numbered as they come."""
    places = np.argsort(texts.hashes, kind="stable")
    return {
        f"{name}_text": texts.text,
        f"{name}_ends": texts.ends.astype(np.uint64),
        f"{name}_hashes": texts.hashes[places],
        f"{name}_places": places.astype(np.uint32),
    }


class Lexicon:
    """The lexicon `name` of a file; every question may raise IndexCorrupt. Safe to share between threads."""

    def __init__(self, file: Mapped, name: str) -> None:
        self._file, self._name = file, name
        self._lately: dict[str, int] = {}
        self._count = file.rows(f"{name}_places")

    def __len__(self) -> int:
        return self._count

    def find(self, text: str) -> int:
        """The number of a text; -1 if it is not there."""
        number = self._lately.get(text)
        if number is None:
            number = self.find_encoded(encoded(text))
            if number >= 0:
                self._remember({text: number})
        return number

    def find_encoded(self, wanted: bytes) -> int:
        """As `find`, of a text in bytes."""
        hashes = self._file.whole(f"{self._name}_hashes")
        value = np.frombuffer(digest(wanted), "<u8")[0]
        at = int(np.searchsorted(hashes, value))
        while at < self._count and hashes[at] == value:
            number = int(self._file.part(f"{self._name}_places", at, at + 1)[0])
            if number < self._count and self.encoded(number) == wanted:
                return number
            at += 1
        return -1

    def find_all(self, texts: Sequence[str]) -> Ints:
        """The numbers of those of these texts that are there, rising."""
        lately = self._lately
        wanted = [text for text in texts if text not in lately]
        found = {text: lately[text] for text in texts if text in lately}
        if wanted and self._count:
            hashes = self._file.whole(f"{self._name}_hashes")
            values = np.frombuffer(b"".join([digest(encoded(text)) for text in wanted]), "<u8")
            at = hashes.searchsorted(values)
            at[at == self._count] = 0
            same = hashes.take(at) == values
            some = self._file.take(f"{self._name}_places", at[same]).astype(np.int64)
            first = dict(zip(self.texts(some), some.tolist(), strict=True))
            for text in compress(wanted, same):
                # Two texts may share a hash: then it is another one that stands first.
                found[text] = first[text] if text in first else self.find(text)
        return np.array(sorted({number for number in found.values() if number >= 0}), np.int64)

    def hashes(self, wanted: NDArray[np.bool_]) -> NDArray[np.uint64]:
        """The hashes of the texts of these numbers, rising."""
        every: NDArray[np.uint64] = self._file.whole(f"{self._name}_hashes")
        return every[wanted[self._file.whole(f"{self._name}_places")]]

    def text(self, number: int) -> str:
        """The text of a number.

        Raises:
            IndexCorrupt: there is none.
        """
        return self.encoded(number).decode("utf-8", "surrogatepass")

    def texts(self, numbers: Array) -> list[str]:
        """The texts of many numbers, in the same order."""
        starts = self._file.take(f"{self._name}_ends", numbers).tolist()
        ends = self._file.take(f"{self._name}_ends", numbers + 1).tolist()
        blob = self._file.whole(f"{self._name}_text").data
        found = [str(blob[start:end], "utf-8", "surrogatepass") for start, end in zip(starts, ends, strict=True)]
        if len(found) <= _PAGE:
            self._remember(dict(zip(found, numbers.tolist(), strict=True)))
        return found

    def place(self, text: bytes) -> int:
        """The number of the first text that is not before this one, where the texts rise by their bytes."""
        return bisect_left(range(self._count), text, key=self.encoded)

    def encoded(self, number: int) -> bytes:
        """The bytes of the text of a number; raises as `text`."""
        start, end = self._file.part(f"{self._name}_ends", number, number + 2).tolist()
        return self._file.part(f"{self._name}_text", start, end).tobytes()

    def _remember(self, numbers: dict[str, int]) -> None:
        if len(self._lately) >= _REMEMBERED:
            self._lately = {}
        self._lately.update(numbers)
