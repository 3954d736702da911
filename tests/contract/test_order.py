"""Scores, sorting, ties and paging."""

from collections.abc import Callable
from math import log

import pytest
from contract_corpus import doc, exact, near, prefix, stem, words

from search.deadline import Deadline
from search.engines.base import Document, Engine, Request
from search.model import Scope, Sort
from search.query.nodes import And, Field, Ids, MatchAll, Node, Not, Or, Phrase, Words

Maker = Callable[..., Engine]


def idf(df: int, documents: int = 8) -> float:
    return log(1 + (documents - df + 0.5) / (df + 0.5))


def bm25(df: int, tf: int, length: int, average: float) -> float:
    return idf(df) * tf / (tf + 1.2 * (0.25 + 0.75 * length / average))


# The lengths of k1 … k8 are 5 6 5 4 5 4 2 4 in all, 4.375 on average; 1.125 in titles, 3.25 in bodies.
SCORES = {
    "a stem that is also the form": (stem("бүгін"), "k2", 1.3 * bm25(1, 1, 6, 4.375)),
    "a stem that stands twice, its form once": (
        stem("қала"), "k1", bm25(2, 2, 5, 4.375) + 0.3 * bm25(1, 1, 5, 4.375)),
    "a stem without the form": (stem("қала"), "k3", bm25(2, 1, 5, 4.375)),
    "a form that stands twice": (stem("мұнай"), "k5", 1.3 * bm25(2, 2, 5, 4.375)),
    "two stems are one word: df is of either": (stem("қала", "ауыл"), "k3", bm25(3, 3, 5, 4.375)),
    "two stems at one position count once": (
        stem("жаз", "жазу"), "k4", bm25(1, 3, 4, 4.375) + 0.3 * bm25(1, 2, 4, 4.375)),
    "in the title: its df, length and average": (stem("той", scope=Scope.TITLE), "k7",
                                                bm25(3, 1, 2, 1.125) + 0.3 * bm25(2, 1, 2, 1.125)),
    "in the body": (stem("мұнай", scope=Scope.BODY), "k5", 1.3 * bm25(1, 2, 4, 3.25)),
    "an exact word counts its stem too": (
        exact("қалада", "қала"), "k1", bm25(2, 2, 5, 4.375) + 0.3 * bm25(1, 1, 5, 4.375)),
    "a small weight": (stem("бүгін", weight=0.1), "k2", 0.13 * bm25(1, 1, 6, 4.375)),
    "the words of a phrase, and that they stand side by side": (
        Phrase((stem("баға"), stem("қымбат"))), "k5", bm25(2, 1, 5, 4.375) + (1.3 + 0.6) * bm25(1, 1, 5, 4.375)),
    "a repeated word counts again": (
        Words((stem("бүгін"),), (stem("бүгін"), stem("бүгін"))), "k2", 2.6 * bm25(1, 1, 6, 4.375)),
    "a stop word that is only scored": (
        Words((stem("бүгін"),), (stem("бүгін"), stem("мен", weight=0.1))), "k2",
        1.3 * bm25(1, 1, 6, 4.375) + 0.1 * (bm25(2, 1, 6, 4.375) + 0.3 * bm25(1, 1, 6, 4.375))),
    "a word that is not there adds nothing": (words("бүгін бұлт мұнай"), "k2", 1.3 * bm25(1, 1, 6, 4.375)),
    "nothing of what stands in a not": (And((stem("бүгін"), Not(stem("мұнай")))), "k2", 1.3 * bm25(1, 1, 6, 4.375)),
    "a beginning of words, where any of its forms stands": (prefix("жаз", "жазды"), "k4", bm25(1, 3, 4, 4.375)),
    "forms of a beginning are one unit: df is of any": (
        prefix("бүгін", "думан", weight=0.1), "k2", 0.1 * bm25(3, 2, 6, 4.375)),
    "a form named twice counts once": (prefix("мұнай", "мұнай"), "k5", bm25(2, 2, 5, 4.375)),
    "a beginning in the title": (prefix("той", "тойы", scope=Scope.TITLE), "k7", bm25(3, 1, 2, 1.125)),
    "a beginning has no neighbours": (
        Words((prefix("той", "тойы"),), (stem("қала"), prefix("той", "тойы"))), "k1",
        bm25(2, 2, 5, 4.375) + 0.3 * bm25(1, 1, 5, 4.375) + bm25(4, 2, 5, 4.375)),
    "the words of a near, and that they stand side by side": (
        near(2, stem("қымбат"), stem("баға")), "k5", bm25(2, 1, 5, 4.375) + (1.3 + 0.6) * bm25(1, 1, 5, 4.375)),
    "a near among words: every position where it begins": (
        Words((near(2, stem("мұнай"), stem("қымбат")),), (near(2, stem("мұнай"), stem("қымбат")),)), "k5",
        bm25(1, 2, 5, 4.375)),
    "a phrase among words: every position where it begins": (
        Words((Phrase((stem("той"), stem("бол"))),), (Phrase((stem("той"), stem("бол"))),)), "k8",
        bm25(2, 1, 4, 4.375)),
    "the branches of an or, whichever matched": (
        Or((stem("бүгін"), Or((stem("мұнай"), Not(stem("ауыл")))))), "k5", 1.3 * bm25(2, 2, 5, 4.375)),
    "a word in two branches counts twice": (Or((stem("бүгін"), stem("бүгін"))), "k2", 2.6 * bm25(1, 1, 6, 4.375)),
    "everything scores nothing": (MatchAll(), "k1", 0.0),
    "a not scores nothing": (Not(stem("той")), "k3", 0.0),
}  # fmt: skip

ORDERS = {
    "newest first, no date last": (MatchAll(), Sort.NEWEST, "k1 k2 k3 k4 k5 k6 k7 k8"),
    "oldest first, no date last": (MatchAll(), Sort.OLDEST, "k6 k4 k5 k3 k2 k1 k7 k8"),
    "all scores equal: the newest first": (MatchAll(), Sort.RELEVANCE, "k1 k2 k3 k4 k5 k6 k7 k8"),
    "newest of a stem": (stem("той"), Sort.NEWEST, "k1 k2 k7 k8"),
    "oldest of a stem": (stem("той"), Sort.OLDEST, "k2 k1 k7 k8"),
    "twice before once": (stem("мұнай"), Sort.RELEVANCE, "k5 k6"),
    "the form before the stem": (stem("кел"), Sort.RELEVANCE, "k8 k4 k3"),
    "an or: what fits better first": (Or((stem("мұнай"), Field("lang", ("ru",)))), Sort.RELEVANCE, "k5 k6 k4"),
    "ids in the house order": (Ids(("k8", "k3", "k6")), Sort.RELEVANCE, "k3 k6 k8"),
    "more words before fewer": (words("думан бол"), Sort.RELEVANCE, "k8 k7 k1 k2"),
}


def search(engine: Engine, node: Node, **request: object) -> list[str]:
    page = engine.search(node, Request(**request), Deadline.never())  # type: ignore[arg-type]
    return [article_id for article_id, _ in page.hits]


@pytest.mark.parametrize(("node", "article_id", "expected"), SCORES.values(), ids=SCORES)
def test_scores(engine: Engine, node: Node, article_id: str, expected: float) -> None:
    page = engine.search(node, Request(), Deadline.never())
    assert dict(page.hits)[article_id] == pytest.approx(expected, rel=1e-12, abs=1e-15)


@pytest.mark.parametrize(("node", "sort", "expected"), ORDERS.values(), ids=ORDERS)
def test_orders(engine: Engine, node: Node, sort: Sort, expected: str) -> None:
    assert search(engine, node, sort=sort) == expected.split()


@pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.OLDEST])
def test_no_scores_without_relevance(engine: Engine, sort: Sort) -> None:
    page = engine.search(stem("той"), Request(sort=sort), Deadline.never())
    assert {score for _, score in page.hits} == {0.0}


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize(
    ("offset", "limit"), [(0, 3), (3, 3), (6, 3), (7, 1), (8, 3), (100, 3), (0, 0), (5, 0), (0, 100), (2, 100), (7, 2)]
)
def test_every_cut_is_a_piece_of_the_whole(engine: Engine, sort: Sort, offset: int, limit: int) -> None:
    whole = engine.search(words("той кел мұнай қала ауыл"), Request(sort=sort, limit=1000), Deadline.never())
    page = engine.search(
        words("той кел мұнай қала ауыл"), Request(sort=sort, offset=offset, limit=limit), Deadline.never()
    )
    assert len(whole.hits) == 8
    assert page.hits == whole.hits[offset : offset + limit]
    assert page.total == 8


def test_ties_are_broken_by_date_then_id(make_engine: Maker) -> None:
    def same(article_id: str, published: str = "") -> Document:
        return doc(article_id, "су", "", published)

    engine = make_engine(
        same("б"), same("а"), same("x2", "2020-01-01T00:00+00:00"), same("x10", "2020-01-01T06:00+06:00"),
        same("old", "1999-01-01T00:00+06:00"), same("new", "2021-01-01T00:00+06:00"), same("Z"), same("\U0001f600"),
    )  # fmt: skip
    dated = ["new", "x10", "x2", "old"]
    undated = ["Z", "а", "б", "\U0001f600"]
    assert search(engine, stem("су")) == dated + undated
    assert search(engine, stem("су"), limit=6) == (dated + undated)[:6]
    assert search(engine, stem("су"), sort=Sort.NEWEST) == dated + undated
    assert search(engine, stem("су"), sort=Sort.OLDEST) == ["old", "x10", "x2", "new", *undated]


def test_moments_are_told_apart_to_the_microsecond(make_engine: Maker) -> None:
    engine = make_engine(
        doc("a", "су", "", "2020-01-01T00:00:00.000001+00:00"), doc("b", "су", "", "2020-01-01T00:00:00.000002+00:00")
    )
    assert search(engine, stem("су"), sort=Sort.NEWEST) == ["b", "a"]


@pytest.mark.parametrize("published", ["0001-01-02T00:00+05:00", "9999-12-30T00:00+05:00", "1890-06-01T00:00+05:07:48"])
def test_dates_far_away(make_engine: Maker, published: str) -> None:
    engine = make_engine(
        doc("far", "су", "", published), doc("near", "су", "", "2000-01-01T00:00+05:00"), doc("no", "су")
    )
    assert search(engine, stem("су"), sort=Sort.NEWEST)[2] == "no"
    assert search(engine, stem("су"), sort=Sort.OLDEST)[0] == ("near" if published > "2000" else "far")
