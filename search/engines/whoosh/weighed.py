"""Which articles hold words of at least some weight in all: a decision diagram over sets of one bit an article."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from .packed import Packed, everyone

_NO_ONE: Final = np.zeros(0, np.uint64)
_EVERYONE: Final = np.zeros(0, np.uint64)
"""What a step gives where nobody, or whoever it is, has enough: known without a look at the articles."""

MOST_WORDS: Final = 12
"""Of so many words the diagram is small, whatever they weigh."""

_Reached = tuple[Packed, float, float]
"""The articles, and for which needs they are the same: above the first number, up to the second."""


class Weighed:
    """The sums of the weights of the words that articles hold.

    Words are gone through by falling weight: either an article has the word, and needs that much less of those after
    it, or not. What is needed of those left is asked for many times, but often the same articles reach it: each set is
    made once for all needs between which no sum of the weights left lies. After Abío, Nieuwenhuis, Oliveras,
    Rodríguez-Carbonell and Mayer-Eichberger, «A New Look at BDDs for Pseudo-Boolean Constraints» (2012), section 4.

    rows: the articles that hold each word. weights: of each word, 0 or more.
    """

    def __init__(self, rows: Sequence[Packed], weights: Sequence[float], documents: int) -> None:
        order = sorted(range(len(weights)), key=lambda place: -weights[place])
        self._documents = documents
        self._rows = [rows[place] for place in order]
        self._weights = [weights[place] for place in order]
        self._left = [0.0]
        for weight in reversed(self._weights):
            self._left.append(self._left[-1] + weight)
        self._left.reverse()
        self._made: list[list[_Reached]] = [[] for _ in order]

    def at_least(self, need: float) -> Packed:
        """The articles whose sum is `need` or more."""
        if need <= 0:
            return everyone(self._documents)
        if need > self._left[0]:
            return np.zeros(-(-self._documents // 64), np.uint64)
        return self._reached(0, need)[0]

    def _reached(self, place: int, need: float) -> _Reached:
        """Those who reach it by the words from this one on. need: above 0, and at most what all of these weigh."""
        for made in self._made[place]:
            if made[1] < need <= made[2]:
                return made
        weight, left = self._weights[place], self._left[place + 1]
        rest = min(need - weight, left)  # which it is not above but for a rounding
        having, above, upto = self._reached(place + 1, rest) if rest > 0 else (_EVERYONE, -np.inf, 0.0)
        lacking, least, most = self._reached(place + 1, need) if need <= left else (_NO_ONE, left, np.inf)
        made = self._chosen(place, having, lacking), max(above + weight, least), min(upto + weight, most)
        self._made[place].append(made)
        return made

    def _chosen(self, place: int, having: Packed, lacking: Packed) -> Packed:
        """Those with the word who are in the first set, and those who are in the second, which is a part of it."""
        row = self._rows[place]
        if having is lacking:
            return having
        found = row if having is _EVERYONE else row & having
        return found if lacking is _NO_ONE else found | lacking
