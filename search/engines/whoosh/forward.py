"""The forward index: the words of each article in text order, and the vectors of stems and articles.

Articles are rows of the numbers of their surfaces (`words.py`), titles first.

    gap, size, …            where each token stands in its text, see `spans.py`
    flat, starts            surfaces of all articles, one after another; where each article's begin (one more)
    titles                  how many of them are those of the title
    vector_of, vector_rows  place of a stem's vector (-1: none), the vectors
    vector_lengths          what brings each of them to length 1
    surface_from/rows       the places of the vectors of each surface's stems
    article_rows, mean      the articles' vectors, and the mean that was taken off them

Opening reads none of it.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ...mapped import Mapped
from ...vectors import Vector
from .sidecar import OWN
from .spans import Spans

NAME: Final = "forward" + OWN
KIND: Final = "forward"
VERSION: Final = 3

Array = NDArray[Any]
Ints = NDArray[np.int64]


class Forward:
    """The forward index of a generation, open for reading; every question may raise IndexCorrupt."""

    def __init__(self, folder: Path) -> None:
        self._file = Mapped(folder / NAME, KIND, VERSION)
        self._spans = Spans(self._file)

    @property
    def mean(self) -> Vector:
        """What was taken off the vectors of the articles."""
        return self._file.whole("mean")

    def lengths(self, articles: Ints) -> Ints:
        """How many words these articles have."""
        counts: Ints = self._file.take("starts", articles + 1) - self._file.take("starts", articles)
        return counts

    def tokens(self, articles: Ints) -> Ints:
        """The surfaces of these articles' words, one article after another."""
        return self.texts(articles)[0]

    def texts(self, articles: Ints) -> tuple[Ints, Ints]:
        """The same, and where those of each article begin (one more)."""
        starts, ends = self._file.take("starts", articles), self._file.take("starts", articles + 1)
        bounds = np.zeros(len(articles) + 1, np.int64)
        (ends - starts).cumsum(out=bounds[1:])
        return self._file.joined("flat", starts, ends, np.int64), bounds

    def stretches(self, articles: Ints) -> list[tuple[int, int]]:
        """Where the words of these articles begin in `flat`, and where they end."""
        bounds = self._file.take("starts", np.concatenate([articles, articles + 1])).tolist()
        return list(zip(bounds[: len(articles)], bounds[len(articles) :], strict=True))

    def between(self, stretches: Sequence[tuple[int, int]]) -> Ints:
        """The surfaces in these stretches of `flat`, one stretch after another."""
        starts, ends = zip(*stretches, strict=True) if stretches else ((), ())
        return np.concatenate([np.zeros(0, np.int64), *self._file.stretches("flat", starts, ends)], dtype=np.int64)

    def ranges(self, stretches: Sequence[tuple[int, int]], first: Ints, token: Ints) -> tuple[list[int], list[int]]:
        """Where tokens stand in the titles and bodies of articles: half-open, in code points of that text.

        stretches: of these articles. token: the numbers of the tokens, from 0 through all of the articles; first: those
        of the first tokens of their titles and bodies.
        """
        return self._spans.ranges(stretches, first, token)

    def spans(self, first: int, last: int) -> tuple[Array, Array]:
        """Of the tokens at these places of `flat` the gap from the one before, and the size."""
        gap, size = (self._spans.values(name, [(first, last)]) for name in ("gap", "size"))
        return gap.astype(np.int64), size.astype(np.int64)

    @property
    def documents(self) -> int:
        """How many articles there are."""
        return self._file.rows("titles")

    def titles(self, articles: Ints) -> NDArray[np.uint32]:
        """How many words the titles of these articles have."""
        return self._file.take("titles", articles)

    def surfaces(self, places: Ints) -> Array:
        """The surfaces at these places of `flat`."""
        return self._file.take("flat", places)

    def starts(self, articles: Ints) -> Ints:
        """Where the tokens of these articles begin in `flat`."""
        return self._file.take("starts", articles)

    def vector(self, stem: int) -> NDArray[np.int8] | None:
        """The vector of the stem of this number as it is stored; None if it has none."""
        row = int(self._file.part("vector_of", stem, stem + 1)[0])
        return self._file.part("vector_rows", row, row + 1)[0] if row >= 0 else None

    def vector_of(self, stems: Ints) -> Array:
        """The places of these stems' vectors; -1 for one that has none."""
        return self._file.take("vector_of", stems)

    def rows(self, surfaces: Ints) -> tuple[Array, Ints]:
        """The places of the vectors of these surfaces' stems, one surface after another; and where each ends."""
        starts = self._file.take("surface_from", surfaces).astype(np.int64)
        stops = self._file.take("surface_from", surfaces + 1).astype(np.int64)
        return self._file.joined("surface_rows", starts, stops, np.int64), (stops - starts).cumsum()

    def vector_lengths(self, places: Ints) -> Vector:
        """What to divide the vectors at these places by to bring them to length 1."""
        return self._file.take("vector_lengths", places)

    @property
    def vectors_held(self) -> int:
        """How many vectors there are."""
        return self._file.rows("vector_rows")

    def vectors(self, places: Ints) -> NDArray[np.int8]:
        """The vectors at these places as they are stored, of any length."""
        return self._file.take("vector_rows", places)

    def article_rows(self, articles: Ints) -> NDArray[np.int8]:
        """The stored vectors of these articles."""
        return self._file.take("article_rows", articles)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()
