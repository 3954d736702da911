"""The vocabulary file: named blocks of little-endian numbers and of text, each with its own checksum.

    8 bytes   magic
    u32       format version
    u32       CRC-32 of the table
    table     for each block of BLOCKS in order: u64 offset, u64 size in bytes, u32 CRC-32, 4 bytes nothing
    blocks    each filled up with zeros to a multiple of 8, which its checksum covers

Opening reads the table alone; a block is checked when it is first used, so that neither opening nor a word looked up
reads the whole file.
"""

import os
import struct
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ..errors import IndexCorrupt, IndexFormatTooNew

VERSION: Final = 2

BLOCKS: Final = {
    "exact_text": "u1",
    "exact_at": "<u8",
    "surface_key": "<u4",
    "surface_stem": "<u4",
    "surface_df": "<u4",
    "key_text": "u1",
    "key_at": "<u8",
    "key_df": "<u4",
    "key_surface": "<u4",
    "stem_text": "u1",
    "stem_at": "<u8",
    "stem_df": "<u4",
    "stem_surface": "<u4",
    "key_lengths": "<u8",
    "key_order": "<u4",
    "key_signs": "<u8",
    "stem_lengths": "<u8",
    "stem_order": "<u4",
    "stem_signs": "<u8",
    "surface_titles": "<u4",
    "surface_case": "u1",
}
"""The blocks in the order they lie in the file, and the kind of their numbers; `u1` is UTF-8 text.

X_text, X_at: the strings of X in the order of their bytes, and where each begins. X_df: the articles that have it.
surface_key, surface_stem: the numbers of a form's key and first stem; the forms themselves are exact_text.
surface_titles: the articles that have the form in their title, in whatever reading. surface_case: how most articles
    write it (`capitals.py`). A file of version 1 has neither.
X_surface: the form of X that most articles have.
X_order, X_signs: the numbers and signs of the strings by their length in letters; those of n letters begin at
    X_lengths[n].
"""

BLOCKS_OF: Final = {1: tuple(BLOCKS)[:-2], 2: tuple(BLOCKS)}
"""The blocks that a file of each version has."""

Column = NDArray[Any]

_MAGIC: Final = b"IZDEVOC1"
_HEAD: Final = struct.Struct("<8sII")
_ENTRY: Final = struct.Struct("<QQI4x")


def _start(version: int) -> int:
    """Where the first block of a file lies."""
    return _HEAD.size + _ENTRY.size * len(BLOCKS_OF[version])


def write(path: Path, blocks: Mapping[str, Column]) -> None:
    """Write the file: `blocks` has a column for every name in BLOCKS.

    Raises:
        OSError: it cannot be written.
    """
    table, parts, at = b"", [], _start(VERSION)
    for name, kind in BLOCKS.items():
        data = np.ascontiguousarray(blocks[name], dtype=kind).tobytes()
        padded = data.ljust(_padded(len(data)), b"\0")
        table += _ENTRY.pack(at, len(data), zlib.crc32(padded))
        parts.append(padded)
        at += len(padded)
    with path.open("wb") as file:
        file.write(_HEAD.pack(_MAGIC, VERSION, zlib.crc32(table)) + table)
        file.writelines(parts)


def _padded(size: int) -> int:
    return size + -size % 8


class BlockFile:
    """A vocabulary file, open; a block is read when it is first used and kept.

    Read rather than mapped: a file cut short under a running server becomes IndexCorrupt, where a map would end the
    process.
    """

    def __init__(self, path: Path) -> None:
        """Open the file.

        Raises:
            IndexCorrupt: it is missing, cut short or no vocabulary.
            IndexFormatTooNew: a newer Izde wrote it.
        """
        self.path = path
        try:
            self._file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        except OSError as error:
            raise IndexCorrupt(path, f"it cannot be read ({error})") from error
        self._columns: dict[str, Column] = {}
        try:
            self._table = self._read_table()
        except BaseException:
            self.close()
            raise

    def column(self, name: str) -> Column:
        """The numbers (or the bytes of text) of a block; none at all of a block that the file's version does not have.

        Raises:
            IndexCorrupt: the block is not what was written.
        """
        column = self._columns.get(name)
        if column is None and name not in self._table:
            column = self._columns[name] = np.zeros(0, BLOCKS[name])
        if column is None:
            offset, size, crc = self._table[name]
            kind = np.dtype(BLOCKS[name])
            padded = self._read(offset, _padded(size))
            if zlib.crc32(padded) != crc:
                raise IndexCorrupt(self.path, f"the checksum of the block {name!r} is wrong")
            column = np.frombuffer(padded, kind, size // kind.itemsize)
            self._columns[name] = column
        return column

    def check(self) -> None:
        """Compare every block with its checksum.

        Raises:
            IndexCorrupt: a block is not what was written.
        """
        for name in BLOCKS:
            self.column(name)

    def close(self) -> None:
        """Let go of the file; no column may be in use any more."""
        self._columns.clear()
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def _read(self, offset: int, size: int) -> bytes:
        try:
            return os.pread(self._file, size, offset)
        except OSError as error:
            raise IndexCorrupt(self.path, f"it cannot be read ({error.strerror})") from error

    def _read_table(self) -> dict[str, tuple[int, int, int]]:
        head = self._read(0, _HEAD.size)
        if len(head) < _HEAD.size:
            raise IndexCorrupt(self.path, "it is cut short")
        magic, version, crc = _HEAD.unpack(head)
        if magic != _MAGIC:
            raise IndexCorrupt(self.path, "it does not begin as a vocabulary does")
        if version > VERSION:
            raise IndexFormatTooNew(self.path, version, VERSION)
        table = self._read(_HEAD.size, _start(version) - _HEAD.size) if version in BLOCKS_OF else b""
        if not table or zlib.crc32(table) != crc:
            raise IndexCorrupt(self.path, "the checksum of its table is wrong")
        entries = dict(zip(BLOCKS_OF[version], _ENTRY.iter_unpack(table), strict=True))
        if max(offset + _padded(size) for offset, size, _ in entries.values()) != os.fstat(self._file).st_size:
            raise IndexCorrupt(self.path, "it does not have the size that was written")
        return entries
