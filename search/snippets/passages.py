"""The passages of a body that show why it was found: the best windows, one after another.

A window holds as much as fits (`best.py`, `windows.py`). None overlaps another, or says what the title or another
passage says.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from ..model import Scope, Snippet
from .best import best as best_of
from .best import opening_marks
from .marking import Enough, Matcher
from .reading import Mark
from .window import Window, opening
from .windows import Windows

_WORD: Final = re.compile(r"\w+")
_LOOKED_AT: Final = 10
_SUBSTANTIAL: Final = 40
_PATIENCE: Final = 16_000


def passages(
    body: str, marks: Sequence[Mark], weights: tuple[int, ...], count: int, length: int, title: str = ""
) -> tuple[Snippet, ...]:
    """Up to `count` passages of at most `length` characters, in the order of the text.

    Each stands in one paragraph. Without a mark that fits it is the beginning of the body, once.
    weights: how much it is worth to show a unit of the query, by the numbers that the marks give.
    title: what the reader sees above.
    """
    if count < 1:
        return ()
    chosen = best(body, marks, weights, count, length, title)
    return tuple([_snippet(body, one) for one in chosen]) if chosen else lead(body, length, title)


def lead(body: str, length: int, title: str = "") -> tuple[Snippet, ...]:
    """The beginning of the body without marks: the first paragraph that is more than a line above the text."""
    first = None
    for window in islice(_openings(body, length), _LOOKED_AT):
        first = first or window
        substantial = window.end - window.start >= min(_SUBSTANTIAL, length // 2)
        if substantial and not _says_same(body[window.start : window.end], title):
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

    def does(marks: Sequence[Mark], end: int) -> bool:
        wanted, shown, last = matcher.units(Scope.BODY), 0, 0
        for mark in marks:
            if mark.units & ~shown:
                shown, last = shown | mark.units, mark.start
        if not shown or end - last >= _PATIENCE:
            return shown != 0
        if shown != wanted:
            return False
        chosen = best(body, marks, matcher.weights, count, length)
        return len(chosen) == count and all(window.units == wanted for window in chosen)

    return does


def best(
    body: str, marks: Sequence[Mark], weights: tuple[int, ...], count: int, length: int, title: str = ""
) -> list[Window]:
    """The windows of the passages, in the order of the text; fewer than `count` where there are no more."""
    if not marks or count < 1:
        return []
    windows = Windows(body, marks, weights, length)
    openers = opening_marks(windows)
    said, again = [title], None
    chosen: list[Window] = []
    while window := best_of(windows, openers):
        text = body[window.start : window.end]
        if any(_says_same(text, other) for other in said):
            again = again or window
            windows.refuse(window)
            continue
        chosen.append(window)
        if len(chosen) == count:
            break
        said.append(text)
        windows.take(window)
    if again and not chosen:
        return [again]
    return sorted(chosen)


def _snippet(body: str, window: Window) -> Snippet:
    start, end, cut_before, cut_after, marks, *_ = window
    return Snippet(
        body[start:end], tuple([(first - start, last - start) for first, last in marks]), cut_before, cut_after
    )


def _says_same(one: str, other: str) -> bool:
    """Whether two texts have the same words, whatever stands between them."""
    return _letter(one) == _letter(other) and _plain(one) == _plain(other)


def _letter(text: str) -> str:
    """The first letter or digit, small."""
    first = text[:1]
    if not first.isalnum():
        word = _WORD.search(text)
        first = text[word.start()] if word else ""
    return first.lower()[:1]


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))
