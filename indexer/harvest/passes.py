"""How far the reading of ordered records got: after the last one, and now and then once more through all of them.

A pass over everything goes on over several harvests if it must; when it ends, what it did not see leaves. Between two
passes only what comes after the cursor is read, and nothing leaves.
"""

import time
from collections.abc import Mapping
from typing import Any, Final

from .job import Job
from .store import digest

_CURSOR: Final = "cursor"
_PASS: Final = "pass"  # noqa: S105  # a pass over records, no password
_FULL: Final = "full"


class Pass:
    """cursor: where to go on, as `reached` was told; empty for the beginning."""

    def __init__(self, job: Job, full_every_s: float) -> None:
        self._job, self._store = job, job.store
        begun = int(self._store.mark(_PASS) or 0)
        self._round = begun or self._store.next_round()
        self.is_full = bool(begun)
        if not begun and job.due(_FULL, full_every_s):
            self.is_full = True
            self._store.set_mark(_PASS, self._round)
            self._store.set_mark(_CURSOR, "")
        self._store.commit()
        self.cursor = self._store.mark(_CURSOR)

    def take(self, key: str, record: Mapping[str, Any]) -> None:
        """Store a record; one without a key has no id, and is told when it is read."""
        key = key or f"record {digest(repr(record))}"
        self._job.took(self._store.put(key, record, self._round))
        if self._store.full():
            self._store.commit()

    def reached(self, cursor: str) -> None:
        """Everything up to here was taken: make it durable."""
        self._job.moved |= cursor != self.cursor
        self.cursor = cursor
        self._store.set_mark(_CURSOR, cursor)
        self._store.commit()

    def finish(self) -> None:
        """Everything was taken; after a pass over all, what it did not see leaves."""
        if self.is_full:
            self._job.tally.gone += self._store.remove_unseen(self._round)
            self._store.set_mark(_PASS, "")
            self._store.set_mark(_FULL, time.time())
        else:
            self._job.tally.unchanged += self._store.unseen(self._round)
        self._store.commit()
