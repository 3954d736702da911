"""The words of some articles of a segment, one article after another."""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ...model import Scope
from .segment import Segment

Array = NDArray[Any]
Ints = NDArray[np.int64]

_CELLS: Final = 1 << 20
"""Tables of words and tokens have so many cells at most, or one row."""


class Excerpt:
    """The tokens of some articles.

    surfaces: of each token. bounds: where the tokens of each article begin (one more). titles: how many of them are
    those of its title.
    """

    def __init__(self, segment: Segment, surfaces: Ints, bounds: Ints, titles: Array) -> None:
        self.segment, self.surfaces, self.bounds, self._titles = segment, surfaces, bounds, titles

    @classmethod
    def of(cls, segment: Segment, articles: Ints) -> "Excerpt":
        """The tokens of these articles of a segment."""
        surfaces, bounds = segment.forward.texts(articles)
        return cls(segment, surfaces, bounds, segment.forward.titles(articles))

    def __len__(self) -> int:
        """How many articles there are."""
        return len(self._titles)

    def some(self, places: Ints) -> "Excerpt":
        """The tokens of the articles at these places, at least one."""
        first, last = self.bounds.take(places), self.bounds.take(places + 1)
        bounds = np.zeros(len(places) + 1, np.int64)
        (last - first).cumsum(out=bounds[1:])
        surfaces = self.surfaces
        texts = [surfaces[start:end] for start, end in zip(first.tolist(), last.tolist(), strict=True)]
        return Excerpt(self.segment, np.concatenate(texts), bounds, self._titles.take(places))

    def borders(self) -> Ints:
        """Where the body of each article begins and where it ends, article by article."""
        borders = np.empty((len(self), 2), np.int64)
        np.add(self.bounds[:-1], self._titles, out=borders[:, 0], casting="unsafe")
        borders[:, 1] = self.bounds[1:]
        return borders.ravel()

    def outside(self, tokens: Ints, scope: Scope) -> NDArray[np.bool_]:
        """Which of these tokens stand in no text of the scope, which is not ALL."""
        in_body = self.borders().searchsorted(tokens, "right") & 1
        found: NDArray[np.bool_] = in_body == (scope is Scope.TITLE)
        return found


def steps(rows: int, cells: int) -> Iterator[slice]:
    """The rows of a table, each of so many cells, in pieces that fit into memory; nearly always one."""
    step = max(1, _CELLS // max(cells, 1))
    for first in range(0, rows, step):
        yield slice(first, min(first + step, rows))
