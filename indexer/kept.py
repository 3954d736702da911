"""Pieces of bytes that are put on disk in a first pass and come back in a second one; gone when they are let go of."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Final

_LENGTH: Final = 8


class Kept:
    """folder: where the file without a name lies; that of the system for such files if None."""

    def __init__(self, folder: Path | None = None) -> None:
        self._file: IO[bytes] = TemporaryFile(dir=folder)  # noqa: SIM115

    def put(self, piece: bytes) -> None:
        """Keep one more.

        Raises:
            OSError: the disk is full.
        """
        self._file.write(len(piece).to_bytes(_LENGTH, "little"))
        self._file.write(piece)

    def pieces(self, wanted: Sequence[bool] | None = None) -> Iterator[bytes]:
        """All of them, in order. wanted: of each, whether it is; the others are passed over.

        Raises:
            OSError: the disk is full, or they cannot be read.
        """
        self._file.seek(0)
        at = 0
        while head := self._file.read(_LENGTH):
            length = int.from_bytes(head, "little")
            if wanted is None or wanted[at]:
                yield self._file.read(length)
            else:
                self._file.seek(length, os.SEEK_CUR)
            at += 1

    def close(self) -> None:
        """Let go of them."""
        self._file.close()
