"""From the tokens of articles to the postings of terms, in batches that fit into memory.

Two passes over the tokens: the first counts the postings and positions of every term, which says where each term's
stretch begins; the second sorts each batch by term and puts its postings where the term's last ones ended. Articles
come in order, so every stretch is in order as well.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

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


Batches = Callable[[], Iterable[Batch]]


def write_postings(file: MappedWriter, name: str, terms: int, widest: int, batches: Batches, folder: Path) -> None:
    """Write the arrays of a field of so many terms; `batches` is asked twice, and gives the same both times.

    name_from, name_at  where the postings, and the positions, of each term begin (one more than there are terms)
    name_ids, name_tf   of each posting: the article, and the number of positions if that is below MOST_TF
    name_big, name_bigs the postings where it is not, and their number of positions
    name_positions      of all postings, one after another

    widest: no position is greater. folder: for what does not fit into memory; nothing stays in it.
    """
    df, total = np.zeros(terms, np.int64), np.zeros(terms, np.int64)
    for batch in batches():
        _, term, count = _runs(batch)
        df += np.bincount(term, minlength=terms)
        total += np.bincount(term, count, minlength=terms).astype(np.int64)
    starts, places = _starts(df), _starts(total)
    kind = np.dtype(np.uint16 if widest < 1 << 16 else np.uint32)
    with (
        _scratch(folder, starts[-1], np.uint32) as ids,
        _scratch(folder, starts[-1], np.uint32) as tf,
        _scratch(folder, places[-1], kind) as positions,
    ):
        _place(batches, starts[:-1].copy(), places[:-1].copy(), ids, tf, positions)
        file.add(f"{name}_from", starts.astype(np.uint64))
        file.add(f"{name}_at", places.astype(np.uint64))
        _copy(file, f"{name}_ids", ids, np.uint32)
        _copy(file, f"{name}_tf", tf, np.uint8)
        big = _big(tf)
        file.add(f"{name}_big", big.astype(np.uint64))
        file.add(f"{name}_bigs", np.asarray(tf[big], np.uint32))
        _copy(file, f"{name}_positions", positions, kind)


def _runs(batch: Batch) -> tuple[Ints, Ints, Ints]:
    """The batch sorted by term: the order of its tokens, and of each posting its term and its number of tokens."""
    order = np.argsort(batch.terms, kind="stable")
    terms, articles = batch.terms[order], batch.articles[order]
    new = np.ones(len(order), np.bool_)
    new[1:] = (terms[1:] != terms[:-1]) | (articles[1:] != articles[:-1])
    first = np.flatnonzero(new)
    return order, terms[first], np.diff(np.append(first, len(order)))


def _place(batches: Batches, posting: Ints, position: Ints, ids: Array, tf: Array, positions: Array) -> None:
    """Put all batches in place; `posting`, `position`: where the next ones of each term go."""
    for batch in batches():
        order, term, count = _runs(batch)
        first = np.cumsum(count) - count
        at = posting[term] + _rank(term)
        ids[at] = batch.articles[order[first]]
        tf[at] = count
        token = batch.terms[order]
        positions[position[token] + _rank(token)] = batch.positions[order]
        posting += np.bincount(term, minlength=len(posting))
        position += np.bincount(token, minlength=len(position))


def _rank(values: Ints) -> Ints:
    """Of values that do not fall, the place of each among its equals."""
    if not len(values):
        return values
    first = np.flatnonzero(np.append(True, values[1:] != values[:-1]))
    return np.arange(len(values)) - np.repeat(first, np.diff(np.append(first, len(values))))


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
