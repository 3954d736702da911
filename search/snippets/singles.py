"""Marks of words that are asked for one by one: wherever one of them stands is a mark."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Final

from ..model import Place
from .borders import lines, whole_words
from .reading import Mark, Range, merged

_BORDERS: Final = frozenset("\n\t !\"'(),.:;?«»“”„…–—\u00a0")
"""The commonest characters that are no part of a written word."""
_MARK: Final[Callable[[tuple[int, int, int, tuple[Range, ...]]], Mark]] = partial(tuple.__new__, Mark)
"""A mark of its four values, made faster than by their names."""


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
        text, size, units, found, last = self._text, len(self._text), self._units, self._found, self._last
        has_lines, is_plain = "\n" in text, False
        for _, number, start, end in places:
            if (
                start >= last
                and (text[start - 1] in _BORDERS or start == 0)
                and (end == size or text[end] in _BORDERS)
                and not (has_lines and "\n" in text[start:end])
            ):
                found.append(_MARK((start, end, units[number], ((start, end),))))
                last, is_plain = end, True
            else:
                self._know(last, is_plain)
                self._written(start, end, units[number])
                last, is_plain = self._last, False
        self._know(last, is_plain)

    def end(self) -> None:
        """Nothing comes after."""

    def marks(self) -> tuple[Mark, ...]:
        """What is marked, in order of its place; what overlaps is one mark."""
        return tuple(self._found) if self._is_merged else merged(self._found)

    def _know(self, last: int, is_plain: bool) -> None:
        """Where the last word ends; and what is marked of it, if that is all of it."""
        self._last = last
        if is_plain:
            self._ranges = self._found[-1].words

    def _written(self, start: int, end: int, units: int) -> None:
        """Mark the written word that a token is of, on each of its lines; one of many tokens is looked at once."""
        if end > self._last:
            start, end = whole_words(self._text, start, end)
            self._is_merged &= start >= self._last
            self._ranges, self._last = lines(self._text, start, end), end
        else:
            self._is_merged = False
        self._found.extend(Mark(*one, units, (one,)) for one in self._ranges)
