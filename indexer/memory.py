"""Memory that this machine, or the group of processes that we are in, can still give, and what a run takes of it."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from search import manifest
from search.errors import EngineError
from search.pointer import current_name
from search.settings import Settings

from .errors import NoMemory
from .workspace import path_of

_MB: Final = 1 << 20
_CGROUPS: Final = Path("/sys/fs/cgroup")
UNIFIED: Final = ("memory.max", "memory.current", "inactive_file")
OLD: Final = ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file")
"""Files of a group of processes (cgroup, version 2 and 1): its limit, what it uses; what of that is only cached."""

_BEGIN_MB: Final = 100
_SORTING: Final = 0.4
_ARTICLES_A_MB: Final = 600
"""A run begins with so much, sorts in this share of `memory_mb` (a small archive in a megabyte for a hundred articles),
and keeps a megabyte for so many articles. Measured: docs/quality.md, «A run among others»."""

_FIRST, _FURTHER = 0.9, 0.5
"""What the first of the processes that analyse takes (it learns the vectors, too), and each further one, in parts of
what the run itself takes."""


def available() -> int | None:
    """Megabytes that can still be had without anything being swapped or ended; None where the system does not say."""
    found = [_machine(), *(room for _, room in _groups())]
    known = [one for one in found if one is not None]
    return max(0, min(known)) // _MB if known else None


def limit() -> int | None:
    """Megabytes that our group of processes may take in all (cgroup), None if it is not limited."""
    limits = [most for most, _ in _groups()]
    return min(limits) // _MB if limits else None


def needed(settings: Settings) -> int:
    """Megabytes that the largest process of a run takes, if the archive is about as large as it was."""
    name = current_name(settings.index)
    try:
        articles = manifest.read(path_of(settings.index, name)).documents if name else 0
    except EngineError:
        articles = 0
    return round(_BEGIN_MB + min(articles / 100, settings.memory_mb * _SORTING) + articles / _ARTICLES_A_MB)


def workers(settings: Settings, wanted: int | None, free: int | None) -> tuple[int | None, str]:
    """How many processes may analyse with so many megabytes free, and what is to be said about it.

    As many as are wanted (None: as the size asks), or fewer, so that they fit.

    Raises:
        NoMemory: not even half of what one needs is free.
    """
    if free is None:
        return wanted, ""
    one = needed(settings)
    told = f"a run needs about {one} MB of memory, {free} MB are free"
    if free < one / 2:
        raise NoMemory(f"{told}; nothing was begun, the old index serves on. Give it more, or run it at another time")
    if free < one:
        return 1, f"{told}; it is done in one process, and the system may end it"
    most = wanted or len(os.sched_getaffinity(0))
    fit = max(1, int(1 + (free / one - 1 - _FIRST) / _FURTHER))
    return (wanted, "") if fit >= most else (fit, "")


def room(folder: Path, names: tuple[str, str, str]) -> tuple[int, int] | None:
    """Limit of a group of processes and what is left of it, in bytes; None if it has none. names: of its files."""
    most, used, cache = names
    try:
        bound, taken = int((folder / most).read_text("ascii")), int((folder / used).read_text("ascii"))
        rows = dict(line.split() for line in (folder / "memory.stat").read_text("ascii").splitlines())
    except (OSError, ValueError):
        return None  # no limit («max»), or none that we may see
    return (bound, bound - taken + int(rows.get(cache, 0))) if bound < 1 << 60 else None


def _machine() -> int | None:
    try:
        lines = Path("/proc/meminfo").read_text("ascii").splitlines()
        return next(1024 * int(line.split()[1]) for line in lines if line.startswith("MemAvailable:"))
    except (OSError, ValueError, StopIteration):
        return None


def _groups() -> Iterator[tuple[int, int]]:
    """Limit and room in bytes of each group that we are in and that has a limit."""
    try:
        lines = Path("/proc/self/cgroup").read_text("ascii").splitlines()
    except (OSError, UnicodeDecodeError):
        return
    for line in lines:
        _, kinds, path = line.split(":", 2)
        if kinds and "memory" not in kinds.split(","):
            continue
        root, names = (_CGROUPS / "memory", OLD) if kinds else (_CGROUPS, UNIFIED)
        folder = root / path.lstrip("/")
        while folder.is_relative_to(root):
            if held := room(folder, names):
                yield held
            folder = folder.parent
