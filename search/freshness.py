"""How fresh an index is: when a run of the indexer last succeeded, and whether that is too long ago."""

import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Final

import msgspec

from . import manifest
from .errors import SettingsError
from .model import Stale
from .watched import Watched

LAST: Final = "LAST.json"
"""The report of the last run that succeeded, in the index folder."""

FAILED: Final = "FAILED.json"
"""What the last run failed of, in the index folder; absent if it succeeded."""

_UNITS: Final = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_MOST_BYTES: Final = 100_000


class Failure(msgspec.Struct, frozen=True):
    """A run that failed: when, the exit code that it left with, and why."""

    time: datetime
    exit_code: int
    message: str


@dataclass(frozen=True, slots=True)
class Freshness:
    """last_success: of a run, None if none ever did; age_s: seconds since then. stale: set where that is too long."""

    last_success: datetime | None
    age_s: float | None
    stale: Stale | None


def last_success(index: Path) -> datetime | None:
    """When a run last succeeded: its report, or the flip of CURRENT if that is younger; None if none ever did."""
    times = []
    for name in (LAST, manifest.CURRENT):
        try:
            times.append(datetime.fromtimestamp((index / name).stat().st_mtime, UTC))
        except OSError:
            continue
    return max(times, default=None)


def last_failure(index: Path) -> Failure | None:
    """The failure of the last run; None if it succeeded, or if what is there is older than the last success."""
    try:
        with (index / FAILED).open("rb") as file:
            failure = msgspec.json.decode(file.read(_MOST_BYTES), type=Failure)
    except (OSError, msgspec.MsgspecError):
        return None
    success = last_success(index)
    return failure if success is None or failure.time >= success else None


def age(text: str, where: str) -> timedelta:
    """A length of time such as `90m`, `24h` or `2d`.

    Raises:
        SettingsError: the text is none; the message names `where` it stands.
    """
    match = re.fullmatch(r"([0-9]{1,6})([smhd])", text.strip())
    if not match:
        raise SettingsError(f"{where}: {text!r} is no length of time; write it like 90m, 24h or 2d")
    return timedelta(**{_UNITS[match[2]]: int(match[1])})


class FreshnessFiles:
    """The freshness of an index folder, looked at once in `poll_ms`. Safe to share between threads.

    stale_after: the age of the last success from which on an index is stale.
    """

    def __init__(self, index: Path, stale_after: timedelta, poll_ms: int) -> None:
        self._index = index
        self._stale_after_s = stale_after.total_seconds()
        self._files = [Watched(index / name, poll_ms) for name in (LAST, manifest.CURRENT)]
        self._lock = Lock()
        self._success: datetime | None = None

    def current(self) -> Freshness:
        """How fresh the index is now; to be asked for anew for each question."""
        success = self._looked()
        if success is None:
            return Freshness(None, None, Stale(None))
        age_s = max(0.0, time.time() - success.timestamp())
        return Freshness(success, age_s, Stale(success) if age_s > self._stale_after_s else None)

    def _looked(self) -> datetime | None:
        with self._lock:
            looked = [file.changed() for file in self._files]
            if any(looked):
                self._success = last_success(self._index)
            return self._success
