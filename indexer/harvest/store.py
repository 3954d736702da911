"""What was fetched of one input, in one SQLite file: a row for each article or page, and marks of how far it got.

Rows are written in small batches together with the marks that belong to them, so whatever ends a harvest, the next one
goes on from a state that was true. Records are raw: the field map and the cleaning come later, in every run.
"""

import json
import sqlite3
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import Any, Final, NamedTuple

import msgspec

from indexer.errors import IndexerError, NoSpace

VERSION: Final = 1
_BATCH: Final = 500
_BATCH_S: Final = 1.0
_PAGE: Final = 100
_WAIT_S: Final = 30.0
_LARGEST: Final = 1 << 28
"""Bytes that one record may unpack to."""

_TABLES: Final = """
CREATE TABLE items (
    key TEXT PRIMARY KEY,
    part TEXT NOT NULL DEFAULT '',      -- the list it stands in, such as one sitemap of several
    wanted TEXT NOT NULL DEFAULT '',    -- its stamp as the list says it, such as lastmod
    stamp TEXT NOT NULL DEFAULT '',     -- the one it had when it was last fetched
    given BLOB,                         -- what the list says of it besides
    etag TEXT NOT NULL DEFAULT '',
    modified TEXT NOT NULL DEFAULT '',
    fetched INTEGER NOT NULL DEFAULT 0, -- when, in seconds since 1970; 0 never
    seen INTEGER NOT NULL DEFAULT 0,    -- the round in which it was last listed
    tried INTEGER NOT NULL DEFAULT 0,   -- the round in which it was last asked for
    missing INTEGER NOT NULL DEFAULT 0, -- rounds in a row in which it was not listed
    lost INTEGER NOT NULL DEFAULT 0,    -- times in a row that it was answered to be gone
    problem TEXT NOT NULL DEFAULT '',   -- why there is no article
    record BLOB);
CREATE TABLE marks (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


class StoreDamaged(IndexerError):
    """A store that cannot be read; it can be removed, and everything is fetched again."""


class Stored(NamedTuple):
    """A row as it is read: its key, and its record as it is packed, or why there is none; path: of the store."""

    key: str
    packed: bytes
    problem: str
    path: Path

    @property
    def record(self) -> dict[str, Any]:
        """The record, empty if there is none; raises StoreDamaged."""
        return unpacked(self.packed, self.path) if self.packed else {}


class Store:
    """The store of one input. Used as a context: what was not committed when an error leaves it is taken back.

    Raises, in every method:
        StoreDamaged: the file is no store.
        NoSpace: it cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._waiting = 0
        self._since = time.monotonic()
        with self._told():
            self.base = sqlite3.connect(path, timeout=_WAIT_S, isolation_level=None)
            self.base.execute("PRAGMA synchronous = FULL")
            self._made()

    def __enter__(self) -> "Store":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self.commit()
        finally:
            self.base.close()

    def write(self, statement: str, values: Iterable[object] = ()) -> int:
        """Run one statement that changes something; how many rows it changed. It is kept with the next `commit`."""
        with self._told():
            if not self.base.in_transaction:
                self.base.execute("BEGIN IMMEDIATE")
                self._since = time.monotonic()
            self._waiting += 1
            return self.base.execute(statement, _writable(values)).rowcount

    def rows(self, statement: str, values: Iterable[object] | Mapping[str, object] = ()) -> list[tuple[Any, ...]]:
        """What a question gives."""
        with self._told():
            given = values if isinstance(values, Mapping) else _writable(values)
            return self.base.execute(statement, given).fetchall()

    def commit(self) -> None:
        """Make durable what was written."""
        with self._told():
            if self.base.in_transaction:
                self.base.execute("COMMIT")
            self._waiting = 0

    def take_back(self) -> None:
        """Forget what was written since the last `commit`."""
        with self._told():
            if self.base.in_transaction:
                self.base.execute("ROLLBACK")
            self._waiting = 0

    def full(self) -> bool:
        """Whether enough is waiting that it should be committed."""
        return self._waiting >= _BATCH or (self._waiting > 0 and time.monotonic() - self._since >= _BATCH_S)

    def mark(self, name: str) -> str:
        """A mark; empty if it was never set."""
        found = self.rows("SELECT value FROM marks WHERE name = ?", (name,))
        return str(found[0][0]) if found else ""

    def set_mark(self, name: str, value: object) -> None:
        """Set a mark; it is kept with the next `commit`."""
        self.write("INSERT OR REPLACE INTO marks VALUES (?, ?)", (name, str(value)))

    def forget_marks(self) -> None:
        """Be as if nothing was ever looked at, but keep the records; rounds are counted on."""
        self.write("DELETE FROM marks WHERE name != 'round'")

    def next_round(self) -> int:
        """The number of a new round: of what is listed, or asked for, from now on."""
        number = int(self.mark("round") or 0) + 1
        self.set_mark("round", number)
        return number

    def put(self, key: str, record: Mapping[str, Any], seen: int) -> bool | None:
        """Take a record in the round `seen`; whether it differs from the stored one, None if it came in this round."""
        blob = packed(record)
        found = self.rows("SELECT record, seen FROM items WHERE key = ?", (key,))
        changed = not found or found[0][0] != blob
        self.write(
            "INSERT INTO items (key, record, fetched, seen) VALUES (?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET"
            " record = excluded.record, fetched = excluded.fetched, seen = excluded.seen, problem = ''",
            (key, blob, int(time.time()), seen),
        )
        return None if not changed and found[0][1] == seen else changed

    def remove_unseen(self, number: int) -> int:
        """Remove what was not listed since this round began; how many articles that were."""
        gone = self.unseen(number)
        self.write("DELETE FROM items WHERE seen < ?", (number,))
        return gone

    def unseen(self, number: int) -> int:
        """Articles that were not listed since this round began."""
        return int(self.rows("SELECT count(*) FROM items WHERE seen < ? AND record IS NOT NULL", (number,))[0][0])

    def count(self) -> int:
        """Rows that `stored` would give."""
        return int(self.rows("SELECT count(*) FROM items WHERE record IS NOT NULL OR problem != ''")[0][0])

    def stored(self) -> Iterator[Stored]:
        """What there is, in the order of keys; no lock is held between two pieces."""
        last = ""
        while found := self.rows(
            "SELECT key, record, problem FROM items WHERE key > ? AND (record IS NOT NULL OR problem != '')"
            " ORDER BY key LIMIT ?",
            (last, _PAGE),
        ):
            for key, blob, problem in found:
                yield Stored(key, blob or b"", problem if blob is None else "", self.path)
            last = found[-1][0]

    def _made(self) -> None:
        version = self.base.execute("PRAGMA user_version").fetchone()[0]
        if version == 0 and not self.base.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            self.base.executescript(f"BEGIN IMMEDIATE; {_TABLES} PRAGMA user_version = {VERSION}; COMMIT")
        elif version != VERSION:
            raise self._damaged(f"version {version} where {VERSION} was expected")

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Errors of SQLite in our words."""
        try:
            yield
        except sqlite3.OperationalError as error:
            raise NoSpace(f"{self.path}: what was fetched cannot be stored: {error}") from None
        except sqlite3.DatabaseError as error:
            raise self._damaged(error) from None

    def _damaged(self, why: object) -> StoreDamaged:
        return _damaged(self.path, why)


def packed(record: Mapping[str, Any]) -> bytes:
    """A record as it is stored: the same bytes for the same record."""
    return zlib.compress(encoded(record), 6)


def unpacked(blob: bytes, path: Path) -> dict[str, Any]:
    """The inverse of `packed`.

    Raises:
        StoreDamaged: it is not what was stored.
    """
    try:
        text = zlib.decompressobj().decompress(blob, _LARGEST)
        return msgspec.json.decode(text, type=dict[str, Any])
    except (zlib.error, msgspec.MsgspecError) as error:
        raise _damaged(path, error) from None


def encoded(record: Mapping[str, Any]) -> bytes:
    """A record as JSON; half a surrogate pair, which is no text, becomes a question mark."""
    try:
        return msgspec.json.encode(record, order="deterministic")
    except UnicodeEncodeError:
        return json.dumps(record, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")


def _damaged(path: Path, why: object) -> StoreDamaged:
    return StoreDamaged(f"{path}: damaged ({why}); remove the file, and everything is fetched again")


def _writable(values: Iterable[object]) -> tuple[object, ...]:
    return tuple(one.encode("utf-8", "replace").decode() if isinstance(one, str) else one for one in values)


def digest(text: str) -> str:
    """A short hash, where a key or a stamp is wanted and there is none."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
