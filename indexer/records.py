"""What passes through the write path before an article is indexed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from operator import attrgetter
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from search.model import Article

from .embargo import Embargo
from .sources import Source


@dataclass(frozen=True, slots=True)
class InputSpec:
    """One input of a run.

    name: the prefix of ids when a run has several named inputs, else empty.
    source: publication of articles whose record names none; text files take their top folder's name where it is empty.
    site: publication of articles that neither record, folder nor input names.
    lang: language of articles that do not say theirs, else it is detected.
    fields: field map, from the input's keys to the article's.
    encoding: of text and records; `utf-8` also takes a BOM and UTF-16 by its mark.
    rights: `full`, or `link` where readers may be shown a passage and the link, and no more.
    embargo: what may not be published yet. fetched: where the articles are fetched from; `path` is their store then.
    """

    path: Path
    zone: ZoneInfo
    name: str = ""
    source: str = ""
    lang: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    encoding: str = "utf-8"
    article_bytes: int = 2_000_000
    site: str = ""
    rights: str = "full"
    embargo: Embargo | None = None
    fetched: Source | None = None


@dataclass(frozen=True, slots=True)
class RawRecord:
    """A record as it was read: article keys to raw values. `line` is 1-based, 0 where it has a key and no line."""

    input: str
    file: str
    line: int
    values: Mapping[str, Any]

    def __reduce__(self) -> tuple[Any, ...]:
        """To be sent to another process in a third of the time that fields by their names take."""
        return RawRecord, (self.input, self.file, self.line, self.values)


@dataclass(frozen=True, slots=True)
class Rejected:
    """A record that cannot become an article, and why, in words that say what to do."""

    input: str
    file: str
    line: int
    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Unread:
    """A record that stands there and was not read yet.

    mark: a hash of it as it stands there; where it is known from an earlier run, it need not be read again.
    size: about how many bytes it has. read: reads it, in this process or in another.
    """

    file: str
    line: int
    mark: bytes
    size: int
    read: Callable[[], RawRecord | Rejected]


@dataclass(frozen=True, slots=True)
class Superseded(Rejected):
    """A record whose id stands again further on: the later one counts, this one is only reported."""


@dataclass(frozen=True, slots=True)
class Unreadable(Rejected):
    """A file that the system would not give, or not all of it: the next run tries again, though it has not changed."""


@dataclass(frozen=True, slots=True)
class Held(Rejected):
    """An article that may not be published yet; no error, and it comes by itself."""


Raw = RawRecord | Unread | Rejected
"""What an input gives for each record."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """An article ready for the run, where it came from, and what was odd about it."""

    article: Article
    input: str
    file: str
    line: int
    remarks: tuple[str, ...] = ()

    def __reduce__(self) -> tuple[Any, ...]:
        """As for `RawRecord`."""
        return _cleaned, (_VALUES(self.article), self.input, self.file, self.line, self.remarks)


_VALUES: Final = attrgetter(*(one.name for one in fields(Article)))


def _cleaned(values: tuple[Any, ...], *rest: Any) -> Cleaned:
    return Cleaned(Article(*values), *rest)
