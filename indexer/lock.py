"""One run at a time: a lock of the system on INDEX/.lock, which ends with the process that holds it."""

import fcntl
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from search.errors import SettingsError
from search.freshness import last_success

from .errors import IndexLocked

LOCK = ".lock"
_POLL_S = 0.05
_LEAST_WAIT_S = 0.2
"""A look by `holder` takes the lock for a moment, so one refusal does not mean that a run is at work."""


class Holder(msgspec.Struct, frozen=True):
    """The run that holds the lock, or the last one that did."""

    pid: int
    host: str
    started: datetime


class Busy(Exception):
    """Another run holds the lock, and the last success is fresh: no failure, the other run does the work."""


@contextmanager
def locked(index: Path, wait_s: float, stale_after: timedelta) -> Iterator[None]:
    """Hold the lock of an index.

    wait_s: how long to wait for another run to end, in seconds.
    stale_after: the age of the last success up to which a busy lock is no failure.

    Raises:
        Busy: another run is at work, and the last success is fresh.
        IndexLocked: another run is at work, and the last success is older, or there was none.
        SettingsError: a file is where the folder should be.
        OSError: the lock file cannot be made.
    """
    try:
        index.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise SettingsError(f"{index}: it is to hold the index, but is no folder or lies in none") from None
    number = os.open(index / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        if not _take(number, wait_s):
            raise _refusal(index, stale_after)
        holder = Holder(os.getpid(), socket.gethostname(), datetime.now(UTC))
        os.ftruncate(number, 0)
        os.pwrite(number, msgspec.json.encode(holder) + b"\n", 0)
        yield
    finally:
        os.close(number)


def holder(index: Path) -> Holder | None:
    """The run that holds the lock now, None if none does. Needs only to read the file.

    To look, the lock is taken for sharing for a moment.
    """
    try:
        number = os.open(index / LOCK, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(number, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return _holder(index)
    finally:
        os.close(number)
    return None


def _take(number: int, wait_s: float) -> bool:
    until = time.monotonic() + max(wait_s, _LEAST_WAIT_S)
    while True:
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                return False
            time.sleep(_POLL_S)
        else:
            return True


def _refusal(index: Path, stale_after: timedelta) -> Exception:
    other = _holder(index)
    who = f"process {other.pid} on {other.host}, since {other.started:%Y-%m-%d %H:%M:%S} UTC" if other else "unknown"
    last = last_success(index)
    if last is not None and datetime.now(UTC) - last <= stale_after:
        return Busy(f"{index}: another run is at work ({who}); nothing to do")
    since = f"the last success was at {last:%Y-%m-%d %H:%M} UTC" if last else "no run has succeeded yet"
    return IndexLocked(f"{index}: another run is at work ({who}), and {since}")


def _holder(index: Path) -> Holder | None:
    try:
        return msgspec.json.decode((index / LOCK).read_bytes(), type=Holder)
    except (OSError, msgspec.MsgspecError):
        return None
