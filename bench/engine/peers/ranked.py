"""Izde's whole ranking with passages, of queries that were read before: what the engine alone takes for it."""

from contextlib import ExitStack
from pathlib import Path

from search.answer import Answering
from search.curation import Curation
from search.deadline import Deadline
from search.generations import Generations
from search.hits import hits
from search.query.nodes import Node

from ..queries import Ask
from .base import Answer
from .whole import WholePeer, settings, typed

_MOST_CHARS = 1_000_000


class RankedSearcher:
    """The engine of an index, with the trees of the queries that it was asked."""

    def __init__(self, folder: Path) -> None:
        self._settings = settings(folder)
        self._generations = Generations(self._settings.index, self._settings.poll_ms)
        self._held = ExitStack()
        self._generation = self._held.enter_context(self._generations.lease())
        self._nodes: dict[Ask, Node] = {}

    def ask(self, query: Ask) -> Answer | None:
        """The answer to a query; completion is not the engine's."""
        if query.kind == "complete":
            return None
        asked, deadline = typed(query), Deadline.never()
        answering = Answering(self._generation, self._settings, Curation(), deadline)
        node = self._nodes.get(query)
        if node is None:
            node = self._nodes[query] = answering.reader.read(asked).node
        page = self._generation.engine.search(node, answering.request(asked, node), deadline)
        facets = {facet.field: facet.counts for facet in page.facets}
        if not asked.snippets:
            articles = self._generation.engine.get([one for one, _ in page.hits])
            return Answer(tuple(article.id for article in articles if article), page.total, facets)
        shown, _ = hits(self._generation, asked, node, page, _MOST_CHARS, deadline)
        marked = sum(any(snippet.marks for snippet in hit.snippets) for hit in shown)
        return Answer(tuple(hit.article.id for hit in shown), page.total, facets, marked)

    def close(self) -> None:
        """Let go of the index."""
        self._held.close()
        self._generations.close()


class RankedPeer(WholePeer):
    """The same index."""

    def open(self, folder: Path) -> RankedSearcher:  # type: ignore[override]
        """The engine of the index of a folder."""
        return RankedSearcher(folder)


PEER = RankedPeer()
