"""Numbers sorted by counting them, which takes a tenth of the time of comparing them.

SciPy's change from rows to columns of a sparse matrix is such a sort (Gustavson, «Two fast algorithms for sparse
matrices: multiplication and permuted transposition», 1978).
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Ints = NDArray[np.int64]


def by_value(values: Array, starts: Ints, count: int) -> tuple[Array, Array, Array]:
    """Sort the values, which are below `count`, of rows that begin at `starts` (one more than there are rows).

    Gives where each value begins (one more), and for each in its order the row and the place in `values`; equal values
    keep their order.
    """
    from scipy import sparse  # it takes a third of a second to load, which only a build should wait

    places = np.arange(len(values), dtype=np.int32)
    shape = (len(starts) - 1, count)
    made = sparse.csr_matrix((places, values.astype(np.int32, copy=False), starts), shape).tocsc()
    return made.indptr, made.indices, made.data


def rising(values: Array, starts: Ints, count: int) -> Array:
    """The same rows with their values in rising order."""
    begins, rows, _ = by_value(values, starts, count)
    of_value = np.repeat(np.arange(count, dtype=np.int32), np.diff(begins))
    _, _, places = by_value(rows, begins, len(starts) - 1)
    return of_value.take(places)
