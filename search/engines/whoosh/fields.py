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

from ...mapped import Mapped, MappedWriter
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
        its_tf = tf.take(at).astype(np.int64)
        ends = np.cumsum(tf, dtype=np.int64).take(at)
        of, owner = stretches(start + ends - its_tf, its_tf)
        return ids.take(at).astype(np.int64).take(owner) << 32 | self._file.take("positions", of)

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
