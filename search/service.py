"""The read path on one page: a Query comes in, a Page goes out."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TypeVar

from . import cursor, engines, facets
from .answer import Answering, info
from .curation import CurationFile
from .deadline import Deadline
from .errors import (
    ArticleNotFound,
    BadParameter,
    CursorExpired,
    EngineError,
    FacetNotFound,
    OutsideWindow,
    TooLong,
)
from .export import Export
from .freshness import Freshness, FreshnessFiles, age
from .generations import Generation, Generations
from .hits import EXCERPT_CHARS
from .kazakh.explained import Explained, explained
from .listing import Listing, listed
from .model import LINK, Article, FacetPage, IndexInfo, Page, Query, Scope, Snippet, Sort
from .query.nodes import MatchAll
from .settings import Settings
from .similar import Similar, similar
from .snippets import Matcher, passages
from .statistics import Statistics, statistics
from .suggest import Suggested, suggested
from .withdrawn import WithdrawnFile
from .withholding import Withholding

Answer = TypeVar("Answer")

_LISTING_MS = 5000
"""For finding the articles of a list; whoever asks for one can wait longer than a reader."""


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article to read: its title and its paragraphs, with the words of a query marked in them.

    Of an article whose rights are `link` there is one passage, and its body is that passage.
    duplicates: ids of the others that say the same.
    """

    article: Article
    title: Snippet
    paragraphs: tuple[Snippet, ...]
    index: IndexInfo
    duplicates: tuple[str, ...] = ()

    @property
    def is_marked(self) -> bool:
        """Whether anything in it is marked."""
        return any(part.marks for part in (self.title, *self.paragraphs))


class SearchService:
    """Answers questions from the generation that is current; safe to share between threads."""

    def __init__(self, settings: Settings, generations: Generations | None = None) -> None:
        engines.load()
        self.settings = settings
        self._curation = CurationFile.of(settings)
        self._generations = generations or Generations(settings.index, settings.poll_ms)
        self._withholding = Withholding(WithdrawnFile(settings.index, settings.poll_ms))
        self._freshness = FreshnessFiles(settings.index, age(settings.stale_after, "stale_after"), settings.poll_ms)

    def search(self, query: Query) -> Page:
        """The page of hits that `query` asks for.

        Raises:
            QueryError: the query is outside the limits.
            EngineError: no index can be served.
        """
        began = time.perf_counter()
        self._check(query)
        deadline = Deadline(self.settings.deadline_ms)
        if query.cursor:
            return self._harvest(replace(query, sort=query.sort or Sort.NEWEST), deadline, began)
        return self._ask(lambda generation: self._answering(generation, deadline).page(query, began))

    def export(self, query: Query) -> Export:
        """The first `export_rows` hits of a search, whatever its page, to be read in one go and closed then.

        Raises:
            QueryError: the query is outside the limits.
            EngineError: no index can be served.
        """
        query = replace(query, page=1, per_page=1, cursor="")
        self._check(query)
        try:
            return self._export(query)
        except EngineError:
            if not self._generations.recheck():
                raise
        return self._export(query)

    def similar(self, article_id: str, limit: int, milliseconds: float | None = None) -> Similar:
        """Up to `limit` articles on the subject of this one. milliseconds: for all of it, as for a query if None.

        Raises:
            ArticleNotFound: there is no article with this id; ArticleWithdrawn where it was taken out.
            EngineError: no index can be served.
        """
        self._withholding.refuse(article_id)
        began = time.perf_counter()
        deadline = Deadline(milliseconds or self.settings.deadline_ms)
        found = self._ask(lambda generation: similar(generation, article_id, limit, deadline, self.settings.preferred))
        return replace(found, took_ms=(time.perf_counter() - began) * 1000)

    def article(self, article_id: str, query: Query | None = None) -> ArticleView:
        """The article with this id, the words of `query` marked.

        Raises:
            ArticleNotFound: there is none; ArticleWithdrawn where it was taken out.
            EngineError: no index can be served.
        """
        self._withholding.refuse(article_id)
        return self._ask(lambda generation: self._view(generation, article_id, query))

    def titles(self, ids: Sequence[str]) -> dict[str, Article]:
        """The articles with these ids, as they are stored, by id; those that there are not are left out.

        Raises:
            EngineError: no index can be served.
        """
        if not ids:
            return {}
        found = self._ask(lambda generation: generation.engine.get(ids))
        return {article.id: article for article in found if article}

    def facet(self, name: str, prefix: str, query: Query) -> FacetPage:
        """The values of a facet whose words begin with those of `prefix`, counted in the search `query`.

        In any script, with or without Kazakh letters; of an empty prefix the facet as the search itself has it.

        Raises:
            FacetNotFound: there is no such facet.
            QueryError: the query is outside the limits, or the prefix longer than a query may be.
            EngineError: no index can be served.
        """
        began = time.perf_counter()
        names = facets.table(self.settings.facets)
        if name not in names:
            raise FacetNotFound(name, next(iter(get_close_matches(name[:40].lower(), names, 1, 0.5)), ""))
        query = replace(query, page=1, cursor="")
        self._check(query)
        if len(prefix) > self.settings.max_query_chars:
            raise TooLong(len(prefix), self.settings.max_query_chars, "prefix")
        deadline = Deadline(self.settings.deadline_ms)
        return self._ask(lambda generation: self._answering(generation, deadline).facet(name, prefix, query, began))

    def statistics(self) -> Statistics:
        """What there is in the archive, counted.

        Raises:
            EngineError: no index can be served.
        """
        return self._ask(lambda generation: statistics(generation, Deadline(self.settings.deadline_ms)))

    def listing(self, first: int, count: int) -> Listing:
        """At most `count` articles from place `first` on, the newest first, without their texts.

        Raises:
            EngineError: no index can be served.
        """
        stamp = self._curation.current().stamp
        return self._ask(lambda generation: listed(generation, first, count, Deadline(_LISTING_MS), stamp))

    def suggest(self, text: str, limit: int = 12) -> Suggested:
        """At most `limit` words that the last word of `text` may become, and titles with what was typed.

        Raises:
            TooLong: more characters than a query may have.
            EngineError: no index can be served.
        """
        began = time.perf_counter()
        if len(text) > self.settings.max_query_chars:
            raise TooLong(len(text), self.settings.max_query_chars)
        deadline = Deadline(self.settings.deadline_ms)
        return self._ask(lambda generation: suggested(text, limit, self._answering(generation, deadline), began))

    def analyze(self, text: str) -> list[Explained]:
        """How the current generation reads `text`: every reading of every word with its rules, and known names.

        Raises:
            TooLong: more characters than a query may have.
        """
        if len(text) > self.settings.max_query_chars:
            raise TooLong(len(text), self.settings.max_query_chars, "text")
        curation = self._curation.current()
        with self._leased() as generation:
            return explained(text, generation.analyzer, curation.names(generation.analyzer))

    def info(self) -> IndexInfo:
        """The generation that is served.

        Raises:
            EngineError: none can be.
        """
        curation = self._curation.current()
        with self._leased() as generation:
            return info(generation, curation.stamp)

    def freshness(self) -> Freshness:
        """When the indexer last succeeded, and whether that is too long ago."""
        return self._freshness.current()

    @property
    def open_generations(self) -> int:
        """How many generations are open in this process: the one that is served, and older ones that are being read."""
        return self._generations.open

    def close(self) -> None:
        """Let go of the index."""
        self._generations.close()

    @contextmanager
    def _leased(self, name: str | None = None) -> Iterator[Generation]:
        """The generation that is served, or the one of this name, without what was withdrawn; a stale one knows it."""
        with self._generations.lease(name) as generation:
            shown, stale = self._withholding.shown(generation), self._freshness.current().stale
            yield replace(shown, stale=stale) if stale else shown

    def _ask(self, question: Callable[[Generation], Answer]) -> Answer:
        """Ask the current generation; if it turns out to be damaged, the one before."""
        try:
            with self._leased() as generation:
                return question(generation)
        except EngineError:
            if not self._generations.recheck():
                raise
        with self._leased() as generation:
            return question(generation)

    def _harvest(self, query: Query, deadline: Deadline, began: float) -> Page:
        """A page of a harvest, from the generation that the harvest began with."""
        if query.cursor == cursor.START:
            return self._ask(lambda generation: self._answering(generation, deadline).page(query, began))
        position = cursor.decoded(query.cursor, query)
        try:
            with self._leased(position.generation) as generation:
                return replace(self._answering(generation, deadline), position=position).page(query, began)
        except EngineError as error:
            self.info()  # which raises where no index can be served at all
            raise CursorExpired(position.generation) from error

    def _export(self, query: Query) -> Export:
        with ExitStack() as held:
            generation = held.enter_context(self._leased())
            export = self._answering(generation).export(query)
            return replace(export, close=held.pop_all().close)

    def _check(self, query: Query) -> None:
        limit, window = self.settings.max_query_chars, self.settings.window
        if len(query.text) > limit:
            raise TooLong(len(query.text), limit)
        if query.page < 1:
            raise BadParameter("page", "pages are counted from 1")
        if not 1 <= query.per_page <= self.settings.max_per_page:
            raise BadParameter("per_page", f"must be from 1 to {self.settings.max_per_page}")
        if query.cursor and query.sort is Sort.RELEVANCE:
            raise BadParameter("sort", "a cursor goes by date: newest or oldest", code="cursor-sort")
        if query.cursor and query.page > 1:
            raise BadParameter("page", "a cursor has no pages", code="cursor-page")
        if query.page * query.per_page > max(window, query.per_page):
            raise OutsideWindow(window)

    def _view(self, generation: Generation, article_id: str, query: Query | None) -> ArticleView:
        article = generation.engine.get([article_id])[0]
        if article is None:
            raise ArticleNotFound(article_id)
        deadline = Deadline(self.settings.deadline_ms)
        answering = self._answering(generation, deadline)
        nodes = list(answering.nodes(query)) if query else [MatchAll()]
        same = generation.engine.duplicates([article_id], self.settings.preferred)[0]
        matchers = (Matcher(node, generation.analyzer) for node in nodes)
        views = [_read(article, matcher, answering.info, same, deadline) for matcher in matchers]
        return next((view for view in views if view.is_marked), views[0])

    def _answering(self, generation: Generation, deadline: Deadline | None = None) -> Answering:
        return Answering(
            generation, self.settings, self._curation.current(), deadline or Deadline(self.settings.deadline_ms)
        )


def _read(
    article: Article, matcher: Matcher, info: IndexInfo, duplicates: tuple[str, ...], deadline: Deadline
) -> ArticleView:
    title = matcher.whole(article.title, article.lang, Scope.TITLE, deadline)
    if article.rights == LINK:
        marks, _ = matcher.marks(article.body, article.lang, Scope.BODY, deadline)
        shown = passages(article.body, marks, matcher.weights, 1, EXCERPT_CHARS, article.title)
        return ArticleView(replace(article, body="".join(part.text for part in shown)), title, shown, info, duplicates)
    return ArticleView(article, title, matcher.paragraphs(article.body, article.lang, deadline), info, duplicates)
