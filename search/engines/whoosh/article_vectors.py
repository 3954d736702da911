"""The vectors of articles, made of the vectors of their stems in steps that fit into memory; see `vectors.py`."""

from collections.abc import Iterator, Sequence
from tempfile import TemporaryFile
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ...mapped import MappedWriter
from ...vectors import StemVectors, article_weight, by_stem, centred, unit, whole
from .forward import gathered
from .postings import distinct

_ARTICLES: Final = 256
"""How many articles' vectors are made in one step."""

Array = NDArray[Any]
Ints = NDArray[np.int64]


class Texts:
    """The articles as surfaces: `flat` of all of them, those of article n from starts[n] to before starts[n + 1].

    step: how many tokens are looked at together.
    """

    def __init__(self, flat: Array, starts: Ints, step: int) -> None:
        self._flat, self._starts, self._step = flat, starts, step
        self.documents = len(starts) - 1

    def df(self, from_: Ints, places: Array, names: int) -> NDArray[np.uint32]:
        """For each name, the number of articles that have it; surface s has places[from_[s] : from_[s + 1]]."""
        total = np.zeros(names, np.int64)
        for first, last in self._steps():
            pairs = distinct(self.pairs(first, last, from_, places))
            total += np.bincount(pairs & 0xFFFFFFFF, minlength=names)
        return total.astype(np.uint32)

    def pairs(self, first: int, last: int, from_: Ints, places: Array) -> Ints:
        """Article << 32 | name for each name of each token of articles first … last - 1, counted from `first`."""
        tokens = self._flat[self._starts[first] : self._starts[last]].astype(np.int64)
        articles = np.repeat(np.arange(last - first), np.diff(self._starts[first : last + 1]))
        found, owner = gathered(tokens, from_, places)
        return articles[owner] << 32 | found.astype(np.int64)

    def _steps(self) -> Iterator[tuple[int, int]]:
        """Stretches of articles that have at most `step` tokens, or are one article."""
        starts, first = self._starts, 0
        while first < self.documents:
            last = max(first + 1, int(np.searchsorted(starts, starts[first] + self._step, "right")) - 1)
            yield first, last
            first = last


def write_vectors(
    file: MappedWriter, texts: Texts, from_: Ints, places: Array, stems: Sequence[str], vectors: StemVectors
) -> None:
    """Write vector_of, vector_rows, mean and article_rows; from_, places: the stems of each surface, see `Texts.df`."""
    documents = texts.documents
    place = by_stem(vectors)
    vector_of = np.array([place.get(stem, -1) for stem in stems], np.int32)
    used = np.flatnonzero(vector_of >= 0)
    rows = vectors.rows[vector_of[used]]
    vector_of[used] = np.arange(len(used))
    df = texts.df(from_, places, len(stems)).astype(np.float64)
    idf = np.log(1 + (documents - df + 0.5) / (df + 0.5))
    known = whole(rows)

    def made(first: int) -> NDArray[np.float64]:
        """The articles' vectors of length 1, from `first` on."""
        last = min(first + _ARTICLES, documents)
        cells, tf = np.unique(texts.pairs(first, last, from_, places), return_counts=True)
        at, stem = cells >> 32, cells & 0xFFFFFFFF
        kept = vector_of[stem] >= 0
        at, stem, tf = at[kept], stem[kept], tf[kept]
        needed, column = np.unique(vector_of[stem], return_inverse=True)
        table = np.zeros((last - first, len(needed)))
        table[at, column] = article_weight(tf.astype(np.float64), idf[stem])
        return unit(table @ known[needed])

    file.add("vector_of", vector_of)
    file.add("vector_rows", rows)
    total = np.zeros(vectors.dimensions)
    # Kept on disk meanwhile: the mean must be known before the first is written.
    with TemporaryFile(dir=file.folder) as kept:
        for first in range(0, documents, _ARTICLES):
            step = made(first)
            total += step.sum(axis=0)
            kept.write(step.tobytes())
        kept.seek(0)
        mean = total / max(documents, 1)
        file.add("mean", mean)
        with file.array("article_rows", np.int8, (vectors.dimensions,)) as put:
            for first in range(0, documents, _ARTICLES):
                count = min(_ARTICLES, documents - first)
                step = np.frombuffer(kept.read(count * mean.nbytes), np.float64)
                put(centred(step.reshape(count, vectors.dimensions), mean))
