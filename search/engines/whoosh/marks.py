"""The tokens of an excerpt that answer a word of a query: how many each article has, and which stand side by side."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ...model import Scope
from .excerpt import Excerpt, steps
from .known import EXACT, FAMILY, KINDS, STEM, Known
from .scratch import SCRATCH

Array = NDArray[Any]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = tuple[tuple[int, int], ...]

_WORDS: Final = 64 // KINDS
"""So many words have their bits in one number."""

_COUNTED: Final = (EXACT, FAMILY)


class Marks:
    """The tokens that have anything of any word, see `Known.has`.

    Results have a row for each word, or pair of words, and a column for each article.
    scopes: of the words; a token outside of it does not answer the word.
    """

    def __init__(self, excerpt: Excerpt, knowns: Sequence[Known], scopes: Sequence[Scope]) -> None:
        self._excerpt, self._scopes = excerpt, scopes
        self._scoped = any(scope is not Scope.ALL for scope in scopes)
        rows = [_marked(excerpt, knowns[first : first + _WORDS]) for first in range(0, len(knowns), _WORDS)]
        found = rows[0] != 0
        for row in rows[1:]:
            found |= row != 0
        self._where = found.nonzero()[0]
        self._bits = np.array([row.take(self._where) for row in rows])

    def has(self) -> NDArray[np.bool_]:
        """Whether any token has what `Known.has` tells of each word: a table for each of these kinds."""
        asked = _all(len(self._scopes), range(KINDS))
        if self._scoped:
            made = np.empty((len(asked), len(self._excerpt)), self._bits.dtype)
            for some in steps(len(asked), len(self._where)):
                made[some] = self._reduced(np.bitwise_or, self._flags(self._bits, asked[some]), self._where)
        else:
            made = _flags(self._reduced(np.bitwise_or, self._bits, self._where), asked)
        return made.astype(np.bool_).reshape(KINDS, len(self._scopes), -1)

    def counts(self) -> Floats:
        """How many tokens have an exact form, and the family, of each word: two such tables."""
        asked = _all(len(self._scopes), _COUNTED)
        made = np.empty((len(asked), len(self._excerpt)))
        for some in steps(len(asked), len(self._where)):
            made[some] = self._reduced(np.add, self._flags(self._bits, asked[some]), self._where, np.float64)
        return made.reshape(len(_COUNTED), len(self._scopes), -1)

    def pairs(self, pairs: Sequence[tuple[int, int]]) -> Floats:
        """How often the stems, and the families, of two words stand side by side, in either order: two such tables.

        Nothing may lie between them, not even the gap between title and body; a pair of places counts once.
        """
        one = tuple((a, kind) for kind in (STEM, FAMILY) for a, _ in pairs)
        other = tuple((b, kind) for kind in (STEM, FAMILY) for _, b in pairs)
        made = np.zeros((len(one), len(self._excerpt)))
        left = self._neighbours()
        before, after, where = self._bits[:, left], self._bits[:, left + 1], self._where.take(left)
        for some in steps(len(one), len(where)):
            a, b = one[some], other[some]
            flags = _flags(before, a) & _flags(after, b) | _flags(before, b) & _flags(after, a)
            if self._scoped:
                self._leave(flags, where, a)
                self._leave(flags, where, b)
            made[some] = self._reduced(np.add, flags, where, np.float64)
        return made.reshape(2, len(pairs), -1)

    def _neighbours(self) -> Ints:
        """The places of those marks that are followed by another one in the same text."""
        where = self._where
        left = (where[1:] - where[:-1] == 1).nonzero()[0]
        next_to = where.take(left) + 1
        borders = self._excerpt.borders()
        inside: Ints = left[borders.take(borders.searchsorted(next_to)) != next_to]
        return inside

    def _flags(self, bits: Array, asked: Flags) -> Array:
        flags = _flags(bits, asked)
        if self._scoped:
            self._leave(flags, self._where, asked)
        return flags

    def _leave(self, flags: Array, where: Ints, asked: Flags) -> None:
        """Take off each row what stands outside of the scope of its word."""
        for scope in (Scope.TITLE, Scope.BODY):
            rows = [row for row, (word, _) in enumerate(asked) if self._scopes[word] is scope]
            if rows:
                flags[np.array(rows)[:, None], self._excerpt.outside(where, scope).nonzero()[0]] = 0

    def _reduced(self, by: np.ufunc, rows: Array, where: Ints, kind: Any = None) -> Array:
        """What each article's part of each row makes together; where: the tokens of the columns."""
        bounds = where.searchsorted(self._excerpt.bounds)
        first, held = bounds[:-1], bounds[:-1] < bounds[1:]
        if held.all():
            return by.reduceat(rows, first, axis=1, dtype=kind)
        made = np.zeros((len(rows), len(held)), kind or rows.dtype)
        if held.any():
            made[:, held] = by.reduceat(rows, first[held], axis=1, dtype=kind)
        return made


def _marked(excerpt: Excerpt, knowns: Sequence[Known]) -> Array:
    """For each token `Known.has` of each word, KINDS bits a word."""
    bits = KINDS * len(knowns)
    kind = np.uint16 if bits <= 16 else np.uint32 if bits <= 32 else np.uint64
    table = SCRATCH.zeros(kind, excerpt.segment.words.surfaces)
    try:
        for at, known in enumerate(knowns):
            table[known.surfaces] |= np.left_shift(known.has, KINDS * at, dtype=kind)
        return table.take(excerpt.surfaces)
    finally:
        for known in knowns:
            table[known.surfaces] = 0


def _flags(bits: Array, asked: Flags) -> Array:
    """For each of these words and kinds, whether each token has it, as 1 or 0."""
    rows, shifts = _places(asked, bits.dtype)
    flags: Array = (bits if len(bits) == 1 else bits[rows]) >> shifts
    flags &= 1
    return flags


@lru_cache(1024)
def _places(asked: Flags, kind: np.dtype[Any]) -> tuple[Ints, Array]:
    """Where the bits of words and kinds are: in which row, and how far they must be shifted."""
    rows = np.array([word // _WORDS for word, _ in asked], np.int64)
    return rows, np.array([[KINDS * (word % _WORDS) + which] for word, which in asked], kind)


@lru_cache(64)
def _all(words: int, kinds: Sequence[int]) -> Flags:
    """These kinds of so many words."""
    return tuple((word, kind) for kind in kinds for word in range(words))
