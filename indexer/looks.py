"""Which files of an input are as they were when the last run read them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from search.names import Names, names_of

from .inputs.walk import InputFile, Stamp, Walk, label, slug_of
from .ledger import Ledger
from .ledger.columns import Ints

Bools = NDArray[np.bool_]

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

    paths: of its files. slugs: of each. are_one: whether no other file has the same. before: the number that each file
    has in the ledger, -1 for one that has none. is_same: whether its records are as the ledger has them. is_put_off:
    whether it is left to a later run to look at it.
    """

    walk: Walk
    paths: Names
    slugs: Names
    are_one: Bools
    before: Ints
    is_same: Bools
    is_put_off: Bools

    def file(self, number: int) -> InputFile:
        """A file, to be read."""
        slug = self.slugs.strings(np.array([number]))[0]
        return self.walk.file(self.walk.known[number], slug, bool(self.are_one[number]))


def look(walk: Walk, spec_hash: str, ledger: Ledger | None, since_ns: int | None = None) -> Look:
    """Compare an input with the ledger of the run before.

    spec_hash: how its records are read; where that has changed, nothing is as it was. since_ns: files that have not
    changed since, in nanoseconds since 1970, are put off.
    """
    count, paths = len(walk.known), names_of(walk.known)
    stamps = np.array(walk.stamps, np.int64).reshape(-1, 3)
    put_off = np.zeros(count, np.bool_) if since_ns is None else stamps[:, 1:].max(axis=1) < since_ns
    first, last = _files(walk, spec_hash, ledger)
    if ledger is None or first == last:
        slugs = [slug_of(path) for path in walk.known]
        nothing = np.zeros(count, np.bool_)
        return Look(walk, paths, names_of(slugs), _are_one(slugs), np.full(count, -1), nothing, put_off)
    numbers = np.arange(first, last)
    known = ledger.files.path.some(numbers)
    if known.same(paths):
        before, names, are_one = numbers, ledger.files.slug.some(numbers), ledger.files.is_one[numbers]
    else:
        before, names, are_one = _moved(walk, known, ledger, numbers)
    same = _is_same(stamps, before, ledger)
    return Look(walk, paths, names, are_one, before, same, put_off & ~same)


def kept(stamps: Sequence[Stamp], began_ns: int) -> NDArray[np.int64]:
    """The stamps for the ledger, a row each; of files that may change without a sign of it the moments are UNKNOWN.

    began_ns: when the run began to look at files, in nanoseconds since 1970.
    """
    held = np.array(stamps, np.int64).reshape(-1, 3)
    last = held[:, 1:].max(axis=1, initial=0)
    tick = np.where(last % _SECOND_NS == 0, _COARSE_NS, _TICK_NS)
    held[last + tick >= began_ns, 1:] = UNKNOWN
    return held


def _moved(walk: Walk, known: Names, ledger: Ledger, numbers: Ints) -> tuple[Ints, Names, Bools]:
    """Of each file its number in the ledger, its slug, and whether no other has that, where files came or went."""
    every = np.arange(len(numbers))
    places = dict(zip(known.strings(every), every.tolist(), strict=True))
    old_slugs = ledger.files.slug.some(numbers).strings(every)
    found = [places.get(path, -1) for path in walk.known]
    slugs = [old_slugs[at] if at >= 0 else slug_of(path) for at, path in zip(found, walk.known, strict=True)]
    are_one, before = _are_one(slugs), np.array(found, np.int64)
    # The ids of a file's articles have changed where another file has got the same slug, or has it no more.
    before[(before >= 0) & (ledger.files.is_one[numbers][before] != are_one)] = -1
    before[before >= 0] += int(numbers[0])
    return before, names_of(slugs), are_one


def _files(walk: Walk, spec_hash: str, ledger: Ledger | None) -> tuple[int, int]:
    """The files of the same input in the ledger: the first one, and what follows the last."""
    if ledger is None or label(walk.spec) not in ledger.inputs:
        return 0, 0
    number = ledger.inputs.index(label(walk.spec))
    if ledger.specs[number] != spec_hash:
        return 0, 0
    first, last = np.searchsorted(ledger.files.input, [number, number + 1]).tolist()
    return first, last


def _are_one(slugs: Sequence[str]) -> Bools:
    counts = Counter(slugs)
    return np.fromiter((counts[one] == 1 for one in slugs), np.bool_, len(slugs))


def _is_same(stamps: Ints, before: Ints, ledger: Ledger) -> Bools:
    files, at = ledger.files, np.maximum(before, 0)
    held = np.column_stack([files.size[at], files.modified[at], files.changed[at]])
    same: Bools = (before >= 0) & (held == stamps).all(axis=1)
    return same
