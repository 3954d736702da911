"""The vectors of articles, made of the vectors of their stems in steps that fit into memory; see `vectors.py`."""

from collections.abc import Iterator
from dataclasses import replace
from tempfile import TemporaryFile
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ...counting_sort import rising
from ...mapped_writer import MappedWriter
from ...named import Named
from ...texts import steps
from ...vectors import StemVectors, article_weight, by_stem, centred, row_lengths, unit, whole
from .tokens import Tokens

_STEP: Final = 1 << 19
_MOST: Final = 1 << 14
"""How many tokens of how many articles are looked at together for vectors: whatever memory there is, so that their mean
is added up in the same order."""

_ARTICLES: Final = 4096
"""How many articles' vectors are moved towards their mean in one step."""

Array = NDArray[Any]
Ints = NDArray[np.int64]


def _pairs(tokens: Tokens) -> Iterator[tuple[int, int, Ints]]:
    """Article << 32 | stem for each stem of each token of some articles at a time, rising; and which articles."""
    stems = tokens.stems
    named = Named(stems.starts, stems.places, len(stems.names))
    for first, flat, begins in steps(tokens, _STEP, _MOST):
        starts, names = named.of(flat, begins)
        last = first + len(starts) - 1
        articles = np.repeat(np.arange(first, last, dtype=np.int64), np.diff(starts))
        yield first, last, articles << 32 | rising(names, starts, len(stems.names))


def _new(rising: Ints) -> Array:
    """Which of these are not equal to the one before."""
    new = np.ones(len(rising), np.bool_)
    new[1:] = rising[1:] != rising[:-1]
    return new


def write_vectors(
    file: MappedWriter, tokens: Tokens, df: Ints, vectors: StemVectors
) -> tuple[StemVectors, NDArray[np.int32]]:
    """Write vector_of, vector_rows, vector_lengths, mean and article_rows. df: in how many articles each stem stands.

    Gives back the vectors as they are settled on these texts, or as they were before; and what vector_of is.
    """
    documents, stems = len(tokens.titles), tokens.stems.names
    place = by_stem(vectors)
    vector_of = np.fromiter((place.get(stem, -1) for stem in stems.each()), np.int32, len(stems))
    used = np.flatnonzero(vector_of >= 0)
    origin = vector_of[used]
    rows = vectors.rows[origin]
    vector_of[used] = np.arange(len(used))
    if vectors.weights is None:
        idf = np.log(1 + (documents - df + 0.5) / (df + 0.5))
        settled = np.full(len(vectors.stems), np.log(1 + (documents + 0.5) / 0.5))
        settled[origin] = idf[used]
    else:
        settled, idf = vectors.weights, np.zeros(len(stems))
        idf[used] = settled[origin]
    known = whole(rows)
    file.add("vector_of", vector_of)
    file.add("vector_rows", rows)
    file.add("vector_lengths", row_lengths(rows.astype(np.float64)))

    if not vectors.dimensions:
        file.add("mean", np.zeros(0))
        file.add("article_rows", np.zeros((documents, 0), np.int8))
        return replace(vectors, weights=settled, mean=np.zeros(0)), vector_of

    def made() -> Iterator[NDArray[np.float64]]:
        """The articles' vectors of length 1, some articles at a time."""
        for first, last, pairs in _pairs(tokens):
            begins = np.flatnonzero(_new(pairs))
            tf = np.diff(np.append(begins, len(pairs)))
            row = vector_of[pairs[begins] & 0xFFFFFFFF]
            with_row = row >= 0
            row, tf, cells = row[with_row], tf[with_row].astype(np.float64), pairs[begins[with_row]]
            weights = article_weight(tf, idf[cells & 0xFFFFFFFF])
            ends = np.searchsorted(cells, np.arange(first, last + 1) << 32)
            yield unit(_product(weights, row, ends, known))

    total = np.zeros(vectors.dimensions)
    # Kept on disk meanwhile: the mean must be known before the first is written.
    with TemporaryFile(dir=file.folder) as kept:
        for step in made():
            total += step.sum(axis=0)
            kept.write(step.tobytes())
        kept.seek(0)
        mean = total / max(documents, 1) if vectors.mean is None else vectors.mean
        file.add("mean", mean)
        with file.array("article_rows", np.int8, (vectors.dimensions,)) as put:
            for first in range(0, documents, _ARTICLES):
                count = min(_ARTICLES, documents - first)
                step = np.frombuffer(kept.read(count * mean.nbytes), np.float64)
                put(centred(step.reshape(count, vectors.dimensions), mean))
    return replace(vectors, weights=settled, mean=mean), vector_of


def _product(weights: Array, columns: Array, ends: Ints, rows: Array) -> NDArray[np.float64]:
    """The weighted sum of these rows for each stretch that ends where the next begins."""
    from scipy import sparse  # it takes a third of a second to load, which only a build should wait

    if not len(rows):
        return np.zeros((len(ends) - 1, rows.shape[1]))
    product: NDArray[np.float64] = sparse.csr_matrix((weights, columns, ends), (len(ends) - 1, len(rows))) @ rows
    return product
