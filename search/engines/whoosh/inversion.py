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

Ints = NDArray[np.int64]
Array = NDArray[Any]

MOST_TF = 255
"""A tf of so much or more stands in a table of its own."""

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
    file: MappedWriter, name: str, terms: int, widest: int, batches: Iterable[Batch], folder: Path
) -> None:
    """Write the arrays of a field of so many terms.

    name_from, name_at  where the postings, and the positions, of each term begin (one more than there are terms)
    name_ids, name_tf   of each posting: the article, and the number of positions if that is below MOST_TF
    name_big, name_bigs the postings where it is not, and their number of positions
    name_positions      of all postings, one after another

    widest: no position is greater. folder: for what does not fit into memory; nothing stays in it.
    """
    kind = np.dtype(np.uint16 if widest < 1 << 16 else np.uint32)
    with TemporaryFile(dir=folder) as runs:
        df, total, count = np.zeros(terms, np.int64), np.zeros(terms, np.int64), 0
        for batch in batches:
            run = _run(batch, kind)
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
            file.add(f"{name}_from", starts.astype(np.uint64))
            file.add(f"{name}_at", places.astype(np.uint64))
            _copy(file, f"{name}_ids", ids, np.uint32)
            _copy(file, f"{name}_tf", tf, np.uint8)
            big = _big(tf)
            file.add(f"{name}_big", big.astype(np.uint64))
            file.add(f"{name}_bigs", np.asarray(tf[big], np.uint32))
            _copy(file, f"{name}_positions", positions, kind)


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


def _run(batch: Batch, kind: Any) -> _Run:
    # Terms and places in one number: sorting those is twice as fast as asking for the order.
    keys = batch.terms << 32 | np.arange(len(batch.terms))
    keys.sort()
    order, terms = keys & 0xFFFFFFFF, (keys >> 32).astype(np.uint32)
    articles = batch.articles[order].astype(np.uint32)
    new = np.ones(len(order), np.bool_)
    new[1:] = (terms[1:] != terms[:-1]) | (articles[1:] != articles[:-1])
    first = np.flatnonzero(new)
    tf = np.diff(np.append(first, len(order))).astype(np.uint32)
    return _Run(terms[first], articles[first], tf, batch.positions[order].astype(kind))


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
