"""Which windows on a text are shown: one after another, the best of those that are left.

First come query words that no passage shows yet, then query words at all, then what reads well. Most windows are never
looked at: where the marks stand says what the windows that each opens can show at most, and how well.
"""

from collections import Counter
from collections.abc import Sequence
from math import inf
from operator import sub
from typing import Final

from .asked import numbered
from .window import Window
from .windows import CLOSE, FROM_A_SENTENCE, MARK, MOST_AFTER, MOST_MARKS, Windows

_OPENINGS: Final = 60
"""A unit of the query opens windows at so many of its marks; later ones are seen where others open."""

Reached = tuple[int, float, int, int, int]
"""The worth and the quality aside from its beginning that no window of a mark exceeds; how many marks there are from it
on; the end of the one before it that opens windows; the last mark that is worth seeing from it."""


def best(windows: Windows, openers: Sequence[int]) -> Window | None:
    """The best window that is left, of equal ones the first; None if there is none. openers: see `opening_marks`."""
    windows.begin()
    count = len(windows.starts)
    for worth, most, after, before, last in sorted(reached(windows, openers), reverse=True):
        if worth < windows.least or (worth == windows.least and most + FROM_A_SENTENCE < windows.floor):
            break
        windows.look(count - after, before, last, worth, most)
    return windows.found


def opening_marks(windows: Windows) -> Sequence[int]:
    """The marks that open windows: those that fit into one, of each unit the first ones."""
    starts, ends, length = windows.starts, windows.ends, windows.length
    fit: Sequence[int] = range(len(starts))
    if max(map(sub, ends, starts)) > length:
        fit = [mark for mark in fit if windows.needed(mark) - starts[mark] <= length]
    if len(fit) <= _OPENINGS:
        return fit
    opened: Counter[int] = Counter()
    found = []
    for mark in fit:
        numbers = numbered(windows.units[mark])
        if min(opened[number] for number in numbers) < _OPENINGS:
            opened.update(numbers)
            found.append(mark)
    return found


def reached(windows: Windows, openers: Sequence[int]) -> list[Reached]:
    """What can be seen from each mark that opens windows."""
    text, starts, ends, units, length = windows.text, windows.starts, windows.ends, windows.units, windows.length
    count, hidden, lines, every = len(starts), windows.hidden, "\n" in text, windows.merits.every
    merits, before, follows = windows.merits, 0, 0
    found: list[Reached] = []
    for mark in openers:
        start, shown, stop, new, last = starts[mark], units[mark], mark + 1, mark, mark
        limit, enough = start + length, mark + MOST_MARKS
        if mark != follows:  # a window may show others before it
            found.append((merits.of(every)[0], inf, count - mark, before, mark))
        elif not hidden or windows.is_free(start, ends[mark]):
            while stop < count and (
                ends[stop] <= limit or (starts[stop] < limit and ends[stop] - starts[stop] > length)
            ):
                if lines and text.find("\n", ends[stop - 1], starts[stop]) >= 0:
                    break
                if hidden and not windows.is_free(starts[stop], ends[stop]):
                    break
                if units[stop] & ~shown:
                    shown |= units[stop]
                    new = last = stop
                elif stop < enough:
                    last = stop
                elif shown == every:
                    break
                stop += 1
            worth, most = merits.known.get(shown) or merits.of(shown)
            most += MOST_AFTER + MARK * (stop - mark if stop < enough else MOST_MARKS)
            if shown & (shown - 1):
                most += CLOSE * (1 - (windows.needed(new) - start) / length)
            found.append((worth, most, count - mark, before, last))
        before, follows = ends[mark], mark + 1
    return found
