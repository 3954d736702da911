"""What changed since the last run, and the two stops for what looks like an accident."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from .errors import SafetyStop
from .ledger import Ledger
from .ledger.columns import Finished, Hashes, Ints
from .ledger.hashes import Index
from .limits import Limit

FEW_ERRORS = 20
"""So many rejected records never stop a run, whatever share of their input they are."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Numbers of records whose articles are new, changed, and as they were; and, in the ledger before, those gone."""

    add: Ints
    change: Ints
    keep: Ints
    remove: Ints

    @property
    def is_empty(self) -> bool:
        """Whether nothing has to be done."""
        return not (len(self.add) or len(self.change) or len(self.remove))


def changes(key: Hashes, finished: Finished, before: Ledger | None) -> Changes:
    """Compare the articles of two runs by the hashes of their contents. key: of all records of this run."""
    now = np.flatnonzero(finished.is_in)
    if before is None:
        nothing = np.zeros(0, np.int64)
        return Changes(now, nothing, nothing, nothing)
    old = np.flatnonzero(before.finished.is_in)
    at = Index(before.read.key[old]).find(key[now])
    both = now[at >= 0]
    same = (finished.digest[both] == before.finished.digest[old[at[at >= 0]]]).all(axis=1)
    gone = Index(key[now]).find(before.read.key[old]) < 0
    return Changes(now[at < 0], both[~same], both[same], old[gone])


def guard_removal(gone: int, before: int, limit: Limit) -> None:
    """Stop if more articles would go than the limit allows, out of `before`.

    Raises:
        SafetyStop: they would.
    """
    if limit.exceeded(gone, before):
        raise SafetyStop(
            f"{gone} of {before} articles are no longer in the input (the limit is {limit}); the old index serves on."
            " If this is meant, run again with --max-delete 100%"
        )


def guard_errors(inputs: Iterable[tuple[str, int, int]], limit: Limit, given: str) -> None:
    """Stop if more records of an input (its name, rejected, read) were rejected than the limit allows.

    given: where the rejected records are listed.

    Raises:
        SafetyStop: they were.
    """
    for name, rejected, read in inputs:
        if limit.exceeded(rejected, read, 0 if limit.number is not None else FEW_ERRORS):
            raise SafetyStop(
                f"{name}: {rejected} of {read} records were rejected (the limit is {limit}); the old index serves on."
                f" The reasons are in {given}. If this is meant, run again with --max-errors 100%"
            )
