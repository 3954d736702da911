"""Texts of surfaces as numbers, while an index is built: their exact forms, stems, keys."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...names import Names

Array = NDArray[Any]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Listed:
    """Texts of surfaces, any number each.

    names: the different ones in the order of their bytes. starts, places: surface s has those at
    places[starts[s] : starts[s + 1]].
    """

    names: Names
    starts: Ints
    places: NDArray[np.uint32]

    @classmethod
    def of(cls, names: Names, numbers: NDArray[np.uint32], starts: Ints | None = None) -> "Listed":
        """Of texts that have these numbers among `names`; one for each surface, unless it is said where they begin."""
        used = np.zeros(len(names), np.bool_)
        used[numbers] = True
        places = (np.cumsum(used, dtype=np.int64) - 1).astype(np.uint32)[numbers]
        held = names if used.all() else names.some(np.flatnonzero(used))
        return cls(held, np.arange(len(numbers) + 1) if starts is None else starts, places)
