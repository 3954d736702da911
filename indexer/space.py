"""Room and rights where the index is written: looked at first, and told in words when they fail."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .errors import NoSpace

FULL = {errno.ENOSPC, errno.EDQUOT}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}

LEAST = 1 << 20
"""Bytes that even the smallest generation takes."""

_BYTES_PER_BYTE = 5
_OF_WORDS, _MOST_OF_WORDS = 20, 8 << 20
"""Bytes of disk for each byte of spooled articles while a generation is built, and further ones for what grows with the
words and soon no more: somewhat more than was measured on 150, 1,000, 10,000 and 100,000 articles."""


def build_bytes(spooled: int) -> int:
    """Bytes of disk that building takes at most, besides so many of spooled articles, which are there already."""
    return LEAST + spooled * _BYTES_PER_BYTE + min(spooled * _OF_WORDS, _MOST_OF_WORDS)


def check_room(folder: Path, needed: int) -> None:
    """Stop if the file system of the folder has less room than `needed` bytes.

    Raises:
        NoSpace: it has.
    """
    free = _free(folder)
    if free is not None and free < needed:
        raise NoSpace(f"{folder}: the new index needs about {needed} bytes, {free} are free; the old one serves on")


@contextmanager
def told(folder: Path, needed: int = 0) -> Iterator[None]:
    """Turn the system's errors for a full disk and missing rights below the folder into NoSpace."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            wanted = f"about {needed} bytes are needed, " if needed else ""
            raise NoSpace(
                f"{error.filename or folder}: {error.strerror}: {wanted}{_free(folder) or 0} are free;"
                " the old index serves on"
            ) from error
        if error.errno in _FORBIDDEN and _below(folder, error.filename):
            raise NoSpace(
                f"{error.filename or folder}: {error.strerror}; the user who runs this must own the index folder"
            ) from error
        raise


def _free(folder: Path) -> int | None:
    """Bytes that this user may still write; None where the system does not say."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None


def _below(folder: Path, name: object) -> bool:
    """Whether the error names nothing, or a path in the folder or above it."""
    if not isinstance(name, str | bytes):
        return True
    path, root = Path(os.fsdecode(name)).absolute(), folder.absolute()
    return path.is_relative_to(root) or root.is_relative_to(path)
