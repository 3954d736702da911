"""Where a passage may begin and end in the paragraph around a mark."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from .sentences import last_end

_FAR, NEAR = 60, 15
"""How many characters before a mark a passage begins if no sentence does."""

_GAP: Final = 16
"""So many characters may stand between the last word of a sentence and the next one."""

_CLAUSE_SIGNS: Final = ",;:–—"
_WORD: Final = re.compile(r"(?<!\S)")
_DANGLING: Final = frozenset(" ,;:–—-«“„([")
_SIGNS: Final = frozenset("№#$€₸£+−")
_PAIRS: Final = {"«": "»", "“": "”", "„": "“", '"': '"', "(": ")", "[": "]"}


def paragraph_start(text: str, at: int, length: int) -> tuple[int, bool]:
    """The beginning of the paragraph around `at` and True, or the place one length before and False."""
    floor = at - length if at > length else 0
    line = text.rfind("\n", floor, at) + 1
    return line or floor, line > 0 or not floor


def paragraph_end(text: str, at: int, length: int) -> tuple[int, bool]:
    """The end of the paragraph around `at` without white space and True, or a place beyond one length and False."""
    ceiling = at + length + _GAP
    high = text.find("\n", at, ceiling)
    if high < 0:
        if ceiling < len(text):
            return ceiling, False
        high = len(text)
    while high > at and text[high - 1].isspace():
        high -= 1
    return high, True


def clause_signs(text: str) -> str:
    """The signs between the parts of a sentence that a text has."""
    return "".join([sign for sign in _CLAUSE_SIGNS if sign in text])


def last_clause(text: str, low: int, limit: int, some: str) -> int:
    """The last place up to `limit` where a part of a sentence begins after a sign in [low, …); -1 if there is none.

    some: the signs that the text has, see `clause_signs`.
    """
    high = limit
    while (sign := max([text.rfind(one, low, high) for one in some])) >= 0:
        begin = sign + 1
        while begin <= limit and text[begin].isspace():
            begin += 1
        if sign + 1 < begin <= limit:
            return begin
        high = sign
    return -1


def is_clause(text: str, start: int) -> bool:
    """Whether a comma or a dash stands before the word at `start`."""
    return text[max(0, start - 2) : start].rstrip()[-1:] in _CLAUSE_SIGNS


def word_from(text: str, at: int, last: int) -> int:
    """The first beginning of a word from `at` on; `last` at the latest."""
    found = _WORD.search(text, at, last)
    return found.start() if found else last


def words_before(text: str, floor: int, at: int, later: Sequence[int], seen: int, some: str) -> Iterator[int]:
    """Where a passage begins at `floor` or later if at no sentence: after a comma or dash, at words before `at`.

    Or at words as far before other marks, so that it shows more after them; later: where these begin.
    seen: it is late enough to begin there to show all that can be shown. some: see `clause_signs`.
    """
    far, near = max(floor, at - _FAR), max(floor, at - NEAR)
    if some and (begin := last_clause(text, far, at - NEAR, some)) >= 0:
        yield begin
    yield word_from(text, far, at)
    if near > far:
        yield word_from(text, near, at)
    if seen > far:
        yield word_from(text, seen, at)
    for other in later:
        if other - _FAR >= at:
            return
        for place in (other - _FAR, other - NEAR):
            if far < place < at:
                yield word_from(text, place, at)


def whole_words_end(text: str, limit: int, needed: int) -> int:
    """The end of the last whole word up to `limit`, without what only leads on; `needed` at the least."""
    end = text.rfind(" ", needed, limit + 1)
    if end < 0 or not text[end + 1 : limit + 1].isprintable():  # there may be other white space
        end, last = limit, len(text)
        while end > needed and not (end < last and text[end].isspace()):
            end -= 1
    return end if text[end - 1].isalnum() else without_lead_on(text, end, needed)


def without_lead_on(text: str, end: int, needed: int) -> int:
    """The end without commas, dashes, opening quotes and spaces before it."""
    while end > needed and ((last := text[end - 1]) in _DANGLING or last.isspace()):
        end -= 1
    return end


def sentence_end(text: str, start: int, end: int, high: int, signs: str) -> int:
    """The end of the last sentence that ends in (start, end], 0 if there is none; the next begins before `high`."""
    low, at = max(0, start - _GAP), end
    while found := last_end(text, low, at, high, signs):
        at, last, _ = found
        if last <= end:
            return last if last > start else 0
    return 0


def first_word(text: str, start: int, needed: int) -> int:
    """The first letter, digit or sign that belongs to one, from `start` on; `needed` at the latest."""
    while start < needed and not ((first := text[start]).isalnum() or first in _SIGNS):
        start += 1
    return start


def with_quotes(text: str, start: int, first: int, end: int, length: int) -> int:
    """The start of a passage [first, end) with the quotation marks and brackets before it that close in it.

    It is `start` at the earliest, and the passage no longer than `length`.
    """
    while first > max(start, end - length):
        partner = _PAIRS.get(text[first - 1])
        if partner is None or text.find(partner, first, end) < 0:
            break
        first -= 1
    return first
