"""The words of a few articles, looked at one by one: what the last stage of ranking needs besides postings."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import local
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ...model import Scope
from ...query.nodes import Term
from ...ranking import LEAST_LIKENESS
from ...vectors import dot
from .known import Known, KnownWord
from .postings import starts_of
from .segment import Segment
from .segments import Segments

Array = NDArray[Any]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_WORDS: Final = 21
"""So many words have their three bits in one number of 64."""

_STEM, _EXACT, _FAMILY = range(3)
_ONE: Final = np.uint64(1)


class Candidates:
    """The tokens of some articles (rising) of any segments, and which words of a query they answer.

    Results have a row for each word, or pair of words, and a column for each article; words that are None have zeros.
    knowns: what is known of each word (of None whatever it is).
    """

    def __init__(
        self, segments: Segments, articles: Ints, words: Sequence[Term | None], knowns: Sequence[KnownWord]
    ) -> None:
        self._count = len(articles)
        self._parts = [
            (_Candidates(segment, local, words, [known.parts[place] for known in knowns]), places)
            for place, segment, places, local in segments.split(articles)
        ]

    def counts(self) -> Floats:
        """How many tokens have the exact form, and the family, of each word, inside its scope: two such tables."""
        return self._joined([part.counts() for part, _ in self._parts])

    def pairs(self, pairs: Sequence[tuple[int, int]]) -> Floats:
        """How often the stems, and the families, of two words stand side by side, in either order: two such tables."""
        return self._joined([part.pairs(pairs) for part, _ in self._parts])

    def likeness(self) -> Floats:
        """The greatest likeness of a word in the scope."""
        return self._joined([part.likeness() for part, _ in self._parts])

    def kinship(self, places: Sequence[int]) -> Floats:
        """The greatest cosine of another word in the scope, 0 at least, for the words at these places."""
        return self._joined([part.kinship(places) for part, _ in self._parts])

    def _joined(self, made: Sequence[Floats]) -> Floats:
        if len(made) == 1:
            return made[0]
        every = np.zeros((*made[0].shape[:-1], self._count))
        for one, (_, places) in zip(made, self._parts, strict=True):
            every[..., places] = one
        return every


class _Candidates:
    """The tokens of some articles (rising) of one segment, and which words of a query they answer.

    Results have a row for each word, or pair of words, and a column for each article; words that are None have zeros.
    knowns: of each word (of None whatever it is).
    """

    def __init__(self, segment: Segment, articles: Ints, words: Sequence[Term | None], knowns: Sequence[Known]) -> None:
        self._segment, self._words, self._knowns = segment, words, knowns
        self._count = len(articles)
        lengths = segment.forward.lengths(articles)
        self._ends = np.cumsum(lengths)
        self._first = self._ends - lengths
        self._bodies = self._first + segment.forward.titles(articles)
        self._held = np.flatnonzero(lengths)
        self._surfaces, self._which = numbered(segment.forward.tokens(articles), segment.words.surfaces)
        self._stem_list, self._stem_owner = segment.words.listed("stem", self._surfaces)

    def counts(self) -> Floats:
        """How many tokens have the exact form, and the family, of each word, inside its scope: two such tables."""
        marked = self._marked
        made = np.zeros((2, len(self._words), self._count))
        for place, word in enumerate(self._words):
            if word is not None:
                inside = self._scoped(marked.bits[place // _WORDS], marked.in_title, word.scope)
                for table, kind in enumerate((_EXACT, _FAMILY)):
                    made[table, place] = np.bincount(marked.owner, inside >> _shift(place, kind) & _ONE, self._count)
        return made

    def pairs(self, pairs: Sequence[tuple[int, int]]) -> Floats:
        """How often the stems, and the families, of two words stand side by side, in either order: two such tables.

        Nothing may lie between them, not even the gap between title and body; a pair of places counts once.
        """
        marked = self._marked
        where, owner, in_title = marked.where, marked.owner, marked.in_title
        left = np.flatnonzero(
            (where[1:] == where[:-1] + 1) & (owner[1:] == owner[:-1]) & (in_title[1:] == in_title[:-1])
        )
        before, after, owner, in_title = marked.bits[:, left], marked.bits[:, left + 1], owner[left], in_title[left]
        made = np.zeros((2, len(pairs), self._count))
        for place, (a, b) in enumerate(pairs):
            one, other = self._words[a], self._words[b]
            assert one is not None and other is not None  # noqa: PT018, S101  # pairs are of words
            for table, kind in enumerate((_STEM, _FAMILY)):
                x, y = _shift(a, kind), _shift(b, kind)
                forward = before[a // _WORDS] >> x & after[b // _WORDS] >> y
                side = (forward | (before[b // _WORDS] >> y & after[a // _WORDS] >> x)) & _ONE
                for scope in (one.scope, other.scope):
                    side = self._scoped(side, in_title, scope)
                made[table, place] = np.bincount(owner, side, self._count)
        return made

    def likeness(self) -> Floats:
        """The greatest likeness of a word in the scope."""
        words, surfaces = self._segment.words, self._surfaces
        signs, counts = words.signs(surfaces), words.counted("triple", surfaces)
        found = np.zeros((len(self._words), len(surfaces)))
        for place, (word, known) in enumerate(zip(self._words, self._knowns, strict=True)):
            if word is None or not word.key:
                continue
            # Several of the wanted ones may share a bit: so many more than the bits tell may be there at most.
            least = np.ceil(LEAST_LIKENESS / 2 * (counts + known.of) - known.hidden - 1e-9)
            near = np.flatnonzero(np.bitwise_count(signs & known.sign) >= least)
            held, owner = words.listed("triple", surfaces.take(near))
            wanted = np.zeros(words.different_triples, np.bool_)
            wanted[known.triples] = True
            common = np.bincount(owner[wanted.take(held)], minlength=len(near))
            share = 2 * common / (counts.take(near) + known.of)
            found[place, near] = np.where(share >= LEAST_LIKENESS, share, 0.0)
        return self._greatest(found)

    def kinship(self, places: Sequence[int]) -> Floats:
        """The greatest cosine of another word in the scope, 0 at least; stems of the word itself do not count.

        places: of the words that are asked for; the others get zeros, and those that have no vector.
        """
        stems, which = numbered(self._stem_list, len(self._segment.words.stems))
        rows_of = self._segment.forward.vector_of(stems)
        held = np.flatnonzero(rows_of >= 0)
        rows = self._segment.forward.vectors(rows_of.take(held)).astype(np.float32)
        lengths = _lengths(rows)
        found = np.zeros((len(self._words), len(self._surfaces)))
        first = starts_of(self._stem_owner)
        if not len(first):
            return np.zeros((len(self._words), self._count))
        for place in places:
            known = self._knowns[place]
            if known.vector is None:
                continue
            vector = known.vector.astype(np.float32)
            near = np.zeros(len(stems))
            # Whole numbers below 2²⁴, so sums are exact in whatever order they are made.
            near[held] = np.maximum(dot(rows, vector).astype(np.float64) / (lengths * _lengths(vector[None])[0]), 0.0)
            own = stems.searchsorted(known.stems)
            near[own[stems.take(own, mode="clip") == known.stems]] = 0.0
            found[place, self._stem_owner.take(first)] = np.maximum.reduceat(near.take(which), first)
        return self._greatest(found)

    @cached_property
    def _marked(self) -> "_Marked":
        words, surfaces = self._segment.words, self._surfaces
        exacts, families = words.exact_of(surfaces), words.family_of(surfaces)
        codes = np.zeros((-(-len(self._words) // _WORDS), len(surfaces)), np.uint64)
        for place, word in enumerate(self._words):
            if word is None:
                continue
            row = codes[place // _WORDS]
            known = self._knowns[place]
            for number in known.stems:
                row[self._stem_owner[self._stem_list == number]] |= _ONE << _shift(place, _STEM)
            for number in known.exacts:
                row[exacts == number] |= _ONE << _shift(place, _EXACT)
            if known.family >= 0:
                row[families == known.family] |= _ONE << _shift(place, _FAMILY)
        any_of = codes[0] if len(codes) == 1 else np.bitwise_or.reduce(codes, axis=0)
        where = np.flatnonzero((any_of != 0).take(self._which))
        owner = self._ends.searchsorted(where, "right")
        return _Marked(where, owner, where < self._bodies.take(owner), codes.take(self._which.take(where), axis=1))

    @staticmethod
    def _scoped(values: Array, in_title: Array, scope: Scope) -> Array:
        return values if scope is Scope.ALL else np.where(in_title == (scope is Scope.TITLE), values, _ONE ^ _ONE)

    def _greatest(self, values: Floats) -> Floats:
        """Of values for each word and surface the greatest of each article's tokens inside the word's scope."""
        made = np.zeros((len(values), self._count))
        if len(self._held):
            taken = values.take(self._which, axis=1)
            for place, word in enumerate(self._words):
                if word is not None and word.scope is not Scope.ALL:
                    taken[place, self._in_title == (word.scope is Scope.BODY)] = 0.0
            made[:, self._held] = np.maximum.reduceat(taken, self._first[self._held], axis=1)
        return made

    @cached_property
    def _in_title(self) -> NDArray[np.bool_]:
        counts = self._ends - self._first
        return np.arange(len(self._which)) < np.repeat(self._bodies, counts)


@dataclass(frozen=True, slots=True)
class _Marked:
    """The tokens that answer any word. where: their places, rising. owner: the places of their articles.

    bits: for each _WORDS words a row; of each token three bits a word: whether it has its stem, exact form, family.
    """

    where: Ints
    owner: Ints
    in_title: NDArray[np.bool_]
    bits: NDArray[np.uint64]


def _shift(place: int, kind: int) -> np.uint64:
    return np.uint64(3 * (place % _WORDS) + kind)


def _lengths(rows: Array) -> Floats:
    """What to divide whole-number rows by to bring them to length 1; 1 for a row of zeros."""
    squares = np.einsum("ij,ij->i", rows, rows).astype(np.float64)
    return np.sqrt(np.where(squares > 0, squares, 1.0))


class _Scratch(local):
    """Tables of a thread, as long as the longest vocabulary that it has met; `seen` is all False between uses.

    To make them anew takes longer than all that is done with them.
    """

    def __init__(self) -> None:
        self.seen = np.zeros(0, np.bool_)
        self.place = np.zeros(0, np.int32)

    def grow(self, count: int) -> None:
        """Have room for so many values."""
        if len(self.seen) < count:
            self.seen, self.place = np.zeros(count, np.bool_), np.zeros(count, np.int32)


_SCRATCH: Final = _Scratch()


def numbered(values: Ints, count: int) -> tuple[Ints, Array]:
    """The different ones of values below `count`, rising, and the place of each value among them.

    By a table of all that there can be: for the tokens of a few dozen articles that is faster than to sort them.
    """
    scratch = _SCRATCH
    scratch.grow(count)
    seen, place = scratch.seen, scratch.place
    seen[values] = True
    found = np.flatnonzero(seen[:count])
    seen[found] = False
    place[found] = np.arange(len(found), dtype=np.int32)
    return found, place.take(values)
