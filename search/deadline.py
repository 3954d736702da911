"""A time limit that works in any thread: the engine looks at it between its steps."""

import time


class TimeUp(Exception):
    """The deadline passed between two steps; for those inside the library who then do without the rest."""


class Deadline:
    """A moment on the monotonic clock, `milliseconds` from now; `Deadline.never()` has no end."""

    __slots__ = ("_end",)

    def __init__(self, milliseconds: float) -> None:
        self._end = time.monotonic() + milliseconds / 1000

    @classmethod
    def never(cls) -> "Deadline":
        """A deadline that does not pass."""
        return cls(float("inf"))

    @property
    def passed(self) -> bool:
        """Whether the time is up."""
        return time.monotonic() >= self._end

    def look(self) -> None:
        """Stop here if the time is up.

        Raises:
            TimeUp: it is.
        """
        if self.passed:
            raise TimeUp

    def sooner(self, milliseconds: float) -> "Deadline":
        """The deadline itself, or one in so many milliseconds if that comes first."""
        other = Deadline(milliseconds)
        return other if other._end < self._end else self

    def part(self, of: int) -> "Deadline":
        """The end of the first of so many equal parts of the time that is left."""
        return Deadline((self._end - time.monotonic()) * 1000 / of)
