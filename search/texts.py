"""The words of all articles of an index that is being built, as numbers: what is counted and learnt of them."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from .kazakh import Row

Array = NDArray[Any]
Ints = NDArray[np.int64]


class Texts(Protocol):
    """The words of all articles of a builder, in the order of the articles.

    flat: a file of u32, a place in `surfaces` for each token, one article after another, its title before its body.
    surfaces: what the analysis found of each different word. starts: where the tokens of each article begin (one more
    than there are). titles: how many of them are those of the title.
    """

    @property
    def flat(self) -> Path: ...  # noqa: D102

    @property
    def surfaces(self) -> Sequence[Row]: ...  # noqa: D102

    @property
    def starts(self) -> Array: ...  # noqa: D102

    @property
    def titles(self) -> Array: ...  # noqa: D102


def steps(texts: Texts, step: int, articles: int | None = None) -> Iterator[tuple[int, NDArray[np.int32], Ints]]:
    """The tokens of some articles at a time: the first article, the tokens, where each article begins (one more).

    step: so many tokens together, if no article has more. articles: so many at most, however few their tokens.
    """
    first, count = 0, len(texts.titles)
    with texts.flat.open("rb") as file:
        while first < count:
            last = int(np.searchsorted(texts.starts, texts.starts[first] + step, "right")) - 1
            last = min(max(last, first + 1), count, first + (articles or count))
            starts = texts.starts[first : last + 1] - texts.starts[first]
            yield first, np.fromfile(file, np.int32, int(starts[-1])), starts
            first = last
