"""The front door of the reading half: from inputs to clean articles, in two passes.

The first pass reads and cleans, counts what repeats and notes ids that stand twice; the second gives the articles. What
lies between the passes is on disk; memory holds a hash for every id and a bounded number of counts, never the texts. Of
two records with one id the last one wins, over all inputs of the run; the other comes out as `Superseded`.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Final

from . import harvest, inputs
from .cleaning import Cleaning, Place, Seen, key_of, place_of
from .crumbs import Boilerplate
from .inputs.walk import Walk, empty, label
from .kept import Kept
from .processes import Crew, Workers, gathered
from .records import Cleaned, Held, InputSpec, RawRecord, Rejected, Superseded

_MANY: Final = 2000
_MUCH: Final = 8_000_000
"""Records, and characters of text, from which on worker processes are worth their start."""

_CHUNK: Final = 100
_CHUNK_SIZE: Final = 1_000_000
"""Records, and characters or bytes of them, that go to a worker at once."""

Task = tuple[int, str, list[RawRecord | Rejected]]


@dataclass(slots=True)
class Survey:
    """What the first pass learnt.

    records: how many the second pass will give, for progress.
    skipped: files of no known kind, by input.
    last: where the last record of an id stands, for ids that stand more than once.
    kept, who: the records for the second pass, and those who do it. own: their processes, if nobody else needs them.
    """

    kept: Kept
    boilerplate: Boilerplate = field(default_factory=Boilerplate)
    records: int = 0
    skipped: dict[str, tuple[str, ...]] = field(default_factory=dict)
    last: dict[bytes, Place] = field(default_factory=dict)
    who: Workers | None = None
    own: Crew | None = None

    def close(self) -> None:
        """Let go of what the second pass needs."""
        self.kept.close()
        if self.own is not None:
            self.own.close()


def survey(
    specs: Sequence[InputSpec], scratch: Path | None = None, processes: int | None = None, crew: Crew | None = None
) -> Survey:
    """The first pass over the inputs.

    scratch: a folder with room for all texts, for as long as they are read. processes: how many clean; by the size of
    the inputs if None. crew: whose processes these are, which go on to live; they end with the survey if None.

    Raises:
        InputError: a path does not exist.
        StoreDamaged: the store of a fetched input cannot be read.
        EmptyInput: an input holds no file of a known kind, or no article could be read from it.
        OSError: there is no room.
    """
    walks = tuple(Walk(spec, spec.path) if spec.fetched else inputs.walk(spec) for spec in specs)
    whose = crew or Crew()
    found = Survey(Kept(scratch), own=None if crew else whose)
    try:
        _survey(walks, specs, found, processes, whose)
    except BaseException:
        found.close()
        raise
    return found


def articles(specs: Sequence[InputSpec], found: Survey | None = None) -> Iterator[Cleaned | Rejected]:
    """Every record of the inputs, in order: an article with its remarks, or why there is none.

    found: the first pass, where it was made before (for the number of records and the files that were skipped). It is
    used up.

    Raises:
        InputError, EmptyInput, OSError: as `survey`, before anything is given.
    """
    found = found or survey(specs)
    try:
        for item in _finished(found):
            if isinstance(item, Rejected):
                yield item
                continue
            winner = found.last.get(key_of(item.article.id), place_of(item))
            yield item if winner == place_of(item) else _superseded(item, winner)
    finally:
        found.close()


def _survey(
    walks: Sequence[Walk], specs: Sequence[InputSpec], found: Survey, processes: int | None, crew: Crew
) -> None:
    seen: set[bytes] = set()
    rejected: list[Rejected | None] = [None] * len(walks)
    accepted = [0] * len(walks)
    tasks, many = _begun(_tasks(walks))
    count = (processes or min(8, len(os.sched_getaffinity(0)))) if many else 1
    found.who = who = crew.workers(count, Cleaning, specs)
    for _, (number, results) in who.map("first", tasks):
        for one in results:
            found.records += 1
            found.kept.put(one.kept)
            if one.rejected is not None:
                accepted[number] += isinstance(one.rejected, Held)
                rejected[number] = rejected[number] or one.rejected
                continue
            accepted[number] += 1
            _count(one, found, seen)
    for number, walk in enumerate(walks):
        reason = rejected[number]
        if not accepted[number]:
            raise empty(walk.spec, "no article could be read", [reason] if reason else [])
        found.skipped[label(walk.spec)] = tuple(walk.unknown)


def _count(one: Seen, found: Survey, seen: set[bytes]) -> None:
    found.boilerplate.count_keys(one.source, one.paragraphs)
    if one.key in seen:
        found.last[one.key] = one.place
    seen.add(one.key)


def _finished(found: Survey) -> Iterator[Cleaned | Rejected]:
    if found.who is not None:
        found.who.each("learn", found.boilerplate.repeated())
        for _, items in found.who.map("second", gathered(found.kept.pieces(), _CHUNK, len, _CHUNK_SIZE)):
            yield from items


def _tasks(walks: Sequence[Walk]) -> Iterator[Task]:
    """The records of each input with its number and what its ids begin with: its name, where the run has several."""
    for number, walk in enumerate(walks):
        prefix = f"{walk.spec.name}/" if walk.spec.name and len(walks) > 1 else ""
        for chunk in gathered(_read(walk), _CHUNK, _size, _CHUNK_SIZE):
            yield number, prefix, chunk


def _read(walk: Walk) -> Iterator[RawRecord | Rejected]:
    return harvest.read(walk.spec) if walk.spec.fetched else inputs.read(walk.spec, walk)


def _begun(
    tasks: Iterator[Task],
) -> tuple[Iterator[Task], bool]:
    """The same tasks, and whether they are many."""
    first, records, size = [], 0, 0
    for task in tasks:
        first.append(task)
        records += len(task[2])
        size += sum(map(_size, task[2]))
        if records >= _MANY or size >= _MUCH:
            return chain(first, tasks), True
    return iter(first), False


def _size(item: RawRecord | Rejected) -> int:
    """About how many characters a record has."""
    return 0 if isinstance(item, Rejected) else sum(len(one) for one in item.values.values() if isinstance(one, str))


def _superseded(item: Cleaned, winner: Place) -> Superseded:
    where = f"{winner[1]}:{winner[2]}" if winner[0] == item.input else f"input {winner[0]}, {winner[1]}:{winner[2]}"
    reason = f"the same id stands again in {where}; the last one counts"
    return Superseded(item.input, item.file, item.line, item.article.id, reason)
