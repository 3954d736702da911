"""Queries as they are typed, and what is shown of a text for them."""

from search.engines.base import Document
from search.engines.memory import MemoryEngine
from search.kazakh import Analyzer
from search.model import Article, Match, Place, Scope, Snippet
from search.query.parser import parse
from search.query.rewrite import Rewriter
from search.query.words import Sources
from search.snippets import Matcher, passages

ANALYZER = Analyzer()


def matcher(query: str, match: Match = Match.SMART, scope: Scope = Scope.ALL) -> Matcher:
    return Matcher(Rewriter(Sources(ANALYZER), match, scope).rewrite(parse(query)), ANALYZER)


def shown(
    query: str,
    body: str,
    count: int = 2,
    length: int = 200,
    title: str = "",
    match: Match = Match.SMART,
    scope: Scope = Scope.ALL,
) -> tuple[Snippet, ...]:
    found = matcher(query, match, scope)
    return passages(body, found.marks(body, "kk", Scope.BODY)[0], found.weights, count, length, title)


def marked(snippet: Snippet) -> list[str]:
    return [snippet.text[start:end] for start, end in snippet.marks]


def places(found: Matcher, text: str, part: Scope, lang: str = "kk") -> tuple[Place, ...]:
    """Where an engine finds the words of a query in the title or the body of an article."""
    empty, terms = ANALYZER.terms("", lang), ANALYZER.terms(text, lang)
    title, body = (terms, empty) if part is Scope.TITLE else (empty, terms)
    (located,) = MemoryEngine([Document(Article("a", "", ""), title, body)]).located(["a"], found.words(part))
    return located.title if part is Scope.TITLE else located.body
