"""Which paragraphs a publication repeats: those that stand in many of its articles.

Counted exactly over all articles of a run, so that it makes no difference in which runs they came. The paragraphs are
hashes of eight bytes (`crumbs.key`).
"""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from .ledger.columns import Read

LEAST_REPEATS: Final = 5
LEAST_SHARE: Final = 0.1
"""A paragraph is boilerplate in a source if so many of its articles, and such a share of them, hold it."""

_BITS: Final = 22
_TOGETHER: Final = 1 << 20
"""Paragraphs that are looked at together."""

Hashes = NDArray[np.uint64]


def repeated(read: Read, counted: NDArray[np.bool_]) -> Hashes:
    """The hashes of the paragraphs that are repeated in the records that count, rising."""
    held = read.paragraphs
    likely = [np.zeros(0, np.int64)]
    seen = _few(held)
    for first in range(0, len(held), _TOGETHER):
        some = held[first : first + _TOGETHER]
        likely.append(first + np.flatnonzero(seen[_place(some)] >= LEAST_REPEATS))
    at = np.concatenate(likely)
    whose = np.searchsorted(read.ends, at, "right") - 1
    at, whose = at[counted[whose]], whose[counted[whose]]
    found, first_at, counts = np.unique(held[at], return_index=True, return_counts=True)
    articles = np.bincount(read.source[counted], minlength=int(read.source.max(initial=0)) + 1)
    least = np.maximum(LEAST_REPEATS, LEAST_SHARE * articles[read.source[whose[first_at]]])
    kept: Hashes = found[counts >= least]
    return kept


def holders(read: Read, paragraphs: Hashes) -> NDArray[np.bool_]:
    """Which records hold any of these paragraphs (rising)."""
    found = np.zeros(len(read), np.bool_)
    if not len(paragraphs):
        return found
    for first in range(0, len(read.paragraphs), _TOGETHER):
        some = read.paragraphs[first : first + _TOGETHER]
        at = np.searchsorted(paragraphs, some)
        here = first + np.flatnonzero(paragraphs[np.minimum(at, len(paragraphs) - 1)] == some)
        found[np.searchsorted(read.ends, here, "right") - 1] = True
    return found


def _few(held: Hashes) -> NDArray[Any]:
    """How many paragraphs share each place of a small table: those in a place with few are repeated by nobody."""
    seen = np.zeros(1 << _BITS, np.int32)
    for first in range(0, len(held), _TOGETHER):
        seen += np.bincount(_place(held[first : first + _TOGETHER]), minlength=1 << _BITS).astype(np.int32)
    return seen


def _place(some: Hashes) -> NDArray[np.int64]:
    return (some >> np.uint64(64 - _BITS)).astype(np.int64)
