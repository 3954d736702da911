"""Writes a file of named arrays; `mapped.py` reads it and says how it is laid out."""

import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from .mapped import ALIGN, BLOCK, MAGIC, Entry, Footer

Array = NDArray[Any]
Put = Callable[[Array], None]


class MappedWriter:
    """Writes a file from beginning to end; it holds no more than what is handed in.

    kind, version: what the arrays mean; the reader must know both. The same arrays in the same order give the same
    bytes. folder: where the file lies, for what does not fit into memory meanwhile.
    """

    def __init__(self, path: Path, kind: str, version: int) -> None:
        self.folder = path.parent
        self._kind, self._version = kind, version
        self._file = path.open("wb")
        self._arrays: dict[str, Entry] = {}
        self._length = 0
        self._crc = 0
        self._checksums: list[int] = []

    def add(self, name: str, array: Array) -> None:
        """Write a whole array."""
        with self.array(name, array.dtype, array.shape[1:]) as put:
            put(array)

    @contextmanager
    def array(self, name: str, dtype: Any, row: tuple[int, ...] = ()) -> Iterator[Put]:
        """Write an array piece by piece: the pieces are its rows, one after another; `row` is the shape of one."""
        kind = np.dtype(dtype).newbyteorder("<")
        self._write(b"\0" * (-self._length % ALIGN))
        start, rows = self._length, 0

        def put(piece: Array) -> None:
            nonlocal rows
            if piece.shape[1:] != row:
                raise ValueError(f"{name!r}: rows of shape {piece.shape[1:]}, not {row}")
            self._write(np.ascontiguousarray(piece, kind).reshape(-1).view(np.uint8).data)
            rows += len(piece)

        yield put
        self._arrays[name] = Entry(kind.str, (rows, *row), start)

    def finish(self) -> None:
        """Write what the reader needs to know, and close the file."""
        if self._length % BLOCK:
            self._checksums.append(self._crc)
        footer = msgspec.msgpack.encode(Footer(self._kind, self._version, self._length, self._arrays))
        end = np.array(self._checksums, "<u4").tobytes() + footer
        self._file.write(end)
        self._file.write(zlib.crc32(end).to_bytes(4, "little") + len(footer).to_bytes(4, "little") + MAGIC)
        self._file.close()

    def abort(self) -> None:
        """Let go of the file; what a full disk could not take is lost. After `finish` it does nothing."""
        with suppress(OSError):
            self._file.close()

    def _write(self, data: bytes | memoryview) -> None:
        self._file.write(data)
        at, data = 0, memoryview(data)
        while at < len(data):
            room = BLOCK - self._length % BLOCK
            piece = data[at : at + room]
            self._crc = zlib.crc32(piece, self._crc)
            self._length += len(piece)
            at += len(piece)
            if self._length % BLOCK == 0:
                self._checksums.append(self._crc)
                self._crc = 0
