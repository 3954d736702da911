"""Keys for clients of the API: a file of their hashes that `izde keys` writes and every worker looks at.

A key is random enough (256 bits) that a plain SHA-256 of it cannot be guessed back. A file that cannot be read leaves
what was read last in use, and is told in the log.
"""

import hashlib
import hmac
import logging
import re
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Annotated, Final

import msgspec

from .errors import SettingsError
from .watched import Watched

FORMAT: Final = 1
MOST_BYTES: Final = 10_000_000

_KEY: Final = re.compile(r"izde_([0-9a-f]{8})_[A-Za-z0-9_-]{43}")
_log = logging.getLogger("izde.keys")


class Key(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a key. `id` is its public part, `hash` the SHA-256 of all of it in hex.

    rate: as `search.rates` reads it, empty for the usual one. expires: the end of its time, None for none.
    """

    id: str
    name: str
    hash: str
    rate: str = ""
    created: datetime
    expires: Annotated[datetime, msgspec.Meta(tz=True)] | None = None


class _List(msgspec.Struct, frozen=True):
    format: int
    keys: tuple[Key, ...]


def make(name: str, created: datetime, rate: str = "", expires: datetime | None = None) -> tuple[str, Key]:
    """A new key, which is told this once, and what is kept of it."""
    text = f"izde_{secrets.token_hex(4)}_{secrets.token_urlsafe(32)}"
    found = _KEY.fullmatch(text)
    assert found  # noqa: S101  # the line above
    return text, Key(id=found[1], name=name, hash=_hash(text), rate=rate, created=created, expires=expires)


def encode(keys: Iterable[Key]) -> bytes:
    """The file of these keys."""
    return msgspec.json.format(msgspec.json.encode(_List(FORMAT, tuple(keys))), indent=1) + b"\n"


def read(path: Path) -> tuple[Key, ...]:
    """The keys of a file; none where there is no file.

    Raises:
        SettingsError: the file cannot be read, or is no list of keys.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES)
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise SettingsError(f"{path}: the keys cannot be read ({error.strerror})") from error
    try:
        made = msgspec.json.decode(raw, type=_List)
    except msgspec.MsgspecError as error:
        raise SettingsError(
            f"{path}: it is no list of keys ({error}); put it back from a backup (`izde restore`), or remove it"
            " and give out new keys"
        ) from error
    if made.format != FORMAT:
        raise SettingsError(f"{path}: it has the format {made.format}, this Izde knows {FORMAT}")
    return made.keys


class Keys:
    """The keys of a file, taken up within `poll_ms` milliseconds of a change. Safe to share between threads."""

    def __init__(self, path: Path, poll_ms: int) -> None:
        self._watched = Watched(path, poll_ms)
        self._lock = Lock()
        self._known: Mapping[str, Key] = {}

    def find(self, text: str, now: datetime) -> Key | None:
        """The key that this text is, if it is one of ours and its time is not over."""
        self._look()
        shape = _KEY.fullmatch(text)
        known = self._known.get(shape[1]) if shape else None
        if known is None or not hmac.compare_digest(known.hash, _hash(text)):
            return None
        return None if known.expires and known.expires <= now else known

    def _look(self) -> None:
        with self._lock:
            if not self._watched.changed():
                return
            try:
                self._known = {key.id: key for key in read(self._watched.path)}
            except SettingsError as error:
                _log.warning("%s; the keys that were read last stay in use", error)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
