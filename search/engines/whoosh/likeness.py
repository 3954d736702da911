"""How alike the words of articles are to those of a query, by the letter triples that they have in common."""

from collections.abc import Sequence
from math import ceil
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ...model import Scope
from ...ranking import LEAST_LIKENESS
from .excerpt import Excerpt, steps
from .known import Known
from .words import Words

Array = NDArray[Any]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_TIMES: Final = ceil(2 / LEAST_LIKENESS - 1e-9)
"""Words that have c of their a and b triples in common are not alike unless _TIMES · c >= a + b."""

_SMALL: Final = 255 // _TIMES
"""_TIMES so many triples, and as many bits as there are and so many triples together, fit into a byte."""


class Likeness:
    """Looks for words that are alike to those of a query, in one segment. scopes: of these."""

    def __init__(self, words: Words, knowns: Sequence[Known], scopes: Sequence[Scope]) -> None:
        self._words, self._scopes = words, scopes
        self._of = np.array([known.of for known in knowns])
        self._signs = np.array([known.signs for known in knowns], np.uint64).T
        least = [[_least(known.of, hidden) for hidden in known.hidden] for known in knowns]
        # Small numbers are compared many at a time; nearly all words are short enough for them.
        small = min(map(min, least)) > 0 and max(known.of for known in knowns) <= _SMALL
        self._least = np.array(least, np.uint8 if small else np.int16).T
        self._triples = np.zeros((len(knowns), words.different_triples), np.bool_)
        for place, known in enumerate(knowns):
            self._triples[place, known.triples] = True

    def greatest(self, excerpt: Excerpt, wanted: NDArray[np.bool_]) -> Floats:
        """The greatest likeness of a token in its scope, for each word (a row) and each article (a column).

        wanted: of which words and articles; the others get any of their likenesses, or 0.
        """
        made = np.zeros(wanted.shape)
        for some in steps(len(wanted), len(excerpt.surfaces)):
            word, token = self._near(excerpt.surfaces, some)
            article = excerpt.bounds.searchsorted(token, "right") - 1
            kept = wanted[word, article]
            for place, scope in enumerate(self._scopes):
                if scope is not Scope.ALL:
                    kept &= (word != place) | ~excerpt.outside(token, scope)
            word, article, token = word[kept], article[kept], token[kept]
            if len(word):
                np.maximum.at(made, (word, article), self._shares(excerpt.surfaces.take(token), word))
        return made

    def _near(self, surfaces: Ints, some: slice) -> tuple[Ints, Ints]:
        """Those of some words, and tokens, that may be alike by both of their signs."""
        signs = self._words.signs(surfaces)
        found = _may_be(signs, self._signs[0][some, None], self._least[0][some, None]).ravel().nonzero()[0]
        word = found // max(len(signs), 1)
        token = found - word * len(signs)
        word += some.start
        again = self._words.signs(surfaces.take(token), 1)
        left = _may_be(again, self._signs[1].take(word), self._least[1].take(word))
        return word[left], token[left]

    def _shares(self, surfaces: Ints, word: Ints) -> Floats:
        """The likeness of surfaces, that have triples, to words, pair by pair; word: the places of these."""
        triples, starts, counts = self._words.triples_of(surfaces)
        triples += (word * self._triples.shape[1]).repeat(counts)
        common = np.add.reduceat(self._triples.ravel().take(triples), starts, dtype=np.int64)
        share: Floats = 2 * common / (counts + self._of.take(word))
        share[share < LEAST_LIKENESS] = 0.0
        return share


def _least(of: int, hidden: int) -> int:
    """See `_may_be`; 1 where there is no word, whose sign has no bits. No sign comes to 1000."""
    return max(-1000, min(of - _TIMES * hidden, 1000)) if of else 1


def _may_be(signs: Array, own: Array, least: Array) -> NDArray[np.bool_]:
    """Whether words with these signs may be alike.

    Their signs have a bit in common for each triple that they share, but for those that hide behind another one; and
    no more bits than there are triples. least: of triples of the own word, _TIMES what is hidden less.
    """
    kind = least.dtype
    shared = np.multiply(np.bitwise_count(signs & own), kind.type(_TIMES), dtype=kind)
    found: NDArray[np.bool_] = shared >= np.add(np.bitwise_count(signs), least, dtype=kind)
    if kind != np.uint8:
        found &= signs != 0  # a word without triples is like no other
    return found
