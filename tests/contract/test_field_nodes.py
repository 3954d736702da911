"""Fields, dates and ids as nodes of the tree, the values of a field, and fields that a generation has or has not."""

from collections.abc import Callable
from datetime import date

import pytest
from contract_corpus import doc, stem

from search.deadline import Deadline
from search.engines.base import Engine, RawPage, Request
from search.facets import FacetSpec
from search.model import DateRange, Filter
from search.query.nodes import And, Dates, Field, Ids, MatchAll, Node, Not, Or

EVERY = "k1 k2 k3 k4 k5 k6 k7 k8"

FIELDS = {
    "one value": (Field("category", ("спорт",)), "k1 k3 k8"),
    "two values": (Field("category", ("спорт", "мәдениет")), "k1 k2 k3 k8"),
    "a value twice": (Field("category", ("спорт", "спорт")), "k1 k3 k8"),
    "an unknown value": (Field("category", ("ауа райы",)), ""),
    "no value": (Field("category", ("",)), "k4 k7"),
    "no value or one": (Field("category", ("мәдениет", "")), "k2 k4 k7"),
    "no values named": (Field("category", ()), ""),
    "a lone surrogate": (Field("category", ("\ud800",)), ""),
    "a year": (Field("year", ("2023",)), "k4"),
    "no year": (Field("year", ("",)), "k7 k8"),
    "a field that there is not": (Field("colour", ("қызыл",)), ""),
    "no value of a field that there is not": (Field("colour", ("қызыл", "")), EVERY),
    "not a field": (Not(Field("source", ("Таң",))), "k3 k4 k6 k7 k8"),
    "a field and a word": (And((stem("той"), Field("lang", ("kk",)))), "k1 k2 k8"),
    "a field or a word": (Or((stem("той"), Field("lang", ("ru",)))), "k1 k2 k4 k7 k8"),
    "ids": (Ids(("k3", "k1")), "k1 k3"),
    "an unknown id": (Ids(("nobody", "k2")), "k2"),
    "an id twice": (Ids(("k2", "k2")), "k2"),
    "no ids": (Ids(()), ""),
    "ids of any characters": (Ids(("", "\ud800", "k1 ", "K1")), ""),
    "not an id": (Not(Ids(("k1", "nobody"))), "k2 k3 k4 k5 k6 k7 k8"),
    "an id and a word": (And((Ids(("k1", "k5")), stem("той"))), "k1"),
    "an id or a word": (Or((Ids(("k1", "k5")), stem("қала"))), "k1 k3 k5"),
    "dates and a word": (And((stem("той"), Dates(DateRange(date(2024, 1, 1))))), "k1 k2"),
    "dates or a word": (Or((stem("той"), Dates(DateRange(None, date(2023, 12, 31))))), "k1 k2 k4 k6 k7 k8"),
}


def ask(engine: Engine, node: Node | None = None, **request: object) -> RawPage:
    return engine.search(node or MatchAll(), Request(**request), Deadline.never())  # type: ignore[arg-type]


def matched(page: RawPage) -> str:
    return " ".join(sorted(article_id for article_id, _ in page.hits))


def facet(page: RawPage, name: str) -> tuple[dict[str, int], int]:
    (found,) = [one for one in page.facets if one.field == name]
    return dict(found.counts), found.missing


@pytest.mark.parametrize(("node", "expected"), FIELDS.values(), ids=FIELDS)
def test_fields_and_ids_in_the_tree(engine: Engine, node: Node, expected: str) -> None:
    page = ask(engine, node)
    assert matched(page) == expected
    assert page.total == page.total_all_words == page.articles == len(expected.split())


@pytest.mark.parametrize("node", [Field("category", ("спорт", "")), Dates(DateRange()), Ids(("k7", "k1", "k4"))])
def test_fields_dates_and_ids_score_nothing(engine: Engine, node: Node) -> None:
    page = ask(engine, node)
    assert {score for _, score in page.hits} == {0.0}
    assert [article_id for article_id, _ in page.hits] == sorted(article_id for article_id, _ in page.hits)


def test_a_field_in_the_tree_limits_its_facet(engine: Engine) -> None:
    page = ask(engine, Field("category", ("спорт",)), facets=("category",))
    assert facet(page, "category") == ({"спорт": 3}, 0)


def test_a_filter_on_a_field_that_there_is_not(engine: Engine) -> None:
    assert ask(engine, filters=(Filter("colour", ("қызыл",)),)).total == 0
    assert ask(engine, filters=(Filter("colour", (), ("қызыл",)),)).total == 8
    assert ask(engine, filters=(Filter("colour", ("",)),)).total == 8
    assert ask(engine, filters=(Filter("colour", (), ("",)),)).total == 0


def test_a_facet_that_there_is_not(engine: Engine) -> None:
    page = ask(engine, stem("той"), filters=(Filter("colour", ("қызыл",)),), facets=("colour", "source"))
    assert page.total == 0
    assert facet(page, "colour") == ({}, 4)
    assert facet(page, "source") == ({}, 0)


VALUES = {
    "category": {"спорт": 3, "мәдениет": 1, "экономика": 2},
    "source": {"Таң": 3, "Кеш": 4},
    "author": {"Асан": 2, "Үсен": 1},
    "script": {"Cyrl": 4, "Latn": 1},
    "year": {"2024": 4, "2023": 1, "2022": 1},
    "colour": {},
}


@pytest.mark.parametrize(("name", "expected"), VALUES.items(), ids=VALUES)
def test_values(engine: Engine, name: str, expected: dict[str, int]) -> None:
    assert engine.values(name) == expected


def test_a_generation_has_the_facets_that_it_was_made_with(make_engine: Callable[..., Engine]) -> None:
    region = FacetSpec("region", lambda article: str(article.extra.get("region", "")), "the region written about")
    engine = make_engine(
        doc("a", "су", extra={"region": "Алматы"}, category="спорт"), doc("b", "су", extra={"region": "Ақтау"}),
        doc("c", "су", category="спорт"), facets={"region": region},
    )  # fmt: skip
    page = ask(engine, stem("су"), filters=(Filter("region", ("Алматы", "")),), facets=("region", "category"))
    assert matched(page) == "a c"
    assert facet(page, "region") == ({"Алматы": 1, "Ақтау": 1}, 1)
    assert facet(page, "category") == ({}, 2)
    assert matched(ask(engine, Field("region", ("Ақтау",)))) == "b"
    assert engine.values("region") == {"Алматы": 1, "Ақтау": 1}
    assert engine.values("category") == {}


@pytest.mark.parametrize("name", ["dates", "", "histogram", "id"])
def test_a_facet_may_have_any_name(make_engine: Callable[..., Engine], name: str) -> None:
    spec = FacetSpec(name, lambda article: article.category, "the section the article stood in")
    engine = make_engine(
        doc("a", "су", "", "2024-05-03T10:00+05:00", category="x"), doc("b", "су", "", "2024-05-04T10:00+05:00"),
        doc("c", "су", "", "2020-05-03T10:00+05:00", category="x"), facets={name: spec},
    )  # fmt: skip
    page = ask(engine, filters=(Filter(name, ("x",)),), dates=DateRange(date(2024, 1, 1)), facets=(name,))
    assert matched(page) == "a"
    assert facet(page, name) == ({"x": 1}, 1)
