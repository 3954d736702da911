"""Windows on a text: stretches of one paragraph that read well, around what is marked.

A window begins at a sentence if one begins near enough, else after a comma or a dash, else at some word; it ends with
a sentence if that hides nothing. Nothing looks further than one length from a mark, however long the text is.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

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


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch [start, end) of a text.

    cut_before, cut_after: whether it leaves out a part of a sentence there.
    marks: the ranges that are marked in it, in the text. units: what they show of the query.
    quality: how well it reads and how close together it shows them.
    """

    start: int
    end: int
    cut_before: bool
    cut_after: bool
    marks: tuple[Range, ...] = ()
    units: frozenset[int] = frozenset()
    quality: float = 0.0


def opening(text: str, word: int, length: int) -> Window:
    """The window at the beginning of a paragraph of which `word` is the first letter or digit."""
    here = Place.around(text, word, length)
    end = here.end(word, word)
    last = here.sentence_end(word + length // 2, end)
    start = here.with_quotes(here.low, word, last or end)
    return Window(start, last or end, cut_before=not here.is_start, cut_after=last is None)


def windows(text: str, marks: Sequence[Mark], length: int) -> Iterator[Window]:
    """The windows that are worth looking at: for each mark a few, of which it is the first or near the beginning."""
    opened: Counter[int] = Counter()
    done: set[Range] = set()
    often = Counter(unit for mark in marks for unit in mark.units)
    for mark in marks:
        needed = mark.end if mark.end - mark.start <= length else mark.words[0][1]
        if needed - mark.start > length or min(opened[unit] for unit in mark.units) >= _OPENINGS:
            continue
        opened.update(mark.units)
        here = Place.around(text, mark.start, length)
        for start in here.starts(mark.start, needed):
            window = _window(here, start, (mark.start, needed), marks, often)
            if (window.start, window.end) not in done:
                done.add((window.start, window.end))
                yield window


def _window(here: Place, start: int, opener: Range, marks: Sequence[Mark], often: Mapping[int, int]) -> Window:
    first, needed = here.first_word(start, opener[0]), opener[1]
    end = here.end(first, needed)
    inside = _inside(marks, first, end, here.length)
    torn = _torn(marks, first, end)
    if torn is not None and all(mark is not torn for _, mark in inside):
        end = here.without_lead_on(torn.start, needed)
    begins, seen = inside[0][0][0], inside[-1][0][1]
    last = here.sentence_end(max(seen - 1, first + here.length // 2), end)
    end = end if last is None else last
    units = frozenset[int]().union(*(mark.units for _, mark in inside))
    from_sentence = start in here.begins
    quality = (
        _MARK * min(len(inside), _MOST_MARKS)
        + _CLOSE * (1 - (seen - begins) / here.length) * (len(units) > 1)
        + _FULL * min(1.0, (end - first) / here.length / 0.7)
        + _FROM_A_SENTENCE * from_sentence
        + _FROM_A_CLAUSE * (not from_sentence and here.is_clause(start))
        + _TO_A_SENTENCE * (last is not None)
        + _RARE * sum(1 / often[unit] for unit in units) / len(units)
        + _LATE * (begins - first) / here.length
        + _AT_THE_EDGE * (not from_sentence and begins - first < _EDGE)
        + _AT_THE_EDGE * (last is None and end - seen < _EDGE)
    )
    return Window(
        here.with_quotes(start, first, end),
        end,
        cut_before=not from_sentence,
        cut_after=last is None,
        marks=tuple(place for place, _ in inside),
        units=units,
        quality=quality,
    )


def _inside(marks: Sequence[Mark], start: int, end: int, length: int) -> list[tuple[Range, Mark]]:
    """What is seen of the marks between two places: whole ones, and the first words of one longer than `length`."""
    found = []
    for mark in marks[_from(marks, start) : _from(marks, end)]:
        last = mark.end
        if last > end and last - mark.start > length:
            last = max((word_end for _, word_end in mark.words if word_end <= end), default=last)
        if last <= end:
            found.append(((mark.start, last), mark))
    return found


def _torn(marks: Sequence[Mark], start: int, end: int) -> Mark | None:
    """The mark that goes on after `end`, if there is one."""
    before = _from(marks, end) - 1
    return marks[before] if before >= 0 and marks[before].start >= start and marks[before].end > end else None


def _from(marks: Sequence[Mark], place: int) -> int:
    return bisect_left(marks, place, key=lambda mark: mark.start)
