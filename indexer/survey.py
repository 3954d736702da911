"""The first pass over the inputs: what has changed since the last run is read and cleaned, the rest is as it was."""

import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby
from pathlib import Path
from typing import Final

import numpy as np

from . import harvest, inputs, pipeline
from .cleaning import Cleaning
from .collecting import Collector, Records
from .ghosts import with_ghosts, with_gone
from .inputs.walk import Walk, empty, label, shown, stamp_of
from .kept import Kept
from .known import Known, with_rejected
from .ledger import Ledger
from .ledger.columns import ACCEPTED, HELD, Ints
from .looks import Look, look
from .marks import mark_of
from .processes import Crew, Workers, gathered
from .records import InputSpec, Raw, RawRecord, Unread

_MANY: Final = 2000
_MUCH: Final = 8_000_000
"""Records, and characters of text, from which on worker processes are worth their start."""

CHUNK: Final = 100
CHUNK_SIZE: Final = 1_000_000
"""Records, and characters or bytes of them, that go to a worker at once."""

Task = tuple[int, str, list[Raw]]
"""The number of an input, what ids of its articles begin with, and some of its records."""


@dataclass(frozen=True, slots=True)
class How:
    """What is looked at. retry: what the last run rejected, too.

    since_ns: only files that have changed since, in nanoseconds since 1970. keep_gone: what is in the index and in no
    input any more stays. afresh: everything, whatever the last run read.
    """

    retry: bool = False
    since_ns: int | None = None
    keep_gone: bool = False
    afresh: bool = False


@dataclass(slots=True)
class Survey:
    """What the first pass learnt.

    looks: the inputs as they were found. prefixes: what ids of their articles begin with. hashes: how their records are
    read. records: all of them. kept: those that were read, for the second pass, and `who` does it. began_ns: when the
    inputs were first looked at. scratch: a folder with room for texts. own: the processes, if nobody else needs them.
    """

    specs: Sequence[InputSpec]
    kept: Kept
    began_ns: int = field(default_factory=time.time_ns)
    looks: list[Look] = field(default_factory=list)
    prefixes: list[str] = field(default_factory=list)
    hashes: list[str] = field(default_factory=list)
    records: Records = field(default_factory=lambda: Collector().records())
    who: Workers | None = None
    scratch: Path | None = None
    own: Crew | None = None

    @property
    def first_files(self) -> Ints:
        """The number of the first file of each input, and of what follows the last."""
        return np.cumsum([0, *(len(one.walk.known) for one in self.looks)])

    @property
    def skipped(self) -> dict[str, tuple[str, ...]]:
        """Files of no known kind, by input."""
        return {label(one.walk.spec): tuple(one.walk.unknown) for one in self.looks}

    def input_of(self, files: Ints) -> Ints:
        """The numbers of the inputs of these files."""
        found: Ints = np.searchsorted(self.first_files, files, "right") - 1
        return found

    def close(self) -> None:
        """Let go of what the second pass needs."""
        self.kept.close()
        if self.own is not None:
            self.own.close()


def survey(
    specs: Sequence[InputSpec],
    scratch: Path | None = None,
    processes: int | None = None,
    crew: Crew | None = None,
    before: Ledger | None = None,
    how: How = How(),
) -> Survey:
    """Look at the inputs, and read what has changed.

    scratch: a folder with room for all texts that are read, for as long as they are. processes: how many read and
    clean; by the size of the inputs if None. crew: whose processes these are, which go on to live; they end with the
    survey if None. before: what the last run read.

    Raises:
        InputError: a path does not exist.
        StoreDamaged: the store of a fetched input cannot be read.
        EmptyInput: an input holds no file of a known kind, or no article could be read from it.
        OSError: there is no room.
    """
    whose = crew or Crew()
    found = Survey(specs, Kept(scratch), scratch=scratch, own=None if crew else whose)
    try:
        many = sum(bool(spec.name) for spec in specs) and len(specs) > 1
        found.prefixes = [f"{spec.name}/" if spec.name and many else "" for spec in specs]
        found.hashes = [pipeline.reading(*one) for one in zip(specs, found.prefixes, strict=True)]
        walks = [_stored(spec) if spec.fetched else inputs.walk(spec) for spec in specs]
        known = None if how.afresh else before
        found.looks = [look(walk, one, known, how.since_ns) for walk, one in zip(walks, found.hashes, strict=True)]
        _read_all(found, processes, whose, before, retry=how.retry)
        _refuse_empty(found)
        if before is not None and how.keep_gone:
            found.looks[-1] = with_ghosts(found.looks[-1])
            found.records = with_gone(found.records, before, int(found.first_files[-1]) - 1)
    except BaseException:
        found.close()
        raise
    return found


def records_of(one: Look, number: int) -> Iterator[Raw]:
    """The records of a file of an input."""
    spec = one.walk.spec
    return harvest.read(spec) if spec.fetched else inputs.read(one.file(number), one.walk.unknown)


def _stored(spec: InputSpec) -> Walk:
    """What was fetched, as an input of one file."""
    return Walk(spec, spec.path.parent, [spec.path.name], [stamp_of(spec.path.stat())])


def _read_all(found: Survey, processes: int | None, crew: Crew, before: Ledger | None, *, retry: bool) -> None:
    collector = Collector(before)
    tasks, many = _begun(_tasks(found, collector, before, retry=retry))
    count = (processes or min(8, len(os.sched_getaffinity(0)))) if many else 1
    found.who = who = crew.workers(count, Cleaning, found.specs)
    for _, seen in who.map("first", tasks):
        for one in seen:
            collector.told(one)
            if one.rejected is None:
                found.kept.put(one.kept)
    found.records = collector.records()


def _tasks(found: Survey, collector: Collector, before: Ledger | None, *, retry: bool) -> Iterator[Task]:
    """What must be read; whatever need not be is noted on the way."""
    files = 0
    for number, one in enumerate(found.looks):
        same = one.is_same if before is None or not retry else one.is_same & ~with_rejected(one, before)
        for is_same, group in groupby(range(len(same)), same.tolist().__getitem__):
            places = list(group)
            if is_same and before is not None:
                _take_over(collector, before, one.before[places], files + np.array(places))
                continue
            for place in places:
                if one.is_put_off[place]:
                    if one.before[place] >= 0 and before is not None:
                        _take_over(collector, before, one.before[[place]], np.array([files + place]))
                    continue
                yield from _changed(found, number, place, files + place, collector, before, retry=retry)
        files += len(same)


def _take_over(collector: Collector, before: Ledger, old: Ints, now: Ints) -> None:
    """Take over the records of some files; those that stood together do so at once."""
    ends = np.flatnonzero(np.diff(old) != 1) + 1
    for of_old, of_now in zip(np.split(old, ends), np.split(now, ends), strict=True):
        first = before.files.first[of_old[0] : of_old[-1] + 2]
        collector.as_before(before.found, int(first[0]), int(first[-1]), np.repeat(of_now, np.diff(first)))


def _changed(
    found: Survey, number: int, place: int, file: int, collector: Collector, before: Ledger | None, *, retry: bool
) -> Iterator[Task]:
    """What must be read of a file."""
    one = found.looks[number]
    known = Known(before, int(one.before[place]), retry=retry)
    raws, name = records_of(one, place), shown(one.walk.known[place])
    if place == 0:
        raws = chain(one.walk.problems, raws)
    for chunk in gathered(raws, CHUNK, _size, CHUNK_SIZE):
        marks = [mark_of(raw) for raw in chunk]
        news = list[Raw]()
        for raw, mark, at in zip(chunk, marks, known.find(marks), strict=True):
            if at >= 0:
                collector.again(at, file, raw.line, "" if raw.file == name else raw.file)
            else:
                collector.new(file, raw.line, "" if raw.file == name else raw.file, mark)
                news.append(raw)
        if news:
            yield number, found.prefixes[number], news


def _refuse_empty(found: Survey) -> None:
    """Raise EmptyInput for an input without any article."""
    records = found.records
    good = (records.read.kind == ACCEPTED) | (records.read.kind == HELD)
    there = set(np.unique(found.input_of(records.found.file[good])).tolist())
    for number, one in enumerate(found.looks):
        if number not in there:
            name = label(one.walk.spec)
            reason = next((wrong for wrong in records.rejected.values() if wrong.input == name), None)
            raise empty(one.walk.spec, "no article could be read", [reason] if reason else [])


def _begun(tasks: Iterator[Task]) -> tuple[Iterator[Task], bool]:
    """The same tasks, and whether they are many."""
    first, records, size = [], 0, 0
    for task in tasks:
        first.append(task)
        records += len(task[2])
        size += sum(map(_size, task[2]))
        if records >= _MANY or size >= _MUCH:
            return chain(first, tasks), True
    return iter(first), False


def _size(raw: Raw) -> int:
    """About how many characters a record has."""
    if isinstance(raw, RawRecord):
        return sum(len(one) for one in raw.values.values() if isinstance(one, str))
    return raw.size if isinstance(raw, Unread) else 0
