"""Names of surfaces as numbers, while an index is built: their stems, exact forms, families, letter triples."""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .lexicon import encoded, lexicon_arrays

Array = NDArray[Any]


class Numbered:
    """Names of surfaces (several each): the distinct ones in order, and their places for each surface.

    order: of the names, if not that of their code points, which is that of their bytes in UTF-8.
    """

    def __init__(self, held: Iterable[Iterable[str]], order: Callable[[str], Any] | None = None) -> None:
        numbers: defaultdict[str, int] = defaultdict()
        numbers.default_factory = numbers.__len__
        places, counts = array("I"), array("I", [0])
        for names in held:
            before = len(places)
            places.extend(map(numbers.__getitem__, names))
            counts.append(len(places) - before)
        self.names = sorted(numbers, key=order)
        rank = np.empty(len(numbers), np.uint32)
        rank[[numbers[name] for name in self.names]] = np.arange(len(numbers), dtype=np.uint32)
        self.starts = np.cumsum(counts, dtype=np.int64)
        self.places = rank[np.array(places, np.uint32)]

    def lexicon(self, name: str) -> dict[str, Array]:
        """The names as they are stored."""
        return {name + part: array for part, array in self._lexicon.items()}

    @cached_property
    def _lexicon(self) -> Mapping[str, Array]:
        return lexicon_arrays("", list(map(encoded, self.names)))

    def one(self, name: str) -> dict[str, Array]:
        """The places as they are stored, if every surface has one."""
        return {f"{name}_list": self.places}

    def several(self, name: str) -> dict[str, Array]:
        """The places as they are stored, if surfaces have any number of them."""
        return {f"{name}_from": self.starts.astype(np.min_scalar_type(self.starts[-1])), f"{name}_list": self.places}
