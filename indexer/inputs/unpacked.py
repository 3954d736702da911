"""Gzipped bytes as a stream that stops where the content is out of all proportion to the file."""

import gzip
import io
from typing import Final

MOST_TIMES: Final = 200
"""Text packs to a twentieth, lists of equal records to a hundredth; only a trap packs to less than this."""

ALWAYS_ALLOWED: Final = 200_000_000
"""Bytes, unpacked in less than a second, that any file may have."""

_AT_ONCE: Final = 1 << 16


class OutOfProportion(OSError):
    """What was unpacked is too much for the bytes that it was unpacked from."""

    def __init__(self) -> None:
        self.reason = f"unpacks to more than {MOST_TIMES} times its size; not read further"
        super().__init__(0, self.reason)


class Unpacked(io.RawIOBase):
    """The content of a gzip file, however many members it has.

    Reading raises OutOfProportion as soon as what has come out is too much for what has gone in: a trap at the head of
    a large file is found as fast as one alone. EOFError and zlib.error tell of a damaged file.
    """

    def __init__(self, raw: io.FileIO) -> None:
        self._raw = raw
        self._gzip = gzip.GzipFile(fileobj=raw)
        self._given = 0

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]  # the buffer type is 3.12's
        """Fill a part of the buffer; how much."""
        data = self._gzip.read(min(len(buffer), _AT_ONCE))
        self._given += len(data)
        check_proportion(self._given, self._raw.tell())
        buffer[: len(data)] = data
        return len(data)


def check_proportion(unpacked: int, packed: int) -> None:
    """Compare bytes that came out with those that went in.

    Raises:
        OutOfProportion: they are too many.
    """
    if unpacked > max(ALWAYS_ALLOWED, MOST_TIMES * packed):
        raise OutOfProportion
