"""Checks the file of the site's synonyms and pinned results against an index."""

from dataclasses import replace
from pathlib import Path

import msgspec

from search import curated
from search.curated import Pin, Synonym
from search.errors import ArticleNotFound
from search.kazakh.site_names import is_short
from search.model import Collapse, Correct, Match, Query
from search.service import SearchService
from search.settings import Settings

_PATIENCE_MS = 60_000


class CheckedName(msgspec.Struct, frozen=True):
    """A name and how many articles have it."""

    name: str
    articles: int


class CheckedSynonym(msgspec.Struct, frozen=True):
    """A row of synonyms. oneway: only those who type one of `typed` find `others` too."""

    line: int
    oneway: bool
    typed: tuple[CheckedName, ...]
    others: tuple[CheckedName, ...]
    reason: str


class CheckedArticle(msgspec.Struct, frozen=True):
    """A pinned article; `title` is None where no article has this id."""

    id: str
    title: str | None


class CheckedPin(msgspec.Struct, frozen=True):
    """A row of pinned articles."""

    line: int
    queries: tuple[str, ...]
    articles: tuple[CheckedArticle, ...]
    reason: str


class Wrong(msgspec.Struct, frozen=True):
    """A line that is passed over, and why."""

    line: int
    text: str


class Checked(msgspec.Struct, frozen=True):
    """The whole file, checked."""

    file: str
    synonyms: tuple[CheckedSynonym, ...]
    pins: tuple[CheckedPin, ...]
    problems: tuple[Wrong, ...]

    @property
    def missing(self) -> int:
        """How many pinned articles there are not."""
        return sum(article.title is None for pin in self.pins for article in pin.articles)

    @property
    def exit_code(self) -> int:
        """0: all is well, 3: a line is passed over, or a pinned article does not exist."""
        return 3 if self.problems or self.missing else 0


def checked(path: Path, settings: Settings) -> Checked:
    """The file at `path` against the index of the settings.

    Raises:
        CurationError: the file cannot be read as a whole.
        EngineError: no index can be served.
    """
    said = curated.read(path)
    # Without the curation itself: it would count what the names find together.
    service = SearchService(replace(settings, curation="", deadline_ms=_PATIENCE_MS))
    try:
        service.info()
        return Checked(
            str(path),
            tuple(_synonym(row, service) for row in said.synonyms),
            tuple(_pin(row, service) for row in said.pins),
            tuple(Wrong(problem.line, problem.text) for problem in said.problems),
        )
    finally:
        service.close()


def _synonym(row: Synonym, service: SearchService) -> CheckedSynonym:
    oneway = row.typed != row.others
    typed = tuple(CheckedName(name, _articles(name, service)) for name in row.typed)
    others = tuple(CheckedName(name, _articles(name, service)) for name in row.others) if oneway else ()
    return CheckedSynonym(row.line, oneway, typed, others, row.reason)


def _pin(row: Pin, service: SearchService) -> CheckedPin:
    return CheckedPin(
        row.line, row.queries, tuple(CheckedArticle(one, _title(one, service)) for one in row.ids), row.reason
    )


def _articles(name: str, service: SearchService) -> int:
    """In how many articles the name stands: in any form, an abbreviation only as it is spelled."""
    phrase = '"' + name.replace('"', " ") + '"'
    match = Match.EXACT if is_short(name) else Match.SMART
    asked = Query(phrase, match, correct=Correct.OFF, facets=(), per_page=1, snippets=0, collapse=Collapse.NONE)
    return service.search(asked).total


def _title(article_id: str, service: SearchService) -> str | None:
    try:
        return service.article(article_id).article.title
    except ArticleNotFound:
        return None
