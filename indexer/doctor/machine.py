"""What the machine gives: an encoding, a clock, open files, memory, places for files that come and go."""

import locale
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final

from .. import memory
from .finding import Finding, error, ok, warning
from .look import Look

_FILES: Final = 1024
_MOST_DRIFT_S: Final = 2.0
_SHARED: Final = Path("/dev/shm")  # noqa: S108  # gunicorn's heartbeat, see web/gunicorn_conf.py
_LEAST_BYTES: Final = 16 << 20


def encoding(_: Look) -> Iterator[Finding]:
    """Whether names of files and the terminal are UTF-8."""
    used = {
        "names of files": sys.getfilesystemencoding(),
        "output": sys.stdout.encoding or "",
        "locale": locale.getpreferredencoding(False),
    }
    wrong = {what: name for what, name in used.items() if name.lower().replace("-", "") not in ("utf8", "")}
    if wrong:
        told = ", ".join(f"{what} in {name}" for what, name in wrong.items())
        yield warning("encoding", told, "", "set LANG=C.UTF-8, or PYTHONUTF8=1, for the command and for cron")
    else:
        yield ok("encoding", "UTF-8")


def clock(look: Look) -> Iterator[Finding]:
    """Whether the clock of the machine goes with that of the disk, and with what was written before."""
    before = time.time()
    with tempfile.TemporaryFile() as file:
        made = os.fstat(file.fileno()).st_mtime
    drift = max(before - made, made - time.time())
    newest = max((one.created for one in look.state.generations if one.created), default=None) if look.state else None
    if newest and newest > look.now + timedelta(minutes=1):
        told = f"it is {look.now:%Y-%m-%d %H:%M} UTC here, but a generation was made {newest:%Y-%m-%d %H:%M} UTC"
        yield warning("clock", told, look.index, "set the clock (timedatectl set-ntp true)")
    elif drift > _MOST_DRIFT_S:
        yield warning("clock", f"the disk's differs by {drift:.0f} s", tempfile.gettempdir(), "set the clocks by NTP")
    else:
        yield ok("clock", f"{look.now:%Y-%m-%d %H:%M} UTC")


def open_files(_: Look) -> Iterator[Finding]:
    """How many files a process may hold open."""
    soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    if 0 <= soft < _FILES:
        advice = "raise it: LimitNOFILE= of the unit, or ulimit -n"
        yield warning("open files", f"{soft} at once, {_FILES} are usual", "", advice)
    else:
        yield ok("open files", "as many as are wanted" if soft < 0 else f"{soft} at once")


def memory_left(look: Look) -> Iterator[Finding]:
    """Whether a run fits into the memory that is free."""
    free, most, need = memory.available(), memory.limit(), memory.needed(look.settings)
    if free is None:
        yield warning("memory", "the system does not say how much is free")
    elif most is not None and most < need:
        told = f"this group of processes may take {most} MB, a run needs about {need} MB"
        yield error("memory", told, "memory.max", "raise MemoryMax= of the unit, or lower memory_mb")
    elif free < need:
        advice = "free some, lower memory_mb, or run it at another time"
        yield (error if free < need / 2 else warning)("memory", f"{free} MB free, a run needs about {need}", "", advice)
    else:
        yield ok("memory", f"{free} MB free, the largest process of a run needs about {need}")


def passing_files(_: Look) -> Iterator[Finding]:
    """Folders for temporary files: of members of archives, and of the service's heartbeat."""
    try:
        place = Path(tempfile.gettempdir())
    except FileNotFoundError as problem:
        yield error("temporary files", str(problem), "TMPDIR", "name a folder that can be written")
        return
    yield _roomy("temporary files", place, "members of archives are unpacked there; TMPDIR names another folder")
    if not _SHARED.is_dir():
        yield warning("heartbeat", "there is no such folder, so it lies on the disk", _SHARED, "mount a tmpfs there")
    else:
        yield _roomy("heartbeat", _SHARED, "gunicorn needs it to see that its workers live")


def _roomy(subject: str, place: Path, why: str) -> Finding:
    found = os.statvfs(place)
    if not os.access(place, os.W_OK | os.X_OK):
        return warning(subject, "this user may not write there", place, why)
    free = found.f_bavail * found.f_frsize
    if free < _LEAST_BYTES:
        return warning(subject, f"{free / 1e6:.1f} MB are free", place, why)
    return ok(subject, f"{free / 1e6:,.0f} MB are free", place)
