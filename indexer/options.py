"""How a run is to be done, and what came of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from .limits import Limit
from .report import Report


@dataclass(frozen=True, slots=True)
class Options:
    """How to run.

    workers: processes that analyse, by the number of articles if None.
    lock_wait_s: how long to wait for another run, in seconds.
    stale_after: the age of the last success up to which another run at work is no failure.
    dry_run: stop before building. fail_fast: stop at the first record that is rejected.
    full: read, learn and build everything anew. keep_learnt: but with the lexicon and the vectors there are.
    link: share files with the generation before by hard links.
    """

    max_delete: Limit
    max_errors: Limit
    stale_after: timedelta
    workers: int | None = None
    lock_wait_s: float = 0
    dry_run: bool = False
    fail_fast: bool = False
    full: bool = False
    keep_learnt: bool = False
    link: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did. added, changed, removed: ids, for those who want more than the report counts."""

    report: Report
    added: Callable[[], list[str]]
    changed: Callable[[], list[str]]
    removed: Callable[[], list[str]]
    quarantine: Path
