"""Which windows on a text are shown: one after another, the best of those that are left.

First come query words that no passage shows yet, then query words at all, then what reads well. Most windows are never
looked at: what stands near enough to a mark says what the windows that it opens can show at most.
"""

from collections.abc import Sequence
from math import inf
from typing import Final

from .windows import LESS, NOTHING, Window, Windows, Worth

_FEW: Final = 60
"""Of more marks it takes longer to say what can be seen from them than to look."""


class Choice:
    """Takes windows of a text; none that is taken overlaps another one."""

    def __init__(self, windows: Windows) -> None:
        self._windows = windows
        self._taken: list[Window] = []
        self._refused: set[tuple[int, int]] = set()

    def best(self) -> Window | None:
        """The best window that is left; None if there is none."""
        windows = self._windows
        if 1 < len(windows.starts) <= _FEW:
            windows.least, likely = self._likely()
            if found := self._among(likely):
                return found
        windows.least = NOTHING
        return self._among([(mark, inf) for mark in windows.openers])

    def take(self, window: Window) -> None:
        """The window is shown."""
        self._taken.append(window)
        self._windows.show(window.units)

    def refuse(self, window: Window) -> None:
        """The window is not shown, but it hides no other one."""
        self._refused.add(window[:2])

    def _among(self, openers: Sequence[tuple[int, float]]) -> Window | None:
        """The best window of those that marks open; of equal ones the first.

        openers: the numbers of the marks, and what the quality of none of their windows exceeds.
        """
        windows, best = self._windows, None
        windows.floor = -inf
        done = set(self._refused)
        for opened, less in ((windows.by_sentences, 0.0), (windows.by_words, LESS)):
            for mark, most in openers:
                if most - less < windows.floor:
                    continue
                for window in opened(mark):
                    if window[:2] in done or (self._taken and not self._is_free(window.start, window.end)):
                        continue
                    done.add(window[:2])
                    worth = windows.worth(window.units)
                    if best is None or worth > windows.least or _is_better(window, best):
                        best, windows.least = window, worth
                        windows.floor = window.quality if most < inf else -inf
        return best

    def _likely(self) -> tuple[Worth, list[tuple[int, float]]]:
        """The most that any window can be worth; which marks may open such a one, and how good it is at most."""
        windows = self._windows
        starts = windows.starts
        reach = self._reach()
        worth = max((one[0] for one in reach), default=NOTHING)
        likely = []
        for opener in windows.openers:
            first, mark = windows.needed(opener) - windows.length, opener
            most = -inf
            while mark >= 0 and starts[mark] >= first:
                here, end, limit = reach[mark]
                if not end:
                    break
                if end > opener and here == worth and limit > most:
                    most = limit
                mark -= 1
            if most > -inf:
                likely.append((opener, most))
        return worth, likely

    def _reach(self) -> list[tuple[Worth, int, float]]:
        """For each mark what a window is worth at most of which it is the first, and how good it is at most.

        Between the two: the number of the mark after those that it shows; 0 if there is none.
        """
        windows = self._windows
        starts, ends, units, length = windows.starts, windows.ends, windows.units, windows.length
        taken = [not self._is_free(*both) for both in zip(starts, ends, strict=True)] if self._taken else ()
        found = []
        for mark, start in enumerate(starts):
            limit, shown, end, last = start + length, 0, mark, mark
            while end < len(starts) and (
                ends[end] <= limit or (starts[end] < limit and ends[end] - starts[end] > length)
            ):
                if taken and taken[end]:
                    break
                if units[end] & ~shown:
                    shown |= units[end]
                    last = end
                end += 1
            if end == mark:
                found.append((NOTHING, 0, -inf))
            else:
                span = min(ends[last] - start, length)
                found.append((windows.worth(shown), end, windows.most(shown, end - mark, span)))
        return found

    def _is_free(self, start: int, end: int) -> bool:
        return all(end <= one.start or start >= one.end for one in self._taken)


def _is_better(one: Window, other: Window) -> bool:
    return (one.quality, -one.start) > (other.quality, -other.start)
