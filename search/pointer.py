"""The small file CURRENT, which names the generation that is served, and the names there are."""

import re
from pathlib import Path

from . import manifest
from .errors import EngineError, IndexCorrupt, IndexMissing

_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,99}")
_LONGEST = 200


def names(folder: Path) -> list[str]:
    """The names of the published generations of an index folder, newest first."""
    try:
        found = [path.name for path in (folder / manifest.GENERATIONS).iterdir()]
    except OSError:
        return []
    return sorted((name for name in found if _NAME.fullmatch(name)), reverse=True)


def stamp(folder: Path) -> object:
    """Something that changes when CURRENT does.

    Raises:
        IndexMissing: there is neither CURRENT nor a generation, or the folder may not be read.
    """
    try:
        stat = (folder / manifest.CURRENT).stat()
    except OSError as error:
        return tuple(_others(folder, error))
    return stat.st_ino, stat.st_mtime_ns, stat.st_size


def pointed(folder: Path) -> tuple[str, EngineError | None]:
    """The name that CURRENT holds; if it holds none of a generation, an empty name and what is wrong.

    Raises:
        IndexMissing: as `stamp`.
    """
    path = folder / manifest.CURRENT
    try:
        with path.open("rb") as file:
            name = file.read(_LONGEST).decode("ascii", "replace").strip()
    except OSError as error:
        _others(folder, error)
        return "", IndexCorrupt(path, f"it cannot be read ({error.strerror})")
    if not _NAME.fullmatch(name):
        return "", IndexCorrupt(path, "it names no generation")
    if not (folder / manifest.GENERATIONS / name).is_dir() and names(folder):
        return "", IndexCorrupt(path, f"there is no generation {name!r}")
    return name, None


def current_name(folder: Path) -> str | None:
    """The name of the generation that CURRENT holds, None if it holds none."""
    try:
        return pointed(folder)[0] or None
    except EngineError:
        return None


def _others(folder: Path, error: OSError) -> list[str]:
    """The generations that can be served although CURRENT cannot be read."""
    found = names(folder)
    if found:
        return found
    if isinstance(error, PermissionError):
        raise IndexMissing(folder, "it may not be read by this user") from error
    raise IndexMissing(folder) from error
