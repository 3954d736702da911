"""From the tokens of articles to the postings of terms, in batches that fit into memory.

Each batch is sorted by term and put on disk (`runs.py`), while the postings and positions of every term are counted;
then the postings of some terms at a time come back from all batches, in the order in which they are stored.
"""

import math
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

import numpy as np
from numpy.typing import NDArray

from ...counting_sort import by_value, distinct
from ...mapped_writer import MappedWriter
from .runs import Merged, Run, Runs, scratch

Ints = NDArray[np.int64]
Array = NDArray[Any]
Floats = NDArray[np.float64]

MOST_TF = 255
"""A tf of so much or more stands in a table of its own."""

DENSE = 8
"""A term that at least one article in so many holds has a row of all articles besides."""

TOPS = 512
"""So many of the best articles of a dense term are stored, if the archive is large enough."""

_COPIED: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Batch:
    """Terms as they stand in some articles: by article, then by position; a term stands at a position once.

    first: the first of the articles. starts: where each of them begins in `terms` and `positions` (one more).
    """

    first: int
    starts: Array
    terms: Array
    positions: Array


def write_postings(
    file: MappedWriter, terms: int, norms: Floats, widest: int, batches: Iterable[Batch], step: int
) -> Ints:
    """Write the arrays of so many terms, and give back in how many articles each stands.

    from, at        where the postings, and the positions, of each term begin (one more than there are terms)
    ids, tf         of each posting: the article, and the number of positions if that is below MOST_TF
    big, bigs       the postings with MOST_TF positions or more, and how many they have
    positions       of all postings, one after another
    dense           the terms that stand in at least one article of DENSE
    rows            of each of these terms, for every article: the number of positions as in `tf`
    tops            of each of these terms the articles where `share` is greatest, in order, equal ones by number
    peaks           of each term the greatest share, rounded up

    norms: of each article, see `ranking.norm`. widest: no position is greater. step: how many positions are looked at
    together.
    """
    kind = np.dtype(np.uint16 if widest < 1 << 16 else np.uint32)
    with ExitStack() as opened:
        runs = Runs(terms, kind, file.folder, opened)
        for batch in batches:
            runs.add(_run(batch, kind, terms))
        starts = _starts(runs.df)
        file.add("from", starts.astype(np.uint64))
        file.add("at", _starts(runs.total).astype(np.uint64))
        rest = _Rest(starts, norms, kind, file.folder, opened)
        with file.array("ids", np.uint32) as put:
            for merged in runs.merged(step):
                put(merged.ids)
                rest.take(merged)
        rest.write(file)
    return runs.df


def _run(batch: Batch, kind: Any, terms: int) -> Run:
    positions = batch.positions.astype(kind, copy=False)
    begins, rows, positions = by_value(batch.terms, batch.starts, terms, positions)
    held, df, first = distinct(begins, rows)
    tf = np.diff(np.append(first, len(rows))).astype(kind)
    return Run(held, df, np.diff(begins)[held], rows[first] + np.int32(batch.first), tf, positions)


class _Rest:
    """What comes in the file after `ids`, gathered meanwhile: on disk what grows with the articles."""

    def __init__(self, starts: Ints, norms: Floats, kind: Any, folder: Path, opened: ExitStack) -> None:
        self._starts, self._norms, self._kind = starts, norms, kind
        self._tf, self._positions, self._rows = (scratch(folder, opened) for _ in range(3))
        self._big: list[Array] = [np.zeros(0, np.int64)]
        self._bigs: list[Array] = [np.zeros(0, np.uint32)]
        self._tops: list[Array] = []
        self._peaks = np.zeros(len(starts) - 1, np.float32)
        df = np.diff(starts)
        self._dense = np.flatnonzero((df > 0) & (df * DENSE >= len(norms)))

    def take(self, merged: Merged) -> None:
        """Take the postings of the next terms."""
        starts = self._starts[merged.first : merged.last + 1] - self._starts[merged.first]
        tf = np.minimum(merged.tf, MOST_TF).astype(np.uint8)
        self._tf.write(tf.data)
        self._positions.write(merged.positions.data)
        big = np.flatnonzero(tf == MOST_TF)
        self._big.append(big + self._starts[merged.first])
        self._bigs.append(merged.tf[big].astype(np.uint32))
        share = _share(merged.tf, self._norms[merged.ids])
        held = np.flatnonzero(starts[1:] > starts[:-1])
        if len(held):
            best = np.maximum.reduceat(share, starts[held]).astype(np.float32)
            self._peaks[merged.first + held] = np.nextafter(best, np.float32(np.inf))
        between = np.searchsorted(self._dense, (merged.first, merged.last))
        for term in (self._dense[slice(*between)] - merged.first).tolist():
            its = slice(starts[term], starts[term + 1])
            row = np.zeros(len(self._norms), np.uint8)
            row[merged.ids[its]] = tf[its]
            self._rows.write(row.data)
            self._tops.append(_tops(merged.ids[its], share[its], len(self._norms)))

    def write(self, file: MappedWriter) -> None:
        """Write all of it."""
        articles = len(self._norms)
        _copy(self._tf, file, "tf", np.uint8, ())
        file.add("big", np.concatenate(self._big).astype(np.uint64))
        file.add("bigs", np.concatenate(self._bigs))
        _copy(self._positions, file, "positions", self._kind, ())
        file.add("dense", self._dense.astype(np.uint32))
        _copy(self._rows, file, "rows", np.uint8, (articles,))
        count = min(TOPS, articles // DENSE)
        file.add("tops", np.array(self._tops, np.uint32).reshape(len(self._dense), count))
        file.add("peaks", self._peaks)


def _starts(counts: Ints) -> Ints:
    return np.concatenate([[0], np.cumsum(counts)])


def _tops(ids: Array, share: Floats, articles: int) -> Array:
    """The articles with the greatest shares, in order, equal ones by number; ids: rising."""
    count = min(TOPS, articles // DENSE)
    if 0 < count < len(ids):
        least = np.partition(share, len(share) - count)[len(share) - count]
        some = np.flatnonzero(share >= least)
        ids, share = ids[some], share[some]
    return ids[np.argsort(-share, kind="stable")[:count]]


def _share(tf: Array, norms: Floats) -> Floats:
    """`ranking.saturation`, by the norms of the articles."""
    tf = tf.astype(np.float64)
    norms = norms + tf
    return np.divide(tf, norms, out=norms)


def _copy(held: IO[bytes], file: MappedWriter, name: str, kind: Any, row: tuple[int, ...] = ()) -> None:
    """An array from disk into the file. row: the shape of a row of it."""
    held.seek(0)
    width = math.prod(row)
    with file.array(name, kind, row) as put:
        while len(piece := np.fromfile(held, kind, max(1, _COPIED // max(1, width)) * width)):
            put(piece.reshape(-1, *row))
