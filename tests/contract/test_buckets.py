"""The histogram: hits by the first day of their bucket, and how wide the buckets are."""

from collections.abc import Callable
from datetime import date

import pytest
from contract_corpus import doc, stem

from search.deadline import Deadline
from search.engines.base import Engine, RawPage, Request
from search.model import DateRange, Filter, Interval, Sort
from search.query.nodes import MatchAll, Node

MONTHS = {date(2024, 5, 1): 2, date(2024, 1, 1): 2, date(2023, 12, 1): 1, date(2022, 7, 1): 1}


def ask(engine: Engine, node: Node, interval: Interval, **request: object) -> RawPage:
    return engine.search(node, Request(histogram=interval, **request), Deadline.never())  # type: ignore[arg-type]


def buckets(page: RawPage) -> tuple[Interval, dict[date, int]]:
    return page.interval, dict(page.days)


def test_nobody_asked(engine: Engine) -> None:
    assert buckets(ask(engine, MatchAll(), Interval.NONE)) == (Interval.NONE, {})


def test_years_and_months(engine: Engine) -> None:
    years = {date(2024, 1, 1): 4, date(2023, 1, 1): 1, date(2022, 1, 1): 1}
    assert buckets(ask(engine, MatchAll(), Interval.YEAR)) == (Interval.YEAR, years)
    assert buckets(ask(engine, MatchAll(), Interval.MONTH)) == (Interval.MONTH, MONTHS)


def test_too_many_days_become_months(engine: Engine) -> None:
    assert buckets(ask(engine, MatchAll(), Interval.DAY)) == (Interval.MONTH, MONTHS)


def test_auto_goes_by_the_hits_not_by_the_archive(engine: Engine) -> None:
    assert buckets(ask(engine, MatchAll(), Interval.AUTO)) == (Interval.MONTH, MONTHS)
    assert buckets(ask(engine, stem("той"), Interval.AUTO)) == (Interval.DAY, {date(2024, 5, 3): 2})


def test_days_of_what_is_left_after_filters(engine: Engine) -> None:
    days = {date(2023, 12, 31): 1, date(2024, 1, 1): 1, date(2024, 1, 15): 1, date(2024, 5, 3): 2}
    page = ask(engine, MatchAll(), Interval.DAY, dates=DateRange(date(2023, 1, 1)))
    assert buckets(page) == (Interval.DAY, days)
    page = ask(
        engine, stem("кел"), Interval.DAY, filters=(Filter("source", ("Кеш",)),), dates=DateRange(date(2024, 1, 1))
    )
    assert buckets(page) == (Interval.DAY, {date(2024, 1, 15): 1})


@pytest.mark.parametrize("interval", [Interval.AUTO, Interval.YEAR, Interval.MONTH, Interval.DAY])
def test_no_hit_with_a_date(engine: Engine, interval: Interval) -> None:
    assert buckets(ask(engine, stem("бұлт"), interval)) == (Interval.NONE, {})
    assert buckets(ask(engine, MatchAll(), interval, filters=(Filter("year", ("",)),))) == (Interval.NONE, {})


@pytest.mark.parametrize("sort", list(Sort))
def test_buckets_do_not_depend_on_order_or_page(engine: Engine, sort: Sort) -> None:
    page = ask(engine, MatchAll(), Interval.MONTH, sort=sort, offset=7, limit=0)
    assert buckets(page) == (Interval.MONTH, MONTHS)


def test_too_many_months_become_years(make_engine: Callable[..., Engine]) -> None:
    engine = make_engine(
        doc("new", "су", "", "2024-02-29T10:00+05:00"), doc("old", "су", "", "1924-03-01T10:00+05:00"), doc("no", "су")
    )
    years = {date(2024, 1, 1): 1, date(1924, 1, 1): 1}
    for interval in (Interval.AUTO, Interval.YEAR, Interval.MONTH, Interval.DAY):
        assert buckets(ask(engine, stem("су"), interval)) == (Interval.YEAR, years)


def test_the_first_and_the_last_year_there_is(make_engine: Callable[..., Engine]) -> None:
    engine = make_engine(doc("a", "су", "", "0001-01-02T00:00+05:00"), doc("b", "су", "", "9999-12-31T00:00+05:00"))
    assert buckets(ask(engine, stem("су"), Interval.YEAR)) == (
        Interval.YEAR, {date(1, 1, 1): 1, date(9999, 1, 1): 1},
    )  # fmt: skip
