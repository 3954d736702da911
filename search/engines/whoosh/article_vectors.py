"""The vectors of articles, made of the vectors of their stems in steps that fit into memory; see `vectors.py`."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from tempfile import TemporaryFile
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ...mapped import MappedWriter
from ...vectors import StemVectors, article_weight, by_stem, centred, row_lengths, unit, whole
from .counting_sort import by_value, rising
from .tokens import Tokens
from .words import stretches

_MOST: Final = 1 << 14
"""How many articles, of however few tokens, are looked at together."""

_ARTICLES: Final = 4096
"""How many articles' vectors are moved towards their mean in one step."""

Array = NDArray[Any]
Ints = NDArray[np.int64]


class Texts:
    """The articles as surfaces: `flat` of all of them, those of article n from starts[n] to before starts[n + 1].

    step: how many tokens are looked at together.
    """

    def __init__(self, flat: Array, starts: Ints, step: int) -> None:
        self.flat, self._starts, self._step = flat, starts, step
        self.documents = len(starts) - 1

    @classmethod
    def of(cls, tokens: Tokens) -> "Texts":
        """The tokens of a spool, which stay on disk."""
        flat = np.memmap(tokens.flat, np.uint32, "r") if tokens.starts[-1] else np.zeros(0, np.uint32)
        return cls(flat, tokens.starts, tokens.step)

    def df(self, from_: Ints, places: Array, names: int) -> NDArray[np.uint32]:
        """For each name, the number of articles that have it; surface s has places[from_[s] : from_[s + 1]]."""
        total = np.zeros(names, np.int64)
        for _, starts, held in self.rows(from_, places):
            begins, articles, _ = by_value(held, starts, names)
            new = np.ones(len(articles) + 1, np.int64)
            new[1:-1] = articles[1:] != articles[:-1]
            new[begins[:-1]] = 1
            counted = np.concatenate([[0], np.cumsum(new[:-1])])
            total += counted[begins[1:]] - counted[begins[:-1]]
        return total.astype(np.uint32)

    def pairs(self, from_: Ints, places: Array, names: int) -> Iterator[tuple[int, int, Ints]]:
        """Article << 32 | name for each name of each token of some articles at a time, rising; and which articles."""
        for first, starts, held in self.rows(from_, places):
            last = first + len(starts) - 1
            articles = np.repeat(np.arange(first, last, dtype=np.int64), np.diff(starts))
            yield first, last, articles << 32 | rising(held, starts, names)

    def rows(self, from_: Ints, places: Array) -> Iterator[tuple[int, Ints, Array]]:
        """The names of the tokens of some articles at a time: the first article, where each begins (one more), they.

        Those of an article come in any order.
        """
        counts = np.diff(from_)
        every = np.append(places, 0).astype(np.int32)
        one = every[from_[:-1]]
        for first, last in self._steps():
            tokens = self.flat[self._starts[first] : self._starts[last]]
            lengths = np.diff(self._starts[first : last + 1])
            of_token = counts[tokens]
            article = np.repeat(np.arange(last - first), lengths)
            more = np.flatnonzero(of_token > 1)  # few, so that most are looked up in one step
            at, owner = stretches(from_[tokens[more]] + 1, of_token[more] - 1)
            rest = article[more][owner]
            if not of_token.all():
                tokens, article = tokens[of_token > 0], article[of_token > 0]
            held = one[tokens]
            main, others = (np.bincount(of, minlength=last - first) for of in (article, rest))
            names = np.empty(len(held) + len(at), np.int32)
            names[np.arange(len(held)) + (np.cumsum(others) - others)[article]] = held
            names[np.arange(len(at)) + np.cumsum(main)[rest]] = every[at]
            yield first, np.concatenate([[0], np.cumsum(main + others)]), names

    def _steps(self) -> Iterator[tuple[int, int]]:
        """Stretches of articles that have at most `step` tokens, or are one; and no more than `_MOST`."""
        starts, first = self._starts, 0
        while first < self.documents:
            last = int(np.searchsorted(starts, starts[first] + self._step, "right")) - 1
            last = min(max(first + 1, last), first + _MOST)
            yield first, last
            first = last


def _new(rising: Ints) -> Array:
    """Which of these are not equal to the one before."""
    new = np.ones(len(rising), np.bool_)
    new[1:] = rising[1:] != rising[:-1]
    return new


def write_vectors(
    file: MappedWriter,
    texts: Texts,
    from_: Ints,
    places: Array,
    stems: Sequence[str],
    df: Ints,
    vectors: StemVectors,
) -> tuple[StemVectors, NDArray[np.int32]]:
    """Write vector_of, vector_rows, vector_lengths, mean and article_rows.

    from_, places: the stems of each surface, see `Texts.df`; df: in how many articles each of the stems stands.

    Gives back the vectors as they are settled on these texts, or as they were before; and what vector_of is.
    """
    documents = texts.documents
    place = by_stem(vectors)
    vector_of = np.array([place.get(stem, -1) for stem in stems], np.int32)
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
        for first, last, pairs in texts.pairs(from_, places, len(stems)):
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
