"""The words of a few articles, looked at one by one: what the last stage of ranking needs besides postings."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...model import Scope
from ...query.nodes import Term
from .excerpt import Excerpt
from .kinship import kinship
from .known import KnownWord
from .likeness import Likeness
from .marks import Marks
from .segments import Segments

Array = NDArray[Any]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


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
            _Part(Excerpt.of(segment, local), places, at, words, knowns)
            for at, segment, places, local in segments.split(articles)
        ]

    def has(self) -> NDArray[np.bool_]:
        """Whether a token has a stem, an exact form, the family, the key of each word, in its scope: a table each."""
        return self._joined(lambda part: part.marks.has())

    def counts(self) -> Floats:
        """How many tokens have an exact form, and the family, of each word, in its scope: two such tables."""
        return self._joined(lambda part: part.marks.counts())

    def pairs(self, pairs: Sequence[tuple[int, int]]) -> Floats:
        """How often the stems, and the families, of two words stand side by side, in either order: two such tables."""
        return self._joined(lambda part: part.marks.pairs(pairs))

    def likeness(self, among: Ints, wanted: NDArray[np.bool_]) -> Floats:
        """The greatest likeness of a token in the scope, in the articles at the places `among` (rising).

        wanted: for which words and which of these articles.
        """
        return self._among(among, lambda part, some, held: part.likeness.greatest(some, wanted[:, held]))

    def kinship(self, words: Sequence[int], among: Ints) -> Floats:
        """The greatest cosine of another word with each of these, which have vectors; `among` as in `likeness`."""
        return self._among(among, lambda part, some, _: part.kinship(words, some))

    def _joined(self, ask: Callable[["_Part"], Array]) -> Array:
        if len(self._parts) == 1:
            return ask(self._parts[0])
        every = [ask(part) for part in self._parts]
        made = np.zeros((*every[0].shape[:-1], self._count), every[0].dtype)
        for one, part in zip(every, self._parts, strict=True):
            made[..., part.places] = one
        return made

    def _among(self, among: Ints, ask: Callable[["_Part", Excerpt, Ints | slice], Floats]) -> Floats:
        """What is asked of each part, its articles in `among`, and the places of these there."""
        if len(self._parts) == 1:
            return ask(self._parts[0], self._parts[0].excerpt.some(among), slice(None))
        found: list[tuple[Ints, Floats]] = []
        for part in self._parts:
            at = part.places.searchsorted(among)
            held = (part.places.take(at, mode="clip") == among).nonzero()[0]
            if len(held):
                found.append((held, ask(part, part.excerpt.some(at.take(held)), held)))
        made = np.zeros((len(found[0][1]), len(among)))
        for held, one in found:
            made[:, held] = one
        return made


class _Part:
    """The candidates of one segment, the one at the place `at`. places: theirs among all candidates."""

    def __init__(
        self, excerpt: Excerpt, places: Ints, at: int, words: Sequence[Term | None], knowns: Sequence[KnownWord]
    ) -> None:
        self.excerpt, self.places = excerpt, places
        self._knowns = [known.parts[at] for known in knowns]
        self._vectors = [known.vector for known in knowns]
        self._scopes = [Scope.ALL if word is None else word.scope for word in words]

    @cached_property
    def marks(self) -> Marks:
        """The tokens that answer any word."""
        return Marks(self.excerpt, self._knowns, self._scopes)

    @cached_property
    def likeness(self) -> Likeness:
        """What looks for words that are alike."""
        return Likeness(self.excerpt.segment.words, self._knowns, self._scopes)

    def kinship(self, words: Sequence[int], some: Excerpt) -> Floats:
        """See `kinship.py`."""
        vectors = [vector for word in words if (vector := self._vectors[word]) is not None]
        return kinship(some, vectors, [self._knowns[word] for word in words], [self._scopes[word] for word in words])
