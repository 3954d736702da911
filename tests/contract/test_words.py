"""Words: the threshold on idf mass, growth, strictness and the count of articles that have all words.

idf in this archive of eight, by df: 0 → 2.89, 1 → 1.79, 2 → 1.28, 3 → 0.94, 4 → 0.69.
"""

import pytest
from contract_corpus import exact, near, prefix, stem, words

from search.deadline import Deadline
from search.engines.base import Engine, Request
from search.model import Filter, Scope
from search.query.nodes import And, Either, Field, Ids, Node, Not, Or, Phrase, Words

THRESHOLDS = {
    "one word": (words("той"), "k1 k2 k7 k8"),
    "one unknown word": (words("бұлт"), ""),
    "two: the rarer is enough, the commoner is not": (words("қала той"), "k1 k3"),
    "two of one weight: either is just enough": (words("қала ауыл"), "k1 k2 k3"),
    "two, one unknown: the known one is not half": (words("бұлт той"), ""),
    "three: 0.4 of the mass": (words("қала той кел"), "k1 k3 k8"),
    "three of one weight: one is not enough": (words("ауыл баға нарық"), "k5 k6"),
    "three, one unknown: the rarer two fall short alone": (words("бұлт қала той"), "k1"),
    "four: a quarter": (words("қала той кел думан"), "k1 k2 k3 k7 k8"),
    "five: still a quarter": (words("бүгін жас қымбат той кел"), "k2 k3 k5"),
    "in the title": (words("той қала", scope=Scope.TITLE), "k1"),
    "in the body": (words("той кел", scope=Scope.BODY), "k1 k2 k3 k4 k8"),
    "strict: all of two": (words("той думан", strict=True), "k2 k7 k8"),
    "strict: all of three": (words("той думан бол", strict=True), "k8"),
    "strict: all of one": (words("қала", strict=True), "k1 k3"),
    "strict with an unknown": (words("той бұлт", strict=True), ""),
    "exact words": (Words((exact("қалада"), exact("келді", "кел")), ()), "k1"),
    "several stems are one word": (Words((stem("қала", "ауыл"), stem("той")), ()), "k1 k2 k3"),
    "a phrase is one word": (Words((Phrase((stem("қала"), stem("той"))), stem("кел")), ()), "k1"),
    "a beginning is one word: its forms have one idf": (Words((prefix("той", "тойы"), stem("қала")), ()), "k1 k3"),
    "near words are one word": (Words((near(2, stem("той"), stem("қала")), stem("той")), ()), "k1"),
    "names of one thing are one word": (
        Words((Either("x", (stem("қала"), Phrase((stem("мұнай"), stem("баға"))))), stem("той")), ()),
        "k1 k3 k5",
    ),
    "what is scored does not decide": (Words((stem("қала"),), (stem("қала"), stem("той"), stem("мен"))), "k1 k3"),
}

GROWTH = {
    "few: any word is enough": (words("қала той"), 3, "k1 k2 k3 k7 k8", True),
    "just enough: stays": (words("қала той"), 2, "k1 k3", False),
    "an unknown word beside a known": (words("бұлт той"), 1, "k1 k2 k7 k8", True),
    "nothing to bring": (words("бұлт жел"), 100, "", False),
    "one word has nowhere to grow": (words("той"), 100, "k1 k2 k7 k8", False),
    "either was enough before": (words("қала ауыл"), 100, "k1 k2 k3", False),
    "strict does not grow": (words("қала той", strict=True), 100, "k1", False),
    "a term does not grow": (stem("қала"), 100, "k1 k3", False),
    "the count is taken before the rest of the tree": (And((words("қала той"), stem("жас"))), 2, "k3", False),
    "growth inside and": (And((words("қала той"), stem("думан"))), 3, "k2 k7 k8", True),
    "growth that the rest takes back": (And((words("қала той"), stem("қала"))), 3, "k1 k3", False),
    "no growth inside not": (Not(words("қала той")), 100, "k2 k4 k5 k6 k7 k8", False),
    "no growth inside not not": (Not(Not(words("қала той"))), 100, "k1 k3", False),
    "growth inside or": (Or((words("қала той"), stem("жас"))), 3, "k1 k2 k3 k7 k8", True),
    "growth inside or that was there before": (Or((words("қала той"), stem("той"))), 3, "k1 k2 k3 k7 k8", False),
    "each branch of an or counts for itself": (Or((words("қала той"), words("бүгін жас"))), 2, "k1 k2 k3", False),
    "one branch of an or grows": (Or((words("қала той"), words("бұлт думан"))), 2, "k1 k2 k3 k7 k8", True),
    "no growth in an or inside not": (Not(Or((words("қала той"), stem("жас")))), 100, "k2 k4 k5 k6 k7 k8", False),
    "growth beside a not": (And((words("қала той"), Not(words("думан кел")))), 3, "k1", False),
    "near words grow": (Words((near(1, stem("той"), stem("қала")), stem("той")), ()), 2, "k1 k2 k7 k8", True),
    "ids beside growth": (And((words("қала той"), Ids(("k7", "k1")))), 3, "k1 k7", True),
    "two Words grow each for itself": (And((words("қала той"), words("думан кел"))), 3, "k2 k3 k7 k8", True),
}

ALL_WORDS = {
    "no Words: all of them": (stem("той"), 4),
    "one word": (words("той"), 4),
    "two words": (words("қала той"), 1),
    "two words that nobody joins": (words("қала мұнай"), 0),
    "an unknown word": (words("қала бұлт"), 0),
    "four words": (words("думан той бол кел"), 1),
    "strict words": (words("той думан", strict=True), 3),
    "with the rest of the tree": (And((words("той думан"), Not(stem("бол")))), 2),
    "two Words": (And((words("қала той"), words("бол думан"))), 0),
    "or: every word of one branch": (Or((words("қала мұнай"), words("той думан"))), 3),
    "or with a word that is no Words": (Or((words("қала той"), stem("жас"))), 2),
    "or of nothing": (Or(()), 0),
    "and of nothing": (And(()), 8),
    "or inside and": (And((Or((words("қала той"), words("думан бол"))), stem("той"))), 2),
    "and inside or": (Or((And((words("қала той"), stem("думан"))), And((words("қала той"), stem("бол"))))), 1),
    "or of Words and a not": (Or((words("қала той"), Not(stem("той")))), 5),
    "or of Words and a field": (Or((words("қала той"), Field("lang", ("ru",)))), 2),
    "Words with near words and a beginning": (
        Words((near(1, stem("той"), stem("бол")), prefix("думан")), (stem("той"),)),
        1,
    ),
    "Words inside not": (And((stem("той"), Not(words("қала бұлт", strict=True)))), 4),
}


def matched(engine: Engine, node: Node, grow_below: int) -> tuple[str, bool]:
    page = engine.search(node, Request(limit=100, grow_below=grow_below), Deadline.never())
    return " ".join(sorted(article_id for article_id, _ in page.hits)), page.grown


@pytest.mark.parametrize(("node", "expected"), THRESHOLDS.values(), ids=THRESHOLDS)
def test_thresholds(engine: Engine, node: Node, expected: str) -> None:
    assert matched(engine, node, 0) == (expected, False)


@pytest.mark.parametrize(("node", "below", "expected", "grown"), GROWTH.values(), ids=GROWTH)
def test_growth(engine: Engine, node: Node, below: int, expected: str, grown: bool) -> None:
    assert matched(engine, node, below) == (expected, grown)


@pytest.mark.parametrize(("node", "expected"), ALL_WORDS.values(), ids=ALL_WORDS)
def test_all_words(engine: Engine, node: Node, expected: int) -> None:
    assert engine.search(node, Request(), Deadline.never()).total_all_words == expected


def test_filters_do_not_change_growth(engine: Engine) -> None:
    request = Request(filters=(Filter("category", ("спорт",)),), grow_below=3)
    page = engine.search(words("қала той"), request, Deadline.never())
    assert {article_id for article_id, _ in page.hits} == {"k1", "k3", "k8"}
    assert (page.total, page.total_all_words, page.grown) == (3, 1, True)


def test_growth_is_decided_before_filters(engine: Engine) -> None:
    request = Request(filters=(Filter("category", ("мәдениет",)),), grow_below=2)
    page = engine.search(words("қала той"), request, Deadline.never())
    assert (page.hits, page.total, page.grown) == ((), 0, False)
