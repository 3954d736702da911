"""The words of a few articles, looked at one by one: what the last stage of ranking needs besides postings."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...model import Scope
from ...query.nodes import Term
from ...ranking import LEAST_LIKENESS, family, triples
from ...vectors import Vector, dot, row_lengths
from .forward import Forward

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Stems:
    """The stems of some surfaces that have a vector, once each, the vectors and their lengths.

    which, owner: places in `stems` and in the surfaces, one for each stem that a surface has.
    """

    stems: Ints
    vectors: Vector
    lengths: Vector
    which: Ints
    owner: Ints


class Candidates:
    """The tokens of some articles, in order. `counts` and `greatest` give one number for each of the articles."""

    def __init__(self, forward: Forward, articles: Ints, titles: NDArray[Any]) -> None:
        self._forward = forward
        self._count = len(articles)
        lengths = forward.lengths(articles)
        first = np.cumsum(lengths) - lengths
        self._owner = np.repeat(np.arange(self._count), lengths)
        place = np.arange(len(self._owner)) - np.repeat(first, lengths)
        self._surfaces, self._which = numbered(forward.tokens(articles), forward.surfaces)
        self._in_title = place < np.repeat(titles, lengths)
        # Two tokens are neighbours if nothing lies between them, not even the gap between title and body.
        same = (self._owner[1:] == self._owner[:-1]) & (self._in_title[1:] == self._in_title[:-1])
        self._neighbours = same
        self._families = forward.family_of(self._surfaces)

    def family_counts(self, word: Term) -> Floats:
        """How often a word of the same family stands in the word's scope."""
        return np.bincount(self._owner[self._family(word)], minlength=self._count).astype(np.float64)

    def family_pairs(self, one: Term, other: Term) -> Floats:
        """How often the two families stand side by side, in either order."""
        a, b = self._family(one), self._family(other)
        side = self._neighbours & ((a[:-1] & b[1:]) | (b[:-1] & a[1:]))
        return np.bincount(self._owner[:-1][side], minlength=self._count).astype(np.float64)

    def likeness(self, word: Term) -> Floats:
        """The greatest likeness of a word in the scope."""
        wanted = triples(word.key)
        held, owner, count = self._triples
        common = np.bincount(owner[np.isin(held, self._forward.triples(wanted))], minlength=len(self._surfaces))
        share = 2 * common / (count + len(wanted))
        return self._greatest(np.where(share >= LEAST_LIKENESS, share, 0.0), word.scope)

    def kinship(self, word: Term, vector: Vector) -> Floats:
        """The greatest cosine of another word in the scope, 0 at least; stems of the word itself do not count."""
        held = self._stems
        near = dot(held.vectors, vector) / held.lengths
        own = [place for stem in word.stems if (place := self._forward.stems.find(stem)) >= 0]
        near[np.isin(held.stems, own)] = 0.0
        best = greatest(held.owner, near[held.which], len(self._surfaces))
        return self._greatest(best, word.scope)

    @cached_property
    def _stems(self) -> "_Stems":
        listed, owner = self._forward.listed("stem", self._surfaces)
        stems, which = numbered(listed, len(self._forward.stems))
        places = self._forward.vector_of(stems)
        known = np.flatnonzero(places >= 0)
        rank = np.cumsum(places >= 0) - 1
        counts = places[which] >= 0
        vectors = self._forward.vectors(places[known])
        return _Stems(stems[known], vectors, row_lengths(vectors), rank[which[counts]], owner[counts])

    @cached_property
    def _triples(self) -> tuple[Ints, Ints, Ints]:
        """The triples of the surfaces, one after another, whose they are, and how many each has."""
        held, owner = self._forward.listed("triple", self._surfaces)
        return held, owner, self._forward.counted("triple", self._surfaces)

    def _family(self, word: Term) -> Mask:
        same = self._families == (self._forward.family(family(word.key)) if word.key else -1)
        found: Mask = same[self._which]
        return found & self._inside(word.scope)

    def _greatest(self, values: Floats, scope: Scope) -> Floats:
        inside = self._inside(scope)
        return greatest(self._owner[inside], values[self._which[inside]], self._count)

    def _inside(self, scope: Scope) -> Mask:
        if scope is Scope.ALL:
            return np.ones(len(self._owner), np.bool_)
        inside: Mask = self._in_title if scope is Scope.TITLE else ~self._in_title
        return inside


def numbered(values: Ints, count: int) -> tuple[Ints, Ints]:
    """The different ones of values below `count`, rising, and the place of each value among them.

    By a table of all that there can be: for the tokens of a few dozen articles that is faster than to sort them.
    """
    seen = np.zeros(count, np.bool_)
    seen[values] = True
    found = np.flatnonzero(seen)
    place = np.empty(count, np.int64)
    place[found] = np.arange(len(found))
    return found, place[values]


def greatest(owners: Ints, values: Floats, count: int) -> Floats:
    """For each of the owners 0 … count − 1 its greatest value, 0 at least; the owners do not fall."""
    out = np.zeros(count)
    if len(owners):
        first = np.flatnonzero(np.append(True, owners[1:] != owners[:-1]))
        out[owners[first]] = np.maximum(np.maximum.reduceat(values, first), 0.0)
    return out
