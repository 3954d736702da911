"""How near the words of articles come to those of a query, by the vectors of their stems."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ...model import Scope
from ...vectors import row_lengths
from .excerpt import Excerpt, steps
from .known import Known
from .scratch import SCRATCH

Array = NDArray[Any]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_ALONE: Final = 1 << 18
"""So many multiplications are made by one thread; for more a BLAS has several, which wait for each other longer."""


def kinship(
    excerpt: Excerpt, vectors: Sequence[NDArray[np.float32]], knowns: Sequence[Known], scopes: Sequence[Scope]
) -> Floats:
    """The greatest cosine of another word in its scope, 0 at least, for each word (a row) and each article (a column).

    Stems of the word itself do not count. vectors: of the words, as whole numbers.
    """
    forward = excerpt.segment.forward
    rows, ends_of = forward.rows(excerpt.surfaces)
    made = np.zeros((len(knowns), len(excerpt)))
    bounds = np.concatenate([[0], ends_of]).take(excerpt.bounds)
    held = (bounds[:-1] < bounds[1:]).nonzero()[0]
    if not len(held):
        return made
    table = SCRATCH.places(rows, forward.vectors_held)
    place = table.take(rows)
    new = place == np.arange(len(rows))
    which = (np.cumsum(new) - 1).take(place)
    different = rows[new]
    held_vectors, lengths = forward.vectors(different).astype(np.float32), forward.vector_lengths(different)
    for some in steps(len(knowns), len(rows)):
        near = _cosines(held_vectors, lengths, np.array(vectors[some]))
        for at, known in enumerate(knowns[some]):
            own = table.take(known.rows)
            own = own[rows.take(own, mode="clip") == known.rows]
            near[at, which.take(own)] = 0.0
        taken = near.take(which, axis=1)
        for at, scope in enumerate(scopes[some]):
            if scope is not Scope.ALL:
                token = ends_of.searchsorted(np.arange(len(rows)), "right")
                taken[at, excerpt.outside(token, scope)] = 0.0
        made[some, held] = np.maximum.reduceat(taken, bounds.take(held), axis=1)
    return made


def _cosines(vectors: NDArray[np.float32], lengths: Floats, asked: NDArray[np.float32]) -> Floats:
    """The cosines of some vectors, whose lengths are known, with those asked for (rows), 0 at least."""
    made = np.empty((len(vectors), len(asked)), np.float32)
    step = max(1, _ALONE // max(1, asked.size))
    for first in range(0, len(vectors), step):
        # Whole numbers below 2²⁴, so sums are exact in whatever order they are made.
        np.matmul(vectors[first : first + step], asked.T, out=made[first : first + step])
    near = np.maximum(made.T, 0.0, order="C") / lengths
    near /= row_lengths(asked.astype(np.float64))[:, None]
    return near
