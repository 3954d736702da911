"""Tables of a thread that are as long as the longest vocabulary it has met.

To make them anew takes longer than all that is done with them.
"""

from threading import local
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Ints = NDArray[np.int64]


class Scratch(local):
    """Tables for the time of one step."""

    def __init__(self) -> None:
        self._zeros = np.zeros(0, np.uint64)
        self._places = np.zeros(0, np.int64)

    def zeros(self, kind: type[np.unsignedinteger[Any]], count: int) -> Array:
        """So many zeros, which whoever asked for them leaves behind as zeros."""
        if len(self._zeros) < count:
            self._zeros = np.zeros(count, np.uint64)
        return self._zeros.view(kind)[:count]

    def places(self, values: Array, count: int) -> Array:
        """A table of numbers below `count` that has for each of these values one of the places where it stands.

        What it has for others means nothing.
        """
        if len(self._places) < count:
            self._places = np.zeros(count, np.int64)
        self._places[values] = np.arange(len(values))
        return self._places[:count]


SCRATCH = Scratch()
