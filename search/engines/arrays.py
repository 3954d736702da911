"""A file of named arrays that is opened by a memory map: what it holds is shared between processes and read on demand.

    8 bytes magic, 4 bytes length of the header (little-endian), the header as JSON (name, dtype, shape, offset of each
    array), then the arrays, each at a multiple of 64 bytes.
"""

import mmap
from collections.abc import Mapping, Sequence
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
    """The arrays of a file, read-only, over one memory map.

    Raises:
        IndexCorrupt: it cannot be read as such a file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            with path.open("rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            self._arrays = self._read()
        except (OSError, ValueError, TypeError, msgspec.MsgspecError) as error:
            raise IndexCorrupt(path, f"it cannot be read ({error})") from error

    def __getitem__(self, name: str) -> NDArray[Any]:
        try:
            return self._arrays[name]
        except KeyError:
            raise IndexCorrupt(self._path, f"it has no array {name!r}") from None

    def close(self) -> None:
        """Let go of the file; arrays that are still in use keep the map until they go too."""
        self._arrays = {}

    def _read(self) -> dict[str, NDArray[Any]]:
        if self._map[: len(_MAGIC)] != _MAGIC:
            raise ValueError("it does not begin as a file of arrays does")
        head = len(_MAGIC) + 4
        length = int.from_bytes(self._map[len(_MAGIC) : head], "little")
        entries = msgspec.json.decode(self._map[head : head + length], type=list[_Entry])
        start = _aligned(head + length)
        return {entry.name: self._array(entry, start + entry.offset) for entry in entries}

    def _array(self, entry: _Entry, offset: int) -> NDArray[Any]:
        dtype = np.dtype(entry.dtype)
        if dtype.hasobject:
            raise ValueError("an array of objects")
        count = int(np.prod(entry.shape, dtype=np.int64))
        if count == 0:
            return np.zeros(entry.shape, dtype)
        return np.frombuffer(self._map, dtype, count, offset).reshape(entry.shape)


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
