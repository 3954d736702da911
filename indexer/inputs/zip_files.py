"""ZIP archives, looked at before `zipfile` holds a record for every member."""

import io
import stat
import struct
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import IO, Final
from zipfile import BadZipFile, ZipFile, ZipInfo

from .archives import DAMAGED, MOST_MEMBERS, Archive, Entry, Listing
from .unpacked import ALWAYS_ALLOWED, MOST_TIMES

_MOST_DIRECTORY: Final = 32_000_000
"""Bytes of the list of members: three hundred for each of as many as there may be."""

_END: Final = struct.Struct("<4s4H2LH")
_END_64: Final = struct.Struct("<4sQ2H2L4Q")
_LOCATOR_64: Final = struct.Struct("<4sLQL")
_MEMBER: Final = b"PK\x01\x02"
_UTF8: Final = 0x800
_ENCRYPTED: Final = 0x1
_METHODS: Final = frozenset((0, 8, 12))  # stored, deflate, bzip2: each in a known amount of memory


def listing(path: Path) -> Listing:
    """The members of an archive, and what is wrong with it; one that is out of all proportion has none.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as stream:
        try:
            problem = _too_much(stream)
            if problem:
                return Listing(problem=problem)
            with ZipFile(stream) as archive:
                infos = [info for info in archive.infolist() if not info.is_dir()]
        except DAMAGED as error:
            return Listing(problem=f"no ZIP archive, or damaged: {error}; fetch it again")
        size = stream.seek(0, io.SEEK_END)
    total = sum(info.file_size for info in infos)
    if total > max(ALWAYS_ALLOWED, MOST_TIMES * size):
        return Listing(
            problem=f"its {len(infos):,} members unpack to {total:,} bytes, more than {MOST_TIMES} times its size"
        )
    return Listing([Entry(_name(info), info.file_size, _problem(info)) for info in infos])


def contents(path: Path, wanted: Collection[int]) -> Iterator[tuple[int, IO[bytes]]]:
    """The wanted members in the order of the listing; see `Archive`."""
    with ZipFile(path) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        for at in sorted(wanted):
            try:
                member: IO[bytes] = archive.open(infos[at])
            except DAMAGED as error:
                member = _Broken(str(error))
            with member:
                yield at, member


ZIP: Final = Archive(listing, contents)


class _Broken(io.BytesIO):
    """A member that cannot be opened: reading says why."""

    def __init__(self, reason: str) -> None:
        super().__init__()
        self._reason = reason

    def read(self, _size: int | None = -1, /) -> bytes:
        raise BadZipFile(self._reason)


def _too_much(stream: IO[bytes]) -> str:
    """By the end of the file, in words why the list of members is not read, or empty.

    The numbers there may lie; so the members in the list are counted too.
    """
    size = stream.seek(0, io.SEEK_END)
    start = max(0, size - _END.size - 0xFFFF - _LOCATOR_64.size - _END_64.size)
    stream.seek(start)
    tail = stream.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END.size:
        raise BadZipFile("the list of members at its end is missing")
    _, _, _, _, count, length, _, _ = _END.unpack_from(tail, at)
    end = start + at
    locator = at - _LOCATOR_64.size
    if locator >= 0 and tail.startswith(b"PK\x06\x07", locator):
        place = locator - _END_64.size
        if place >= 0 and tail.startswith(b"PK\x06\x06", place):
            count, length = _END_64.unpack_from(tail, place)[7:9]
            end = start + place
    if length > end:
        raise BadZipFile("the list of members is longer than the file")
    if length <= _MOST_DIRECTORY:
        stream.seek(end - length)
        count = max(count, stream.read(length).count(_MEMBER))
    if count > MOST_MEMBERS:
        return f"more members than an archive may have ({MOST_MEMBERS:,}): split it, or unpack it into a folder"
    if length > _MOST_DIRECTORY:
        return f"the list of members takes more than {_MOST_DIRECTORY:,} bytes: split it, or unpack it into a folder"
    return ""


def _name(info: ZipInfo) -> str:
    """The name with `/`; one of before 2007 that is not in UTF-8 is read as Windows of these parts wrote it."""
    name = info.orig_filename
    if not info.flag_bits & _UTF8 and not name.isascii():
        data = name.encode("cp437", "replace")
        try:
            name = data.decode()
        except UnicodeDecodeError:
            name = data.decode("cp866", "replace")
    return name.replace("\\", "/")


def _problem(info: ZipInfo) -> str:
    mode = info.external_attr >> 16
    if info.flag_bits & _ENCRYPTED:
        return "encrypted: unpack the archive with its password"
    if stat.S_ISLNK(mode):
        return "a link: not followed"
    if mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return "a special file: not read"
    if info.compress_type not in _METHODS:
        return f"packed by a method that is not read (number {info.compress_type}): pack it anew"
    return ""
