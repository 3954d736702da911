"""The postings of the stems: one mapped file, made from the spooled tokens. Where exact forms stand is looked up.

A token with several stems stands under each of them. Those without any stand together, under a term of their own after
all stems, so that every token can be found. An exact form has no postings: its tokens are among those of its stem, and
the forward index says which they are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ...mapped import Mapped
from ...mapped_writer import MappedWriter
from ...named import Named
from ...ranking import norm
from ...texts import steps
from ..base import BODY_GAP
from .inversion import MOST_TF, Batch, write_postings
from .listed import Listed
from .postings import Postings, places
from .tokens import Tokens
from .words import stretches

NAME: Final = "postings.izde"
KIND: Final = "postings"
VERSION: Final = 2

_FEW: Final = 64
"""Of so small a part of the positions of a term only the blocks are read, and checked, that hold it."""

Array = NDArray[Any]
Ints = NDArray[np.int64]


def write_fields(folder: Path, tokens: Tokens) -> Ints:
    """Write the file into the folder; in how many articles each stem stands."""
    file = MappedWriter(folder / NAME, KIND, VERSION)
    try:
        lengths, held = np.diff(tokens.starts), tokens.stems
        widest = int(lengths.max(initial=0)) + BODY_GAP
        norms = norm(lengths.astype(np.float64), int(lengths.sum()) / max(len(lengths), 1))
        df = write_postings(file, len(held.names) + 1, norms, widest, _batches(tokens, held), tokens.step)
        file.finish()
    except BaseException:
        file.abort()
        raise
    return df[:-1]


def _batches(tokens: Tokens, held: Listed) -> Iterator[Batch]:
    starts, stems = with_stemless(held)
    named = Named(starts, stems, len(held.names) + 1)
    for first, flat, begins in steps(tokens, tokens.step):
        positions = _positions(begins, tokens.titles[first : first + len(begins) - 1])
        after, terms = named.of(flat, begins)
        if len(terms) > len(flat):
            positions = np.repeat(positions, np.diff(starts)[flat])
        yield Batch(first, after, terms, positions)


def _positions(begins: Ints, titles: Array) -> NDArray[np.int32]:
    """The positions of the tokens of articles that begin there."""
    parts = np.column_stack([titles, np.diff(begins) - titles]).ravel()
    shift = np.column_stack([-begins[:-1], BODY_GAP - begins[:-1]]).ravel().astype(np.int32)
    positions = np.repeat(shift, parts)
    positions += np.arange(len(positions), dtype=np.int32)
    return positions


def with_stemless(held: Listed) -> tuple[Ints, NDArray[np.uint32]]:
    """The stems of the surfaces as (starts, places), with a number after all stems for those that have none."""
    counts = np.diff(held.starts)
    none = np.flatnonzero(counts == 0)
    places = np.insert(held.places, held.starts[none], len(held.names)).astype(np.uint32)
    return np.concatenate([[0], np.cumsum(np.maximum(counts, 1))]), places


@dataclass(frozen=True, slots=True)
class Several:
    """The postings of several terms, one term after another.

    ids, tf: as in `Postings`, rising within a term. term: the place of each in what was asked for. at: where the
    positions of each begin.
    """

    ids: Ints
    tf: Ints
    term: Ints
    at: Ints


class Fields:
    """The postings of the terms of a segment by their number. Safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        self._file = Mapped(folder / NAME, KIND, VERSION)

    def dfs(self) -> Ints:
        """In how many articles each term stands."""
        starts = self._file.whole("from").astype(np.int64)
        return starts[1:] - starts[:-1]

    def counts(self, number: int) -> tuple[int, int]:
        """In how many articles, and at how many positions the term of this number stands."""
        first, last = self._file.part("from", number, number + 2).tolist()
        start, end = self._file.part("at", number, number + 2).tolist()
        return last - first, end - start

    def postings(self, number: int) -> Postings:
        """Where the term of this number stands."""
        file = self._file
        first, last = file.part("from", number, number + 2).tolist()
        dense = file.whole("dense")
        place = int(dense.searchsorted(number))
        ids = file.part("ids", first, last)
        if place < len(dense) and dense[place] == number:
            row = file.part("rows", place, place + 1)[0]
            if row.max() < MOST_TF:
                return Postings(ids, None, row, file.part("tops", place, place + 1)[0], self.peak(number))
        return Postings(ids, self._corrected(file.part("tf", first, last), first), peak=self.peak(number))

    def peak(self, number: int) -> float:
        """The greatest share (`ranking.saturation`) of a term in any article, or a little more."""
        return float(self._file.part("peaks", number, number + 1)[0])

    def lists(self, numbers: Ints) -> tuple[Array, Array]:
        """Articles and numbers of positions of several terms (rising), one term after another."""
        if not len(numbers):
            return np.empty(0, np.uint32), np.empty(0, np.uint8)
        file, first = self._file, np.flatnonzero(np.diff(numbers, prepend=-2) != 1)
        last = np.append(first[1:], len(numbers)) - 1
        starts = file.take("from", numbers[first]).tolist()
        runs = list(zip(starts, file.take("from", numbers[last] + 1).tolist(), strict=True))
        ids = np.concatenate([file.part("ids", *one) for one in runs])
        tf = np.concatenate([self._corrected(file.part("tf", *one), one[0]) for one in runs])
        return ids, tf

    def articles(self, numbers: Ints) -> list[Array]:
        """The articles of each of several terms, rising, as they are stored."""
        firsts, lasts = (self._file.take("from", numbers + after).tolist() for after in (0, 1))
        return self._file.stretches("ids", firsts, lasts)

    def firsts(self, number: int, first: int, end: int) -> tuple[Ints, Array]:
        """The articles from `first` to before `end` that have a term, rising, and where it stands first in each."""
        start, stop = self._file.part("from", number, number + 2).tolist()
        ids = self._file.part("ids", start, stop)
        low, high = ids.searchsorted(np.array([first, end], ids.dtype)).tolist()
        tf = self._corrected(self._file.part("tf", start, start + high), start)
        before = np.cumsum(tf, dtype=np.int64)[low:] - tf[low:]
        at = int(self._file.part("at", number, number + 1)[0])
        return ids[low:high].astype(np.int64), self._file.take("positions", at + before)

    def several(self, numbers: Ints) -> Several:
        """The postings of several terms."""
        file = self._file
        first, last = (file.take("from", numbers + after).astype(np.int64) for after in (0, 1))
        at, term = stretches(first, last - first)
        ids = file.take("ids", at).astype(np.int64)
        tf = self._corrected(file.take("tf", at), at).astype(np.int64)
        ends = np.cumsum(tf)
        before = np.concatenate([[0], ends])[np.cumsum(last - first) - (last - first)]
        return Several(ids, tf, term, ends - tf - before[term] + file.take("at", numbers).astype(np.int64)[term])

    def positions(self, places: Ints) -> Array:
        """The positions at these places, see `Several.at`."""
        return self._file.take("positions", places)

    def keys(self, number: int, among: Ints | None = None) -> Ints:
        """Each position of a term as one number, rising: article << 32 | position.

        among: only those in these articles (rising).
        """
        first, last = self._file.part("from", number, number + 2).tolist()
        start, end = self._file.part("at", number, number + 2).tolist()
        ids = self._file.part("ids", first, last)
        tf = self._corrected(self._file.part("tf", first, last), first)
        if among is None:
            return np.repeat(ids.astype(np.int64), tf) << 32 | self._file.part("positions", start, end)
        at = places(ids, among)
        its_tf = tf.take(at)
        ends = its_tf.cumsum(dtype=np.int64)
        # Half as wide, where that is wide enough: what takes more memory comes from the system anew each time.
        every = tf.cumsum(dtype=np.uint32 if end - start < 1 << 32 else np.int64)
        of = np.repeat(every.take(at) - ends, its_tf)
        of += np.arange(len(of))
        keys = np.repeat(ids.take(at).astype(np.int64) << 32, its_tf)
        if len(of) * _FEW < end - start:
            keys |= self._file.take("positions", start + of)
        else:
            keys |= self._file.part("positions", start, end).take(of)
        return keys

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _corrected(self, tf: Array, places: Ints | int) -> Array:
        """The same with the true numbers where MOST_TF stands; places: of the postings, or of the first of them."""
        if not len(tf) or tf.max() < MOST_TF:
            return tf
        at = np.flatnonzero(tf == MOST_TF)
        tf = tf.astype(np.uint32)
        real = self._file.whole("big").searchsorted(places[at] if isinstance(places, np.ndarray) else places + at)
        tf[at] = self._file.whole("bigs")[real]
        return tf
