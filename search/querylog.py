"""The query log: one JSON line for each search, a file for each day; off unless a folder is set.

It holds no addresses, no browsers and no ids of readers: what was asked, when (to the second), and what came of it. It
never makes a request fail: what cannot be written is told once, and passed over.
"""

import hashlib
import logging
import os
import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Final

import msgspec

from .cursor import START
from .errors import SettingsError
from .model import Page
from .settings import Settings

_log = logging.getLogger("izde.querylog")

CUT: Final = 64
"""Characters of a query that the log has of it under `cut`."""

TEXTS: Final = ("cut", "hash", "full")

_NAME: Final = re.compile(r"queries-(\d{4}-\d{2}-\d{2})\.jsonl")
_FLAGS: Final = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


@dataclass(frozen=True, slots=True)
class Asked:
    """A search as it was answered.

    took_ms: milliseconds; page: 0 for a harvest that goes on; face: `api` or `html`; filters: whether there were any.
    """

    text: str
    total: int
    took_ms: float
    page: int
    face: str
    language: str
    notes: tuple[str, ...]
    filters: bool
    timed_out: bool
    generation: str

    @classmethod
    def of(cls, page: Page, face: str, language: str) -> "Asked":
        """What led to this page."""
        query = page.query
        return cls(
            query.text,
            page.total,
            page.took_ms,
            query.page if query.cursor in ("", START) else 0,
            face,
            language,
            tuple(dict.fromkeys(note.kind for note in page.notes)),
            bool(query.filters or query.dates),
            page.timed_out,
            page.index.generation,
        )


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the log. time: UTC, whole seconds; took_ms: 0 where the answer was in memory (`cached`)."""

    time: Annotated[datetime, msgspec.Meta(tz=True)]
    text: str
    total: int
    took_ms: float
    page: int
    face: str
    language: str
    notes: tuple[str, ...]
    filters: bool
    timed_out: bool
    cached: bool
    generation: str


class QueryLog:
    """Writes the log into `folder`; `None` writes none. Several threads and processes may write at once.

    text: how much of a query it tells, one of `TEXTS`. days: after which a day's file is removed.
    """

    def __init__(self, folder: Path | None, text: str = "cut", days: int = 90) -> None:
        self._folder, self._text, self._days = folder, text, days
        self._day: date | None = None
        self._failing = False
        self._torn = False

    @classmethod
    def of(cls, settings: Settings) -> "QueryLog":
        """The log that the settings ask for.

        Raises:
            SettingsError: `query_log_text` is none of the three.
        """
        if settings.query_log_text not in TEXTS:
            raise SettingsError(f"query_log_text: {settings.query_log_text!r} must be one of {', '.join(TEXTS)}")
        folder = Path(settings.query_log) if settings.query_log else None
        return cls(folder, settings.query_log_text, settings.query_log_days)

    def write(self, asked: Asked, *, cached: bool = False, now: datetime | None = None) -> None:
        """Add a line. cached: nothing was searched for it this time."""
        if self._folder is None:
            return
        when = (now or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
        line = Line(
            time=when,
            text=logged(asked.text, self._text),
            total=asked.total,
            took_ms=0.0 if cached else round(asked.took_ms, 1),
            page=asked.page,
            face=asked.face,
            language=asked.language,
            notes=asked.notes,
            filters=asked.filters,
            timed_out=asked.timed_out,
            cached=cached,
            generation=asked.generation,
        )
        try:
            self._append(self._folder, when.date(), encoded(line))
        except OSError as error:
            if not self._failing:
                _log.warning("%s: the query log cannot be written: %s", self._folder, error.strerror)
            self._failing = True
            self._day = None
        else:
            self._failing = False

    def _append(self, folder: Path, day: date, line: bytes) -> None:
        """One write for each line: the system puts those of several processes one after another."""
        if day != self._day:
            folder.mkdir(mode=0o750, parents=True, exist_ok=True)
            self._remove_old(folder, day)
            self._day = day
        number = os.open(folder / f"queries-{day}.jsonl", _FLAGS, 0o640)
        try:
            # After a full disk half a line may stand there; ours begins on a new one.
            data = b"\n" + line if self._torn else line
            self._torn = os.write(number, data) < len(data)
        finally:
            os.close(number)

    def _remove_old(self, folder: Path, today: date) -> None:
        for day, path in day_files(folder):
            if today - day >= timedelta(self._days):
                with suppress(OSError):
                    path.unlink()


def day_files(folder: Path) -> list[tuple[date, Path]]:
    """The files of the log with their days, the oldest first.

    Raises:
        OSError: the folder cannot be read.
    """
    found = []
    for path in folder.iterdir():
        if name := _NAME.fullmatch(path.name):
            with suppress(ValueError):
                found.append((date.fromisoformat(name[1]), path))
    return sorted(found)


def logged(text: str, how: str) -> str:
    r"""What the log has of a query.

    >>> logged("Жаңа\n МЕКТЕП", "cut")
    'Жаңа МЕКТЕП'
    """
    if how == "hash":
        return "#" + hashlib.blake2b(normalised(text).encode("utf-8", "replace"), digest_size=8).hexdigest()
    if how == "full":
        return text.encode("utf-8", "replace").decode()
    return " ".join("".join(map(_shown, text[: 4 * CUT])).split())[:CUT]


def _shown(character: str) -> str:
    """A sign that is not seen (a soft hyphen) is left out, every other control character is a space."""
    if character.isprintable():
        return character
    return "" if unicodedata.category(character) == "Cf" else " "


def normalised(text: str) -> str:
    """The same for queries that differ in case, spaces and the way their letters are composed only."""
    return " ".join(unicodedata.normalize("NFC", text).lower().split())


def encoded(line: object) -> bytes:
    """The line as JSON, whatever is in it, with every character escaped that a terminal or a reader could act on."""
    text = msgspec.json.encode(line).decode()
    if not text.isprintable():
        text = "".join(one if one.isprintable() else _escaped(one) for one in text)
    return text.encode() + b"\n"


def _escaped(character: str) -> str:
    units = character.encode("utf-16-be")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
