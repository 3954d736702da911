"""Windows on a text: stretches of one paragraph that read well, around what is marked.

A window begins at a sentence if one begins near enough, else after a comma or a dash, else at some word; it ends with
a sentence if that hides nothing. Nothing looks further than one length from a mark, however long the text is.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import inf
from typing import Final, NamedTuple

from .asked import numbered
from .places import Place
from .reading import Mark, Range

_OPENINGS: Final = 60
"""A unit of the query opens windows at so many of its marks; later ones are seen where others open."""

# What a window is worth besides the units that it shows.
_MARK, _MOST_MARKS = 2.0, 5
_CLOSE = 4.0
_FULL = 6.0
_FROM_A_SENTENCE, _FROM_A_CLAUSE, _TO_A_SENTENCE = 4.0, 1.5, 2.0
_AT_THE_EDGE, _EDGE = -3.0, 12
_LATE = -3.0
_RARE = 3.0

LESS: Final = _FROM_A_SENTENCE - _FROM_A_CLAUSE
_MOST_READING: Final = _FULL + _FROM_A_SENTENCE + _TO_A_SENTENCE
_ROUNDING: Final = 1e-9
_NEVER: Final = (inf, 0)


Worth = tuple[int, int]
"""What a window shows: the weight of the units that no passage shows yet, and of all its units."""

NOTHING: Final = (-1, -1)


class Window(NamedTuple):
    """A stretch [start, end) of a text.

    cut_before, cut_after: whether it leaves out a part of a sentence there.
    marks: the ranges that are marked in it, in the text. units: what they show of the query, a bit for each unit.
    quality: how well it reads and how close together it shows them.
    """

    start: int
    end: int
    cut_before: bool
    cut_after: bool
    marks: tuple[Range, ...] = ()
    units: int = 0
    quality: float = 0.0


def opening(text: str, word: int, length: int) -> Window:
    """The window at the beginning of a paragraph of which `word` is the first letter or digit."""
    here = Place(text, word, length)
    end = here.end(word, word)
    last = here.sentence_end(word + length // 2, end)
    start = here.with_quotes(here.low, word, last or end)
    return Window(start, last or end, cut_before=not here.is_start, cut_after=last is None)


class Windows:
    """The windows on a text that are worth looking at: for each mark a few, of which it is the first or near the start.

    marks: in order, none overlaps another. starts, ends, units: of each mark. openers: those that open windows.
    weights: how much it is worth to show a unit of the query, by its number; shown: the units that are shown already.
    least, floor: windows that are worth less, or of less quality, are left out.
    """

    def __init__(self, text: str, marks: Sequence[Mark], weights: tuple[int, ...], length: int) -> None:
        self._text, self._marks, self._weights, self.length = text, marks, weights, length
        self.least, self.floor = NOTHING, -inf
        self._shown = 0
        self._worth: dict[int, Worth] = {}
        self.starts = [mark[0] for mark in marks]
        self.ends = [mark[1] for mark in marks]
        self.units = [mark[2] for mark in marks]
        self.openers = self._openers()
        self._rare: dict[int, float] = {}
        self._begun: dict[int, tuple[int, int]] = {}
        self._places: dict[int, Place] = {}
        self._last: Place | None = None

    def needed(self, mark: int) -> int:
        """How far a window that this mark opens goes at the least: one longer than a window is shown in part."""
        end = self.ends[mark]
        return end if end - self.starts[mark] <= self.length else self._marks[mark].words[0][1]

    def most(self, units: int, marks: int, span: int) -> float:
        """No window is better than this that shows these units in so many marks, over so many characters or more."""
        close = _CLOSE * (1 - span / self.length) if units & (units - 1) else 0.0
        return _MARK * min(marks, _MOST_MARKS) + close + _MOST_READING + self._rareness(units) + _ROUNDING

    def show(self, units: int) -> None:
        """Some units are shown from now on."""
        self._shown |= units
        self._worth.clear()

    def worth(self, units: int) -> Worth:
        """What it is worth to show these units."""
        found = self._worth.get(units)
        if found is None:
            found = _weight(self._weights, units & ~self._shown), _weight(self._weights, units)
            self._worth[units] = found
        return found

    def by_sentences(self, mark: int) -> Iterator[Window]:
        """The windows that a mark opens at the beginning of a sentence."""
        needed = self.needed(mark)
        here = self._around(mark)
        for start in here.sentences_before(self.starts[mark], needed):
            if window := self._window(here, start, mark, needed, _FROM_A_SENTENCE):
                yield window

    def by_words(self, mark: int) -> Iterator[Window]:
        """Those that it opens elsewhere: worse by LESS, at least, than the best that it might open at a sentence."""
        needed = self.needed(mark)
        here = self._around(mark)
        for start in here.words_before(self.starts[mark], needed):
            if window := self._window(here, start, mark, needed, 0.0):
                yield window

    def _window(self, here: Place, start: int, mark: int, needed: int, whole: float) -> Window | None:
        """The window that a mark opens from here on, if it is worth enough; whole: what its beginning is worth."""
        opener, end = self._begun.get(start, _NEVER)
        if opener < mark and end >= needed:
            return None
        text, starts, ends = self._text, self.starts, self.ends
        at = starts[mark]
        first = start if text[start].isalnum() else here.first_word(start, at)
        end = here.end(first, needed)
        low, high, cut = mark, mark + 1, 0
        while low > 0 and starts[low - 1] >= first:
            low -= 1
        while high < len(starts) and starts[high] < end:
            high += 1
        if ends[high - 1] > end:
            cut = self._cut(high - 1, end)
            if not cut:
                high -= 1
                end = here.without_lead_on(starts[high], needed)
        if here.is_settled and (first < at or text[at].isalnum()):
            self._begun[start] = mark, end
        units = self.units[low]
        for other in self.units[low + 1 : high]:
            units |= other
        if (self._worth.get(units) or self.worth(units)) < self.least:
            return None
        return self._finished(here, start, first, end, low, high, cut, units, whole)

    def _finished(
        self, here: Place, start: int, first: int, end: int, low: int, high: int, cut: int, units: int, whole: float
    ) -> Window | None:
        """The window from the word at `first` on, which ends at `end` at the latest, if it is good enough.

        low, high: the numbers of the marks that it shows; cut: where the last one is cut off, or 0.
        """
        length, starts, ends = self.length, self.starts, self.ends
        begin, seen = starts[low], cut or ends[high - 1]
        late = begin - first
        shown = _MARK * min(high - low, _MOST_MARKS)
        if units & (units - 1):
            shown += _CLOSE * (1 - (seen - begin) / length)
        rare = self._rare.get(units) or self._rareness(units)
        most = shown + _FULL * min(1.0, (end - first) / length / 0.7) + _TO_A_SENTENCE + rare + _LATE * late / length
        if most + (whole or _FROM_A_CLAUSE) + _ROUNDING < self.floor:
            return None
        half = first + length // 2
        last = here.sentence_end(half if half >= seen else seen - 1, end)
        quality = shown + _FULL * min(1.0, ((last or end) - first) / length / 0.7)
        if whole:
            quality += whole
        elif here.is_clause(start):
            quality += _FROM_A_CLAUSE
        if last:
            quality += _TO_A_SENTENCE
        quality += rare
        quality += _LATE * late / length
        if not whole and late < _EDGE:
            quality += _AT_THE_EDGE
        if not last and end - seen < _EDGE:
            quality += _AT_THE_EDGE
        marks = list(zip(starts[low:high], ends[low:high], strict=True))
        if cut:
            marks[-1] = marks[-1][0], cut
        start = here.with_quotes(start, first, last or end)
        return Window(start, last or end, not whole, not last, tuple(marks), units, quality)

    def _cut(self, mark: int, end: int) -> int:
        """The end of what is shown of a mark that goes on after `end`; 0 if it is not shown in part."""
        if self.ends[mark] - self.starts[mark] <= self.length:
            return 0
        return max((word_end for _, word_end in self._marks[mark].words if word_end <= end), default=0)

    def _around(self, mark: int) -> Place:
        """The place around a mark; that of the mark before where it is the same paragraph as a whole."""
        here = self._places.get(mark)
        if here is None:
            at, here = self.starts[mark], self._last
            if here is None or not (here.is_whole and 0 <= at - here.low < self.length and at < here.high):
                self._last = here = Place(self._text, at, self.length)
            self._places[mark] = here
        return here

    def _rareness(self, units: int) -> float:
        """What it is worth to show these units, for how rare they are in the text."""
        found = self._rare.get(units)
        if found is None:
            rare, left = [], units
            while left:
                one = left & -left
                rare.append(1 / sum([1 for other in self.units if other & one]))
                left -= one
            found = self._rare[units] = _RARE * sum(rare) / len(rare)
        return found

    def _openers(self) -> Sequence[int]:
        """The marks that open windows: those that fit into one, of each unit the first ones."""
        length, spans = self.length, enumerate(zip(self.starts, self.ends, strict=True))
        fit = [mark for mark, (start, end) in spans if end - start <= length or self.needed(mark) - start <= length]
        if len(fit) <= _OPENINGS:
            return fit
        opened: Counter[int] = Counter()
        found = []
        for mark in fit:
            numbers = numbered(self.units[mark])
            if min(opened[number] for number in numbers) < _OPENINGS:
                opened.update(numbers)
                found.append(mark)
        return found


@lru_cache(4096)
def _weight(weights: tuple[int, ...], units: int) -> int:
    return sum(weights[number] for number in numbered(units))
