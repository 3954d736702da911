"""When `izde watch` begins a run: after changes that have come to rest, at intervals, and again after what failed."""

from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Final

BUSY_S: Final = 30.0
"""Seconds after which a run is tried again that found another one at work."""

FIRST_REST_S: Final = 60.0
LONGEST_REST_S: Final = 1800.0
"""Seconds of rest after a failure that may pass; twice as many after each further one, up to the longest."""

_DONE: Final = (0, 3)
_WAITS_FOR_A_CHANGE: Final = (2, 5)
_BUSY: Final = 4


class Due(Enum):
    """A run that is to begin now: with everything fetched anew, or only with what lies on this machine."""

    FETCH = auto()
    READ = auto()


@dataclass(frozen=True, slots=True)
class Rhythm:
    """quiet_s: seconds without a change after which a run begins; latest_s: after the first change, whatever comes.

    every_s: seconds between two runs that fetch; None where nothing is fetched.
    """

    quiet_s: float
    latest_s: float
    every_s: float | None = None

    def with_every(self, every_s: float | None) -> "Rhythm":
        """The same with another interval."""
        return replace(self, every_s=every_s)


class Pace:
    """Knows when the next run is due; the first is at once. Times are seconds of one clock that only goes on."""

    def __init__(self, rhythm: Rhythm) -> None:
        self.rhythm = rhythm
        self._first = self._last = 0.0
        self._changed = False
        self._again: Due | None = Due.FETCH
        self._not_before = self._fetched = 0.0
        self._failures = 0

    def changed(self, now: float) -> None:
        """Something has changed that no run has read."""
        self._first = self._first if self._changed else now
        self._last, self._changed = now, True

    def due(self, now: float) -> Due | None:
        """The run that is to begin now, if one is."""
        if now < self._not_before:
            return None
        every_s = self.rhythm.every_s
        if self._again is Due.FETCH or (every_s is not None and now - self._fetched >= every_s):
            return Due.FETCH
        settled = now - self._last >= self.rhythm.quiet_s or now - self._first >= self.rhythm.latest_s
        return Due.READ if self._again or (self._changed and settled) else None

    def began(self) -> None:
        """A run begins: what changes from now on is for the next one."""
        self._changed, self._again = False, None

    def ended(self, due: Due, code: int, now: float) -> float | None:
        """A run has ended with this exit code (negative: by that signal).

        Returns: seconds until it is tried again by itself; None if it waits for the next change or interval.
        """
        if due is Due.FETCH:
            self._fetched = now
        if code in _DONE or code in _WAITS_FOR_A_CHANGE:
            self._failures = 0
            return None
        self._again = due
        rest = BUSY_S
        if code != _BUSY:
            self._failures += 1
            rest = min(FIRST_REST_S * 2 ** min(self._failures - 1, 10), LONGEST_REST_S)
        self._not_before = now + rest
        return rest
