"""Where words stand in the texts of articles."""

from collections.abc import Callable

from search.engines.base import Document, Engine
from search.kazakh import Analyzer
from search.model import Article, Located, Scope
from search.query.nodes import Prefix, Term

ANALYZER = Analyzer()
TITLE, BODY = "Су мен өрт", "Су тасқыны туралы.\n" + " " * 300 + "Тасқын кезінде су көп болды."


def article(name: str, title: str, body: str) -> Document:
    return Document(Article(name, title, body), ANALYZER.terms(title, "kk"), ANALYZER.terms(body, "kk"))


def texts(located: Located) -> tuple[list[str], list[str]]:
    """The pieces of the texts that were found."""
    return [TITLE[a:b] for _, _, a, b in located.title], [BODY[a:b] for _, _, a, b in located.body]


def stem(name: str, scope: Scope = Scope.ALL) -> Term:
    return Term(name, (name,), (name,), scope)


def test_words_are_found_where_they_stand(make_engine: Callable[..., Engine]) -> None:
    engine = make_engine(article("a", TITLE, BODY), article("b", "", "Су"))
    first, nobody, second = engine.located(["a", "жоқ", "b"], (stem("су"), stem("таскин")))
    assert texts(first) == (["Су"], ["Су", "тасқыны", "Тасқын", "су"])
    assert [(place, word) for place, word, _, _ in first.body] == [(0, 0), (1, 1), (3, 1), (5, 0)]
    assert nobody == Located()
    assert second == Located((), ((0, 0, 0, 2),))


def test_scopes_exact_forms_and_beginnings_hold(make_engine: Callable[..., Engine]) -> None:
    engine = make_engine(article("a", TITLE, BODY))
    words = (
        stem("су", Scope.TITLE),
        Term("тасқын", ("таскин",), ("тасқын",), exact=True),
        Prefix("тасқ*", ("тасқын", "тасқыны"), Scope.BODY),
    )
    (found,) = engine.located(["a"], words)
    assert texts(found) == (["Су"], ["тасқыны", "Тасқын", "Тасқын"])
    assert [word for _, word, _, _ in found.body] == [2, 1, 2]


def test_nothing_asked_is_found_nowhere(make_engine: Callable[..., Engine]) -> None:
    engine = make_engine(article("a", TITLE, BODY), article("b", "", ""))
    assert engine.located(["a", "b"], ()) == [Located(), Located()]
    assert engine.located(["a", "b"], (stem("жоқ"),)) == [Located(), Located()]
    assert engine.located([], (stem("су"),)) == []
