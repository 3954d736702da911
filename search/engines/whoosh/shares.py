"""BM25 without its idf: what share of its weight a word brings to an article."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...model import Scope
from .columns import Columns
from .postings import Postings

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Shares:
    """BM25 without its idf for some articles (rising)."""

    def __init__(self, columns: Columns, articles: Ints) -> None:
        self._columns, self._articles = columns, articles
        self._norms: dict[Scope, Floats] = {}

    def of(self, held: Postings, scope: Scope) -> Floats:
        """The share of something that stands in articles."""
        return self.saturated(held.counts(self._articles, self._columns.documents), scope)

    def saturated(self, counts: NDArray[Any], scope: Scope) -> Floats:
        """The share of what each of the articles has so many times."""
        counts = counts.astype(np.float64, copy=False)
        return counts / (counts + self._norm(scope))

    def table(self, counts: Floats, scopes: Sequence[Scope]) -> Floats:
        """The shares in tables of counts, the last two axes of which are the scopes and the articles."""
        one = scopes.count(scopes[0]) == len(scopes)
        return counts / (counts + (self._norm(scopes[0]) if one else np.array([self._norm(scope) for scope in scopes])))

    def _norm(self, scope: Scope) -> Floats:
        norm = self._norms.get(scope)
        if norm is None:
            norm = self._norms[scope] = self._columns.norms(scope, self._articles)
        return norm
