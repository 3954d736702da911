"""Where words stand in the texts of articles."""

from collections.abc import Callable

from search.engines.base import Document, Engine
from search.kazakh import Analyzer, Terms
from search.model import Article, Located, Scope
from search.query.nodes import Prefix, Term

ANALYZER = Analyzer()
TITLE, BODY = "Су мен өрт", "Су тасқыны туралы.\n" + " " * 300 + "Тасқын кезінде су көп болды."

TWICE = Terms([0, 5], [4, 9], ["алма", "алма"], ["алма", "алма"], [("алма", "ал"), ("алма",)])
"""Two tokens, the first of which may be read in two ways."""


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


def test_a_beginning_of_many_forms_is_found_by_those_that_the_articles_have(make_engine: Callable[..., Engine]) -> None:
    engine = make_engine(article("a", TITLE, BODY), article("b", "", "Өрт сөнді."))
    forms = ("тасқын", *(f"тас{number}" for number in range(40)), "тасқыны", "өрт")
    found, other = engine.located(["a", "b"], (Prefix("тас", forms), Prefix("т", tuple(sorted(forms, reverse=True)))))
    assert texts(found) == (["өрт", "өрт"], ["тасқыны", "тасқыны", "Тасқын", "Тасқын"])
    assert [word for _, word, _, _ in found.body] == [0, 1, 0, 1]
    assert [(word, start, end) for _, word, start, end in other.body] == [(0, 0, 3), (1, 0, 3)]


def test_a_token_of_several_stems_is_a_word_once(make_engine: Callable[..., Engine]) -> None:
    engine = make_engine(Document(Article("a", "", "Алма алма"), ANALYZER.terms("", "kk"), TWICE))
    (found,) = engine.located(["a"], (Term("алма", ("алма", "ал", "жоқ"), ()), stem("ал"), stem("алма", Scope.TITLE)))
    assert [(place, word) for place, word, _, _ in found.body] == [(0, 0), (0, 1), (1, 0)]


def test_nothing_asked_is_found_nowhere(make_engine: Callable[..., Engine]) -> None:
    engine = make_engine(article("a", TITLE, BODY), article("b", "", ""))
    assert engine.located(["a", "b"], ()) == [Located(), Located()]
    assert engine.located([], (stem("су"),)) == []
    assert engine.located(["жоқ"], (stem("су"),)) == [Located()]
    assert engine.located(["a", "b"], (stem("жоқ"),)) == [Located(), Located()]
    assert engine.located([], (stem("су"),)) == []
