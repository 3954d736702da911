"""Filters, date ranges, ids and facets, beside the tree and inside it."""

from datetime import date

import pytest
from contract_corpus import stem

from search.deadline import Deadline
from search.engines.base import Engine, RawPage, Request
from search.model import DateRange, Filter
from search.query.nodes import Dates, MatchAll, Not

EVERY = "k1 k2 k3 k4 k5 k6 k7 k8"

FILTERS = {
    "one value": ([Filter("category", ("спорт",))], "k1 k3 k8"),
    "two values": ([Filter("category", ("спорт", "мәдениет"))], "k1 k2 k3 k8"),
    "a value twice": ([Filter("category", ("спорт", "спорт"))], "k1 k3 k8"),
    "an unknown value": ([Filter("category", ("ауа райы",))], ""),
    "an unknown and a known value": ([Filter("category", ("ауа райы", "мәдениет"))], "k2"),
    "one excluded": ([Filter("category", (), ("спорт",))], "k2 k4 k5 k6 k7"),
    "an unknown value excluded": ([Filter("category", (), ("ауа райы",))], EVERY),
    "included and excluded": ([Filter("category", ("спорт", "мәдениет"), ("спорт",))], "k2"),
    "the same in and out": ([Filter("category", ("спорт",), ("спорт",))], ""),
    "no value wanted": ([Filter("category", ("",))], "k4 k7"),
    "no value or one": ([Filter("category", ("", "мәдениет"))], "k2 k4 k7"),
    "some value wanted": ([Filter("category", (), ("",))], "k1 k2 k3 k5 k6 k8"),
    "nothing named": ([Filter("category")], EVERY),
    "case matters": ([Filter("category", ("Спорт",))], ""),
    "a lone surrogate": ([Filter("category", ("\ud800",), ("\udfff",))], ""),
    "source": ([Filter("source", ("Таң",))], "k1 k2 k5"),
    "author": ([Filter("author", ("Асан",))], "k1 k6"),
    "lang": ([Filter("lang", ("ru",))], "k4"),
    "script": ([Filter("script", ("Latn",))], "k3"),
    "year of the local date": ([Filter("year", ("2023",))], "k4"),
    "the same moment, next year": ([Filter("year", ("2024",))], "k1 k2 k3 k5"),
    "no year": ([Filter("year", ("",))], "k7 k8"),
    "year excluded": ([Filter("year", (), ("2024", ""))], "k4 k6"),
    "two fields": ([Filter("category", ("спорт",)), Filter("source", ("Кеш",))], "k3 k8"),
    "two filters on a field": ([Filter("category", ("спорт", "мәдениет")), Filter("category", ("спорт",))], "k1 k3 k8"),
    "two filters on a field that exclude each other": (
        [Filter("category", ("спорт",)), Filter("category", ("мәдениет",))], ""),
    "three fields": ([Filter("category", (), ("",)), Filter("lang", ("kk",)), Filter("year", ("2022",))], "k6"),
}  # fmt: skip

DATES = {
    "open on both sides: dated only": (None, None, "k1 k2 k3 k4 k5 k6"),
    "from": (date(2024, 1, 1), None, "k1 k2 k3 k5"),
    "until": (None, date(2023, 12, 31), "k4 k6"),
    "both": (date(2023, 1, 1), date(2024, 2, 1), "k3 k4 k5"),
    "one day": (date(2024, 5, 3), date(2024, 5, 3), "k1 k2"),
    "a day without articles": (date(2024, 5, 4), date(2024, 5, 4), ""),
    "the wrong way round": (date(2024, 5, 3), date(2022, 1, 1), ""),
    "before all": (None, date(1999, 1, 1), ""),
    "from the first day there is": (date(1, 1, 1), None, "k1 k2 k3 k4 k5 k6"),
    "the local date counts": (date(2023, 12, 31), date(2023, 12, 31), "k4"),
}


def ask(engine: Engine, node: object = None, **request: object) -> RawPage:
    return engine.search(node or MatchAll(), Request(**request), Deadline.never())  # type: ignore[arg-type]


def matched(page: RawPage) -> str:
    return " ".join(sorted(article_id for article_id, _ in page.hits))


def facet(page: RawPage, name: str) -> tuple[dict[str, int], int]:
    (found,) = [one for one in page.facets if one.field == name]
    return dict(found.counts), found.missing


@pytest.mark.parametrize(("filters", "expected"), FILTERS.values(), ids=FILTERS)
def test_filters(engine: Engine, filters: list[Filter], expected: str) -> None:
    page = ask(engine, filters=tuple(filters))
    assert matched(page) == expected
    assert page.total == page.total_all_words == len(expected.split())


@pytest.mark.parametrize(("first", "last", "expected"), DATES.values(), ids=DATES)
def test_dates_in_the_tree(engine: Engine, first: date | None, last: date | None, expected: str) -> None:
    node = Dates(DateRange(first, last))
    assert matched(ask(engine, node)) == expected
    assert matched(ask(engine, Not(node))) == " ".join(sorted(set(EVERY.split()) - set(expected.split())))


@pytest.mark.parametrize(("first", "last", "expected"), DATES.values(), ids=DATES)
def test_date_ranges(engine: Engine, first: date | None, last: date | None, expected: str) -> None:
    assert matched(ask(engine, dates=DateRange(first, last))) == expected


def test_filters_dates_and_words_together(engine: Engine) -> None:
    page = ask(engine, stem("той"), filters=(Filter("source", ("Таң",)),), dates=DateRange(date(2024, 5, 1)))
    assert matched(page) == "k1 k2"


FACETS = {
    "category": ({"спорт": 3, "мәдениет": 1, "экономика": 2}, 2),
    "source": ({"Таң": 3, "Кеш": 4}, 1),
    "author": ({"Асан": 2, "Үсен": 1}, 5),
    "lang": ({"kk": 6, "ru": 1}, 1),
    "script": ({"Cyrl": 4, "Latn": 1}, 3),
    "year": ({"2024": 4, "2023": 1, "2022": 1}, 2),
}


@pytest.mark.parametrize(("name", "expected"), FACETS.items(), ids=FACETS)
def test_facets_of_everything(engine: Engine, name: str, expected: tuple[dict[str, int], int]) -> None:
    assert facet(ask(engine, facets=(name,)), name) == expected


def test_facets_come_in_the_order_asked_for(engine: Engine) -> None:
    assert [one.field for one in ask(engine, facets=("year", "category", "lang")).facets] == [
        "year",
        "category",
        "lang",
    ]
    assert ask(engine).facets == ()


def test_facets_of_a_word_leave_out_values_without_hits(engine: Engine) -> None:
    assert facet(ask(engine, stem("той"), facets=("category",)), "category") == ({"спорт": 2, "мәдениет": 1}, 1)


def test_a_facet_is_counted_without_its_own_filter(engine: Engine) -> None:
    page = ask(engine, filters=(Filter("category", ("спорт",)),), facets=("category", "source"))
    assert page.total == 3
    assert facet(page, "category") == FACETS["category"]
    assert facet(page, "source") == ({"Таң": 1, "Кеш": 2}, 0)


def test_a_facet_is_counted_with_every_other_filter(engine: Engine) -> None:
    filters = (Filter("category", ("спорт",)), Filter("source", ("Кеш",)), Filter("category", (), ("мәдениет",)))
    page = ask(engine, filters=filters, facets=("category", "source", "lang"))
    assert facet(page, "category") == ({"спорт": 2, "экономика": 1}, 1)
    assert facet(page, "source") == ({"Таң": 1, "Кеш": 2}, 0)
    assert facet(page, "lang") == ({"kk": 2}, 0)


def test_the_date_range_always_applies_to_facets(engine: Engine) -> None:
    page = ask(
        engine, dates=DateRange(date(2024, 1, 1)), filters=(Filter("year", ("2023",)),), facets=("year", "source")
    )
    assert page.total == 0
    assert facet(page, "year") == ({"2024": 4}, 0)
    assert facet(page, "source") == ({}, 0)


def test_facets_do_not_depend_on_the_page(engine: Engine) -> None:
    page = ask(engine, offset=50, limit=0, facets=("year",))
    assert page.hits == ()
    assert facet(page, "year") == FACETS["year"]


def test_facets_of_nothing(engine: Engine) -> None:
    assert facet(ask(engine, stem("бұлт"), facets=("category",)), "category") == ({}, 0)


@pytest.mark.parametrize(
    "wrong",
    [{"offset": -1}, {"limit": -1}, {"half_life": -1}],
    ids=["offset", "limit", "half-life"],
)
def test_requests_that_cannot_be(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        Request(**wrong)  # type: ignore[arg-type]
