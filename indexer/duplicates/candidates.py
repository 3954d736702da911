"""Which pairs of bodies are worth a comparison: those that share a band of their signatures.

Locality-sensitive hashing for MinHash (Leskovec, Rajaraman and Ullman, «Mining of Massive Datasets», 3.4). Where many
bodies share a band, as reports of the weather do, each is compared only with those next to it in the order of their
signatures, so there are never more pairs than a number for each body and band.
"""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from .signatures import BANDS, ROWS, SLOTS

Ints = NDArray[np.int64]
Slots = NDArray[np.uint16]
Pairs = tuple[Ints, Ints, float]

FEW: Final = 8
"""Of so many bodies that share a band each is compared with all others."""

NEXT: Final = 3
"""Of more, with so many that follow it."""

_DEPTH: Final = 7
"""Bands by which many bodies are put in order, from the one that they share on."""

LIKELY: Final = 0.35
"""The least part of equal slots of a pair that is compared. Of bodies that share .5 of their shingles one pair in 200
has less, of those that share .6 one in 40,000."""

LIKELIER: Final = 0.5
"""The same where many share a band: of .6 one pair in 25 has less, of .7 one in 3,000; filled-in forms do."""

_TOGETHER: Final = 1 << 15
_TIMES: Final = np.uint64(0x9E3779B97F4A7C15)


def candidates(slots: Slots) -> Iterator[Pairs]:
    """Pairs of rows that share a band, some at a time, and the part of equal slots that they need. Pairs may repeat."""
    columns = np.ascontiguousarray(slots.T)
    for band in range(BANDS):
        rows, runs = _shared(columns, band)
        if not len(rows):
            continue
        sizes = np.bincount(runs)[runs]
        many = sizes > FEW
        yield from ((*pairs, LIKELY) for pairs in _nearby(rows[~many], runs[~many], FEW - 1))
        rows, runs = rows[many], runs[many]
        if len(rows):
            keys = [_band(columns, (band + more) % BANDS, rows) for more in range(_DEPTH, 0, -1)]
            order = np.lexsort((rows, *keys, runs))
            yield from ((*pairs, LIKELIER) for pairs in _nearby(rows[order], runs[order], NEXT))


def likely(slots: Slots, ones: Ints, others: Ints, least: float) -> NDArray[np.bool_]:
    """Which of these pairs of rows have this part of their slots in common."""
    found = np.zeros(len(ones), np.bool_)
    for first in range(0, len(ones), _TOGETHER):
        some = slice(first, first + _TOGETHER)
        equal = np.count_nonzero(slots[ones[some]] == slots[others[some]], axis=1)
        found[some] = equal >= least * SLOTS
    return found


def _shared(columns: Slots, band: int) -> tuple[Ints, Ints]:
    """The rows that share this band with another one, run by run and then by number, and the numbers of the runs."""
    count = columns.shape[1]
    bits = np.uint64(max(1, (count - 1).bit_length()))
    # The highest bits of the product and the number of the row in one word: so they can be sorted at once.
    keys = _band(columns, band) * _TIMES >> bits << bits | np.arange(count, dtype=np.uint64)
    keys.sort()
    rows = (keys & ((np.uint64(1) << bits) - np.uint64(1))).astype(np.int64)
    keys >>= bits
    same = keys[1:] == keys[:-1]
    held = np.flatnonzero(np.append(same, False) | np.append(False, same))
    begins = np.append(True, ~same)[held]
    return rows[held], np.cumsum(begins) - 1


def _band(columns: Slots, band: int, rows: Any = slice(None)) -> NDArray[np.uint64]:
    made = np.zeros(columns[0, rows].shape, np.uint64)
    for column in columns[band * ROWS : (band + 1) * ROWS]:
        made = made << np.uint64(16) | column[rows]
    return made


def _nearby(rows: Ints, runs: Ints, most: int) -> Iterator[tuple[Ints, Ints]]:
    """Pairs of rows of the same run that are at most so many places apart, the closest first."""
    for apart in range(1, most + 1):
        places = np.flatnonzero(runs[apart:] == runs[:-apart])
        if not len(places):
            return
        yield rows[places], rows[places + apart]
