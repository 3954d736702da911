"""Izde as readers have it: made by `izde reindex` from the articles, asked through `SearchService`."""

import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

from search import engines
from search.model import DateRange, Filter, Page, Query, Sort
from search.service import SearchService
from search.settings import Settings

from ..corpus import Corpus
from ..queries import Ask
from .base import COMPLETIONS, DEEP, FACETS, SHOWN, SNIPPET, Answer

DEADLINE_MS = 60_000
"""Far more than a query takes: nothing is left out for lack of time."""


def settings(folder: Path) -> Settings:
    """The settings of an index under measurement."""
    return Settings(index=folder / "index", deadline_ms=DEADLINE_MS, facet_ms=DEADLINE_MS)


def text(query: Ask) -> str:
    """What a reader would type for a query."""
    forms = query.forms
    match query.kind:
        case "phrase":
            return f'"{" ".join(forms)}"'
        case "prefix":
            return f"{forms[0]}*"
        case "near":
            return f"{forms[0]}~"
        case "or" | "facet":
            return " OR ".join(forms)
        case "question" | "complete" | "typo":
            return " ".join(forms)
    return " AND ".join(forms)


def typed(query: Ask) -> Query:
    """The whole question."""
    filtered = query.kind == "filter"
    return Query(
        text=text(query),
        filters=(Filter("category", (query.category,)),) if filtered else (),
        dates=DateRange(_date(query.first), _date(query.last)) if filtered else None,
        sort=Sort.NEWEST if query.kind == "newest" else None,
        page=1 + DEEP // SHOWN if query.kind == "deep" else 1,
        per_page=SHOWN,
        facets=FACETS if query.kind in ("facet", "full") else (),
        facet_limit=100,
        snippets=1 if query.kind in ("snippets", "full") else 0,
        snippet_length=SNIPPET,
    )


def answer(page: Page) -> Answer:
    """A page as an answer."""
    return Answer(
        ids=tuple(hit.article.id for hit in page.hits),
        total=page.total,
        facets={facet.field: {value.value: value.count for value in facet.values} for facet in page.facets},
        snippets=sum(any(snippet.marks for snippet in hit.snippets) for hit in page.hits),
    )


def _date(day: int) -> date:
    return date(1970, 1, 1) + timedelta(days=day)


class WholeSearcher:
    """The service over an index."""

    def __init__(self, folder: Path) -> None:
        self._service = SearchService(settings(folder))
        self._service.info()

    def ask(self, query: Ask) -> Answer | None:
        """The answer to a query."""
        if query.kind == "complete":
            found = self._service.suggest(text(query), COMPLETIONS)
            return Answer(tuple(one.text.text for one in found.suggestions), -1, {})
        return answer(self._service.search(typed(query)))

    def close(self) -> None:
        """Let go of the index."""
        self._service.close()


class WholePeer:
    """Builds with as many processes as the command takes by itself."""

    def build(self, folder: Path, corpus: Corpus) -> None:
        """Run `izde reindex` on the articles."""
        code = "from indexer.cli import main; main()"
        command = [sys.executable, "-c", code, "reindex", *map(str, corpus.files), "--index", str(folder / "index")]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=Path.cwd())

    def more(self, folder: Path, corpus: Corpus) -> None:
        """Nothing is lacking."""

    def open(self, folder: Path) -> WholeSearcher:
        """The service over the index of a folder."""
        return WholeSearcher(folder)


engines.load()  # as the service does before there is an index to open
PEER = WholePeer()
