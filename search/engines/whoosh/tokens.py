"""The tokens of all articles, on disk while an index is built.

A surface is a token as the analysis left it: exact form, key and stems, a row of `kazakh.Terms`.
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...rows import Rows
from .listed import Listed

Array = NDArray[Any]
Ints = NDArray[np.int64]
Surface = tuple[str, str, tuple[str, ...]]


@dataclass(frozen=True)
class Tokens:
    """The tokens of all articles: numbers of surfaces in `flat`, a file of u32, one article after another.

    surfaces: exact form, key and stems of each, in order. starts: where the tokens of each article begin (one more than
    there are). titles: how many of them are those of the title. step: how many are looked at together, if no article
    has more.
    """

    flat: Path
    surfaces: Rows
    starts: Ints
    titles: Array
    step: int

    @cached_property
    def stems(self) -> Listed:
        """The stems of the surfaces; each once a surface."""
        starts, numbers = self.surfaces.stems
        return Listed.of(self.surfaces.names, numbers, starts)

    @cached_property
    def exacts(self) -> Listed:
        """The exact forms of the surfaces."""
        return Listed.of(self.surfaces.names, self.surfaces.exact)
