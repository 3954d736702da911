"""The file of API keys, as operators change it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from search.keys import Key, encode, make, read

from .files import replace_durably


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key that was made: what the client sends, which is told this once, and what is kept of it."""

    text: str
    kept: Key


def add(path: Path, name: str, rate: str, expires: datetime | None) -> NewKey:
    """Add a key; it is on the disk when this returns.

    Raises:
        SettingsError: the file as it is cannot be read; nothing was changed.
        OSError: it cannot be written.
    """
    with _alone(path):
        made = NewKey(*make(name, datetime.now(UTC).replace(microsecond=0), rate, expires))
        replace_durably(path, encode((*read(path), made.kept)))
    return made


def revoke(path: Path, ids: frozenset[str]) -> tuple[Key, ...]:
    """Take keys out; those that were in the file. Raises as `add`."""
    with _alone(path):
        before = read(path)
        gone = tuple(key for key in before if key.id in ids)
        if gone:
            replace_durably(path, encode(key for key in before if key.id not in ids))
    return gone


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Nobody else changes the file meanwhile."""
    path.parent.mkdir(parents=True, exist_ok=True)
    number = os.open(path.with_name(f".{path.name}.lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(number, fcntl.LOCK_EX)
        yield
    finally:
        os.close(number)
