"""Writes that survive a power cut: what is written is on the disk before a name points to it."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


def replace_durably(path: Path, data: bytes) -> None:
    """Put `data` in the place of the file, all of it or nothing.

    Raises:
        OSError: it cannot be written; the file is as it was, and nothing is left behind if that can be.
    """
    stage(path, data)
    staged(path).replace(path)
    sync_folder(path.parent)


@contextmanager
def put_durably(path: Path) -> Iterator[IO[bytes]]:
    """A file to write that takes the place of `path` when the block ends; if it fails, `path` is as it was.

    Raises:
        OSError: it cannot be written; nothing is left behind if that can be.
    """
    try:
        with staged(path).open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        staged(path).replace(path)
    except BaseException:
        staged(path).unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def stage(path: Path, data: bytes) -> None:
    """Write `data` to the disk beside the file, from where a rename can put it in the file's place.

    Raises:
        OSError: it cannot be written; nothing is left behind if that can be.
    """
    try:
        with staged(path).open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        staged(path).unlink(missing_ok=True)
        raise


def staged(path: Path) -> Path:
    """The name under which a file is written before it takes its place."""
    return path.with_name(f".{path.name}.new")


def sync_tree(folder: Path) -> None:
    """Bring every file below the folder, and every folder, to the disk, the folder itself last."""
    for root, _, names in os.walk(folder, topdown=False, onerror=_raise):
        for name in names:
            _sync(Path(root, name), os.O_RDONLY)
        sync_folder(Path(root))


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk."""
    _sync(folder, os.O_RDONLY | os.O_DIRECTORY)


def remove_tree(folder: Path) -> None:
    """Remove a folder with all that is in it; one that is not there is fine."""
    if folder.exists():
        shutil.rmtree(folder)


def _sync(path: Path, flags: int) -> None:
    number = os.open(path, flags)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _raise(error: OSError) -> None:
    raise error
