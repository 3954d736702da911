"""The paragraph around a place of a text, as far as a passage may reach: where one can begin and end there."""

import re
from typing import Final

from .sentences import sentences

_CLAUSE_SIGNS: Final = tuple(",;:–—")
_CLAUSE: Final = re.compile(f"[{''.join(_CLAUSE_SIGNS)}]\\s+")
_FAR, _NEAR = 60, 15
"""How many characters before a mark a passage begins if no sentence does."""

_DANGLING: Final = frozenset(" ,;:–—-«“„([")
_SIGNS: Final = frozenset("№#$€₸£+−")
_PAIRS: Final = {"«": "»", "“": "”", "„": "“", '"': '"', "(": ")", "[": "]"}


class Place:
    """A paragraph, or what there is of it within one passage's length: the range [low, high) of the text.

    is_start, is_end, is_whole: whether the paragraph begins there, ends there, or both.
    is_settled: whether no place further on could know of the end of one more sentence up to there.
    begins: where sentences begin, in order.
    """

    __slots__ = ("begins", "high", "is_end", "is_settled", "is_start", "is_whole", "length", "low", "text")

    def __init__(self, text: str, at: int, length: int) -> None:
        """The place around the character at `at`, for passages of at most `length`."""
        floor, ceiling = max(0, at - length), min(len(text), at + length + 1)
        before, after = text.rfind("\n", floor, at), text.find("\n", at, ceiling)
        self.text, self.length = text, length
        self.low = low = before + 1 if before >= 0 else floor
        self.is_start, self.is_end = before >= 0 or floor == 0, after >= 0 or ceiling == len(text)
        self.is_whole = self.is_start and self.is_end
        high = after if after >= 0 else ceiling
        if self.is_end:
            while high > at and text[high - 1].isspace():
                high -= 1
        self.high = high
        self.is_settled = self.is_end or not text[high - 1].isspace()
        self.begins = sentences(text, low, high)
        if self.is_start:
            self.begins.insert(0, low)

    def sentences_before(self, first: int, needed: int) -> list[int]:
        """The last sentences from whose beginning a passage can show [first, needed)."""
        earliest = needed - self.length
        return [at for at in self.begins if earliest <= at <= first][-3:]

    def words_before(self, first: int, needed: int) -> list[int]:
        """Where a passage begins that shows that, if at no sentence: after a comma or dash, at words."""
        near = self.sentences_before(first, needed)
        if near and first - near[-1] <= _NEAR:
            return []
        floor = max(self.low, needed - self.length, near[-1] + 1 if near else 0)
        far = max(floor, first - _FAR)
        clauses = [at for found in _CLAUSE.finditer(self.text, far, first) if first - (at := found.end()) >= _NEAR]
        return [*clauses[-1:], *{self._word(far, first), self._word(max(floor, first - _NEAR), first)}]

    def end(self, start: int, needed: int) -> int:
        """The end of the last whole word that fits, without what only leads on; `needed` at the least."""
        text, limit = self.text, start + self.length
        if limit >= self.high:
            if self.is_end:
                return self.high
            limit = self.high
        end, last = limit, len(text)
        while end > needed and not (end < last and text[end].isspace()):
            end -= 1
        return self.without_lead_on(end, needed) if end > start else limit

    def without_lead_on(self, end: int, needed: int) -> int:
        """The end without commas, dashes, opening quotes and spaces before it."""
        text = self.text
        while end > needed and ((last := text[end - 1]) in _DANGLING or last.isspace()):
            end -= 1
        return end

    def sentence_end(self, start: int, end: int) -> int | None:
        """The end of the last sentence that ends in [start, end], None if there is none."""
        if self.is_end and end == self.high:
            return end
        for begin in reversed(self.begins):
            if begin <= start:
                return None
            last = begin
            while last > start and self.text[last - 1].isspace():
                last -= 1
            if start < last <= end:
                return last
        return None

    def first_word(self, start: int, needed: int) -> int:
        """The first letter, digit or sign that belongs to one, from `start` on; `needed` at the latest."""
        while start < needed and not ((first := self.text[start]).isalnum() or first in _SIGNS):
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
        text = self.text
        while 0 < at < last and not text[at - 1].isspace():
            at += 1
        return at
