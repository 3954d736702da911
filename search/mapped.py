"""A file of named arrays that is mapped into memory; what is read of it is checked when it is first touched.

    arrays      one after another, each at a multiple of 64 bytes, zeros between them
    checksums   u32 CRC-32 of each BLOCK bytes of the arrays, the last block may be shorter
    footer      MessagePack: kind, version, bytes of the arrays, {name: [dtype, shape, offset]}
    tail        u32 CRC-32 of checksums and footer, u32 bytes of the footer, 8 bytes magic

All numbers are little-endian. Opening reads the end of the file alone, so it takes no longer for a large archive, and
what is not asked for never comes into memory. A generation does not change once it is published; a file that is cut
short under a running server ends the worker, as it does for every program that maps files, and its successor refuses
the generation.
"""

import mmap
import os
import zlib
from collections.abc import Mapping, Sequence
from math import prod
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from .errors import IndexCorrupt, IndexFormatTooNew

BLOCK: Final = 1 << 16
MAGIC: Final = b"IZDEMAP1"
ALIGN: Final = 64
_TAIL: Final = 8 + len(MAGIC)

_LONG: Final = 64
"""Stretches of more rows than these are copied one by one; the rows of shorter ones are looked up."""

Array = NDArray[Any]


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """An array of the file; offset: where it begins, in bytes."""

    dtype: str
    shape: tuple[int, ...]
    offset: int


class Footer(msgspec.Struct, frozen=True):
    """What the file says of itself; length: the bytes of the arrays."""

    kind: str
    version: int
    length: int
    arrays: dict[str, Entry]


class Mapped:
    """The arrays of such a file, read-only. Safe to share between threads; every read may raise IndexCorrupt.

    Raises:
        IndexCorrupt: it is not such a file of this kind, or not whole.
        IndexFormatTooNew: a newer Izde wrote it.
    """

    def __init__(self, path: Path, kind: str, version: int) -> None:
        self.path = path
        try:
            file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
            try:
                size = os.fstat(file).st_size
                if size < _TAIL:
                    raise ValueError("it is too short")
                self._map = mmap.mmap(file, 0, access=mmap.ACCESS_READ)
            finally:
                os.close(file)
            footer, self._checksums = _footer(self._map, size)
        except (OSError, ValueError, msgspec.MsgspecError) as error:
            raise IndexCorrupt(path, f"it cannot be read ({error})") from error
        if footer.kind != kind:
            raise IndexCorrupt(path, f"it holds {footer.kind!r}, not {kind!r}")
        if footer.version > version:
            raise IndexFormatTooNew(path, footer.version, version)
        self.version = footer.version
        self._length = footer.length
        self._entries: Mapping[str, Entry] = footer.arrays
        self._seen = bytearray(len(self._checksums))
        self._arrays = {name: self._view(entry) for name, entry in footer.arrays.items()}
        self._columns = {name: self._placed(entry, self._arrays[name]) for name, entry in footer.arrays.items()}

    @classmethod
    def of_any_kind(cls, path: Path) -> "Mapped":
        """Such a file, whatever it holds; raises as the class."""
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            try:
                footer, _ = _footer(data, len(data))
            except (ValueError, msgspec.MsgspecError) as error:
                raise IndexCorrupt(path, f"it cannot be read ({error})") from error
        return cls(path, footer.kind, footer.version)

    def rows(self, name: str) -> int:
        """The number of rows of an array."""
        return self._entry(name).shape[0]

    def whole(self, name: str) -> Array:
        """An array, all of it checked."""
        entry = self._entry(name)
        array = self._arrays[name]
        self._check(entry.offset, entry.offset + array.nbytes)
        return array

    def part(self, name: str, start: int, stop: int) -> Array:
        """The rows from `start` to before `stop`.

        Raises:
            IndexCorrupt: they lie outside of the array, or are not what was written.
        """
        entry, array = self._entry(name), self._arrays[name]
        if not 0 <= start <= stop <= len(array):
            raise IndexCorrupt(self.path, f"rows {start} to {stop} of {name!r} are outside of it")
        width = array.nbytes // len(array) if len(array) else 0
        self._check(entry.offset + start * width, entry.offset + stop * width)
        return array[start:stop]

    def stretches(self, name: str, starts: Sequence[int], stops: Sequence[int]) -> list[Array]:
        """The rows of each stretch, as `part` gives them: for many short ones."""
        entry, array = self._entry(name), self._arrays[name]
        width, count, seen = array.nbytes // max(len(array), 1), len(array), self._seen
        parts = []
        for start, stop in zip(starts, stops, strict=True):
            if not 0 <= start <= stop <= count:
                raise IndexCorrupt(self.path, f"rows {start} to {stop} of {name!r} are outside of it")
            first, end = entry.offset + start * width, entry.offset + stop * width
            if seen.find(0, first // BLOCK, -(-end // BLOCK)) >= 0:
                self._check(first, end)
            parts.append(array[start:stop])
        return parts

    def joined(self, name: str, starts: Array, stops: Array, kind: Any) -> Array:
        """The rows from each start to before its stop (int64), one stretch after another, as numbers of this kind.

        No start is negative; of the array only the blocks that hold the rows are checked.

        Raises:
            IndexCorrupt: as `part`.
        """
        array, first, end = self._column(name)
        if not len(starts):
            return np.zeros((0, *array.shape[1:]), kind)
        if self._seen.find(0, first, end) >= 0:
            self._check_stretches(name, starts, stops)
        counts = stops - starts
        ends = counts.cumsum()
        if ends[-1] > _LONG * len(starts):
            pieces = [array[start:stop] for start, stop in zip(starts.tolist(), stops.tolist(), strict=True)]
            found: Array = np.concatenate(pieces, dtype=kind)
            if len(found) != ends[-1]:
                raise IndexCorrupt(self.path, f"rows of {name!r} are outside of it")
            return found
        try:
            rows = (stops - ends).repeat(counts)
            rows += np.arange(len(rows))
            found = array.take(rows, 0).astype(kind, copy=False)
        except (IndexError, ValueError) as error:
            raise IndexCorrupt(self.path, f"rows of {name!r} are outside of it") from error
        return found

    def take(self, name: str, rows: NDArray[Any]) -> Array:
        """These rows, copied; of the array only the blocks that hold them are checked. No row is negative.

        Raises:
            IndexCorrupt: they lie outside of the array, or are not what was written.
        """
        array, first, end = self._column(name)
        if self._seen.find(0, first, end) >= 0 and len(rows):
            width = array.nbytes // max(len(array), 1)
            starts = rows.astype(np.int64) * width
            starts += self._entries[name].offset
            self._touch(starts // BLOCK, end)
            if ALIGN % max(width, 1):  # a row may lie in two blocks
                self._touch((starts + (width - 1)) // BLOCK, end)
        try:
            found: Array = array.take(rows, 0)
        except IndexError as error:
            raise IndexCorrupt(self.path, f"rows of {name!r} are outside of it") from error
        return found

    def check_all(self) -> None:
        """Compare the whole file with its checksums.

        Raises:
            IndexCorrupt: it is not what was written.
        """
        self._check(0, self._length)

    def close(self) -> None:
        """Let go of the file; the map goes with the last array that was read from it."""
        self._arrays = {}
        self._columns = {}
        self._entries = {}
        del self._map

    def _entry(self, name: str) -> Entry:
        try:
            return self._entries[name]
        except KeyError:
            raise IndexCorrupt(self.path, f"it has no array {name!r}") from None

    def _column(self, name: str) -> tuple[Array, int, int]:
        """An array, the block that it begins in, and the one after that it ends in."""
        try:
            return self._columns[name]
        except KeyError:
            raise IndexCorrupt(self.path, f"it has no array {name!r}") from None

    @staticmethod
    def _placed(entry: Entry, array: Array) -> tuple[Array, int, int]:
        return array, entry.offset // BLOCK, -(-(entry.offset + array.nbytes) // BLOCK)

    def _check_stretches(self, name: str, starts: Array, stops: Array) -> None:
        array, offset = self._arrays[name], self._entries[name].offset
        width = array.nbytes // max(len(array), 1)
        low, high = (starts * width + offset) // BLOCK, (stops * width + (offset - 1)) // BLOCK
        seen = np.frombuffer(self._seen, np.uint8)
        if (
            np.maximum.reduce(high - low) <= 1
            and seen.take(low, mode="clip").all()
            and seen.take(high, mode="clip").all()
        ):
            return
        for start, stop in zip(starts.tolist(), stops.tolist(), strict=True):
            if not 0 <= start <= stop <= len(array):
                raise IndexCorrupt(self.path, f"rows {start} to {stop} of {name!r} are outside of it")
            self._check(offset + start * width, offset + stop * width)

    def _touch(self, blocks: Array, end: int) -> None:
        """Check those of these blocks, before `end`, that were not looked at yet."""
        seen = np.frombuffer(self._seen, np.uint8).take(blocks, mode="clip")
        if not seen.all():
            for block in set(blocks[seen == 0].tolist()):
                if 0 <= block < end:
                    self._check(block * BLOCK, block * BLOCK + 1)

    def _view(self, entry: Entry) -> Array:
        dtype, count = np.dtype(entry.dtype), prod(entry.shape)
        if dtype.hasobject or entry.offset < 0 or entry.offset + count * dtype.itemsize > self._length:
            raise IndexCorrupt(self.path, "an array lies outside of it")
        return np.frombuffer(self._map, dtype, count, entry.offset).reshape(entry.shape)

    def _check(self, start: int, stop: int) -> None:
        first, end = start // BLOCK, -(-stop // BLOCK)
        at = self._seen.find(0, first, end)
        while at >= 0:
            block = memoryview(self._map)[at * BLOCK : min((at + 1) * BLOCK, self._length)]
            if zlib.crc32(block) != self._checksums[at]:
                raise IndexCorrupt(self.path, f"the checksum of its block {at} is wrong")
            self._seen[at] = 1
            at = self._seen.find(0, at, end)


def checksum(path: Path) -> int:
    """What such a file has at its end: the checksum of its checksums and its footer.

    Raises:
        OSError: it cannot be read, or is too short.
    """
    with path.open("rb") as file:
        file.seek(-_TAIL, os.SEEK_END)
        return int.from_bytes(file.read(4), "little")


def _footer(data: mmap.mmap, size: int) -> tuple[Footer, Array]:
    """The footer and the checksums of a file of this size."""
    tail = data[size - _TAIL : size]
    if tail[8:] != MAGIC:
        raise ValueError("it does not end as a file of arrays does")
    length = int.from_bytes(tail[4:8], "little")
    if length > size - _TAIL:
        raise ValueError("it is cut short")
    footer = msgspec.msgpack.decode(data[size - _TAIL - length : size - _TAIL], type=Footer)
    blocks = -(-footer.length // BLOCK)
    if footer.length < 0 or footer.length + 4 * blocks + length + _TAIL != size:
        raise ValueError("its length is not what it says")
    end = data[footer.length : size - _TAIL]
    if zlib.crc32(end) != int.from_bytes(tail[:4], "little"):
        raise ValueError("the checksum of its footer is wrong")
    return footer, np.frombuffer(end[: 4 * blocks], "<u4")
