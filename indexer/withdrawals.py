"""The list of withdrawn articles, as the editors change it: at once, whether a run is at work or not."""

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from search.withdrawn import NAME, Withdrawal, encode, read

from .files import replace_durably

_LOCK: Final = ".withdrawn.lock"


def withdraw(index: Path, ids: Iterable[str], reason: str) -> tuple[Withdrawal, ...]:
    """Take these articles out from now on; those that are new on the list. It is on the disk when this returns.

    Raises:
        IndexCorrupt: the list as it is cannot be read; nothing was changed.
        OSError: it cannot be written.
    """
    with _alone(index):
        before = read(index)
        known = {one.id for one in before}
        now = datetime.now(UTC).replace(microsecond=0)
        fresh = tuple(Withdrawal(one, reason, now) for one in dict.fromkeys(ids) if one not in known)
        if fresh:
            replace_durably(index / NAME, encode((*before, *fresh)))
    return fresh


def bring_back(index: Path, ids: Iterable[str]) -> tuple[Withdrawal, ...]:
    """Let these articles be shown again; those that were on the list. Raises as `withdraw`."""
    wanted = set(ids)
    with _alone(index):
        before = read(index)
        back = tuple(one for one in before if one.id in wanted)
        if back:
            replace_durably(index / NAME, encode(one for one in before if one.id not in wanted))
    return back


@contextmanager
def _alone(index: Path) -> Iterator[None]:
    """Nobody else changes the list meanwhile; a lock of its own, since a run may take hours."""
    index.mkdir(parents=True, exist_ok=True)
    number = os.open(index / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(number, fcntl.LOCK_EX)
        yield
    finally:
        os.close(number)
