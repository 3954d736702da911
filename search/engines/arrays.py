"""A file of named arrays.

8 bytes magic, 4 bytes length of the header (little-endian), the header as JSON (name, dtype, shape, offset of each
array), then the arrays, each at a multiple of 64 bytes.
"""

import os
from collections.abc import Mapping, Sequence
from math import prod
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from ..errors import IndexCorrupt

_MAGIC = b"IZDEARR1"
_ALIGN = 64


class _Entry(msgspec.Struct, frozen=True):
    name: str
    dtype: str
    shape: tuple[int, ...]
    offset: int


def write(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write the arrays; the same arrays always give the same bytes."""
    entries: list[_Entry] = []
    offset = 0
    for name, array in arrays.items():
        entries.append(_Entry(name, array.dtype.newbyteorder("<").str, array.shape, offset))
        offset = _aligned(offset + array.nbytes)
    header = msgspec.json.encode(entries)
    start = _aligned(len(_MAGIC) + 4 + len(header))
    with path.open("wb") as file:
        file.write(_MAGIC + len(header).to_bytes(4, "little") + header)
        for entry, array in zip(entries, arrays.values(), strict=True):
            file.write(b"\0" * (start + entry.offset - file.tell()))
            array.astype(entry.dtype, copy=False).tofile(file)
        file.write(b"\0" * (start + offset - file.tell()))


class Arrays:
    """The arrays of a file: small ones read whole, of large ones only the stretches that are asked for.

    Read rather than mapped, like Whoosh's files: a file cut short under a running server becomes IndexCorrupt, where a
    map would end the process. Safe to share between threads.

    Raises:
        IndexCorrupt: it cannot be read as such a file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = -1
        try:
            self._file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
            self._start, self._entries = self._header()
        except (OSError, ValueError, msgspec.MsgspecError) as error:
            self.close()
            raise IndexCorrupt(path, f"it cannot be read ({error})") from error

    def whole(self, name: str) -> NDArray[Any]:
        """An array.

        Raises:
            IndexCorrupt: there is none of that name, or the file is too short.
        """
        entry = self._entry(name)
        return self._read(entry, 0, prod(entry.shape)).reshape(entry.shape)

    def rows(self, name: str, firsts: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[Any]:
        """Stretches of rows of an array, one after another.

        Raises:
            IndexCorrupt: as `whole`, or a stretch that lies outside.
        """
        entry = self._entry(name)
        width = prod(entry.shape[1:])
        parts = [np.zeros(0, np.dtype(entry.dtype))]
        for first, count in zip(firsts.tolist(), counts.tolist(), strict=True):
            if first < 0 or count < 0 or first + count > entry.shape[0]:
                raise IndexCorrupt(self._path, f"rows {first} to {first + count} of {name!r} are outside of it")
            parts.append(self._read(entry, first * width, count * width))
        return np.concatenate(parts).reshape(-1, *entry.shape[1:])

    def close(self) -> None:
        """Let go of the file."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def _header(self) -> tuple[int, dict[str, _Entry]]:
        head = len(_MAGIC) + 4
        begin = os.pread(self._file, head, 0)
        if len(begin) != head or not begin.startswith(_MAGIC):
            raise ValueError("it does not begin as a file of arrays does")
        length = int.from_bytes(begin[len(_MAGIC) :], "little")
        header = os.pread(self._file, length, head)
        if len(header) != length:
            raise ValueError("it is cut short")
        entries = msgspec.json.decode(header, type=list[_Entry])
        if any(np.dtype(entry.dtype).hasobject for entry in entries):
            raise ValueError("it holds objects")
        return _aligned(head + length), {entry.name: entry for entry in entries}

    def _entry(self, name: str) -> _Entry:
        try:
            return self._entries[name]
        except KeyError:
            raise IndexCorrupt(self._path, f"it has no array {name!r}") from None

    def _read(self, entry: _Entry, first: int, count: int) -> NDArray[Any]:
        dtype = np.dtype(entry.dtype)
        wanted = count * dtype.itemsize
        try:
            data = os.pread(self._file, wanted, self._start + entry.offset + first * dtype.itemsize)
        except OSError as error:
            raise IndexCorrupt(self._path, f"it cannot be read ({error.strerror})") from error
        if len(data) != wanted:
            raise IndexCorrupt(self._path, "it is shorter than it was")
        return np.frombuffer(data, dtype)


def texts(values: Sequence[str]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Texts as one array of UTF-8 and the places where each begins, with the end as the last."""
    encoded = [value.encode("utf-8", "surrogatepass") for value in values]
    ends = np.cumsum([0, *(len(one) for one in encoded)], dtype=np.int64)
    return np.frombuffer(b"".join(encoded), np.uint8), ends


class Texts:
    """Sorted texts (by their bytes) in arrays, found by bisection."""

    def __init__(self, blob: NDArray[np.uint8], ends: NDArray[np.int64]) -> None:
        self._blob, self._ends = blob, ends

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, place: int) -> str:
        return self._bytes(place).decode("utf-8", "surrogatepass")

    def find(self, text: str) -> int:
        """The place of a text; -1 if it is not there."""
        wanted = text.encode("utf-8", "surrogatepass")
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self._bytes(middle) < wanted:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self) and self._bytes(low) == wanted else -1

    def _bytes(self, place: int) -> bytes:
        return self._blob[self._ends[place] : self._ends[place + 1]].tobytes()


def _aligned(offset: int) -> int:
    return -(-offset // _ALIGN) * _ALIGN
