"""One text while it is read: where the words stand that a query marks, and what they make together."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import NamedTuple

from ..kazakh import Terms
from ..model import Place
from .asked import Asked, Forms, Target, by_form
from .borders import lines, whole_words

Range = tuple[int, int]


class Mark(NamedTuple):
    """A marked range of a text, half-open, inside one paragraph: a word, or several that match as one.

    units: the units of the query that it answers, a bit for each by its number.
    words: the ranges of its words.
    """

    start: int
    end: int
    units: int
    words: tuple[Range, ...]


class Reading:
    """Takes the terms of a text piece by piece, and knows what is marked in what it has.

    Only the few positions where a wanted word stands are kept. What begins at one of them is settled once all that it
    may reach is known.
    """

    def __init__(self, asked: Asked, text: str) -> None:
        self._asked, self._text, self._reach = asked, text, asked.reach
        self._forms: Forms | None = None
        self._read = self._settled = 0
        self._places: list[int] = []
        self._held: dict[int, frozenset[int]] = {}
        self._ranges: dict[int, Sequence[Range]] = {}
        self._written: Range = (0, 0)
        self._near: set[tuple[int, Target]] = set()
        self._found: list[Mark] = []

    def add(self, terms: Terms, offset: int) -> None:
        """The terms of the next piece, which begins at `offset`."""
        stems, exacts = self._forms = self._forms or by_form(self._asked.words)
        for at in _wanted(terms, stems.keys(), exacts.keys()):
            numbers = [number for stem in terms.stems[at] for number in stems.get(stem, ())]
            position = self._read + at
            self._places.append(position)
            self._held[position] = frozenset((*numbers, *exacts.get(terms.exacts[at], ())))
            self._ranges[position] = self._lines(terms.starts[at] + offset, terms.ends[at] + offset)
        self._read += len(terms.starts)
        self._settle(self._read - self._reach)

    def read(self, places: Iterable[Place]) -> None:
        """The next tokens that are known to be words, in the order of the tokens."""
        for position, number, start, end in places:
            if self._places and self._places[-1] == position:
                self._held[position] |= {number}
                continue
            self._places.append(position)
            self._held[position] = frozenset({number})
            self._ranges[position] = self._lines(start, end)
            self._read = position + 1
        self._settle(self._read - self._reach)

    def end(self) -> None:
        """Nothing comes after."""
        self._settle(self._read)

    def marks(self) -> tuple[Mark, ...]:
        """What is settled, in order of its place; what overlaps is one mark."""
        return merged(self._found)

    def _lines(self, start: int, end: int) -> Sequence[Range]:
        """The written word that a token is of, on each of its lines; one that holds many tokens is looked at once."""
        if end <= self._written[1]:
            return self._ranges[self._places[-2]]
        self._written = whole_words(self._text, start, end)
        return lines(self._text, *self._written)

    def _settle(self, before: int) -> None:
        first = bisect_left(self._places, self._settled)
        for position in self._places[first : bisect_left(self._places, before)]:
            for word in self._held[position]:
                for target in self._asked.opened.get(word, ()):
                    self._found.extend(self._standing(target, position))
        self._settled = max(self._settled, before)

    def _standing(self, target: Target, position: int) -> Iterator[Mark]:
        if target.within:
            yield from self._near_marks(target, position)
        elif all(word in self._held.get(at, ()) for at, word in enumerate(target.words, position)):
            yield from self._marks(target, range(position, position + len(target.words)))

    def _near_marks(self, target: Target, position: int) -> Iterator[Mark]:
        """The words of the target from here on, if all of them are near; a word once, however it is reached."""
        wanted = frozenset(target.words)
        there = [at for at in range(position, position + target.within + 1) if at in self._held]
        there = [at for at in there if not wanted.isdisjoint(self._held[at])]
        if wanted.issubset(frozenset().union(*(self._held[at] for at in there))):
            for at in there:
                if (at, target) not in self._near:
                    self._near.add((at, target))
                    yield from self._marks(target, (at,))

    def _marks(self, target: Target, positions: Sequence[int]) -> Iterator[Mark]:
        """A mark for each paragraph that the words at these positions stand in."""
        words: list[Range] = []
        for position in positions:
            for part in self._ranges[position]:
                if words and "\n" in self._text[words[-1][1] : part[0]]:
                    yield Mark(words[0][0], words[-1][1], target.units, tuple(words))
                    words = []
                words.append(part)
        if words:
            yield Mark(words[0][0], words[-1][1], target.units, tuple(words))


def merged(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Marks in order of their place; what overlaps is one mark."""
    found: list[Mark] = []
    for mark in sorted(marks, key=lambda one: (one.start, -one.end)):
        if found and mark.start < found[-1].end:
            found[-1] = _joined(found[-1], mark)
        else:
            found.append(mark)
    return tuple(found)


def _wanted(terms: Terms, stems: Set[str], exacts: Set[str]) -> Sequence[int]:
    by_stem = [at for at, own in enumerate(terms.stems) if not stems.isdisjoint(own)]
    if not exacts:
        return by_stem
    by_exact = [at for at, exact in enumerate(terms.exacts) if exact in exacts]
    return sorted({*by_stem, *by_exact})


def _joined(one: Mark, other: Mark) -> Mark:
    words = sorted({*one.words, *other.words})
    return Mark(one.start, max(one.end, other.end), one.units | other.units, tuple(words))
