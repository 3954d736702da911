"""The passages of a body that show why it was found: the best windows, one after another.

A window holds as much as fits: first come query words that no passage shows yet, then query words at all, then what
reads well (`windows.py`). None overlaps another, or says what the title or another passage says.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from ..model import Scope, Snippet
from .marking import Enough, Matcher
from .reading import Mark
from .windows import Window, opening, windows

_WORD: Final = re.compile(r"\w+")
_LOOKED_AT: Final = 10
_SUBSTANTIAL: Final = 40
_PATIENCE: Final = 16_000


def passages(
    body: str, marks: Sequence[Mark], weights: Sequence[int], count: int, length: int, title: str = ""
) -> tuple[Snippet, ...]:
    """Up to `count` passages of at most `length` characters, in the order of the text.

    Each stands in one paragraph. Without a mark that fits it is the beginning of the body, once.
    weights: how much it is worth to show a unit of the query, by the numbers that the marks give.
    title: what the reader sees above.
    """
    if count < 1:
        return ()
    chosen = best(body, marks, weights, count, length, title)
    return tuple(_snippet(body, one) for one in chosen) if chosen else lead(body, length, title)


def lead(body: str, length: int, title: str = "") -> tuple[Snippet, ...]:
    """The beginning of the body without marks: the first paragraph that is more than a line above the text."""
    first = None
    for window in islice(_openings(body, length), _LOOKED_AT):
        first = first or window
        substantial = window.end - window.start >= min(_SUBSTANTIAL, length // 2)
        if substantial and _plain(body[window.start : window.end]) != _plain(title):
            return (_snippet(body, window),)
    return (_snippet(body, first),) if first else ()


def _openings(body: str, length: int) -> Iterator[Window]:
    at = 0
    while word := _WORD.search(body, at):
        window = opening(body, word.start(), length)
        yield window
        at = body.find("\n", window.end)
        if at < 0:
            return


def enough(body: str, matcher: Matcher, count: int, length: int) -> Enough:
    """Whether what was read of a long body does: no new word came for long, or all passages show every word."""
    wanted = matcher.units(Scope.BODY)

    def does(marks: Sequence[Mark], end: int) -> bool:
        first: dict[int, int] = {}
        for mark in marks:
            for unit in mark.units:
                first.setdefault(unit, mark.start)
        if not first or end - max(first.values()) >= _PATIENCE:
            return bool(first)
        if len(first) < len(wanted):
            return False
        chosen = best(body, marks, matcher.weights, count, length)
        return len(chosen) == count and all(window.units == wanted for window in chosen)

    return does


def best(
    body: str, marks: Sequence[Mark], weights: Sequence[int], count: int, length: int, title: str = ""
) -> list[Window]:
    """The windows of the passages, in the order of the text; fewer than `count` where there are no more."""
    left = list(windows(body, marks, length))
    seen, shown = {_plain(title)}, frozenset[int]()
    chosen: list[Window] = []
    again: list[Window] = []
    while left and len(chosen) < count:
        window = max(left, key=lambda one: _rank(one, shown, weights))
        text = _plain(body[window.start : window.end])
        if text in seen:
            again.append(window)
            left.remove(window)
            continue
        chosen.append(window)
        seen.add(text)
        shown |= window.units
        left = [one for one in left if one.end <= window.start or one.start >= window.end]
    return sorted(chosen or again[:1], key=lambda one: one.start)


def _rank(window: Window, shown: frozenset[int], weights: Sequence[int]) -> tuple[int, int, float, int]:
    fresh = sum(weights[unit] for unit in window.units - shown)
    return fresh, sum(weights[unit] for unit in window.units), window.quality, -window.start


def _snippet(body: str, window: Window) -> Snippet:
    return Snippet(
        body[window.start : window.end],
        tuple((start - window.start, end - window.start) for start, end in window.marks),
        cut_before=window.cut_before,
        cut_after=window.cut_after,
    )


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))
