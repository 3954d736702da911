"""What a folder holds beside the columns: the size of every file, checked when it is opened.

Our own files have checksums of their own, which are compared when a block is first touched. Whoosh has none and
unpickles what it reads, so its files are read once before it sees a byte of them. That guards against damage, not
against malice: an index folder is code and must not come from strangers.
"""

import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from ...errors import IndexCorrupt

OWN: Final = ".izde"
"""How the names of our own files end."""

NAME: Final = "columns" + OWN

_CHUNK: Final = 1 << 20

Files = Mapping[str, tuple[int, int]]
"""By name the size of a file, and its CRC-32 if it is Whoosh's, else 0."""


def seal(folder: Path) -> dict[str, tuple[int, int]]:
    """Every file in the folder."""
    return {path.name: (path.stat().st_size, _checksum(path)) for path in sorted(folder.iterdir()) if path.is_file()}


def check(folder: Path, files: Files) -> None:
    """Compare a folder with what was written.

    Raises:
        IndexCorrupt: a file is missing, has another size, or is Whoosh's and not what was written.
    """
    for name, (size, checksum) in files.items():
        path = folder / name
        try:
            found = path.stat().st_size
            if not path.is_file():
                raise IndexCorrupt(path, "it is no file")
            if found != size:
                raise IndexCorrupt(path, f"it has {found} bytes, {size} were written")
            if _checksum(path) != checksum:
                raise IndexCorrupt(path, "its checksum is wrong")
        except OSError as error:
            raise IndexCorrupt(path, f"it cannot be read ({error})") from error


def _checksum(path: Path) -> int:
    crc = 0
    if path.suffix != OWN:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                crc = zlib.crc32(chunk, crc)
    return crc
