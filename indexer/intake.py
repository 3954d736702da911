"""Takes what a run has read in: articles to the spool, what is wrong to lists."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import fields
from functools import cached_property
from hashlib import blake2b
from typing import Final

import numpy as np
from numpy.typing import NDArray

from search.engines.articles import encode
from search.engines.base import moment
from search.errors import IndexCorrupt
from search.model import Article

from .cleaning import Made
from .errors import SafetyStop
from .ledger import Ledger
from .ledger.columns import ACCEPTED, REJECTED, UNDATED, Finished, Ints
from .ledger.hashes import digest
from .printable import printable
from .reading import Reading
from .records import Held, Rejected
from .report import MOST_REMARKS, Remark
from .spool import Spool

Lookup = Callable[[Sequence[str]], list[Article | None]]

_TOGETHER: Final = 256
"""Articles that are taken from the index together."""
_CHANGING: Final = "its file changed while it was read; the next run reads it"


class Intake:
    """What a run has read.

    before: the ledger that the run goes on from. articles: gives articles of the index by their ids.
    kind, finished: of each record as it is now. rejected: by the number of the record.
    """

    def __init__(
        self,
        reading: Reading,
        spool: Spool,
        before: Ledger | None = None,
        articles: Lookup | None = None,
    ) -> None:
        self.reading, self.spool, self._articles = reading, spool, articles
        records = reading.records
        self.kind: NDArray[np.uint8] = records.read.kind.copy()
        self.finished = Finished(*(getattr(records.finished, one.name).copy() for one in fields(Finished)))
        counts = (self.kind != ACCEPTED) | reading.choice.is_last  # one that could not be stored may be superseded now
        self.rejected = {
            number: one for number, one in records.rejected.items() if counts[number] and not isinstance(one, Held)
        }
        known = before.rejected.values() if before else ()
        self._known = frozenset(of_rejected(one) for one in known if not isinstance(one, Held))
        self.remarked: Counter[str] = Counter()
        self.remarks: dict[str, list[Remark]] = {}

    def take(self, step: Callable[[], None] = lambda: None, *, fail_fast: bool = False) -> None:
        """Read everything that is needed. step: called for each. fail_fast: stop at the first that is rejected.

        Raises:
            SafetyStop: one was.
            OSError: the disk is full.
        """
        if fail_fast:
            for one in self.rejected.values():
                self._stop_at(one)
        taken = np.zeros(len(self.kind), np.bool_)
        for number, made in self.reading.made():
            taken[number] = True
            step()
            if made.problem:
                self._reject(number, made.problem)
                if fail_fast:
                    self._stop_at(self.rejected[number])
            else:
                self._finish(number, made)
        self.reading.unsure = np.flatnonzero(self.reading.choice.needed & ~taken)
        self._as_before(self.reading.unsure)
        self.spool.flush()
        last = self.reading.choice.is_last
        self.finished.is_in[:] = last & (self.kind == ACCEPTED) & ~self.reading.is_out & self.finished.is_done()
        self._remark_superseded()

    def places(self, numbers: Ints | None = None) -> Ints:
        """Where the articles of these records lie in the spool; of all that are to be in the index if None."""
        wanted = self.finished.is_in
        if numbers is not None:
            wanted = np.zeros(len(self.kind), np.bool_)
            wanted[numbers] = True
        return np.flatnonzero(wanted[np.array(self.spool.numbers, np.int64)])

    @cached_property
    def new(self) -> list[Rejected]:
        """Records that are rejected, and that the last run did not reject in the same way; once all is taken."""
        return [one for number, one in self.rejected.items() if self._hashes[number] not in self._known]

    @property
    def same_rejected(self) -> bool:
        """Whether just those are rejected that the last run rejected; once all is taken."""
        return frozenset(self._hashes.values()) == self._known

    @cached_property
    def _hashes(self) -> dict[int, bytes]:
        return {number: of_rejected(one) for number, one in self.rejected.items()}

    def for_ledger(self) -> dict[int, Rejected]:
        """What is rejected, and what is held back, by number."""
        held = {number: one for number, one in self.reading.records.rejected.items() if isinstance(one, Held)}
        return dict(sorted({**self.rejected, **held}.items()))

    def _finish(self, number: int, made: Made) -> None:
        finished, records = self.finished, self.reading.records
        finished.digest[number] = np.frombuffer(made.digest, "<u8")
        finished.lang[number] = records.langs.of(made.lang)
        finished.script[number] = records.scripts.of(made.script)
        finished.moment[number] = UNDATED if made.moment is None else made.moment
        self.spool.add(number, made.data, made.moment)
        self.rejected.pop(number, None)  # it could not be stored, or not be found, in an earlier run
        self._remark(number, made.remarks)

    def _as_before(self, numbers: Ints) -> None:
        """Go on with the articles of the index where records could not be found any more."""
        for first in range(0, len(numbers), _TOGETHER):
            some = numbers[first : first + _TOGETHER]
            articles = self._found(self.reading.records.read.id.strings(some))
            for number, article in zip(some.tolist(), articles, strict=True):
                if article is None:
                    self._reject(number, _CHANGING)
                    continue
                data = encode(article)
                self._finish(number, Made(data, digest(data), article.lang, article.script, moment(article), ()))

    def _found(self, ids: Sequence[str]) -> list[Article | None]:
        """The articles of the index with these ids; None for one that is missing or damaged."""
        try:
            return self._articles(ids) if self._articles else [None] * len(ids)
        except IndexCorrupt:
            return [None] if len(ids) == 1 else [article for one in ids for article in self._found([one])]

    def _reject(self, number: int, reason: str) -> None:
        self.kind[number] = REJECTED
        self.rejected[number] = Rejected(*self.reading.place(number), self._id(number), reason)

    def _stop_at(self, one: Rejected) -> None:
        if of_rejected(one) not in self._known:
            where = f"{one.file}:{one.line}" if one.line else one.file
            raise SafetyStop(f"{printable(where)}: {printable(one.reason)}; the old index serves on (--fail-fast)")

    def _id(self, number: int) -> str:
        return self.reading.records.read.id.strings(np.array([number]))[0]

    def _remark(self, number: int, remarks: Sequence[str]) -> None:
        if remarks:
            name, file, line = self.reading.place(number)
            self._list(name, file, line, self._id(number), remarks)

    def _remark_superseded(self) -> None:
        """Of what was read in this run; what is older was said before."""
        fresh = self.reading.records.fresh
        twice = fresh[(self.kind[fresh] == ACCEPTED) & ~self.reading.choice.is_last[fresh]]
        for one in self.reading.superseded(twice.tolist()):
            self._list(one.input, one.file, one.line, one.id, (one.reason,))

    def _list(self, name: str, file: str, line: int, one: str, remarks: Sequence[str]) -> None:
        self.remarked[name] += len(remarks)
        listed = self.remarks.setdefault(name, [])
        for text in remarks[: MOST_REMARKS - len(listed)]:
            listed.append(Remark(printable(file), line, printable(one), printable(text)))


def of_rejected(rejected: Rejected) -> bytes:
    """The hash of a record that was rejected. Its line is left out: a record above it may have come or gone."""
    parts = (rejected.input, rejected.file, rejected.id, rejected.reason)
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()
