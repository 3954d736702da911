"""The first stage of ranking: the whole matched set by the parts of its stems, of which only the best are scored."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from ...model import Scope
from ...query.nodes import Unit, scope_of, weight_of
from .best_shares import best_shares
from .bounds import Scored, contenders
from .columns import Columns
from .postings import BestShares, Postings
from .sets import Articles
from .shares import Shares

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class FirstStage:
    """Scores articles by Σ weight · rarity · share, over units. `look` is called between steps and may raise to stop.

    held: where each unit stands; rarity: its idf.
    """

    def __init__(
        self,
        units: Sequence[Unit],
        held: Sequence[Postings],
        rarity: Sequence[float],
        columns: Columns,
        look: Callable[[], None],
    ) -> None:
        self._held, self._columns, self._look = held, columns, look
        self._weights = [weight_of(unit) * idf for unit, idf in zip(units, rarity, strict=True)]
        self._scopes: list[Scope] = list(map(scope_of, units))

    def contenders(self, kept: Articles, most: int) -> Scored:
        """Articles of `kept` among which are the best `most`, equal ones by number."""
        if len(self._held) == 1:
            # Whatever the matched set is: articles without the word have no score.
            tops = self._best()[0]
            if tops is not None and most <= len(tops.articles):
                left = tops.articles
                left = left[:most] if kept.origin is self._held[0] else left[kept.has(left)][:most]
                if len(left) == most:
                    rising = np.sort(left)
                    return rising, self.scores(rising)
        return contenders(kept, self._held, self._weights, most, self._best, self._share, self.scores)

    def scores(self, articles: Ints) -> Floats:
        """The scores of articles (rising)."""
        total = np.zeros(len(articles))
        norm, scope_of_norm = total, None
        for held, weight, scope in zip(self._held, self._weights, self._scopes, strict=True):
            self._look()
            if scope is not scope_of_norm:
                norm, scope_of_norm = self._columns.norms(scope, articles), scope
            counts = held.counts(articles, self._columns.documents).astype(np.float64, copy=False)
            share = counts + norm
            np.divide(counts, share, out=share)
            share *= weight
            total += share
        return total

    def _best(self) -> list[BestShares | None]:
        """Of each unit the articles with its greatest shares."""
        return [best_shares(held, scope, self._columns) for held, scope in zip(self._held, self._scopes, strict=True)]

    def _share(self, articles: Ints, place: int) -> Floats:
        return Shares(self._columns, articles).of(self._held[place], self._scopes[place])
