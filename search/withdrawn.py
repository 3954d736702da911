"""Articles that the editors took out: gone at once, whatever the generation that is served still holds.

Their list lies in the index folder; the indexer writes it (`izde withdraw`), every worker looks at it as often as at
CURRENT. A list that cannot be read leaves what was read last in use, and is told in the log and by `/readyz`.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from threading import Lock
from typing import Final

import msgspec

from .errors import IndexCorrupt
from .watched import Watched

NAME: Final = "WITHDRAWN.json"
MOST_BYTES: Final = 50_000_000
FORMAT: Final = 1

_log = logging.getLogger("izde.index")


class Withdrawal(msgspec.Struct, frozen=True):
    """An article that was taken out: why, which stays inside the house, and when."""

    id: str
    reason: str
    time: datetime


class _List(msgspec.Struct, frozen=True):
    format: int
    seal: str
    articles: tuple[Withdrawal, ...]


def encode(articles: Iterable[Withdrawal]) -> bytes:
    """The file of a list, with a seal by which a damaged one is known."""
    held = tuple(articles)
    made = _List(FORMAT, _seal(held), held)
    return msgspec.json.format(msgspec.json.encode(made), indent=1) + b"\n"


def read(index: Path) -> tuple[Withdrawal, ...]:
    """The list of an index folder; empty where there is none.

    Raises:
        IndexCorrupt: the file cannot be read, or is not what was written.
    """
    path = index / NAME
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise IndexCorrupt(path, f"it cannot be read ({error.strerror})", _ADVICE) from error
    if len(raw) > MOST_BYTES:
        raise IndexCorrupt(path, f"it is larger than {MOST_BYTES:,} bytes", _ADVICE)
    try:
        made = msgspec.json.decode(raw, type=_List)
    except msgspec.MsgspecError as error:
        raise IndexCorrupt(path, f"it is no list of withdrawn articles ({error})", _ADVICE) from error
    if made.format != FORMAT or made.seal != _seal(made.articles):
        raise IndexCorrupt(path, "it is not what was written", _ADVICE)
    return made.articles


_ADVICE: Final = "put it back from a backup (`izde restore`); until then withdrawn articles may be shown"


@dataclass(frozen=True)
class Withdrawn:
    """The ids of one version of the list. stamp: changes with them, empty where there are none.

    problem: why the list could not be read since, empty if it could.
    """

    ids: frozenset[str] = frozenset()
    problem: str = ""

    @cached_property
    def stamp(self) -> str:
        """A short hash of the ids."""
        return blake2b("\0".join(sorted(self.ids)).encode(), digest_size=8).hexdigest() if self.ids else ""


class WithdrawnFile:
    """The list of an index folder, looked at once in `poll_ms`. Safe to share between threads."""

    def __init__(self, index: Path, poll_ms: int) -> None:
        self._index = index
        self._file = Watched(index / NAME, poll_ms)
        self._lock = Lock()
        self._current = Withdrawn()

    def current(self) -> Withdrawn:
        """What it says now; to be asked for anew for each question."""
        with self._lock:
            if self._file.changed():
                self._read()
            return self._current

    def _read(self) -> None:
        try:
            self._current = Withdrawn(frozenset(one.id for one in read(self._index)))
        except IndexCorrupt as error:
            _log.error("%s", error)  # the message says it all
            self._current = Withdrawn(self._current.ids, str(error))


def _seal(articles: tuple[Withdrawal, ...]) -> str:
    return blake2b(msgspec.json.encode(articles), digest_size=16).hexdigest()
