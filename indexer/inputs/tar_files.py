"""TAR archives, plain and gzipped, read by their headers: nothing that a header says is believed beyond its limits.

Formats: POSIX ustar and pax, and the long names of GNU tar; sparse files are not read.
"""

import io
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from .archives import DAMAGED, MOST_MEMBERS, Archive, Entry, Listing
from .unpacked import OutOfProportion, Unpacked

_BLOCK: Final = 512
_MOST_HEADER: Final = 1 << 16
"""Bytes of a long name, or of the records of a pax header."""

_AT_ONCE: Final = 1 << 16
_MOST_SIZE: Final = 1 << 60  # bytes; more than any file
_FOLDER: Final = b"5"
_REGULAR: Final = (b"0", b"\0", b"7")
_PROBLEMS: Final = {
    b"1": "a link: not followed",
    b"2": "a link: not followed",
    b"3": "a device: not read",
    b"4": "a device: not read",
    b"6": "a pipe: not read",
    b"S": "a sparse file: not read",
}


class _Damaged(ValueError):
    """Bytes that are no TAR archive."""


class _Content(io.RawIOBase):
    """So many bytes of a stream."""

    def __init__(self, stream: io.BufferedReader, size: int) -> None:
        self._stream = stream
        self.left = size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]  # the buffer type is 3.12's
        data = self._stream.read(min(len(buffer), self.left, _AT_ONCE))
        if self.left and not data:
            raise EOFError("it is cut short")
        self.left -= len(data)
        buffer[: len(data)] = data
        return len(data)


def listing(path: Path) -> Listing:
    """The members of an archive up to where it is damaged, and what is wrong; one out of all proportion has none.

    Raises:
        OSError: the file cannot be read.
    """
    entries: list[Entry] = []
    with _opened(path) as stream:
        try:
            for entry, _ in _members(stream):
                entries.append(entry)
                if len(entries) > MOST_MEMBERS:
                    return Listing(
                        problem=f"more members than an archive may have ({MOST_MEMBERS:,}): split or unpack it"
                    )
        except OutOfProportion as error:
            return Listing(problem=error.reason)
        except DAMAGED as error:
            return Listing(
                entries, f"no TAR archive, or damaged after {len(entries):,} members: {error}; fetch it again"
            )
    return Listing(entries)


def contents(path: Path, wanted: Collection[int]) -> Iterator[tuple[int, IO[bytes]]]:
    """The wanted members in the order of the listing; see `Archive`."""
    last = max(wanted, default=-1)
    with _opened(path) as stream:
        for at, (_, content) in enumerate(_members(stream)):
            if at in wanted:
                yield at, io.BufferedReader(content)
            if at >= last:
                return


TAR: Final = Archive(listing, contents)


@contextmanager
def _opened(path: Path) -> Iterator[io.BufferedReader]:
    with path.open("rb", buffering=0) as raw:
        packed = raw.read(2) == b"\x1f\x8b"
        raw.seek(0)
        source: io.RawIOBase = Unpacked(raw) if packed else raw
        stream: io.BufferedReader = io.BufferedReader(source, _AT_ONCE)
        with stream:
            yield stream


def _members(stream: io.BufferedReader) -> Iterator[tuple[Entry, _Content]]:
    """Each member but folders, and its content; what is not read of that is skipped.

    Raises:
        EOFError, zlib.error, OSError, _Damaged: here it ends before its end.
    """
    given: dict[str, str] = {}
    while (block := stream.read(_BLOCK)) and block.count(0) < _BLOCK:
        kind, name, size = _header(block)
        if kind in b"LKxg":
            if size > _MOST_HEADER:
                raise _Damaged(f"a name or a header of {size:,} bytes")
            data = _whole(stream, size)
            if kind == b"L":
                given["path"] = _text(data.split(b"\0", 1)[0])
            elif kind == b"x":
                given |= _records(data)
            continue
        if "size" in given:
            size = _decimal(given["size"])
        if size > _MOST_SIZE:
            raise EOFError("it is cut short")
        if kind == b"S":
            _skip_maps(stream, block[482])
        # A size at a link is that of its target.
        content = _Content(stream, 0 if kind in b"123456" else size)
        padding = -content.left % _BLOCK
        if kind != _FOLDER:
            yield Entry(given.get("path", name), size, _problem(kind, given)), content
        _skip(stream, content.left + padding)
        given = {}


def _header(block: bytes) -> tuple[bytes, str, int]:
    """The kind of a member, its name, and its size in bytes."""
    if len(block) < _BLOCK:
        raise EOFError("it is cut short")
    if sum(block) - sum(block[148:156]) + 8 * 0x20 != _number(block[148:156]):
        raise _Damaged("a header without its checksum")
    name, prefix = (field.split(b"\0", 1)[0] for field in (block[:100], block[345:500]))
    posix = block[257:263] == b"ustar\0" and prefix
    return block[156:157], _text(prefix + b"/" + name if posix else name), _number(block[124:136])


def _number(field: bytes) -> int:
    """An octal number; GNU tar writes large ones as they are, behind a byte of 0x80."""
    if field[:1] == b"\x80":
        return int.from_bytes(field[1:], "big")
    digits = field.strip(b" \0") or b"0"
    try:
        return int(digits, 8)
    except ValueError:
        raise _Damaged("a header with no number where one belongs") from None


def _decimal(digits: str) -> int:
    if not (digits.isascii() and digits.isdigit() and len(digits) < 20):
        raise _Damaged("a size that is no number")
    return int(digits)


def _problem(kind: bytes, given: dict[str, str]) -> str:
    if any(key.startswith("GNU.sparse") for key in given):
        kind = b"S"
    return "" if kind in _REGULAR else _PROBLEMS.get(kind, "a special file: not read")


def _records(data: bytes) -> dict[str, str]:
    """The records of a pax header, each `LENGTH KEY=VALUE` and a line end."""
    out = {}
    while data:
        length, space, _ = data.partition(b" ")
        end = int(length) if space and length.isdigit() and len(length) < 8 else 0
        key, mark, value = data[len(length) + 1 : end - 1].partition(b"=")
        if not mark or data[end - 1 : end] != b"\n":
            raise _Damaged("a broken pax header")
        out[_text(key)] = _text(value)
        data = data[end:]
    return out


def _text(name: bytes) -> str:
    return name.decode("utf-8", "surrogateescape")


def _whole(stream: io.BufferedReader, size: int) -> bytes:
    """So many bytes, and those that fill their block."""
    data = stream.read(size + -size % _BLOCK)
    if len(data) < size:
        raise EOFError("it is cut short")
    return data[:size]


def _skip(stream: io.BufferedReader, size: int) -> None:
    if stream.seekable() and size > _AT_ONCE:
        # The last byte is read, so that a file which ends before is noticed.
        stream.seek(size - 1, io.SEEK_CUR)
        size = 1
    while size:
        data = stream.read(min(size, _AT_ONCE))
        if not data:
            raise EOFError("it is cut short")
        size -= len(data)


def _skip_maps(stream: io.BufferedReader, more: int) -> None:
    """The headers that follow that of a sparse file and say where its holes are."""
    while more:
        more = _whole(stream, _BLOCK)[504]
