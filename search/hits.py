"""From an engine's ids and scores to hits that can be shown: articles, marks, passages."""

from collections.abc import Sequence
from typing import Final

from .deadline import Deadline
from .engines.base import Engine, RawPage
from .generation import Generation
from .model import LINK, Article, Hit, Located, Query, Scope, Snippet
from .query.nodes import Node
from .snippets import Mark, Matcher, enough, passages

MOST_FORMS: Final = 10

EXCERPT_CHARS: Final = 300
"""Characters of the one passage of an article that may not be shown as a whole."""


def hits(
    generation: Generation, query: Query, node: Node, raw: RawPage, most_chars: int, deadline: Deadline
) -> tuple[tuple[Hit, ...], bool]:
    """The hits of a page, and whether there was no time to look for the passages of some.

    Those have the beginning of their body instead, or what was found in it until then.
    most_chars: how much of a body is looked at for passages.
    """
    matcher = Matcher(node, generation.analyzer)
    ids = [article_id for article_id, _ in raw.hits]
    articles = generation.engine.get(ids)
    places = located(generation.engine, ids, matcher)
    parts = raw.parts or (None,) * len(raw.hits)
    hidden = raw.duplicates or ((),) * len(raw.hits)
    made: list[Hit] = []
    all_read = True
    for at, (article, (_, score), explanation, others) in enumerate(
        zip(articles, raw.hits, parts, hidden, strict=True)
    ):
        if article is None:
            continue
        share = fair_share(deadline, len(raw.hits) - at)
        title, body, forms, is_read = shown(article, matcher, query, most_chars, share, places[at])
        made.append(Hit(article, score, title, body, forms, explanation, others))
        all_read &= is_read
    return tuple(made), not all_read


def located(engine: Engine, ids: Sequence[str], matcher: Matcher) -> list[Located]:
    """Where the words that are marked stand in the titles and the bodies of articles."""
    in_title, in_body = matcher.words(Scope.TITLE), matcher.words(Scope.BODY)
    bodies = engine.located(ids, in_body)
    if in_title == in_body:
        return bodies
    titles = engine.located(ids, in_title)
    return [Located(one.title, other.body) for one, other in zip(titles, bodies, strict=True)]


def fair_share(deadline: Deadline, hits: int) -> Deadline:
    """What the first of so many hits may take of the time: twice its part, as most need much less than theirs."""
    return deadline.part(-(-hits // 2))


def shown(
    article: Article, matcher: Matcher, query: Query, most_chars: int, deadline: Deadline, places: Located
) -> tuple[Snippet, tuple[Snippet, ...], tuple[str, ...], bool]:
    """The title, the passages and the forms of a hit, and whether there was time for them.

    places: where the words of the query stand in the article.
    """
    title, body, count, length = article.title, article.body, query.snippets, query.snippet_length
    if len(body) > most_chars:
        body = _beginning(body, most_chars)
    if article.rights == LINK:
        count, length = min(count, 1), min(length, EXCERPT_CHARS)
    in_title, title_read = matcher.located(title, Scope.TITLE, places.title, deadline)
    wanted = enough(body, matcher, max(1, count), length)
    in_body, body_read = matcher.located(body, Scope.BODY, places.body, deadline, wanted)
    found = passages(body, in_body, matcher.weights, count, length, title)
    marked = tuple([mark[:2] for mark in in_title])
    forms = _forms((title, in_title), (body, in_body))
    return Snippet(title, marked), found, forms, title_read and body_read


def _beginning(body: str, most_chars: int) -> str:
    """A long body up to the last whole word within so many characters."""
    words = body[: most_chars + 1].rsplit(None, 1)
    return words[0][:most_chars] if words else ""


def _forms(*parts: tuple[str, Sequence[Mark]]) -> tuple[str, ...]:
    """What is marked in these texts, in small letters, each once."""
    written = dict.fromkeys([text[mark[0] : mark[1]] for text, marks in parts for mark in marks])
    found: dict[str, None] = {}
    for one in written:
        found[" ".join(one.lower().split())] = None
        if len(found) == MOST_FORMS:
            break
    return tuple(found)
