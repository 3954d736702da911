"""Collects what is known of the records of a run: some as an earlier run knew them, the others as they are read."""

from array import array
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from search.names import Names

from .cleaning import Seen
from .ledger.columns import ACCEPTED, HELD, REJECTED, Finished, Found, Ints, Read, both, some
from .ledger.hashes import BYTES, digest, hashes
from .ledger.ledger import Ledger
from .ledger.tables import Numbers
from .records import Held, Rejected

_NONE: Final = bytes(BYTES)


@dataclass(frozen=True, slots=True)
class Records:
    """The records of a run in the order they were read.

    origin: the number of each in the ledger of the run before, -1 for one that was read in this run; of those `fresh`
    has the numbers, rising. finished: as that ledger has it, nothing for the others. rejected: by the number of the
    record. shown, sources, langs, scripts: what their numbers mean.
    """

    origin: Ints
    fresh: Ints
    found: Found
    read: Read
    finished: Finished
    rejected: dict[int, Rejected]
    shown: Numbers
    sources: Numbers
    langs: Numbers
    scripts: Numbers

    def __len__(self) -> int:
        return len(self.origin)


class Collector:
    """before: the ledger of an earlier run, if any."""

    def __init__(self, before: Ledger | None = None) -> None:
        self._before = before
        self._shown = Numbers(before.shown if before else ("",))
        self._sources = Numbers(before.sources if before else ())
        self._origin, self._file, self._line, self._names = array("q"), array("I"), array("I"), array("I")
        self._raw = bytearray()
        self._kind, self._source, self._paragraphs = array("B"), array("I"), array("I")
        self._keys, self._held = bytearray(), bytearray()
        self._ids, self._sizes = bytearray(), array("I")
        self._rejected: list[Rejected] = []
        self._places: list[int] = []

    def as_before(self, held: Found, first: int, last: int, files: NDArray[Any]) -> None:
        """Take over these records of the ledger, which has `held`. files: the number of each one's file now."""
        self._origin.frombytes(np.arange(first, last, dtype=np.int64).tobytes())
        self._file.frombytes(files.astype(np.uint32).tobytes())
        self._line.frombytes(held.line[first:last].astype(np.uint32).tobytes())
        self._names.frombytes(held.shown[first:last].astype(np.uint32).tobytes())

    def again(self, number: int, file: int, line: int, shown: str) -> None:
        """Take over a record of the ledger that stands in this place now."""
        self._stands(number, file, line, shown)

    def new(self, file: int, line: int, shown: str, mark: bytes = _NONE) -> None:
        """One that must be read; `told` is called for each of these, in the same order."""
        self._stands(-1, file, line, shown)
        self._raw += mark

    def told(self, seen: Seen) -> None:
        """What reading one told."""
        wrong = seen.rejected
        self._kind.append(ACCEPTED if wrong is None else HELD if isinstance(wrong, Held) else REJECTED)
        if wrong is not None:
            self._rejected.append(wrong)
            self._places.append(len(self._kind) - 1)
        data = seen.id.encode("utf-8", "surrogatepass")
        self._keys += digest(data) if wrong is None else _NONE
        self._ids += data
        self._sizes.append(len(data))
        self._source.append(self._sources.of(seen.source))
        self._held += seen.paragraphs
        self._paragraphs.append(len(seen.paragraphs) // 8)

    def records(self) -> Records:
        """What was collected."""
        origin = np.array(self._origin, np.int64)
        fresh = np.flatnonzero(origin < 0)
        read = Read(
            kind=np.array(self._kind, np.uint8),
            key=hashes(self._keys),
            id=Names(np.frombuffer(bytes(self._ids), np.uint8), _ends(self._sizes)),
            source=np.array(self._source, np.uint32),
            ends=_ends(self._paragraphs),
            paragraphs=np.frombuffer(bytes(self._held), "<u8"),
        )
        finished, raw, before = Finished.none(len(read)), hashes(self._raw), self._before
        if before is not None:
            if len(origin) == len(before.read) and (origin == np.arange(len(origin))).all():
                read, finished, raw = before.read, before.finished, before.found.raw
            else:
                at = origin.copy()
                at[fresh] = len(before.read) + np.arange(len(fresh))
                read = some(both(before.read, read), at)
                finished = some(both(before.finished, finished), at)
                raw = np.concatenate([before.found.raw, raw])[at]
        file, line, shown = (np.array(one, np.uint32) for one in (self._file, self._line, self._names))
        return Records(
            origin=origin,
            fresh=fresh,
            found=Found(file, line, shown, raw),
            read=read,
            finished=finished,
            rejected=self._all_rejected(origin, fresh, line),
            shown=self._shown,
            sources=self._sources,
            langs=Numbers(before.langs if before else ()),
            scripts=Numbers(before.scripts if before else ()),
        )

    def _stands(self, origin: int, file: int, line: int, shown: str) -> None:
        self._origin.append(origin)
        self._file.append(file)
        self._line.append(line)
        self._names.append(self._shown.of(shown))

    def _all_rejected(self, origin: Ints, fresh: Ints, line: NDArray[np.uint32]) -> dict[int, Rejected]:
        found = {int(fresh[at]): one for at, one in zip(self._places, self._rejected, strict=True)}
        if self._before is not None and self._before.rejected:
            known = self._before.rejected
            for number in np.flatnonzero(np.isin(origin, list(known))).tolist():
                found[number] = replace(known[int(origin[number])], line=int(line[number]))
        return dict(sorted(found.items()))


def _ends(counts: "array[int]") -> Ints:
    return np.append(0, np.cumsum(np.array(counts, np.int64), dtype=np.int64))
