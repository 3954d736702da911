"""The words of all articles of an index that is being built, as numbers: what is counted and learnt of them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from numpy.typing import NDArray

from .kazakh import Row

Array = NDArray[Any]


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
