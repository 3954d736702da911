"""Whole collections: empty, one article, long and odd texts; get, stats and threads."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from contract_corpus import ARCHIVE, doc, exact, near, prefix, stem, terms, words

from search.deadline import Deadline
from search.engines.base import Document, Engine, Request, Stats
from search.model import Article, DateRange, Filter, Interval, Scope, Sort
from search.query.nodes import And, Dates, Either, Field, Ids, MatchAll, Node, Not, Or, Phrase

Maker = Callable[..., Engine]
NODES: tuple[Node, ...] = (
    stem("той"), exact("той"), stem("той", "бол", scope=Scope.BODY), Phrase((stem("той"), stem("бол"))),
    prefix("той", "тойы"), near(3, stem("бол"), stem("той")), Either("x", (stem("той"), stem("бол"))),
    words("той қала"), words("той қала", strict=True), And((stem("той"), Not(stem("қала")))), Not(stem("той")),
    MatchAll(), Or((stem("той"), Field("category", ("спорт",)))), And((Dates(DateRange()), Not(Ids(("k1",))))),
)  # fmt: skip
FULL = Request(
    facets=("category", "year"), histogram=Interval.MONTH, filters=(Filter("lang", (), ("en",)),),
    dates=DateRange(date(2000, 1, 1)), collapse=True, half_life=365, pinned=("k2",),
)  # fmt: skip


@pytest.mark.parametrize("sort", list(Sort))
def test_an_empty_collection_answers_with_nothing(make_engine: Maker, sort: Sort) -> None:
    engine = make_engine()
    for node in NODES:
        page = engine.search(node, replace(FULL, sort=sort, facets=("category",), explain=True), Deadline.never())
        assert (page.hits, page.total, page.articles, page.total_all_words, page.grown) == ((), 0, 0, 0, False)
        assert (page.days, page.interval, page.parts, page.duplicates) == ({}, Interval.NONE, (), ())
        assert (page.facets[0].counts, page.facets[0].missing) == ({}, 0)
    assert engine.stats() == Stats(0, 0, 0, {})
    assert engine.get(["k1"]) == [None]
    assert engine.values("category") == {}
    assert engine.duplicates(["k1"]) == [()]


def test_one_article(make_engine: Maker) -> None:
    engine = make_engine(doc("only", "той", "бол", "2020-02-29T12:00+06:00", lang="kk"))
    found = [engine.search(node, FULL, Deadline.never()).total for node in NODES]
    assert found == [1, 1, 1, 0, 1, 0, 1, 1, 0, 1, 0, 1, 1, 1]
    assert engine.stats() == Stats(1, 2, 2, {date(2020, 2, 29): 1})


def test_articles_without_any_word(make_engine: Maker) -> None:
    engine = make_engine(doc("a"), doc("b"))
    page = engine.search(MatchAll(), Request(), Deadline.never())
    assert page.hits == (("a", 0.0), ("b", 0.0))
    assert engine.search(stem("той", scope=Scope.BODY), Request(), Deadline.never()).total == 0


def test_a_thousand_words(make_engine: Maker) -> None:
    body = " ".join(["су", "жер"] * 499 + ["көк", "аспан"])
    engine = make_engine(doc("long", "су", body), doc("short", "су"))
    page = engine.search(stem("су"), Request(), Deadline.never())
    assert [article_id for article_id, _ in page.hits] == ["long", "short"]
    tail = Phrase((stem("жер"), stem("көк"), stem("аспан")))
    assert engine.search(tail, Request(), Deadline.never()).total == 1
    assert engine.stats().tokens == 1002


def test_many_articles_with_one_word(make_engine: Maker) -> None:
    engine = make_engine(*(doc(f"{n:04}", "су", "жер " * (n % 7)) for n in range(700)))
    page = engine.search(stem("су"), Request(offset=690, limit=20), Deadline.never())
    assert page.total == 700
    assert [article_id for article_id, _ in page.hits] == [f"{n:04}" for n in range(636, 700, 7)]
    assert engine.search(stem("жер"), Request(), Deadline.never()).total == 600


@pytest.mark.parametrize(
    "word",
    ["\u0000", "a\u00a0b", "🐪", "жұмыс\u0301", "\u202eқала", "😀" * 60, "ӘӨ" * 5000, "\U0010ffff"],
)
def test_words_of_any_characters(make_engine: Maker, word: str) -> None:
    engine = make_engine(doc("it", word, f"{word}=су {word}"), doc("other", "су"))
    assert engine.search(exact(word), Request(), Deadline.never()).hits[0][0] == "it"
    assert engine.search(exact(word), Request(), Deadline.never()).total == 1
    assert engine.search(Phrase((stem("су"), stem(word))), Request(), Deadline.never()).total == 1


@pytest.mark.parametrize("value", ["\u0000", "Әлем, «Таң» & <b>", "🐪🐪", "a\nb", " ", "\u2028", "ұ" * 3000])
def test_values_and_ids_of_any_characters(make_engine: Maker, value: str) -> None:
    engine = make_engine(doc(value, "су", category=value, author=value), doc("other", "су", category="other"))
    request = Request(filters=(Filter("category", (value,)),), facets=("category",))
    page = engine.search(stem("су"), request, Deadline.never())
    assert [article_id for article_id, _ in page.hits] == [value]
    assert page.facets[0].counts == {value: 1, "other": 1}
    (article,) = engine.get([value])
    assert article is not None
    assert article.author == value


def test_get_gives_articles_in_the_order_asked_for(engine: Engine) -> None:
    found = engine.get(["k7", "k1", "nobody", "k7", "", "\ud800", "k3"])
    assert [article and article.id for article in found] == ["k7", "k1", None, "k7", None, None, "k3"]
    assert engine.get([]) == []


def test_get_gives_whole_articles(engine: Engine) -> None:
    assert engine.get([document.article.id for document in ARCHIVE]) == [document.article for document in ARCHIVE]


def test_every_field_comes_back(make_engine: Maker) -> None:
    published = datetime(2024, 2, 29, 21, 59, 58, 123456, tzinfo=ZoneInfo("Asia/Almaty"))
    article = Article(
        id="a/1 ?#", title="Тақырып «x»", body="Бірінші\n\nекінші\u00a0🐪", url="https://example.kz/a?b=1",
        published=published, category="спорт", source="Таң", author="Асан Үсенов", lang="kk", script="Cyrl",
        extra={"tags": ["а", "б"], "n": 2**70, "x": None, "deep": {"ә": [1.5, True, -3]}},
    )  # fmt: skip
    (found,) = make_engine(Document(article, terms("тақырып"), terms("бірінші"))).get(["a/1 ?#"])
    assert found == article
    assert found is not None
    assert found.published is not None
    assert found.published.utcoffset() == published.utcoffset()
    assert found.date == date(2024, 2, 29)


@pytest.mark.parametrize("fold", [0, 1])
def test_an_hour_that_came_twice_keeps_its_offset(make_engine: Maker, fold: int) -> None:
    published = datetime(2024, 2, 29, 23, 30, fold=fold, tzinfo=ZoneInfo("Asia/Almaty"))
    (found,) = make_engine(Document(Article("a", "", "", published=published), terms(""), terms(""))).get(["a"])
    assert found is not None
    assert found.published is not None
    assert found.published.isoformat() == published.isoformat()


def test_stats(engine: Engine) -> None:
    days = {date(2024, 5, 3): 2, date(2024, 1, 15): 1, date(2024, 1, 1): 1, date(2023, 12, 31): 1, date(2022, 7, 7): 1}
    assert engine.stats() == Stats(documents=8, terms=15, tokens=35, days=days)


def test_eight_threads_at_once(engine: Engine) -> None:
    expected = [engine.search(node, FULL, Deadline.never()) for node in NODES]
    ids = [document.article.id for document in ARCHIVE]

    def work(turn: int) -> None:
        for step in range(40):
            which = (turn + step) % len(NODES)
            assert engine.search(NODES[which], FULL, Deadline.never()) == expected[which]
            assert engine.get(ids) == [document.article for document in ARCHIVE]

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
