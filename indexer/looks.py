"""Which files of an input are as they were when the last run read them."""

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .inputs.walk import InputFile, Stamp, Walk, label, slug_of
from .ledger import Ledger
from .ledger.columns import Ints

UNKNOWN: Final = -1
"""In the place of a file's moments: it is read again in any case."""

_TICK_NS: Final = 50_000_000
_COARSE_NS: Final = 2_000_000_000
_SECOND_NS: Final = 1_000_000_000
"""A file may change twice within a tick of its clock. Most file systems have ticks of a few milliseconds; a moment that
is a whole second may be of one whose ticks are two.
"""


@dataclass(frozen=True, slots=True)
class Look:
    """An input as it is now.

    slugs: of each file. are_one: whether no other file has the same. before: the number that each file has in the
    ledger, -1 for one that has none. is_same: whether its records are as the ledger has them. is_put_off: whether it is
    left to a later run to look at it.
    """

    walk: Walk
    slugs: Sequence[str]
    are_one: NDArray[np.bool_]
    before: Ints
    is_same: NDArray[np.bool_]
    is_put_off: NDArray[np.bool_]

    def file(self, number: int) -> InputFile:
        """A file, to be read."""
        return self.walk.file(self.walk.known[number], self.slugs[number], bool(self.are_one[number]))


def look(walk: Walk, spec_hash: str, ledger: Ledger | None, since_ns: int | None = None) -> Look:
    """Compare an input with the ledger of the run before.

    spec_hash: how its records are read; where that has changed, nothing is as it was. since_ns: files that have not
    changed since, in nanoseconds since 1970, are put off.
    """
    count = len(walk.known)
    put_off = np.zeros(count, np.bool_)
    if since_ns is not None:
        put_off = np.array([max(stamp[1:]) < since_ns for stamp in walk.stamps], np.bool_)
    before = np.full(count, -1, np.int64)
    first, last = _files(walk, spec_hash, ledger)
    if ledger is None or first == last:
        slugs = [slug_of(path) for path in walk.known]
        return Look(walk, slugs, _are_one(slugs), before, np.zeros(count, np.bool_), put_off)
    numbers = np.arange(first, last)
    paths = ledger.files.path.some(numbers).strings(np.arange(last - first))
    known = ledger.files.slug.some(numbers).strings(np.arange(last - first))
    if paths == walk.known:
        before, slugs, are_one = numbers, known, _are_one(known)
    else:
        places = dict(zip(paths, range(len(paths)), strict=True))
        found = [places.get(path, -1) for path in walk.known]
        slugs = [known[at] if at >= 0 else slug_of(path) for at, path in zip(found, walk.known, strict=True)]
        are_one, were_one = _are_one(slugs), _are_one(known)
        before = np.array(found, np.int64)
        # The ids of a file's articles have changed where another file has got the same slug, or has it no more.
        before[(before >= 0) & (were_one[before] != are_one)] = -1
        before[before >= 0] += first
    same = _is_same(walk.stamps, before, ledger)
    return Look(walk, slugs, are_one, before, same, put_off & ~same)


def kept(stamps: Sequence[Stamp], began_ns: int | None = None) -> NDArray[np.int64]:
    """The stamps for the ledger, a row each; of files that may change without a sign of it the moments are UNKNOWN.

    began_ns: when the run began to look at files, in nanoseconds since 1970; now if None.
    """
    held = np.array(stamps, np.int64).reshape(-1, 3)
    last = held[:, 1:].max(axis=1, initial=0)
    tick = np.where(last % _SECOND_NS == 0, _COARSE_NS, _TICK_NS)
    held[last + tick >= (time.time_ns() if began_ns is None else began_ns), 1:] = UNKNOWN
    return held


def _files(walk: Walk, spec_hash: str, ledger: Ledger | None) -> tuple[int, int]:
    """The files of the same input in the ledger: the first one, and what follows the last."""
    if ledger is None or label(walk.spec) not in ledger.inputs:
        return 0, 0
    number = ledger.inputs.index(label(walk.spec))
    if ledger.specs[number] != spec_hash:
        return 0, 0
    first, last = np.searchsorted(ledger.files.input, [number, number + 1]).tolist()
    return first, last


def _are_one(slugs: Sequence[str]) -> NDArray[np.bool_]:
    counts = Counter(slugs)
    return np.fromiter((counts[one] == 1 for one in slugs), np.bool_, len(slugs))


def _is_same(stamps: Sequence[Stamp], before: Ints, ledger: Ledger) -> NDArray[np.bool_]:
    now, files = np.array(stamps, np.int64).reshape(-1, 3), ledger.files
    at = np.maximum(before, 0)
    same: NDArray[np.bool_] = (
        (before >= 0)
        & (files.size[at] == now[:, 0])
        & (files.modified[at] == now[:, 1])
        & (files.changed[at] == now[:, 2])
    )
    return same
