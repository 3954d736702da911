"""Windows on a text: stretches of one paragraph that read well, around what is marked.

A window begins at a sentence if one begins near enough, else after a comma or a dash, else at some word; it ends with
a sentence if that hides nothing. Nothing looks further than one length from a mark, however long the text is.
"""

from collections.abc import Iterator, Sequence
from math import inf
from typing import Final

from .merits import Merits
from .places import (
    NEAR,
    clause_signs,
    first_word,
    is_clause,
    paragraph_end,
    paragraph_start,
    sentence_end,
    whole_words_end,
    with_quotes,
    without_lead_on,
    words_before,
)
from .reading import Mark
from .sentences import last_end, signs
from .window import Window

# What a window is worth besides the units that it shows.
MARK, MOST_MARKS = 2.0, 5
CLOSE = 4.0
_FULL, _FULL_FROM = 6.0, 0.7
FROM_A_SENTENCE, _FROM_A_CLAUSE, _TO_A_SENTENCE = 4.0, 1.5, 2.0
_AT_THE_EDGE, _EDGE = -3.0, 12
_LATE = -3.0

_ROUNDING: Final = 1e-9
MOST_AFTER: Final = _FULL + _TO_A_SENTENCE + _ROUNDING

_SENTENCES: Final = 3
"""At so many beginnings of sentences before it a mark opens windows."""


class Windows:
    """Looks at the windows that marks open: for each a few, of which it is the first mark that opens any.

    marks: in order, none overlaps another. starts, ends, units: of each mark.
    hidden: where the windows stand that are shown. least, floor: the worth (see `Merits`) and the quality of the best
    window of those that were looked at.
    """

    def __init__(self, text: str, marks: Sequence[Mark], weights: tuple[int, ...], length: int) -> None:
        self.text, self.length = text, length
        self.starts: tuple[int, ...]
        self.ends: tuple[int, ...]
        self.units: tuple[int, ...]
        self.starts, self.ends, self.units, self._words = zip(*marks, strict=True)
        self.merits = Merits(self.units, weights)
        self.hidden: list[tuple[int, int]] = []
        self._signs = signs(text)
        self._clauses: str | None = None
        self._refused: set[tuple[int, int]] = set()
        self._found: tuple[int, int, bool, bool, int, int, int, int] | None = None
        self.least, self.floor = -1, -inf

    def begin(self) -> None:
        """Forget what was found."""
        self._found, self.least, self.floor = None, -1, -inf
        self._is_restricted = bool(self.hidden or self._refused)

    @property
    def found(self) -> Window | None:
        """The best window of those that were looked at."""
        if self._found is None:
            return None
        start, end, cut_before, cut_after, low, stop, cut, units = self._found
        marks = list(zip(self.starts[low:stop], self.ends[low:stop], strict=True))
        if cut:
            marks[-1] = marks[-1][0], cut
        return Window(start, end, cut_before, cut_after, tuple(marks), units, self.floor)

    def needed(self, mark: int) -> int:
        """How far a window that this mark opens goes at the least: one longer than a window is shown in part."""
        end = self.ends[mark]
        return end if end - self.starts[mark] <= self.length else self._words[mark][0][1]

    def take(self, window: Window) -> None:
        """The window is shown: its units are, and no other one may overlap it."""
        self.hidden.append(window[:2])
        self.merits.show(window.units)

    def refuse(self, window: Window) -> None:
        """The window is not shown, but it hides no other one."""
        self._refused.add(window[:2])

    def is_free(self, start: int, end: int) -> bool:
        """Whether no window that is shown overlaps this stretch."""
        return all(end <= first or start >= last for first, last in self.hidden)

    def look(self, mark: int, before: int, last: int, worth: int, most: float) -> None:
        """Look at the windows that a mark opens.

        before: the end of the mark before it that opens windows. last: the last mark that is worth seeing from it.
        worth, most: what none of them exceeds in worth, and in quality aside from how it begins.
        """
        text, length, starts, ends, units = self.text, self.length, self.starts, self.ends, self.units
        at, needed, high, is_end, known = starts[mark], ends[mark], 0, False, self.merits.known
        if needed - at > length:
            needed = self.needed(mark)
        for start, first, begun in self._beginnings(mark, needed, before, ends[last] - length, worth, most):
            if not high:
                high, is_end = paragraph_end(text, at, length)
            low, stop, cut = mark, mark + 1, 0
            while low > 0 and starts[low - 1] >= first:
                low -= 1
            end = first + length
            end = high if end >= high else whole_words_end(text, end, ends[last] if ends[last] <= end else needed)
            while stop < len(starts) and starts[stop] < end:
                stop += 1
            if ends[stop - 1] > end:
                cut = self._cut(stop - 1, end)
                if not cut:
                    stop -= 1
                    end = without_lead_on(text, starts[stop], needed)
            shown = units[low]
            for other in units[low + 1 : stop]:
                shown |= other
            value, rare = known.get(shown) or self.merits.of(shown)
            if value < self.least:
                continue
            begin, seen, count = starts[low], cut or ends[stop - 1], stop - low
            quality = rare + MARK * (count if count < MOST_MARKS else MOST_MARKS)
            if shown & (shown - 1):
                quality += CLOSE * (1 - (seen - begin) / length)
            quality += begun + _LATE * (begin - first) / length
            if begin - first < _EDGE and begun < FROM_A_SENTENCE:
                quality += _AT_THE_EDGE
            if value == self.least and quality + MOST_AFTER < self.floor:
                continue
            half, ended = first + length // 2, end
            if not (is_end and end == high):
                ended = sentence_end(text, half if half >= seen else seen - 1, end, high, self._signs)
            if ended:
                end = ended
                quality += _TO_A_SENTENCE
            elif end - seen < _EDGE:
                quality += _AT_THE_EDGE
            full = (end - first) / length / _FULL_FROM
            quality += _FULL * full if full < 1 else _FULL
            if value > self.least or quality >= self.floor:
                start = with_quotes(text, start, first, end, length)
                if value > self.least or quality > self.floor or self._found is None or start < self._found[0]:
                    if self._is_restricted and not self._may_be(start, end):
                        continue
                    self.least, self.floor = value, quality
                    self._found = start, end, begun < FROM_A_SENTENCE, not ended, low, stop, cut, shown

    def _beginnings(
        self, mark: int, needed: int, before: int, seen: int, worth: int, most: float
    ) -> Iterator[tuple[int, int, float]]:
        """Where windows of a mark begin that may be good enough, with their first words and what that is worth.

        seen: where one that shows all that it can begins at the earliest.
        """
        text, length, some, at, nearest, late = self.text, self.length, self._signs, self.starts[mark], -1, 0
        end = at
        low, is_start = paragraph_start(text, at, length)
        least = max(low, needed - length, before)
        is_start, low = is_start and low >= before, max(low, before)
        for _ in range(_SENTENCES):
            if worth <= self.least and most + FROM_A_SENTENCE + _LATE * late / length < self.floor:
                break
            if some and (sentence := last_end(text, low, end, at + 1, some)):
                end, _, begin = sentence
            elif is_start:
                begin = low
            else:
                break
            if begin < least:
                break
            first = begin if text[begin].isalnum() else first_word(text, begin, at)
            late = at - first
            if worth <= self.least and most + FROM_A_SENTENCE + _LATE * late / length < self.floor:
                break
            nearest = max(nearest, begin)
            yield begin, first, FROM_A_SENTENCE
            if begin == low:
                break
            late += 1
        if nearest >= 0:
            least = nearest + 1
            if at - nearest <= NEAR:
                if seen <= nearest:
                    return
                least = seen
        if worth <= self.least and most + _FROM_A_CLAUSE < self.floor:
            return
        if self._clauses is None:
            self._clauses = clause_signs(text)
        tried: list[int] = []
        for begin in words_before(text, least, at, self.starts[mark + 1 : mark + MOST_MARKS], seen, self._clauses):
            if begin not in tried:
                tried.append(begin)
                first = begin if text[begin].isalnum() else first_word(text, begin, at)
                begun = _FROM_A_CLAUSE if self._clauses and is_clause(text, begin) else 0.0
                limit = most + begun + (_AT_THE_EDGE if at - first < _EDGE else 0.0)
                if worth > self.least or limit + _LATE * (at - first) / length >= self.floor:
                    yield begin, first, begun

    def _may_be(self, start: int, end: int) -> bool:
        """Whether this stretch was not refused, and overlaps nothing that is shown."""
        return (start, end) not in self._refused and self.is_free(start, end)

    def _cut(self, mark: int, end: int) -> int:
        """The end of what is shown of a mark that goes on after `end`; 0 if it is not shown in part."""
        if self.ends[mark] - self.starts[mark] <= self.length:
            return 0
        return max((word_end for _, word_end in self._words[mark] if word_end <= end), default=0)
