"""Postings of some articles at a time, sorted by term, on disk until all of them are merged.

External sorting (Knuth, «The Art of Computer Programming» 3, 5.4): runs that fit into memory, then for some terms at a
time what all runs have of them. Runs come in the order of the articles, so nothing is compared: stretches are laid one
after another.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Run:
    """Postings by term, then by article.

    held: the terms that there are, rising. df, total: how many postings, and how many positions each has. ids, tf: of
    each posting the article, and the number of positions. positions: of all postings, one after another.
    """

    held: Array
    df: Array
    total: Array
    ids: Array
    tf: Array
    positions: Array


@dataclass(frozen=True, slots=True)
class Merged:
    """The postings of the terms from `first` to before `last`, as in a run."""

    first: int
    last: int
    ids: Array
    tf: Array
    positions: Array


class Runs:
    """Takes runs of rising articles and gives them back as one.

    df, total: how many postings, and how many positions each of the terms has by now. kind: of numbers of positions,
    and of positions.
    """

    def __init__(self, terms: int, kind: Any, folder: Path, opened: ExitStack) -> None:
        self.df, self.total = np.zeros(terms, np.int64), np.zeros(terms, np.int64)
        self._kinds = {"held": "u4", "df": "u4", "total": "u4", "ids": "u4", "tf": kind, "positions": kind}
        self._files = {name: scratch(folder, opened) for name in self._kinds}
        self._sizes: list[tuple[int, int, int]] = []

    def add(self, run: Run) -> None:
        """Take the next run."""
        self.df[run.held] += run.df
        self.total[run.held] += run.total
        for name, kind in self._kinds.items():
            self._files[name].write(np.ascontiguousarray(getattr(run, name), kind).data)
        self._sizes.append((len(run.held), len(run.ids), len(run.positions)))

    def merged(self, step: int) -> Iterator[Merged]:
        """All postings, those of some terms at a time. step: so many positions together, if no term has more."""
        if not self._sizes:
            return
        edges = _edges(np.cumsum(self.total), step)
        places = self._places(edges)
        for number, (first, last) in enumerate(pairwise(edges)):
            held, df, ids, tf, total, positions = (
                [self._read(name, *at[number : number + 2, of].tolist()) for at in places]
                for name, of in (("held", 0), ("df", 0), ("ids", 1), ("tf", 1), ("total", 0), ("positions", 2))
            )
            if len(places) == 1:
                yield Merged(first, last, ids[0], tf[0], positions[0])
                continue
            order = np.argsort(np.concatenate(held), kind="stable")
            at = _laid(np.concatenate(df), order)
            its_ids, its_tf = (np.concatenate(one).take(at) for one in (ids, tf))
            at = _laid(np.concatenate(total), order)
            yield Merged(first, last, its_ids, its_tf, np.concatenate(positions).take(at))

    def _places(self, edges: list[int]) -> list[Ints]:
        """Of each run where terms, postings and positions of each edge begin in the files."""
        places, begins = [], np.zeros(3, np.int64)
        for sizes in self._sizes:
            end = begins[0] + sizes[0]
            held, df, total = (self._read(name, int(begins[0]), int(end)) for name in ("held", "df", "total"))
            at = np.searchsorted(held, edges)
            before = [np.concatenate([[0], np.cumsum(one, dtype=np.int64)])[at] for one in (df, total)]
            places.append(begins + np.column_stack([at, *before]))
            begins = begins + sizes
        return places

    def _read(self, name: str, first: int, last: int) -> Array:
        file: IO[bytes] = self._files[name]
        kind = np.dtype(self._kinds[name])
        file.seek(first * kind.itemsize)
        return np.fromfile(file, kind, last - first)


def _edges(ends: Ints, step: int) -> list[int]:
    """Terms where the ranges begin, and the number of all: each has `step` positions at most, or is one term."""
    edges = [0]
    while edges[-1] < len(ends):
        before = int(ends[edges[-1] - 1]) if edges[-1] else 0
        edges.append(max(int(np.searchsorted(ends, before + step, "right")), edges[-1] + 1))
    return edges


def _laid(sizes: Array, order: Ints) -> Ints:
    """Where what comes in stretches of these sizes is to be taken from, so that they come in this order."""
    sizes = sizes.astype(np.int64)
    starts, its = (np.cumsum(sizes) - sizes)[order], sizes[order]
    at = np.repeat(starts - (np.cumsum(its) - its), its)
    at += np.arange(len(at))
    return at


def scratch(folder: Path, opened: ExitStack) -> IO[bytes]:
    """A file that is gone afterwards."""
    return opened.enter_context(TemporaryFile(dir=folder))
