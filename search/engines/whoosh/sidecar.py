"""What belongs to the columns of a folder: by name the size of every other file, and the checksum of its checksums.

Both are compared when a generation is opened, which reads a few bytes of each: whether a file was cut short, or comes
from another generation. What is inside is compared with the checksums of each file when it is first touched.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from ...errors import IndexCorrupt
from ...mapped import checksum

OWN: Final = ".izde"
"""How the names of our own files end."""

NAME: Final = "columns" + OWN

Files = Mapping[str, tuple[int, int]]
"""By name the size of a file in bytes, and its `mapped.checksum`."""


def seal(folder: Path) -> dict[str, tuple[int, int]]:
    """Every file below the folder that is our own, by its path in it."""
    paths = sorted(folder.rglob("*" + OWN))
    return {path.relative_to(folder).as_posix(): (path.stat().st_size, checksum(path)) for path in paths}


def check(folder: Path, files: Files) -> None:
    """Compare a folder with what was written.

    Raises:
        IndexCorrupt: a file is missing, has another size, or is not what was written.
    """
    for name, (size, expected) in files.items():
        path = folder / name
        try:
            found = path.stat().st_size
            if not path.is_file():
                raise IndexCorrupt(path, "it is no file")
            if found != size:
                raise IndexCorrupt(path, f"it has {found} bytes, {size} were written")
            if checksum(path) != expected:
                raise IndexCorrupt(path, "it is of another generation, or damaged")
        except OSError as error:
            raise IndexCorrupt(path, f"it cannot be read ({error})") from error
