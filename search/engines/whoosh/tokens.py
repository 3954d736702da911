"""The tokens of all articles, on disk while an index is built.

A surface is a token as the analysis left it: exact form, key and stems, a row of `kazakh.Terms`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..base import BODY_GAP
from .numbered import Numbered

Array = NDArray[Any]
Surface = tuple[str, str, tuple[str, ...]]


@dataclass(frozen=True)
class Tokens:
    """The tokens of all articles: numbers of surfaces in `flat`, a file of u32, one article after another.

    surfaces: exact form, key and stems of each. starts: where the tokens of each article begin (one more than there
    are). titles: how many of them are those of the title. step: how many are looked at together, if no article has
    more.
    """

    flat: Path
    surfaces: Sequence[Surface]
    starts: Array
    titles: Array
    step: int

    @cached_property
    def stems(self) -> Numbered:
        """The stems of the surfaces, in the order of their bytes; each once a surface."""
        return Numbered(dict.fromkeys(held) for *_, held in self.surfaces)

    @cached_property
    def exacts(self) -> Numbered:
        """The exact forms of the surfaces, in the order of their bytes."""
        return Numbered((exact,) for exact, _, _ in self.surfaces)

    def steps(self) -> Iterator[tuple[Array, Array, Array]]:
        """Surfaces, articles and positions, some articles at a time."""
        first, count = 0, len(self.titles)
        with self.flat.open("rb") as file:
            while first < count:
                last = int(np.searchsorted(self.starts, self.starts[first] + self.step, "right")) - 1
                last = min(max(last, first + 1), count)
                lengths = np.diff(self.starts[first : last + 1])
                flat = np.fromfile(file, np.uint32, int(lengths.sum()))
                articles = np.repeat(np.arange(first, last), lengths)
                place = np.arange(len(flat)) - np.repeat(self.starts[first:last] - self.starts[first], lengths)
                gap = np.where(place < np.repeat(self.titles[first:last], lengths), 0, BODY_GAP)
                yield flat.astype(np.int64), articles, place + gap
                first = last
