"""The articles in which something has its greatest shares: stored for the commonest stems, found out once for others."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ...model import Scope
from .columns import Columns
from .greatest import best
from .inversion import TOPS
from .packed import Packed, packed_numbers
from .postings import Postings

Ints = NDArray[np.int64]

_MOST: Final = TOPS
_WORTH: Final = 2048
"""Of fewer articles it is not worth while."""


@dataclass(frozen=True, slots=True)
class BestShares:
    """articles: those with the greatest shares, in order, equal ones by number; bits: the same (`packed.py`).

    peak: the greatest share. after: no other article has a greater one than this.
    """

    articles: Ints
    bits: Packed
    peak: float
    after: float


def best_shares(held: Postings, scope: Scope, columns: Columns) -> BestShares | None:
    """The best articles of postings by the lengths of a scope; None where it is not worth while. Kept with them."""
    if held.df < _WORTH:
        return None
    found = held.best.get(scope)
    if found is None:
        if held.tops is None and scope not in held.best:
            held.best[scope] = None  # it takes longer than to do without, until there is a second question
            return None
        found = held.best[scope] = _best_shares(held, scope, columns)
    return found


def _best_shares(held: Postings, scope: Scope, columns: Columns) -> BestShares:
    if held.tops is not None and scope is Scope.ALL:
        articles = held.tops.astype(np.int64)
    else:
        ids, tf = held.ids, held.tf
        articles = ids.take(best(tf / (tf + columns.norms(scope, ids)), _MOST))
    ends = articles[[0, -1]]
    tf = held.counts(ends, columns.documents)
    peak, after = (tf / (tf + columns.norms(scope, ends))).tolist()
    return BestShares(articles, packed_numbers(articles, columns.documents), peak, after)
