"""The content of a gzip file of many members, such as a packed WARC: damage in one does not hide those behind it."""

import io
import zlib
from typing import Final

from .unpacked import check_proportion

_AT_ONCE: Final = 1 << 16
_MAGIC: Final = b"\x1f\x8b\x08"
_GZIP: Final = 16 + zlib.MAX_WBITS
_MOST_TRIED: Final = 10_000
"""Places that look like a head and are none, after which the search for the next member is given up."""


class Damaged(Exception):
    """A member broke off; reading goes on at the head of the next one that begins as it should."""


class Members(io.RawIOBase):
    """The members one after another.

    begins: what the content of a member begins with; after damage others are no members, but bytes that look so.
    Reading raises Damaged once for each damaged member, and OutOfProportion as `Unpacked` does.
    """

    def __init__(self, raw: io.FileIO, begins: bytes) -> None:
        self._raw = raw
        self._begins = begins
        self._member: zlib._Decompress | None = None
        self._start = 0
        self._rest = b""
        self._given = 0

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]  # the buffer type is 3.12's
        """Fill a part of the buffer; how much."""
        while True:
            member = self._member or self._next()
            if member is None:
                return 0
            packed = self._rest or self._raw.read(_AT_ONCE)
            try:
                data = member.decompress(packed, min(len(buffer), _AT_ONCE))
            except zlib.error as error:
                self._go_on_behind()
                raise Damaged(f"damaged: {error}") from None
            self._rest = member.unused_data if member.eof else member.unconsumed_tail
            self._member = None if member.eof else member
            if not (packed or data or member.eof):
                self._member = None
                raise Damaged("cut short")
            if data:
                self._given += len(data)
                check_proportion(self._given, self._raw.tell())
                buffer[: len(data)] = data
                return len(data)

    def _next(self) -> "zlib._Decompress | None":
        """The next member, behind the zeros that some writers fill blocks with."""
        while not (rest := self._rest.lstrip(b"\0")):
            self._rest = self._raw.read(_AT_ONCE)
            if not self._rest:
                return None
        self._rest = rest
        self._start = self._raw.tell() - len(rest)
        return zlib.decompressobj(_GZIP)

    def _go_on_behind(self) -> None:
        """To the head of the next sound member after the one that broke off, or to the end."""
        at = self._start + 1
        self._member, self._rest, window, tried = None, b"", b"", 0
        self._raw.seek(at)
        while tried < _MOST_TRIED and (data := self._raw.read(_AT_ONCE)):
            window += data
            found = window.find(_MAGIC)
            while found >= 0 and tried < _MOST_TRIED:
                if self._is_head(at + found):
                    self._raw.seek(at + found)
                    return
                found = window.find(_MAGIC, found + 1)
                tried += 1
            at += len(window) - 2
            window = window[-2:]
        self._raw.seek(0, io.SEEK_END)

    def _is_head(self, place: int) -> bool:
        behind = self._raw.tell()
        self._raw.seek(place)
        head = self._raw.read(1024)
        self._raw.seek(behind)
        try:
            return zlib.decompressobj(_GZIP).decompress(head, len(self._begins)) == self._begins
        except zlib.error:
            return False
