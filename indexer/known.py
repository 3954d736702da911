"""The records that the run before read of a file, found again by how they stand there."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .ledger import Ledger
from .ledger.columns import ACCEPTED, REJECTED
from .ledger.hashes import Index, hashes
from .looks import Look


class Known:
    """The records that the run before read of a file."""

    def __init__(self, before: Ledger | None, file: int, *, retry: bool) -> None:
        self._marks: Index | None = None
        if before is not None and file >= 0:
            first, last = before.files.first[file : file + 2].tolist()
            kinds = before.read.kind[first:last]
            places = np.flatnonzero((kinds == ACCEPTED) | ((kinds == REJECTED) & (not retry)))
            marks = before.found.raw[first:last][places]
            places = places[marks.any(axis=1)]
            self._places = first + places
            self._marks = Index(before.found.raw[self._places])

    def find(self, marks: Sequence[bytes]) -> list[int]:
        """The number of each in the ledger, -1 for what was not there."""
        if self._marks is None or not len(self._places):
            return [-1] * len(marks)
        at = self._marks.find(hashes(marks))
        found: list[int] = np.where(at >= 0, self._places[np.maximum(at, 0)], -1).tolist()
        return found


def with_rejected(one: Look, before: Ledger) -> NDArray[np.bool_]:
    """Which files hold records that were rejected."""
    files = np.zeros(len(before.files) + 1, np.bool_)
    files[before.found.file[before.read.kind == REJECTED]] = True
    return files[one.before]
