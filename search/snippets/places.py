"""The paragraph around a place of a text, as far as a passage may reach: where one can begin and end there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from .sentences import sentences

_CLAUSE_SIGNS: Final = tuple(",;:–—")
_CLAUSE: Final = re.compile(f"[{''.join(_CLAUSE_SIGNS)}]\\s+")
_FAR, _NEAR = 60, 15
"""How many characters before a mark a passage begins if no sentence does."""

_DANGLING: Final = " ,;:–—-«“„(["
_SIGNS: Final = "№#$€₸£+−"
_PAIRS: Final = {"«": "»", "“": "”", "„": "“", '"': '"', "(": ")", "[": "]"}


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph, or what there is of it within one passage's length: the range [low, high) of the text.

    is_start, is_end: whether the paragraph begins and ends there. begins: where sentences begin, in order.
    """

    text: str
    length: int
    low: int
    high: int
    is_start: bool
    is_end: bool
    begins: tuple[int, ...]

    @classmethod
    def around(cls, text: str, at: int, length: int) -> "Place":
        """The place around the character at `at`, for passages of at most `length`."""
        floor, ceiling = max(0, at - length), min(len(text), at + length + 1)
        before, after = text.rfind("\n", floor, at), text.find("\n", at, ceiling)
        low, high = before + 1 if before >= 0 else floor, after if after >= 0 else ceiling
        is_start, is_end = before >= 0 or floor == 0, after >= 0 or ceiling == len(text)
        while is_end and high > at and text[high - 1].isspace():
            high -= 1
        begins = (*([low] if is_start else []), *sentences(text, low, high))
        return cls(text, length, low, high, is_start, is_end, begins)

    def starts(self, first: int, needed: int) -> Iterator[int]:
        """Where a passage may begin that shows [first, needed): at sentences, after a comma or dash, at words."""
        near = [at for at in self.begins if needed - self.length <= at <= first]
        yield from near[-3:]
        if near and first - near[-1] <= _NEAR:
            return
        floor = max(self.low, needed - self.length, near[-1] + 1 if near else 0)
        far = max(floor, first - _FAR)
        clauses = [found.end() for found in _CLAUSE.finditer(self.text, far, first)]
        yield from [at for at in clauses if first - at >= _NEAR][-1:]
        yield from {self._word(far, first), self._word(max(floor, first - _NEAR), first)}

    def end(self, start: int, needed: int) -> int:
        """The end of the last whole word that fits, without what only leads on; `needed` at the least."""
        limit = start + self.length
        if self.is_end and limit >= self.high:
            return self.high
        limit = end = min(limit, self.high)
        while end > needed and not (end < len(self.text) and self.text[end].isspace()):
            end -= 1
        if end <= start:
            return limit
        return self.without_lead_on(end, needed)

    def without_lead_on(self, end: int, needed: int) -> int:
        """The end without commas, dashes, opening quotes and spaces before it."""
        while end > needed and (self.text[end - 1] in _DANGLING or self.text[end - 1].isspace()):
            end -= 1
        return end

    def sentence_end(self, start: int, end: int) -> int | None:
        """The end of the last sentence that ends in [start, end], None if there is none."""
        if self.is_end and end == self.high:
            return end
        for begin in reversed(self.begins):
            last = begin
            while last > start and self.text[last - 1].isspace():
                last -= 1
            if start < last <= end:
                return last
        return None

    def first_word(self, start: int, needed: int) -> int:
        """The first letter, digit or sign that belongs to one, from `start` on; `needed` at the latest."""
        while start < needed and not (self.text[start].isalnum() or self.text[start] in _SIGNS):
            start += 1
        return start

    def with_quotes(self, start: int, first: int, end: int) -> int:
        """The start of a passage [first, end) with the quotation marks and brackets before it that close in it."""
        while first > max(start, end - self.length):
            partner = _PAIRS.get(self.text[first - 1])
            if partner is None or self.text.find(partner, first, end) < 0:
                break
            first -= 1
        return first

    def is_clause(self, start: int) -> bool:
        """Whether a comma or a dash stands before the word at `start`."""
        return self.text[max(0, start - 2) : start].rstrip()[-1:] in _CLAUSE_SIGNS

    def _word(self, at: int, last: int) -> int:
        """The first beginning of a word from `at` on; `last` at the latest."""
        while 0 < at < last and not self.text[at - 1].isspace():
            at += 1
        return at
