"""From an engine's ids and scores to hits that can be shown: articles, marks, passages."""

from collections.abc import Mapping, Sequence
from itertools import chain

from .engines.base import RawPage
from .generation import Generation
from .model import Article, Hit, Query, Scope, Snippet
from .query.nodes import Node
from .snippets import Match as Marked
from .snippets import Matcher, marks, passages

MOST_FORMS = 10

Scored = tuple[float, Mapping[str, float] | None]


def hits(generation: Generation, query: Query, node: Node, raw: RawPage, most_chars: int) -> tuple[Hit, ...]:
    """The hits of a page. most_chars: how much of a body is looked at for passages."""
    matcher = Matcher(node, generation.analyzer)
    articles = generation.engine.get([article_id for article_id, _ in raw.hits])
    parts = raw.parts or (None,) * len(raw.hits)
    hidden = raw.duplicates or ((),) * len(raw.hits)
    return tuple(
        _hit(article, (score, explanation), others, matcher, query, most_chars)
        for article, (_, score), explanation, others in zip(articles, raw.hits, parts, hidden, strict=True)
        if article is not None
    )


def _hit(
    article: Article, scored: Scored, duplicates: tuple[str, ...], matcher: Matcher, query: Query, most_chars: int
) -> Hit:
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
        duplicates,
    )


def _forms(title: str, in_title: Sequence[Marked], body: str, in_body: Sequence[Marked]) -> tuple[str, ...]:
    found = chain((title[a:b] for a, b in marks(title, in_title)), (body[a:b] for a, b in marks(body, in_body)))
    return tuple(dict.fromkeys(" ".join(text.lower().split()) for text in found))[:MOST_FORMS]
