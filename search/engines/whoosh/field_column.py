"""The values of the articles in one field, and how many of some articles have each."""

from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ...mapped import Mapped
from .lexicon import Lexicon
from .packed import Packed, packed
from .sets import Articles

Ints = NDArray[np.int64]

_REMEMBERED: Final = 1024
"""The values of a field with so many are kept in memory once they were asked for."""

_PACKED: Final = 32
"""For each value of a field with so few there are, once many articles were counted, bits of those that have it."""

_MANY: Final = 8
"""So many articles are at least one in so many of all."""


class FieldColumn:
    """The values of the articles in one field. codes: places in the values, where 0 is «no value»."""

    def __init__(self, file: Mapped, name: str) -> None:
        self._file, self._name = file, name
        self._values = Lexicon(file, f"values:{name}")

    def __len__(self) -> int:
        """The number of values, with the empty one."""
        return len(self._values)

    @property
    def codes(self) -> NDArray[Any]:
        """The code of each article, as unsigned numbers of some width."""
        return self._file.whole(f"codes:{self._name}")

    def values(self, codes: Ints) -> list[str]:
        """The values of these codes."""
        if len(self) > _REMEMBERED:
            return self._values.texts(codes)
        every = self._every
        return [every[code] for code in codes.tolist()]

    @cached_property
    def _every(self) -> list[str]:
        return self._values.texts(np.arange(len(self)))

    def code(self, value: str) -> int:
        """The code of a value; -1 if no article has it."""
        return self._values.find(value)

    def counts(self) -> dict[str, int]:
        """Every value but the empty one, and how many articles have it."""
        counts = self._file.whole(f"counts:{self._name}")
        codes = np.arange(1, len(counts))
        return dict(zip(self.values(codes), counts[codes].tolist(), strict=True))

    def counted(self, articles: Articles) -> Ints:
        """How many of the articles have each code."""
        if len(self) <= _PACKED and len(articles) * _MANY > articles.documents:
            counts: Ints = np.add.reduce(np.bitwise_count(self._having & articles.bits), axis=1, dtype=np.int64)
            return counts
        return np.bincount(self.codes.take(articles.ids), minlength=len(self))

    @cached_property
    def _having(self) -> Packed:
        """For each code the articles that have it."""
        codes = self.codes
        return np.stack([packed(codes == code) for code in range(len(self))])
