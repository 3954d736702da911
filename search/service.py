"""The read path on one page: a Query comes in, a Page goes out."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TypeVar

from . import facets, histogram
from .deadline import Deadline
from .engines.base import RawPage, Request
from .errors import ArticleNotFound, BadParameter, EngineError, OutsideWindow, TooLong
from .generations import Generation, Generations
from .kazakh.explained import Explained, explained
from .model import Article, Hit, IndexInfo, Interval, Match, Note, Page, Query, Scope, Snippet, Sort, Suggestion
from .query.nodes import MatchAll, Node
from .query.reading import QueryReader, Read
from .settings import Settings
from .snippets import Match as Marked
from .snippets import Matcher, marks, passages

Answer = TypeVar("Answer")
Scored = tuple[float, Mapping[str, float] | None]

MOST_FORMS = 10


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article to read: its title and its paragraphs, with the words of a query marked in them."""

    article: Article
    title: Snippet
    paragraphs: tuple[Snippet, ...]
    index: IndexInfo

    @property
    def is_marked(self) -> bool:
        """Whether anything in it is marked."""
        return any(part.marks for part in (self.title, *self.paragraphs))


class SearchService:
    """Answers questions from the generation that is current; safe to share between threads."""

    def __init__(self, settings: Settings, generations: Generations | None = None) -> None:
        self.settings = settings
        self._generations = generations or Generations(settings.index, settings.poll_ms)

    def search(self, query: Query) -> Page:
        """The page of hits that `query` asks for.

        Raises:
            QueryError: the query is outside the limits.
            EngineError: no index can be served.
        """
        began = time.perf_counter()
        self._check(query)
        deadline = Deadline(self.settings.deadline_ms)
        return self._ask(lambda generation: self._answer(generation, query, deadline, began))

    def article(self, article_id: str, query: Query | None = None) -> ArticleView:
        """The article with this id, the words of `query` marked.

        Raises:
            ArticleNotFound: there is none.
            EngineError: no index can be served.
        """
        return self._ask(lambda generation: self._view(generation, article_id, query))

    def analyze(self, text: str) -> list[Explained]:
        """How the current generation reads `text`: every reading of every word with its rules, and known names.

        Raises:
            TooLong: more characters than a query may have.
        """
        if len(text) > self.settings.max_query_chars:
            raise TooLong(len(text), self.settings.max_query_chars, "text")
        with self._generations.lease() as generation:
            return explained(text, generation.analyzer)

    def info(self) -> IndexInfo:
        """The generation that is served.

        Raises:
            EngineError: none can be.
        """
        with self._generations.lease() as generation:
            return _info(generation)

    def close(self) -> None:
        """Let go of the index."""
        self._generations.close()

    def _ask(self, question: Callable[[Generation], Answer]) -> Answer:
        """Ask the current generation; if it turns out to be damaged, the one before."""
        try:
            with self._generations.lease() as generation:
                return question(generation)
        except EngineError:
            if not self._generations.recheck():
                raise
        with self._generations.lease() as generation:
            return question(generation)

    def _check(self, query: Query) -> None:
        limit, window = self.settings.max_query_chars, self.settings.window
        if len(query.text) > limit:
            raise TooLong(len(query.text), limit)
        if query.page < 1:
            raise BadParameter("page", "pages are counted from 1")
        if not 1 <= query.per_page <= self.settings.max_per_page:
            raise BadParameter("per_page", f"must be from 1 to {self.settings.max_per_page}")
        if query.page * query.per_page > max(window, query.per_page):
            raise OutsideWindow(window)

    def _reader(self, generation: Generation) -> QueryReader:
        return QueryReader(generation.analyzer, generation.vocabulary, self.settings.max_query_words)

    def _view(self, generation: Generation, article_id: str, query: Query | None) -> ArticleView:
        article = generation.engine.get([article_id])[0]
        if article is None:
            raise ArticleNotFound(article_id)
        nodes = list(self._nodes(generation, query)) if query else [MatchAll()]
        views = [_read(article, Matcher(node, generation.analyzer), _info(generation)) for node in nodes]
        return next((view for view in views if view.is_marked), views[0])

    def _nodes(self, generation: Generation, query: Query) -> Iterator[Node]:
        """What may have led a reader to an article: the query, or what was read into it because it found nothing."""
        reader = self._reader(generation)
        yield reader.read(query).node
        if other := reader.read_unfound(query):
            yield other.node

    def _answer(self, generation: Generation, query: Query, deadline: Deadline, began: float) -> Page:
        reader = self._reader(generation)
        read = reader.read(query)
        raw = generation.engine.search(read.node, self._request(query, read.node), deadline)
        if raw.total == 0 and not raw.timed_out and (other := reader.read_unfound(query)):
            found = generation.engine.search(other.node, self._request(query, other.node), deadline)
            if found.total:
                read, raw = other, found
        notes = read.notes
        if raw.grown:
            notes = (*notes, Note("fallback"))
        days = generation.engine.stats().days if query.histogram is not Interval.NONE else {}
        return Page(
            query=query,
            hits=_hits(generation, query, read.node, raw, self.settings.snippet_chars),
            total=raw.total,
            total_all_words=raw.total_all_words,
            facets=tuple(
                facets.build(facet.field, facet.counts, facet.missing, query.filters, query.facet_limit)
                for facet in raw.facets
            ),
            histogram=histogram.build(query.histogram, raw.days, days) if days else None,
            notes=notes,
            index=_info(generation),
            took_ms=(time.perf_counter() - began) * 1000,
            timed_out=raw.timed_out,
            used=read.used,
            suggestions=self._suggestions(generation, query, read, deadline),
        )

    def _suggestions(
        self, generation: Generation, query: Query, read: Read, deadline: Deadline
    ) -> tuple[Suggestion, ...]:
        """The query as typed on another layout, where that is likely but was not done unasked."""
        reader = self._reader(generation)
        meant = None if any(note.kind == "layout" for note in read.notes) else reader.meant(query)
        if meant is None:
            return ()
        node = reader.read(replace(query, text=meant)).node
        request = replace(self._request(query, node), limit=0, offset=0, facets=(), days=False)
        total = generation.engine.search(node, request, deadline).total
        return (Suggestion(meant, total),) if total else ()

    def _request(self, query: Query, node: Node) -> Request:
        sort = query.sort or (Sort.NEWEST if isinstance(node, MatchAll) else Sort.RELEVANCE)
        return Request(
            filters=query.filters,
            dates=query.dates,
            sort=sort,
            offset=(query.page - 1) * query.per_page,
            limit=query.per_page,
            facets=query.facets,
            days=query.histogram is not Interval.NONE,
            grow_below=0 if query.match is Match.EXACT else self.settings.grow_below,
            explain=query.explain,
        )


def _read(article: Article, matcher: Matcher, info: IndexInfo) -> ArticleView:
    paragraphs = (part for part in article.body.split("\n") if part.strip())
    return ArticleView(
        article,
        matcher.whole(article.title, article.lang, Scope.TITLE),
        tuple(matcher.whole(part, article.lang, Scope.BODY) for part in paragraphs),
        info,
    )


def _hits(generation: Generation, query: Query, node: Node, raw: RawPage, most_chars: int) -> tuple[Hit, ...]:
    matcher = Matcher(node, generation.analyzer)
    articles = generation.engine.get([article_id for article_id, _ in raw.hits])
    parts = raw.parts or (None,) * len(raw.hits)
    return tuple(
        _hit(article, (score, explanation), matcher, query, most_chars)
        for article, (_, score), explanation in zip(articles, raw.hits, parts, strict=True)
        if article is not None
    )


def _hit(article: Article, scored: Scored, matcher: Matcher, query: Query, most_chars: int) -> Hit:
    score, explanation = scored
    body = article.body[:most_chars]
    in_title = matcher.matches(article.title, article.lang, Scope.TITLE)
    in_body = matcher.matches(body, article.lang, Scope.BODY)
    return Hit(
        article,
        score,
        Snippet(article.title, marks(article.title, in_title)),
        passages(body, in_body, query.snippets, query.snippet_length),
        _forms(article.title, in_title, body, in_body),
        explanation,
    )


def _forms(title: str, in_title: Sequence[Marked], body: str, in_body: Sequence[Marked]) -> tuple[str, ...]:
    found = chain((title[a:b] for a, b in marks(title, in_title)), (body[a:b] for a, b in marks(body, in_body)))
    return tuple(dict.fromkeys(" ".join(text.lower().split()) for text in found))[:MOST_FORMS]


def _info(generation: Generation) -> IndexInfo:
    manifest = generation.manifest
    return IndexInfo(
        generation.name, manifest.documents, manifest.created, manifest.newest, degraded=generation.degraded
    )
