"""Which articles match: terms, prefixes, phrases, words near one another, Boolean nodes and scopes."""

from collections.abc import Callable

import pytest
from contract_corpus import doc, exact, near, prefix, stem, words

from search.deadline import Deadline
from search.engines.base import Engine, Request
from search.model import Scope
from search.query.nodes import MOST_WITHIN, And, Either, MatchAll, Node, Not, Or, Phrase, Unit, Words


def words_of(*units: Unit) -> Words:
    return Words(units, units, strict=True)


TITLE, BODY = Scope.TITLE, Scope.BODY
EVERY = "k1 k2 k3 k4 k5 k6 k7 k8"

TERMS = {
    "a stem in titles and bodies": (stem("той"), "k1 k2 k7 k8"),
    "a stem that one article has": (stem("қымбат"), "k5"),
    "a stem whose form differs": (stem("бол"), "k1 k8"),
    "a form is not a stem": (stem("болды"), ""),
    "a word that nobody wrote": (stem("бұлт"), ""),
    "the first of two stems at a position": (stem("жаз"), "k4"),
    "the second of two stems at a position": (stem("жазу"), "k4"),
    "two stems, both known": (stem("қала", "мұнай"), "k1 k3 k5 k6"),
    "two stems, one unknown": (stem("бұлт", "мұнай"), "k5 k6"),
    "two stems that share articles": (stem("той", "думан"), "k1 k2 k7 k8"),
    "three stems": (stem("жас", "қымбат", "жазу"), "k3 k4 k5"),
    "a stem named twice": (stem("қала", "қала"), "k1 k3"),
    "an exact form": (exact("қалада", "қала"), "k1"),
    "another exact form of the stem": (exact("қалаға", "қала"), "k3"),
    "the bare form is exact too": (exact("қала"), "k1"),
    "an exact form that nobody wrote": (exact("қаланы", "қала"), ""),
    "an exact form that is a stem elsewhere": (exact("кел"), "k8"),
    "a stem in the title": (stem("той", scope=TITLE), "k1 k2 k7"),
    "a stem in the body": (stem("той", scope=BODY), "k1 k2 k8"),
    "a title only stem in the body": (stem("нарық", scope=BODY), "k6"),
    "a body only stem in the title": (stem("баға", scope=TITLE), ""),
    "two stems in the title": (stem("мұнай", "нарық", scope=TITLE), "k5 k6"),
    "two stems in the body": (stem("ауыл", "жазу", scope=BODY), "k2 k3 k4"),
    "an exact form in the title": (exact("тойы", "той", scope=TITLE), "k1"),
    "an exact form in the wrong scope": (exact("тойы", "той", scope=BODY), ""),
    "an exact form in the body": (exact("болды", "бол", scope=BODY), "k1 k8"),
    "a lone surrogate": (stem("\ud83d"), ""),
    "an exact lone surrogate": (exact("\udc00қала"), ""),
    "the empty stem": (stem(""), ""),
    "a stem of query syntax": (stem("той* OR date:[х TO]"), ""),
}

PREFIXES = {
    "several forms": (prefix("қала", "қалада", "қалаға"), "k1 k3"),
    "one form": (prefix("қалада"), "k1"),
    "forms, not stems": (prefix("бол"), ""),
    "a form that is a stem elsewhere": (prefix("кел"), "k8"),
    "no form begins so": (prefix(), ""),
    "forms that nobody wrote": (prefix("бұлт", "бұлттар"), ""),
    "one form known": (prefix("бұлт", "болды"), "k1 k8"),
    "a form named twice": (prefix("тойы", "тойы"), "k1"),
    "in the title": (prefix("той", "тойы", scope=TITLE), "k1 k2 k7"),
    "in the body": (prefix("той", "тойы", scope=BODY), "k1 k2 k8"),
    "in the wrong scope": (prefix("тойы", scope=BODY), ""),
    "in a not": (Not(prefix("той", "тойы")), "k3 k4 k5 k6"),
    "a lone surrogate": (prefix("\ud83d", "қалада"), "k1"),
    "the empty form": (prefix(""), ""),
}

PHRASES = {
    "two words": (Phrase((stem("қала"), stem("той"))), "k1"),
    "two words the other way round": (Phrase((stem("той"), stem("қала"))), ""),
    "one word": (Phrase((stem("ауыл"),)), "k2 k3"),
    "three words": (Phrase((stem("қала"), stem("той"), stem("бол"))), "k1"),
    "not across title and body": (Phrase((stem("ауыл"), stem("ауыл"))), ""),
    "not from title into body": (Phrase((stem("нарық"), stem("мұнай"))), ""),
    "with a stop word": (Phrase((stem("той"), stem("мен"), stem("думан"))), "k2"),
    "without the stop word that is there": (Phrase((stem("той"), stem("думан"))), "k7"),
    "an unknown word in it": (Phrase((stem("қала"), stem("бұлт"))), ""),
    "exact forms": (Phrase((exact("қалаға", "қала"), exact("келді", "кел"))), "k3"),
    "exact forms that do not follow": (Phrase((exact("қала"), exact("той"))), ""),
    "exact and stem together": (Phrase((stem("қала"), exact("тойы", "той"))), "k1"),
    "several stems a word": (Phrase((stem("мұнай", "нарық"), stem("баға", "мен"))), "k5 k6"),
    "in the title": (Phrase((stem("той", scope=TITLE), stem("думан", scope=TITLE))), "k7"),
    "in the body": (Phrase((stem("думан", scope=BODY), stem("той", scope=BODY))), "k8"),
    "scopes that cannot meet": (Phrase((stem("қала", scope=TITLE), stem("той", scope=BODY))), ""),
    "words that stand apart": (Phrase((stem("мұнай"), stem("қымбат"))), ""),
}

NEAR = {
    "side by side": (near(1, stem("той"), stem("бол")), "k1 k8"),
    "the other way round": (near(1, stem("бол"), stem("той")), "k1 k8"),
    "just within": (near(3, stem("ауыл"), stem("думан")), "k2"),
    "just not within": (near(2, stem("ауыл"), stem("думан")), ""),
    "just within, the other way round": (near(3, stem("думан"), stem("ауыл")), "k2"),
    "three words, just within": (near(4, stem("той"), stem("думан"), stem("бүгін")), "k2"),
    "three words, just not within": (near(3, stem("той"), stem("думан"), stem("бүгін")), ""),
    "one word": (near(1, stem("ауыл")), "k2 k3"),
    "a word twice is there once": (near(1, stem("мұнай"), stem("мұнай")), "k5 k6"),
    "two stems of one position": (near(1, stem("жаз"), stem("жазу")), "k4"),
    "never across title and body": (near(MOST_WITHIN, stem("нарық"), stem("мұнай")), ""),
    "in the title": (near(1, stem("той", scope=TITLE), stem("қала", scope=TITLE)), "k1"),
    "in the body": (near(2, stem("қала", scope=BODY), stem("бол", scope=BODY)), "k1"),
    "scopes that cannot meet": (near(MOST_WITHIN, stem("қала", scope=TITLE), stem("той", scope=BODY)), ""),
    "exact forms": (near(1, exact("келді", "кел"), exact("қалаға", "қала")), "k3"),
    "an exact form that is not there": (near(1, exact("кел"), exact("қалаға", "қала")), ""),
    "several stems a word": (near(2, stem("мұнай", "нарық"), stem("баға", "мен")), "k5 k6"),
    "an unknown word in it": (near(MOST_WITHIN, stem("қала"), stem("бұлт")), ""),
    "in a not": (Not(near(1, stem("той"), stem("бол"))), "k2 k3 k4 k5 k6 k7"),
    "as one of the words": (words_of(near(1, stem("той"), stem("бол")), prefix("тойы")), "k1"),
}

NODES = {
    "everything": (MatchAll(), EVERY),
    "not a term": (Not(stem("той")), "k3 k4 k5 k6"),
    "not everything": (Not(MatchAll()), ""),
    "not an unknown term": (Not(stem("бұлт")), EVERY),
    "not not": (Not(Not(stem("қала"))), "k1 k3"),
    "not a phrase": (Not(Phrase((stem("қала"), stem("той")))), "k2 k3 k4 k5 k6 k7 k8"),
    "and of two": (And((stem("той"), stem("думан"))), "k2 k7 k8"),
    "and of three": (And((stem("той"), stem("думан"), stem("бол"))), "k8"),
    "and of nothing": (And(()), EVERY),
    "and of one": (And((stem("қала"),)), "k1 k3"),
    "and with an unknown": (And((stem("той"), stem("бұлт"))), ""),
    "and with not": (And((stem("той"), Not(stem("думан")))), "k1"),
    "only nots": (And((Not(stem("той")), Not(stem("мұнай")))), "k3 k4"),
    "everything but a phrase": (And((MatchAll(), Not(Phrase((stem("думан"), stem("той")))))), "k1 k2 k3 k4 k5 k6 k7"),
    "and in and": (And((And((stem("той"), stem("бол"))), stem("қала"))), "k1"),
    "not of and": (Not(And((stem("той"), stem("думан")))), "k1 k3 k4 k5 k6"),
    "not of not of and": (Not(Not(And((stem("той"), stem("думан"))))), "k2 k7 k8"),
    "not in and in not": (Not(And((stem("той"), Not(stem("думан"))))), "k2 k3 k4 k5 k6 k7 k8"),
    "a phrase and a term": (And((Phrase((stem("думан"),)), stem("кел"))), "k8"),
    "terms of two scopes": (And((stem("той", scope=TITLE), stem("думан", scope=BODY))), "k2"),
    "strict words and a term": (And((words("той думан", strict=True), stem("бол"))), "k8"),
    "or of two": (Or((stem("думан"), stem("бол"))), "k1 k2 k7 k8"),
    "or of nothing": (Or(()), ""),
    "or of one": (Or((stem("қала"),)), "k1 k3"),
    "or with an unknown": (Or((stem("бұлт"), stem("қала"))), "k1 k3"),
    "or of unknowns": (Or((stem("бұлт"), stem("жел"))), ""),
    "or with not": (Or((stem("қала"), Not(stem("той")))), "k1 k3 k4 k5 k6"),
    "or with everything": (Or((stem("қала"), MatchAll())), EVERY),
    "or with the and of nothing": (Or((stem("қала"), And(()))), EVERY),
    "and with the or of nothing": (And((stem("қала"), Or(()))), ""),
    "not of the or of nothing": (Not(Or(())), EVERY),
    "not of or": (Not(Or((stem("той"), stem("мұнай")))), "k3 k4"),
    "or of nots": (Or((Not(stem("той")), Not(stem("думан")))), "k1 k3 k4 k5 k6"),
    "or in and": (And((Or((stem("қала"), stem("думан"))), stem("той"))), "k1 k2 k7 k8"),
    "and in or": (Or((And((stem("қала"), stem("той"))), And((stem("мұнай"), stem("қымбат"))))), "k1 k5"),
    "or in or": (Or((Or((stem("жас"), stem("қымбат"))), stem("жазу"))), "k3 k4 k5"),
    "or of phrase, prefix and near": (
        Or((Phrase((stem("той"), stem("думан"))), prefix("жазды"), near(1, stem("келді"), stem("қала")))),
        "k4 k7",
    ),
    "either of word and phrase": (Either("x", (stem("жас"), Phrase((stem("қала"), stem("той"))))), "k1 k3"),
    "strict words in a not": (Not(words("той думан", strict=True)), "k1 k3 k4 k5 k6"),
}


def matched(engine: Engine, node: Node) -> str:
    page = engine.search(node, Request(limit=100), Deadline.never())
    assert page.total == len(page.hits)
    assert not page.timed_out
    return " ".join(sorted(article_id for article_id, _ in page.hits))


@pytest.mark.parametrize(("node", "expected"), TERMS.values(), ids=TERMS)
def test_terms(engine: Engine, node: Node, expected: str) -> None:
    assert matched(engine, node) == expected


@pytest.mark.parametrize(("node", "expected"), PHRASES.values(), ids=PHRASES)
def test_phrases(engine: Engine, node: Node, expected: str) -> None:
    assert matched(engine, node) == expected


@pytest.mark.parametrize(("node", "expected"), PREFIXES.values(), ids=PREFIXES)
def test_prefixes(engine: Engine, node: Node, expected: str) -> None:
    assert matched(engine, node) == expected


@pytest.mark.parametrize(("node", "expected"), NEAR.values(), ids=NEAR)
def test_near(engine: Engine, node: Node, expected: str) -> None:
    assert matched(engine, node) == expected


@pytest.mark.parametrize(("node", "expected"), NODES.values(), ids=NODES)
def test_nodes(engine: Engine, node: Node, expected: str) -> None:
    assert matched(engine, node) == expected


def test_near_reaches_as_far_as_it_says(make_engine: Callable[..., Engine]) -> None:
    engine = make_engine(*(doc(f"{n:02}", "", f"бас{' арасы' * (n - 1)} соң") for n in (1, 2, 49, 50, 51)))
    for within, expected in ((1, "01"), (2, "01 02"), (49, "01 02 49"), (MOST_WITHIN, "01 02 49 50")):
        assert matched(engine, near(within, stem("соң"), stem("бас"))) == expected


def test_a_title_of_any_length_keeps_phrases_and_near_words_out_of_the_body(
    make_engine: Callable[..., Engine],
) -> None:
    engine = make_engine(*(doc(f"{n:03}", " ".join(["бас"] * n), " ".join(["соң"] * 60)) for n in (1, 49, 60, 120)))
    assert matched(engine, near(MOST_WITHIN, stem("бас"), stem("соң"))) == ""
    assert matched(engine, Phrase((stem("бас"), stem("соң")))) == ""
    assert matched(engine, near(1, stem("бас"))) == "001 049 060 120"
