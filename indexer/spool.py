"""The articles of a run on disk, in the order they were read; in memory only what sorting and comparing them needs."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from search.engines.articles import decode, encode
from search.engines.base import newest_first
from search.model import Article

from .records import Cleaned

DIGEST_BYTES = 16


class Entry(NamedTuple):
    """Where an article lies in the spool, and what is known of it; entries sort as their articles do."""

    undated: bool
    age: int
    id: str
    offset: int
    length: int
    digest: bytes
    kind: tuple[str, str, str]
    """Its input, language and script."""


class Spool:
    """A file of encoded articles. Two with one id: the last one wins.

    newest: the moment of the newest article, with its own offset; None if none has a date.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.entries: dict[str, Entry] = {}
        self.bytes = 0
        self.newest: datetime | None = None
        self._kinds: dict[tuple[str, str, str], tuple[str, str, str]] = {}
        self._file = path.open("wb")

    def __enter__(self) -> "Spool":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def add(self, cleaned: Cleaned) -> bool:
        """Take one more article; whether it takes the place of one that came before it.

        Raises:
            ValueError: it cannot be stored.
            OSError: the disk is full.
        """
        article = cleaned.article
        try:
            data = encode(article)
        except RecursionError:
            raise ValueError(f"article {article.id!r} is nested too deeply to be stored") from None
        self._file.write(data)
        kind = (cleaned.input, article.lang, article.script)
        kind = self._kinds.setdefault(kind, kind)
        digest = hashlib.blake2b(data, digest_size=DIGEST_BYTES).digest()
        entry = Entry(*newest_first(article), self.bytes, len(data), digest, kind)
        again = article.id in self.entries
        self.entries[article.id] = entry
        self.bytes += len(data)
        return again

    def finish(self) -> None:
        """Write what is left; from now on articles can be read, and `newest` is known.

        Raises:
            OSError: the disk is full.
        """
        self._file.close()
        first = min(self.entries.values(), default=None)
        if first is not None and not first.undated:
            self.newest = next(articles(self.path, [(first.offset, first.length)])).published

    def newest_first(self) -> list[Entry]:
        """All entries in the house order."""
        return sorted(self.entries.values())

    def count(self, part: int) -> Counter[str]:
        """How many articles there are by input (0), language (1) or script (2)."""
        return Counter(entry.kind[part] for entry in self.entries.values())


def articles(path: Path, places: list[tuple[int, int]]) -> Iterator[Article]:
    """The articles at these offsets and lengths.

    Raises:
        OSError: the spool cannot be read.
    """
    return map(decode, stored(path, places))


def stored(path: Path, places: list[tuple[int, int]]) -> Iterator[bytes]:
    """The same, as they were encoded.

    Raises:
        OSError: the spool cannot be read.
    """
    with path.open("rb") as file:
        for offset, length in places:
            file.seek(offset)
            yield file.read(length)
