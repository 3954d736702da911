"""From the tokens of articles to the postings of terms, in batches that fit into memory.

Each batch is sorted by term and put on disk, while the postings and positions of every term are counted, which says
where each term's stretch begins; then each batch's postings go where the term's last ones ended. Articles come in
order, so every stretch is in order as well.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from ...mapped import MappedWriter
from .counting_sort import by_value

Ints = NDArray[np.int64]
Array = NDArray[Any]
Floats = NDArray[np.float64]

MOST_TF = 255
"""A tf of so much or more stands in a table of its own."""

DENSE = 8
"""A term that at least one article in so many holds has a row of all articles besides."""

TOPS = 512
"""So many of the best articles of a dense term are stored, if the archive is large enough."""

_COPIED = 1 << 22


@dataclass(frozen=True, slots=True)
class Batch:
    """Terms as they stand in some articles: by article, then by position; a term stands at a position once.

    articles: numbers that rise from batch to batch.
    """

    terms: Ints
    articles: Ints
    positions: Array


def write_postings(
    file: MappedWriter, terms: int, norms: Floats, widest: int, batches: Iterable[Batch], folder: Path
) -> Ints:
    """Write the arrays of so many terms, and give back in how many articles each stands.

    from, at        where the postings, and the positions, of each term begin (one more than there are terms)
    ids, tf         of each posting: the article, and the number of positions if that is below MOST_TF
    dense           the terms that stand in at least one article of DENSE
    rows            of each of these terms, for every article: the number of positions as in `tf`
    tops            of each of these terms the articles where `share` is greatest, in order, equal ones by number
    peaks           of each term the greatest share, rounded up
    big, bigs       the postings with MOST_TF positions or more, and how many they have
    positions       of all postings, one after another

    norms: of each article, see `ranking.norm`. widest: no position is greater. folder: for what does not fit into
    memory; nothing stays in it.
    """
    kind = np.dtype(np.uint16 if widest < 1 << 16 else np.uint32)
    with TemporaryFile(dir=folder) as runs:
        df, total, count = np.zeros(terms, np.int64), np.zeros(terms, np.int64), 0
        for batch in batches:
            run = _run(batch, kind, terms)
            df += np.bincount(run.terms, minlength=terms)
            total += np.bincount(run.terms, run.tf, minlength=terms).astype(np.int64)
            run.save(runs)
            count += 1
        runs.seek(0)
        starts, places = _starts(df), _starts(total)
        with (
            _scratch(folder, starts[-1], np.uint32) as ids,
            _scratch(folder, starts[-1], np.uint32) as tf,
            _scratch(folder, places[-1], kind) as positions,
        ):
            _place((_Run.load(runs) for _ in range(count)), starts[:-1].copy(), places[:-1].copy(), ids, tf, positions)
            file.add("from", starts.astype(np.uint64))
            file.add("at", places.astype(np.uint64))
            _copy(file, "ids", ids, np.uint32)
            _copy(file, "tf", tf, np.uint8)
            big = _big(tf)
            file.add("big", big.astype(np.uint64))
            file.add("bigs", np.asarray(tf[big], np.uint32))
            _copy(file, "positions", positions, kind)
            _write_dense(file, np.flatnonzero((df > 0) & (df * DENSE >= len(norms))), starts, ids, tf, norms)
            file.add("peaks", _peaks(starts, ids, tf, norms))
    return df


@dataclass(frozen=True, slots=True)
class _Run:
    """A batch sorted by term: of each posting its term, article and number of positions; the positions of all."""

    terms: Array
    articles: Array
    tf: Array
    positions: Array

    def save(self, file: IO[bytes]) -> None:
        for array in (self.terms, self.articles, self.tf, self.positions):
            np.save(file, array, allow_pickle=False)

    @classmethod
    def load(cls, file: IO[bytes]) -> "_Run":
        return cls(*(np.load(file, allow_pickle=False) for _ in range(4)))


def _run(batch: Batch, kind: Any, terms: int) -> _Run:
    held = batch.articles
    first_article = int(held[0]) if len(held) else 0
    lengths = np.bincount(held - first_article)
    begins, rows, order = by_value(batch.terms, np.concatenate([[0], np.cumsum(lengths)]), terms)
    new = np.ones(len(order), np.bool_)
    new[1:] = rows[1:] != rows[:-1]
    new[begins[:-1][np.diff(begins) > 0]] = True
    first = np.flatnonzero(new)
    counts = np.diff(np.searchsorted(first, begins))
    tf = np.diff(np.append(first, len(order))).astype(np.uint32)
    return _Run(
        np.repeat(np.arange(terms, dtype=np.uint32), counts),
        (rows[first] + first_article).astype(np.uint32),
        tf,
        batch.positions[order].astype(kind),
    )


def _place(runs: Iterable[_Run], posting: Ints, position: Ints, ids: Array, tf: Array, positions: Array) -> None:
    """Put all runs in place; `posting`, `position`: where the next ones of each term go."""
    for run in runs:
        first, rank = _firsts(run.terms)
        at = posting[run.terms] + rank
        ids[at] = run.articles
        tf[at] = run.tf
        # Where a term's positions go minus where they are, the same for all of them.
        ends = np.cumsum(run.tf, dtype=np.int64)
        term, begins = run.terms[first], (ends - run.tf)[first]
        counts: Ints = np.diff(np.append(begins, ends[-1:])).astype(np.int64)
        positions[np.arange(len(run.positions)) + np.repeat(position[term] - begins, counts)] = run.positions
        posting[term] += np.diff(np.append(first, len(run.terms))).astype(np.int64)
        position[term] += counts


def _firsts(terms: Array) -> tuple[Ints, Ints]:
    """Of terms that do not fall, the places where each term begins, and for every one its place among its equals."""
    first = np.flatnonzero(np.append(True, terms[1:] != terms[:-1])) if len(terms) else np.zeros(0, np.int64)
    return first, np.arange(len(terms)) - np.repeat(first, np.diff(np.append(first, len(terms))))


def _starts(counts: Ints) -> Ints:
    return np.concatenate([[0], np.cumsum(counts)])


def _big(tf: Array) -> Ints:
    steps = range(0, len(tf), _COPIED)
    found = [start + np.flatnonzero(tf[start : start + _COPIED] >= MOST_TF) for start in steps]
    return np.concatenate([np.zeros(0, np.int64), *found])


def _write_dense(file: MappedWriter, dense: Ints, starts: Ints, ids: Array, tf: Array, norms: Floats) -> None:
    stretches = list(zip(starts[dense].tolist(), starts[dense + 1].tolist(), strict=True))
    file.add("dense", dense.astype(np.uint32))
    with file.array("rows", np.uint8, (len(norms),)) as put:
        for first, last in stretches:
            row = np.zeros((1, len(norms)), np.uint8)
            row[0, ids[first:last]] = np.minimum(tf[first:last], MOST_TF)
            put(row)
    count = min(TOPS, len(norms) // DENSE)
    with file.array("tops", np.uint32, (count,)) as put:
        for first, last in stretches:
            articles = np.asarray(ids[first:last])
            share = _share(tf[first:last], norms[articles])
            put(articles[np.lexsort((articles, -share))[:count]][None])


def _peaks(starts: Ints, ids: Array, tf: Array, norms: Floats) -> NDArray[np.float32]:
    peaks = np.zeros(len(starts) - 1, np.float32)
    first = 0
    while first < len(peaks):
        last = int(np.searchsorted(starts, starts[first] + _COPIED, "right")) - 1
        last = min(max(last, first + 1), len(peaks))
        share = _share(tf[starts[first] : starts[last]], norms[ids[starts[first] : starts[last]]])
        held = first + np.flatnonzero(starts[first + 1 : last + 1] > starts[first:last])
        if len(held):
            best = np.maximum.reduceat(share, starts[held] - starts[first])
            peaks[held] = np.nextafter(best.astype(np.float32), np.float32(np.inf))
        first = last
    return peaks


def _share(tf: Array, norms: Floats) -> Floats:
    """`ranking.saturation`, by the norms of the articles."""
    tf = tf.astype(np.float64)
    return tf / (tf + norms)


def _copy(file: MappedWriter, name: str, array: Array, kind: Any) -> None:
    with file.array(name, kind) as put:
        for start in range(0, len(array), _COPIED):
            piece = array[start : start + _COPIED]
            put(np.minimum(piece, np.iinfo(kind).max).astype(kind))


@contextmanager
def _scratch(folder: Path, length: int, kind: Any) -> Iterator[Array]:
    """An array on disk that is gone afterwards."""
    if not length:
        yield np.zeros(0, kind)
        return
    with TemporaryFile(dir=folder) as file:
        # A full disk must say so here: a page of a map that finds no room ends the process.
        os.posix_fallocate(file.fileno(), 0, int(length) * np.dtype(kind).itemsize)
        array = np.memmap(file, kind, "r+", shape=(int(length),))
        yield array
        del array
