"""Marks of words that are asked for one by one: wherever one of them stands is a mark."""

from collections.abc import Iterable, Sequence
from typing import Final

from ..model import Place
from .borders import lines, whole_words
from .reading import Mark, Range, merged

_BORDERS: Final = frozenset("\n\t !\"'(),.:;?«»“”„…–—\u00a0")
"""The commonest characters that are no part of a written word."""


class Singles:
    """Takes the places of such words in the order of their tokens, as `Reading` does of all kinds.

    units: the units of the query that each word answers, by its number, a bit for each.
    """

    def __init__(self, units: Sequence[int], text: str) -> None:
        self._units, self._text = units, text
        self._found: list[Mark] = []
        self._ranges: Sequence[Range] = ()
        self._last = 0
        self._is_merged = True

    def read(self, places: Iterable[Place]) -> None:
        """The next places."""
        text, size, units, found = self._text, len(self._text), self._units, self._found
        for _, number, start, end in places:
            if (
                start >= self._last
                and (start == 0 or text[start - 1] in _BORDERS)
                and (end == size or text[end] in _BORDERS)
                and "\n" not in text[start:end]
            ):
                self._ranges = ((start, end),)
                self._last = end
                found.append(Mark(start, end, units[number], self._ranges))
            else:
                self._written(start, end, units[number])

    def end(self) -> None:
        """Nothing comes after."""

    def marks(self) -> tuple[Mark, ...]:
        """What is marked, in order of its place; what overlaps is one mark."""
        return tuple(self._found) if self._is_merged else merged(self._found)

    def _written(self, start: int, end: int, units: int) -> None:
        """Mark the written word that a token is of, on each of its lines; one of many tokens is looked at once."""
        if end > self._last:
            start, end = whole_words(self._text, start, end)
            self._is_merged &= start >= self._last
            self._ranges, self._last = lines(self._text, start, end), end
        else:
            self._is_merged = False
        self._found.extend(Mark(*one, units, (one,)) for one in self._ranges)
