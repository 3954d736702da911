"""The rows of all different words of an archive, in arrays."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice, pairwise
from typing import Any, Final, overload

import numpy as np
from numpy.typing import NDArray

from .kazakh import Row
from .names import Names, in_order

Array = NDArray[Any]
Ints = NDArray[np.int64]
Numbers = NDArray[np.uint32]

_TOGETHER: Final = 1 << 13
"""Rows that are tuples at the same time."""


@dataclass(frozen=True)
class Rows(Sequence[Row]):
    """Distinct rows in the order of exact forms, then keys, then stems; every text is a number of `names`.

    exact, key: of each row its exact form and its key. stem_from, stem_list: row r has the stems from stem_from[r] to
    before stem_from[r + 1], as the analysis gave them.
    """

    names: Names
    exact: Numbers
    key: Numbers
    stem_from: Ints
    stem_list: Numbers

    def __len__(self) -> int:
        return len(self.exact)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> list[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | list[Row]:
        if isinstance(place, slice):
            first, last, step = place.indices(len(self))
            return self._some(first, max(first, last))[::step] if step > 0 else list(self)[place]
        return self._some(range(len(self))[place], range(len(self))[place] + 1)[0]

    def __iter__(self) -> Iterator[Row]:
        for first in range(0, len(self), _TOGETHER):
            yield from self._some(first, min(first + _TOGETHER, len(self)))

    @cached_property
    def stems(self) -> tuple[Ints, Numbers]:
        """As stem_from and stem_list, each stem once a row."""
        counts = np.diff(self.stem_from)
        owner = np.repeat(np.arange(len(self)), counts)
        _, first = np.unique(owner << 32 | self.stem_list, return_index=True)
        if len(first) == len(owner):
            return self.stem_from, self.stem_list
        first.sort()
        counts = np.bincount(owner[first], minlength=len(self))
        return np.concatenate([[0], np.cumsum(counts)]), self.stem_list[first]

    def _some(self, first: int, last: int) -> list[Row]:
        starts = self.stem_from[first : last + 1]
        exacts, keys = (self.names.strings(one[first:last]) for one in (self.exact, self.key))
        stems = self.names.strings(self.stem_list[starts[0] : starts[-1]])
        held = (tuple(stems[start:end]) for start, end in pairwise((starts - starts[0]).tolist()))
        return list(zip(exacts, keys, held, strict=True))


def rows_of(rows: Iterable[Row]) -> tuple[Rows, Numbers]:
    """Rows, which may repeat, in their order; and of each that was given its place there."""
    numbers: defaultdict[str, int] = defaultdict()
    numbers.default_factory = numbers.__len__
    number = numbers.__getitem__
    exact, key, stem, counts = array("I"), array("I"), array("I"), array("I")
    held = iter(rows)
    while some := list(islice(held, _TOGETHER)):
        exacts, keys, stems = zip(*some, strict=True)
        exact.fromlist(list(map(number, exacts)))
        key.fromlist(list(map(number, keys)))
        stem.fromlist(list(map(number, chain.from_iterable(stems))))
        counts.fromlist(list(map(len, stems)))
    names, places = in_order(numbers)
    numbers.clear()
    starts = np.append(0, np.cumsum(counts, dtype=np.int64))
    return _sorted(Rows(names, places[exact], places[key], starts, places[stem]))


def _sorted(rows: Rows) -> tuple[Rows, Numbers]:
    """The same in order, each once, and where each of them went."""
    keys = rows.exact.astype(np.uint64) << np.uint64(32) | rows.key
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    again = np.flatnonzero(keys[1:] == keys[:-1])
    tied = np.union1d(again, again + 1)
    starts, stems = rows.stem_from, rows.stem_list
    lists = [tuple(stems[starts[at] : starts[at + 1]].tolist()) for at in order[tied].tolist()]
    by_stems = sorted(zip(keys[tied].tolist(), lists, order[tied].tolist(), strict=True))
    order[tied] = [at for *_, at in by_stems]
    same = np.zeros(len(order), np.bool_)
    same[tied[1:]] = [one[:2] == other[:2] for one, other in pairwise(by_stems)]
    which = np.empty(len(order), np.uint32)
    which[order] = np.cumsum(~same) - 1
    return _taken(rows, order[~same]), which


def _taken(rows: Rows, order: Ints) -> Rows:
    counts = np.diff(rows.stem_from)[order]
    starts = np.append(0, np.cumsum(counts))
    at = np.arange(starts[-1]) + np.repeat(rows.stem_from[order] - starts[:-1], counts)
    return Rows(rows.names, rows.exact[order], rows.key[order], starts, rows.stem_list[at])
