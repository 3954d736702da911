"""The words of a few articles, looked at one by one: what the last stage of ranking needs besides postings."""

import numpy as np
from numpy.typing import NDArray

from ...model import Scope
from ...query.nodes import Term
from ...ranking import LEAST_LIKENESS, family, triples
from ...vectors import Vector, whole
from ..arrays import Arrays, Texts
from .forward import gathered

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]


class Forward:
    """The forward index of a generation, open for reading; see `forward.py` for what its arrays mean."""

    def __init__(self, arrays: Arrays) -> None:
        self._arrays = arrays
        self.starts = arrays.whole("starts")
        self.stems = Texts(arrays.whole("stem_text"), arrays.whole("stem_ends"))
        self.families = Texts(arrays.whole("family_text"), arrays.whole("family_ends"))
        self.triples = Texts(arrays.whole("triple_text"), arrays.whole("triple_ends"))
        self.family_of = arrays.whole("family_list")
        self.family_df = arrays.whole("family_df")
        self.vector_of = arrays.whole("vector_of")
        self.vector_rows = arrays.whole("vector_rows")
        self.mean = arrays.whole("mean")
        self._lists = {
            name: (arrays.whole(f"{name}_from"), arrays.whole(f"{name}_list")) for name in ("stem", "triple")
        }

    def tokens(self, articles: Ints) -> Ints:
        """The surfaces of these articles' words, one article after another."""
        firsts = self.starts[articles]
        return self._arrays.rows("flat", firsts, self.starts[articles + 1] - firsts).astype(np.int64)

    def article_rows(self, articles: Ints) -> NDArray[np.int8]:
        """The stored vectors of these articles."""
        return self._arrays.rows("article_rows", articles, np.ones(len(articles), np.int64))

    def listed(self, name: str, surfaces: Ints) -> tuple[Ints, Ints]:
        """The stems or triples of surfaces, one after another, and whose they are."""
        return gathered(surfaces, *self._lists[name])

    def counted(self, name: str, surfaces: Ints) -> Ints:
        """How many stems or triples each surface has."""
        starts, _ = self._lists[name]
        counts: Ints = starts[surfaces + 1] - starts[surfaces]
        return counts

    def vector(self, stem: str) -> Vector | None:
        """The vector of a stem, of length 1; None if it has none."""
        place = self.stems.find(stem)
        row = int(self.vector_of[place]) if place >= 0 else -1
        return whole(self.vector_rows[row]) if row >= 0 else None

    def df(self, name: str) -> int:
        """How many articles have a word of this family."""
        place = self.families.find(name)
        return int(self.family_df[place]) if place >= 0 else 0


class Candidates:
    """The tokens of some articles, in order. `counts` and `greatest` give one number for each of the articles."""

    def __init__(self, forward: Forward, articles: Ints, titles: Ints) -> None:
        self._forward = forward
        self._count = len(articles)
        lengths = forward.starts[articles + 1] - forward.starts[articles]
        first = np.concatenate([[0], np.cumsum(lengths)[:-1]]) if len(articles) else lengths
        self._owner = np.repeat(np.arange(self._count), lengths)
        place = np.arange(len(self._owner)) - np.repeat(first, lengths)
        self._surfaces, self._which = np.unique(forward.tokens(articles), return_inverse=True)
        self._in_title = place < np.repeat(titles, lengths)
        # Two tokens are neighbours if nothing lies between them, not even the gap between title and body.
        same = (self._owner[1:] == self._owner[:-1]) & (self._in_title[1:] == self._in_title[:-1])
        self._neighbours = same
        self._threes: tuple[Ints, Ints] | None = None

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
        places = np.array(sorted(place for one in wanted if (place := self._forward.triples.find(one)) >= 0))
        if self._threes is None:
            self._threes = self._forward.listed("triple", self._surfaces)
        held, owner = self._threes
        common = np.bincount(owner[np.isin(held, places)], minlength=len(self._surfaces))
        share = 2 * common / (self._forward.counted("triple", self._surfaces) + len(wanted))
        return self._greatest(np.where(share >= LEAST_LIKENESS, share, 0.0), word.scope)

    def kinship(self, word: Term, vector: Vector) -> Floats:
        """The greatest cosine of another word in the scope, 0 at least; stems of the word itself do not count."""
        stems, owner = self._forward.listed("stem", self._surfaces)
        own = [place for stem in word.stems if (place := self._forward.stems.find(stem)) >= 0]
        rows = self._forward.vector_of[stems]
        counts = (rows >= 0) & ~np.isin(stems, own)
        distinct, which = np.unique(rows[counts], return_inverse=True)
        cosines = whole(self._forward.vector_rows[distinct]) @ vector
        best = np.zeros(len(self._surfaces))
        np.maximum.at(best, owner[counts], cosines[which])
        return self._greatest(best, word.scope)

    def _family(self, word: Term) -> Mask:
        place = self._forward.families.find(family(word.key)) if word.key else -1
        same = self._forward.family_of[self._surfaces] == place
        found: Mask = same[self._which]
        return found & self._inside(word.scope)

    def _greatest(self, values: Floats, scope: Scope) -> Floats:
        out = np.zeros(self._count)
        inside = self._inside(scope)
        np.maximum.at(out, self._owner[inside], values[self._which[inside]])
        return out

    def _inside(self, scope: Scope) -> Mask:
        if scope is Scope.ALL:
            return np.ones(len(self._owner), np.bool_)
        inside: Mask = self._in_title if scope is Scope.TITLE else ~self._in_title
        return inside
