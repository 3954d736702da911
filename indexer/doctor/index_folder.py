"""The folder of the index: whether it can be read and written, by whom, and whether its file system keeps its word."""

import fcntl
import os
import pwd
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from search import manifest
from search.withdrawn import NAME as WITHDRAWN

from ..files import remove_tree, replace_durably, sync_folder
from ..lock import LOCK
from ..space import FULL, LEAST
from ..workspace import LAST
from .finding import Finding, error, ok, warning
from .look import Look

_SHARE: Final = 2
"""Bytes that a run needs for each byte of the index that it makes: docs/operations.md."""

_LEAST_FILES: Final = 1000


def access(look: Look) -> Iterator[Finding]:
    """Whether it is there, and this user may read and write it."""
    place, user = look.index, _user(os.geteuid())
    if not place.exists():
        above = next(one for one in place.absolute().parents if one.exists())
        if os.access(above, os.W_OK | os.X_OK):
            yield warning("index folder", "it is not there yet", place, "run `izde reindex`, which makes it")
        else:
            yield error("index folder", f"it is not there, and {user} may not make it in {above}", place, "make it")
    elif not place.is_dir():
        yield error("index folder", "a file is where it should be", place, "move the file, or set index")
    elif not os.access(place, os.R_OK | os.X_OK):
        yield error("index folder", f"{user} may not read it", place, f"it belongs to {_owner(place)}")
    elif not os.access(place, os.W_OK):
        told = f"{user} may read and not write it, as is right for the service; runs are for {_owner(place)}"
        yield ok("index folder", told, place)
    else:
        yield ok("index folder", f"{user} may read and write it", place)


def ownership(look: Look) -> Iterator[Finding]:
    """Who can change it: whoever can is trusted with what the service reads."""
    if not look.index.is_dir():
        return
    generations = look.index / manifest.GENERATIONS
    known = [generations, *(look.index / name for name in (manifest.CURRENT, LAST, LOCK, WITHDRAWN))]
    held = [look.index, *(one for one in known if one.exists())]
    held += sorted(generations.iterdir()) if os.access(generations, os.R_OK | os.X_OK) else []
    stats = {one: one.lstat() for one in held}
    opened = [one for one, found in stats.items() if found.st_mode & stat.S_IWOTH and not one.is_symlink()]
    if opened:
        advice = f"chmod -R o-w {look.index}"
        yield error("rights", f"anybody may write {len(opened)} of its files and folders", opened[0], advice)
    owner = stats[look.index].st_uid
    others = [one for one, found in stats.items() if found.st_uid != owner]
    if others:
        told = f"it belongs to {_user(owner)}, but {len(others)} things in it to {_owner(others[0])}"
        runs_as = owner or stats[others[0]].st_uid  # what is root's comes of one run as root
        yield error("rights", told, others[0], f"chown -R {_user(runs_as)} {look.index}")
    if not opened and not others:
        yield ok("rights", f"it belongs to {_user(owner)}, and nobody else may write it", look.index)


def file_system(look: Look) -> Iterator[Finding]:
    """Whether locks, syncs and renames work there: tried with a folder that is removed again."""
    if not look.index.is_dir() or not os.access(look.index, os.W_OK | os.X_OK):
        return
    folder, full = Path(tempfile.mkdtemp(prefix=".doctor-", dir=look.index)), False
    try:
        told = _tried(folder)
    except OSError as problem:
        told, full = f"{problem.strerror or problem}", problem.errno in FULL
    finally:
        remove_tree(folder)
    if full:
        yield error("file system", told, look.index, "free some, then look again")
    elif told:
        yield error("file system", told, look.index, "put the index on a local disk (ext4, XFS, Btrfs)")
    else:
        yield ok("file system", "locks, syncs and renames work", look.index)


def room(look: Look) -> Iterator[Finding]:
    """Whether a run has room for bytes and for files."""
    place = next(one for one in (look.index, *look.index.absolute().parents) if one.exists())
    sizes = [one.bytes for one in look.state.generations] if look.state else []
    found, needed = os.statvfs(place), LEAST + _SHARE * max(sizes, default=0)
    free = found.f_bavail * found.f_frsize
    if free < needed:
        advice = "free some; `keep` says how many generations stay"
        told = f"{free / 1e6:,.0f} MB are free, a run needs about {needed / 1e6:,.0f} MB"
        yield error("disk", told, place, advice)
    elif found.f_files and found.f_favail < _LEAST_FILES:
        yield error("disk", f"only {found.f_favail} more files can be made (inodes)", place, "remove files there")
    else:
        yield ok("disk", f"{free / 1e6:,.0f} MB are free, a run needs about {needed / 1e6:,.0f} MB", place)


def _tried(folder: Path) -> str:
    """What does not work, empty if all does."""
    path = folder / "lock"
    with path.open("wb") as one, path.open("rb") as other:
        fcntl.flock(one, fcntl.LOCK_EX | fcntl.LOCK_NB)
        try:
            fcntl.flock(other, fcntl.LOCK_SH | fcntl.LOCK_NB)
            return "a lock does not keep others out (flock)"
        except BlockingIOError:
            pass
    for data in (b"1", b"2"):
        replace_durably(folder / "file", data)
    if (folder / "file").read_bytes() != b"2":
        return "a rename does not replace a file"
    (folder / "a").mkdir()
    (folder / "a").rename(folder / "b")
    sync_folder(folder)
    return "" if (folder / "b").is_dir() else "a folder cannot be renamed"


def _owner(place: Path) -> str:
    return _user(place.lstat().st_uid)


def _user(number: int) -> str:
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return f"user {number}"
