"""Finds out the articles in which something has its greatest shares; of the commonest stems they are stored."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from ...model import Scope
from .columns import Columns
from .greatest import best
from .inversion import TOPS
from .packed import packed_numbers
from .postings import BestShares, Postings

Ints = NDArray[np.int64]

_MOST: Final = TOPS
_WORTH: Final = 2048
"""Of fewer articles it is not worth while."""


def best_shares(held: Postings, scope: Scope, columns: Columns) -> BestShares | None:
    """The best articles of postings by the lengths of a scope, which are kept with them; None if not worth while.

    Where they are not stored, it takes longer to find them out than to do without, until there is a second question.
    """
    if held.df < _WORTH:
        return None
    found = held.best.get(scope)
    if found is None:
        if held.tops is None and scope not in held.best:
            held.best[scope] = None
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
