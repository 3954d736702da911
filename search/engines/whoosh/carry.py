"""Files of an older generation in a new one: copied, sharing their blocks where the file system can, or hard links."""

import fcntl
import os
import shutil
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

from ...mapped import Mapped

_FICLONE: Final = 0x40049409
"""Of Linux: two files share their blocks until one of them changes (btrfs, XFS, bcachefs)."""


def carry(source: Path, target: Path, *, link: bool = False) -> None:
    """Bring a file over, and compare it with its checksums. link: as a hard link where that can be.

    A hard link costs nothing, but damage of the file is then damage of both generations.

    Raises:
        IndexCorrupt: it is not what was written.
        OSError: there is no room.
    """
    if not (link and _linked(source, target)) and not _cloned(source, target):
        shutil.copyfile(source, target)
    with closing(Mapped.of_any_kind(target)) as file:
        file.check_all()


def _linked(source: Path, target: Path) -> bool:
    with suppress(OSError):  # another file system, or one without links
        os.link(source, target)
        return True
    return False


def _cloned(source: Path, target: Path) -> bool:
    with source.open("rb") as old, target.open("wb") as new, suppress(OSError):
        fcntl.ioctl(new.fileno(), _FICLONE, old.fileno())
        return True
    return False
