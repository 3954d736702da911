"""The forward index: the words of each article in text order, and what ranking needs to know of each word.

A surface is a word as the analysis left it: key and stems. Articles are rows of surface numbers, titles first.

    flat, starts            surface numbers of all articles, one after another; where each article's begin
    stem_text, stem_ends    the stems, sorted; stem_list, stem_from: which of them a surface has
    family_text, …_ends     the families, sorted; family_of a surface; family_df: articles that have any word of it
    triple_text, …_ends     letter triples, sorted; triple_list, triple_from: those of a surface
    vector_of, vector_rows  place of a stem's vector (-1: none), the vectors
    article_rows, mean      the articles' vectors, and the mean that was taken off them
"""

from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...kazakh import Terms
from ...ranking import family, triples
from ...vectors import StemVectors, article_weight, by_stem, centred, unit, whole
from ..arrays import texts, write
from ..base import Document

NAME = "forward.izde"
_SPOOL = "forward.tmp"
_HELD = 1 << 20  # surface numbers in memory before they go to disk
_TOKENS = 1 << 20  # how many tokens are looked at in one step
_ARTICLES = 256  # how many articles' vectors are made in one step

Ints = NDArray[Any]
Surface = tuple[str, tuple[str, ...]]


class ForwardWriter:
    """Collects the words of articles; what it holds in memory grows with the vocabulary, not with the articles."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._surfaces: dict[Surface, int] = {}
        self._starts = array("q", [0])
        self._held = array("I")
        self._spool = (folder / _SPOOL).open("wb")

    def add(self, document: Document) -> None:
        """Take one more article."""
        self._add(document.title)
        self._add(document.body)
        self._starts.append(self._starts[-1] + len(document.title.keys) + len(document.body.keys))
        if len(self._held) > _HELD:
            self._flush()

    def finish(self, vectors: StemVectors) -> None:
        """Write the file."""
        self._flush()
        self._spool.close()
        path = self._folder / _SPOOL
        flat = np.fromfile(path, np.uint32)
        path.unlink()
        surfaces = list(self._surfaces)
        self._surfaces.clear()
        starts = np.frombuffer(self._starts, np.int64)
        stems = _Column([tuple(dict.fromkeys(held)) for _, held in surfaces])
        families = _Column([(family(key),) for key, _ in surfaces])
        threes = _Column([tuple(sorted(triples(key))) for key, _ in surfaces])
        family_df = _df(flat, starts, families.starts, families.places, len(families.names))
        made = _article_vectors(flat, starts, stems, vectors)
        arrays: dict[str, Ints] = {"flat": flat, "starts": starts}
        arrays |= stems.arrays("stem") | families.arrays("family") | threes.arrays("triple")
        arrays |= {"family_df": family_df} | made
        write(self._folder / NAME, arrays)

    def abort(self) -> None:
        """Let go of the file."""
        self._spool.close()

    def _add(self, terms: Terms) -> None:
        known, held = self._surfaces, self._held
        for key, stems in zip(terms.keys, terms.stems, strict=True):
            held.append(known.setdefault((key, stems), len(known)))

    def _flush(self) -> None:
        self._held.tofile(self._spool)
        del self._held[:]


class _Column:
    """Names of surfaces (several each): the distinct ones sorted by their bytes, and their places for each surface."""

    def __init__(self, held: Sequence[tuple[str, ...]]) -> None:
        distinct = {name for names in held for name in names}
        self.names = sorted(distinct, key=lambda name: name.encode("utf-8", "surrogatepass"))
        place = {name: number for number, name in enumerate(self.names)}
        self.starts = np.cumsum([0, *(len(names) for names in held)], dtype=np.int64)
        self.places = np.array([place[name] for names in held for name in names], np.uint32)

    def arrays(self, name: str) -> dict[str, Ints]:
        """The column as it is stored."""
        blob, ends = texts(self.names)
        return {
            f"{name}_text": blob,
            f"{name}_ends": ends,
            f"{name}_from": self.starts,
            f"{name}_list": self.places,
        }


def gathered(flat: Ints, starts: Ints, places: Ints) -> tuple[Ints, Ints]:
    """The entries of a list (`starts`, `places`) for each of `flat`, one after another, and whose they are."""
    counts = starts[flat + 1] - starts[flat]
    owner = np.repeat(np.arange(len(flat)), counts)
    first = np.repeat(starts[flat] - np.concatenate([[0], np.cumsum(counts)[:-1]]), counts)
    return places[first + np.arange(len(owner))], owner


def _steps(starts: Ints) -> list[tuple[int, int]]:
    """Stretches of articles of about `_TOKENS` tokens."""
    steps, first = [], 0
    while first < len(starts) - 1:
        last = max(first + 1, int(np.searchsorted(starts, starts[first] + _TOKENS, "right")) - 1)
        steps.append((first, last))
        first = last
    return steps


def _df(flat: Ints, starts: Ints, from_: Ints, places: Ints, names: int) -> Ints:
    """For each name, the number of articles that have it."""
    total = np.zeros(names, np.int64)
    for first, last in _steps(starts):
        pairs = _pairs(flat, starts, first, last, from_, places)[0]
        total += np.bincount((np.unique(pairs) & 0xFFFFFFFF).astype(np.int64), minlength=names)
    return total.astype(np.uint32)


def _pairs(flat: Ints, starts: Ints, first: int, last: int, from_: Ints, places: Ints) -> tuple[Ints, int]:
    """Article << 32 | name for each name of each token of articles first … last - 1, counted from `first`."""
    tokens = flat[starts[first] : starts[last]].astype(np.int64)
    articles = np.repeat(np.arange(last - first), np.diff(starts[first : last + 1]))
    found, owner = gathered(tokens, from_, places)
    return articles[owner] << 32 | found.astype(np.int64), last - first


def _article_vectors(flat: Ints, starts: Ints, stems: _Column, vectors: StemVectors) -> dict[str, Ints]:
    documents = len(starts) - 1
    place = by_stem(vectors)
    vector_of = np.array([place.get(stem, -1) for stem in stems.names], np.int32)
    used = np.flatnonzero(vector_of >= 0)
    rows = vectors.rows[vector_of[used]]
    vector_of[used] = np.arange(len(used))
    df = _df(flat, starts, stems.starts, stems.places, len(stems.names)).astype(np.float64)
    idf = np.log(1 + (documents - df + 0.5) / (df + 0.5))
    known = whole(rows)

    def made(first: int) -> NDArray[np.float64]:
        """The articles' vectors of length 1, from `first` on."""
        last = min(first + _ARTICLES, documents)
        pairs, count = _pairs(flat, starts, first, last, stems.starts, stems.places)
        cells, tf = np.unique(pairs, return_counts=True)
        at, stem = cells >> 32, (cells & 0xFFFFFFFF).astype(np.int64)
        kept = vector_of[stem] >= 0
        at, stem, tf = at[kept], stem[kept], tf[kept]
        needed, column = np.unique(vector_of[stem], return_inverse=True)
        table = np.zeros((count, len(needed)))
        table[at, column] = article_weight(tf.astype(np.float64), idf[stem])
        return unit(table @ known[needed])

    # Made twice rather than kept: the mean must be known first, and a large archive's vectors do not fit.
    steps = range(0, documents, _ARTICLES)
    total = sum((made(first).sum(axis=0) for first in steps), np.zeros(vectors.dimensions))
    mean = total / max(documents, 1)
    centred_rows = np.zeros((documents, vectors.dimensions), np.int8)
    for first in steps:
        centred_rows[first : first + _ARTICLES] = centred(made(first), mean)
    return {"vector_of": vector_of, "vector_rows": rows, "mean": mean, "article_rows": centred_rows}
