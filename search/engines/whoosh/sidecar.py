"""Our own file beside Whoosh's: the columns, and the size and CRC-32 of every other file.

Whoosh has no checksums and unpickles what it reads, so everything is checked before Whoosh sees a byte of it. That
costs one pass over the files at open (about a second for a gigabyte) and guards against damage, not against malice:
an index folder is code and must not come from strangers. After that a generation is taken not to change: a file cut
short while it is open is noticed, a lexicon overwritten in place need not be.

File: 8 bytes magic, 4 bytes CRC-32 (little-endian) of the rest, then the Sidecar as msgpack.
"""

import zlib
from pathlib import Path

import msgspec

from ...errors import IndexCorrupt

NAME = "columns.izde"
_MAGIC = b"IZDECOL2"
_HEAD = len(_MAGIC) + 4
_CHUNK = 1 << 20


class Sidecar(msgspec.Struct, frozen=True):
    """What the file holds; `columns.py` says what the columns mean. segment: Whoosh's name, empty without articles."""

    segment: str
    stems: int
    files: dict[str, tuple[int, int]]
    ids: list[str]
    days: bytes
    moments: bytes
    titles: bytes
    bodies: bytes
    clusters: bytes
    codes: dict[str, bytes]
    values: dict[str, list[str]]


def seal(folder: Path) -> dict[str, tuple[int, int]]:
    """Size and CRC-32 of every file in the folder, by name."""
    return {path.name: _measure(path) for path in sorted(folder.iterdir()) if path.is_file()}


def write(folder: Path, sidecar: Sidecar) -> None:
    """Write the file into the folder."""
    data = msgspec.msgpack.encode(sidecar)
    (folder / NAME).write_bytes(_MAGIC + zlib.crc32(data).to_bytes(4, "little") + data)


def read(folder: Path) -> Sidecar:
    """The sidecar of a folder, after a check of all files that it names.

    Raises:
        IndexCorrupt: a file is missing or not what was written.
    """
    path = folder / NAME
    try:
        raw = path.read_bytes()
        if raw[: len(_MAGIC)] != _MAGIC:
            raise IndexCorrupt(path, "it does not begin as a file of columns does")
        if zlib.crc32(raw[_HEAD:]) != int.from_bytes(raw[len(_MAGIC) : _HEAD], "little"):
            raise IndexCorrupt(path, "its checksum is wrong")
        sidecar = msgspec.msgpack.decode(raw[_HEAD:], type=Sidecar)
        for name, expected in sidecar.files.items():
            _check(folder / name, expected)
    except (OSError, msgspec.MsgspecError) as error:
        raise IndexCorrupt(path, f"it cannot be read ({error})") from error
    return sidecar


def _check(path: Path, expected: tuple[int, int]) -> None:
    try:
        size = path.stat().st_size
        found = _measure(path) if size == expected[0] else (size, 0)
    except OSError as error:
        raise IndexCorrupt(path, f"it cannot be read ({error})") from error
    if found[0] != expected[0]:
        raise IndexCorrupt(path, f"it has {found[0]} bytes, {expected[0]} were written")
    if found[1] != expected[1]:
        raise IndexCorrupt(path, "its checksum is wrong")


def _measure(path: Path) -> tuple[int, int]:
    size = crc = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            size += len(chunk)
            crc = zlib.crc32(chunk, crc)
    return size, crc
