"""The front door of the reading half: from inputs to clean articles, in two passes (`survey.py`, `finishing.py`).

The first pass looks for what has changed since the last run, reads and cleans that, and counts what repeats; the second
gives the articles. What lies between the passes is on disk; memory holds some hashes and numbers for each record, never
the texts. Of two records with one id the last one wins, over all inputs of the run; the other is `Superseded`.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from search.engines.articles import decode
from search.names import Names

from .choice import Choice, choose
from .cleaning import Made
from .finishing import finish
from .inputs.walk import label, shown
from .ledger import Ledger
from .ledger.columns import ACCEPTED, HELD, FileColumns, Found, Ints
from .ledger.hashes import Index, digest, hashes
from .looks import UNKNOWN, kept
from .records import Cleaned, InputSpec, Rejected, Superseded, Unreadable
from .survey import Survey, survey


class Reading:
    """A first pass, and what is chosen of it.

    before: the ledger that it went on from. withdrawn: ids of articles that stay out. is_out: which records those are.
    unsure: numbers of records that were not found when they were wanted, and must be read anew by the next run.
    """

    def __init__(self, found: Survey, before: Ledger | None = None, withdrawn: Collection[str] = ()) -> None:
        self.found = found
        self.records = found.records
        out = hashes([digest(one.encode("utf-8", "surrogatepass")) for one in sorted(withdrawn)])
        self.is_out: NDArray[np.bool_] = Index(out).find(found.records.read.key) >= 0
        self.choice: Choice = choose(found.records, before, self.is_out)
        self.unsure: Ints = np.zeros(0, np.int64)
        self.inputs = [label(one.walk.spec) for one in found.looks]
        self.input_of = found.input_of(found.records.found.file)
        self._shown: tuple[str, ...] = ()

    @property
    def articles(self) -> int:
        """How many records count."""
        return int(np.count_nonzero(self.choice.is_last))

    @property
    def needed(self) -> int:
        """How many of them the second pass gives."""
        return int(np.count_nonzero(self.choice.needed))

    @property
    def moved(self) -> int:
        """How many files, or records, were read again that a new ledger would spare the next run."""
        same = np.concatenate([one.is_same for one in self.found.looks])
        files = np.count_nonzero(~same & (self._stamps()[:, 1] != UNKNOWN))
        records = np.count_nonzero(self.records.read.kind[self.records.fresh] != HELD)
        return int(max(files, records))

    def is_read_as(self, before: Ledger) -> bool:
        """Whether the same inputs were read in the same way before."""
        return (tuple(self.inputs), tuple(self.found.hashes)) == (before.inputs, before.specs)

    def need_all(self) -> None:
        """Have the second pass give all of them."""
        self.choice = replace(self.choice, needed=self.choice.is_last & ~self.is_out)

    def made(self) -> Iterator[tuple[int, Made]]:
        """The second pass, see `finish`."""
        return finish(self.found, self.choice)

    def place(self, number: int) -> tuple[str, str, int]:
        """Input, file and line of a record."""
        stands = self.records.found
        if len(self._shown) < len(self.records.shown):
            self._shown = self.records.shown.texts()
        number_of_input, name = int(self.input_of[number]), self._shown[int(stands.shown[number])]
        if not name:
            place = int(stands.file[number] - self.found.first_files[number_of_input])
            name = shown(self.found.looks[number_of_input].walk.known[place])
        return self.inputs[number_of_input], name, int(stands.line[number])

    def superseded(self, numbers: Sequence[int]) -> list[Superseded]:
        """These records, whose ids stand again further on."""
        read = self.records.read
        last = np.flatnonzero(self.choice.is_last)
        winners = last[Index(read.key[last]).find(read.key[np.array(numbers, np.int64)])].tolist()
        return [
            _superseded(self.place(number), self.place(winner), read.id.strings(np.array([number]))[0])
            for number, winner in zip(numbers, winners, strict=True)
        ]

    def stands(self) -> Found:
        """What stands where, as the ledger keeps it: what is unsure is like nothing that the next run finds."""
        found = self.records.found
        raw = found.raw.copy()
        raw[self.unsure] = 0
        return replace(found, raw=raw)

    def files(self) -> FileColumns:
        """The files, as the ledger keeps them."""
        found, stamps = self.found, self._stamps()
        counts = [len(one.walk.known) for one in found.looks]
        return FileColumns(
            input=np.repeat(np.arange(len(counts), dtype=np.uint16), counts),
            path=reduce(Names.followed_by, (one.paths for one in found.looks)),
            slug=reduce(Names.followed_by, (one.slugs for one in found.looks)),
            is_one=np.concatenate([one.are_one for one in found.looks]),
            size=stamps[:, 0],
            modified=stamps[:, 1],
            changed=stamps[:, 2],
            first=np.searchsorted(self.records.found.file, np.arange(sum(counts) + 1)),
        )

    def close(self) -> None:
        """Let go of what the second pass needs."""
        self.found.close()

    def _stamps(self) -> NDArray[np.int64]:
        """The stamps of all files; UNKNOWN for those that are to be read again in any case."""
        found, records = self.found, self.records
        stamps = np.concatenate([kept(one.walk.stamps, found.began_ns) for one in found.looks])
        stamps[records.found.file[records.read.kind == HELD], 1:] = UNKNOWN  # time alone lets go of what is held back
        unread = [number for number, one in records.rejected.items() if isinstance(one, Unreadable)]
        stamps[records.found.file[np.append(self.unsure, unread).astype(np.int64)], 1:] = UNKNOWN
        for first, one in zip(found.first_files.tolist(), found.looks, strict=False):
            stamps[first + np.flatnonzero(one.is_put_off), 1:] = UNKNOWN
            if one.walk.problems:  # they stand with the first file
                stamps[first, 1:] = UNKNOWN
        return stamps


def articles(specs: Sequence[InputSpec], found: Survey | None = None) -> Iterator[Cleaned | Rejected]:
    """Every record of the inputs, in order: an article with its remarks, or why there is none.

    found: the first pass, where it was made before; it is used up.

    Raises:
        InputError, EmptyInput, OSError: as `survey`, before anything is given.
    """
    reading = Reading(found or survey(specs))
    try:
        made, records = reading.made(), reading.records
        for number, kind in enumerate(records.read.kind.tolist()):
            if kind != ACCEPTED:
                yield records.rejected[number]
            elif reading.choice.needed[number]:
                _, one = next(made)
                yield _cleaned(reading, number, one)
            else:
                yield from reading.superseded([number])
    finally:
        reading.close()


def _cleaned(reading: Reading, number: int, one: Made) -> Cleaned | Rejected:
    place = reading.place(number)
    if one.problem:
        return Rejected(*place, reading.records.read.id.strings(np.array([number]))[0], one.problem)
    return Cleaned(decode(one.data), *place, one.remarks)


def _superseded(where: tuple[str, str, int], winner: tuple[str, str, int], one: str) -> Superseded:
    stands = f"{winner[1]}:{winner[2]}" if winner[0] == where[0] else f"input {winner[0]}, {winner[1]}:{winner[2]}"
    return Superseded(*where, one, f"the same id stands again in {stands}; the last one counts")
