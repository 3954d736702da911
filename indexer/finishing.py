"""The second pass: from cleaned records to articles, without what their pages left in them."""

from collections.abc import Iterator, Sequence
from contextlib import closing

import numpy as np

from . import ghosts
from .choice import Choice
from .cleaning import Made
from .kept import Kept
from .ledger.columns import ACCEPTED, Ints
from .ledger.hashes import Index, hashes
from .marks import mark_of
from .processes import Workers, gathered
from .records import Raw
from .survey import CHUNK, CHUNK_SIZE, Survey, Task, records_of

Numbered = tuple[int, Made]


def finish(found: Survey, choice: Choice) -> Iterator[Numbered]:
    """The number of each record that is needed, and the article that it becomes.

    Records of files that have not changed are read once more. One that is not found any more, because its file changes
    just now, is left out.
    """
    who, records = found.who, found.records
    if who is None:
        return
    who.each("learn", frozenset(one.tobytes() for one in choice.repeated.astype("<u8")))
    accepted = records.fresh[records.read.kind[records.fresh] == ACCEPTED]
    wanted = choice.needed[accepted]
    yield from _made(who, accepted[wanted].tolist(), found.kept.pieces(wanted.tolist()))
    old = np.flatnonzero(choice.needed & (records.origin >= 0))
    if len(old):
        with closing(Kept(found.scratch)) as kept:
            numbers = _read_again(found, who, old, kept)
            yield from _made(who, numbers, kept.pieces())


def _made(who: Workers, numbers: Sequence[int], pieces: Iterator[bytes]) -> Iterator[Numbered]:
    at = 0
    for _, some in who.map("second", gathered(pieces, CHUNK, len, CHUNK_SIZE)):
        yield from zip(numbers[at : at + len(some)], some, strict=True)
        at += len(some)


def _read_again(found: Survey, who: Workers, numbers: Ints, kept: Kept) -> list[int]:
    """Read these records, and keep them; those that there were."""
    order, done, at = list[int](), list[int](), 0
    for _, seen in who.map("first", _tasks(found, numbers, order)):
        for one in seen:
            if one.rejected is None:
                kept.put(one.kept)
                done.append(order[at])
            at += 1
    return done


def _tasks(found: Survey, numbers: Ints, order: list[int]) -> Iterator[Task]:
    """The records, and their numbers in the same order."""
    stands, first_files = found.records.found, found.first_files
    files, first = np.unique(stands.file[numbers], return_index=True)  # records stand together by their files
    inputs = found.input_of(files).tolist()
    for file, number, there in zip(files.tolist(), inputs, np.split(numbers, first[1:]), strict=True):
        index, left = Index(stands.raw[there]), set(there.tolist())
        place = file - int(first_files[number])
        if found.looks[number].walk.known[place] == ghosts.NAME:
            continue
        raws = records_of(found.looks[number], place)
        for chunk in gathered(raws, CHUNK):
            wanted = list[Raw]()
            for raw, at in zip(chunk, index.find(hashes([mark_of(raw) for raw in chunk])).tolist(), strict=True):
                if at >= 0 and int(there[at]) in left:
                    left.discard(int(there[at]))
                    order.append(int(there[at]))
                    wanted.append(raw)
            if wanted:
                yield number, found.prefixes[number], wanted
