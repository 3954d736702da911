"""Measures the search on a judged set: its documents go into a scratch index, each query is asked as a reader would."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from search.errors import QueryError
from search.model import Interval, Query
from search.service import SearchService
from search.settings import Settings

from .limits import Limit
from .options import Options
from .progress import Progress
from .relevance import DEPTH, JudgedSet, Run, load
from .run import run
from .specs import input_specs
from .survey import survey

_OPTIONS = Options(max_delete=Limit(percent=100), max_errors=Limit(percent=100), stale_after=timedelta(days=1))


def evaluated(
    folder: Path, settings: Settings, progress: Progress, say: Callable[[str], None]
) -> tuple[JudgedSet, Run]:
    """The judged set in a folder, and what the search answers to its queries: at most `DEPTH` documents each.

    A query that is refused has no answer, and `say` is told.

    Raises:
        InputError: the folder holds no judged set.
        IndexerError: its documents could not be indexed.
    """
    judged = load(folder)
    with serving(judged, settings, progress, say) as service:
        return judged, answers(service, judged.queries, say)


@contextmanager
def serving(
    judged: JudgedSet, settings: Settings, progress: Progress, say: Callable[[str], None]
) -> Iterator[SearchService]:
    """The search over the documents of a judged set, indexed in a scratch folder that is gone afterwards.

    Raises:
        IndexerError: the documents could not be indexed.
    """
    with tempfile.TemporaryDirectory(prefix="izde-evaluate-") as scratch:
        own = replace(settings, index=Path(scratch) / "index", quarantine=Path(scratch) / "quarantine", inputs=())
        own = replace(own, max_per_page=max(own.max_per_page, DEPTH))
        specs = input_specs((judged.docs,), own)
        run(lambda *_: survey(specs), own, _OPTIONS, progress, say)
        service = SearchService(own)
        try:
            yield service
        finally:
            service.close()


def answers(service: SearchService, queries: Mapping[str, str], say: Callable[[str], None]) -> Run:
    """What the search answers to queries (id → text): at most `DEPTH` documents each, none to one that is refused."""
    return {query: _asked(service, query, text, say) for query, text in queries.items()}


def _asked(service: SearchService, name: str, text: str, say: Callable[[str], None]) -> list[str]:
    query = Query(text, per_page=DEPTH, facets=(), histogram=Interval.NONE, snippets=0)
    try:
        page = service.search(query)
    except QueryError as error:
        say(f"query {name}: {error}")
        return []
    return [hit.article.id for hit in page.hits]
