"""Recency: newer articles come earlier if asked for, but a much better old one still wins."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from contract_corpus import ARCHIVE, doc, stem, words

from search.deadline import Deadline
from search.engines.base import Document, Engine, RawPage, Request
from search.model import Sort
from search.query.nodes import MatchAll, Node
from search.ranking import FIRST_STAGE, LOWERED, PARTS, RECENCY_SHARE, SECOND_STAGE

Maker = Callable[..., Engine]
SU = stem("су")


def ask(engine: Engine, half_life: int, node: Node = SU, **request: object) -> RawPage:
    return engine.search(node, Request(half_life=half_life, **request), Deadline.never())  # type: ignore[arg-type]


def order(page: RawPage) -> str:
    return " ".join(article_id for article_id, _ in page.hits)


def collection() -> list[Document]:
    """Two articles about as good, one old one that is much better, one without a date; the newest day is of another."""
    return [
        doc("new", "су", "жер жер", "2024-06-01T09:00+05:00"),
        doc("old", "су", "жер", "2014-06-01T09:00+05:00"),
        doc("best", "су", "су су көл", "2004-06-01T09:00+05:00"),
        doc("undated", "су", "жер"),
        doc("other", "тау", "тау", "2024-06-11T23:30+05:00"),
    ]


def test_without_a_half_life_age_counts_nothing(make_engine: Maker) -> None:
    assert order(ask(make_engine(*collection()), 0)) == "best old undated new"


def test_newer_ones_rise(make_engine: Maker) -> None:
    assert order(ask(make_engine(*collection()), 365)) == "new best old undated"


def test_a_much_better_old_one_still_comes_first(make_engine: Maker) -> None:
    engine = make_engine(*collection())
    assert order(ask(engine, 30, words("су көл тас"))).startswith("best new")


def test_a_huge_half_life_changes_next_to_nothing(make_engine: Maker) -> None:
    engine = make_engine(*collection())
    plain, page = dict(ask(engine, 0).hits), dict(ask(engine, 10**9).hits)
    assert page.pop("undated") == pytest.approx(plain.pop("undated") * (1 - RECENCY_SHARE))
    assert page == pytest.approx(plain, rel=1e-4)


@pytest.mark.parametrize("half_life", [1, 10, 365, 4000])
def test_what_each_score_is_multiplied_by(make_engine: Maker, half_life: int) -> None:
    """Ages are counted from the newest article of the generation, found or not."""
    engine = make_engine(*collection())
    plain = dict(ask(engine, 0).hits)
    ages = {one.article.id: (date(2024, 6, 11) - one.article.date).days for one in collection() if one.article.date}
    for article_id, score in ask(engine, half_life).hits:
        left = 2.0 ** (-ages[article_id] / half_life) if article_id in ages else 0.0
        assert score == pytest.approx(plain[article_id] * (1 - 0.6 * (1 - left)), abs=1e-12)


def test_local_dates_count(engine: Engine) -> None:
    """k4 and k5 came at the same moment, on different local days: 124 and 123 days before the newest one."""
    node = words("жаз мұнай")
    plain, page = dict(ask(engine, 0, node).hits), dict(ask(engine, 1000, node).hits)
    for article_id, age in (("k4", 124), ("k5", 123)):
        assert page[article_id] == pytest.approx(plain[article_id] * (1 - 0.6 * (1 - 2 ** (-age / 1000))), abs=1e-12)


def test_a_generation_without_dates(make_engine: Maker) -> None:
    engine = make_engine(doc("a", "су"), doc("b", "су", "су"))
    plain, page = dict(ask(engine, 0).hits), dict(ask(engine, 10).hits)
    assert page == pytest.approx({one: score * 0.4 for one, score in plain.items()})


@pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.OLDEST])
def test_sorts_by_date_know_no_half_life(engine: Engine, sort: Sort) -> None:
    assert ask(engine, 10, stem("той"), sort=sort) == ask(engine, 0, stem("той"), sort=sort)


def test_what_scores_nothing_stays_in_the_house_order(engine: Engine) -> None:
    assert order(ask(engine, 10, MatchAll())) == " ".join(one.article.id for one in ARCHIVE)


def test_the_part_of_recency_is_what_age_takes_off(make_engine: Maker) -> None:
    engine = make_engine(*collection())
    for half_life in (0, 365):
        page = ask(engine, half_life, words("су көл"), explain=True)
        for (_, score), parts in zip(page.hits, page.parts, strict=True):
            assert tuple(parts) == (*PARTS, LOWERED)
            assert sum(parts.values()) == pytest.approx(score, abs=1e-9)
            before = sum(parts[name] for name in PARTS if name != "recency")
            assert parts["recency"] == pytest.approx(score - before, abs=1e-9)
            assert (parts["recency"] < 0) == (half_life > 0)


def test_every_stage_is_multiplied(make_engine: Maker) -> None:
    """By the stem sum alone the oldest ones are the best; with a half-life of a day only the newest are."""
    count = FIRST_STAGE + 20
    first = date(2023, 1, 1)
    engine = make_engine(
        *(doc(f"{n:03}", "су", " ".join(["жол"] * (n // 10)), f"{first + timedelta(n)}T09:00+05:00")
          for n in range(count))
    )  # fmt: skip
    plain = ask(engine, 0, limit=count)
    assert {one for one, _ in plain.hits[:FIRST_STAGE]} == {f"{n:03}" for n in range(FIRST_STAGE)}
    page = ask(engine, 1, limit=count, explain=True)
    # After a month nothing is left to lose: the best of the old ones follow the three newest, which keep .94 to .60.
    scores = [score for _, score in page.hits]
    assert scores == sorted(scores, reverse=True)
    assert [one for one, _ in page.hits] != [one for one, _ in plain.hits]
    for rank, ((article_id, score), parts) in enumerate(zip(page.hits, page.parts, strict=True)):
        assert sum(parts.values()) == pytest.approx(score, abs=1e-9)
        assert bool(parts["exact"]) == (rank < SECOND_STAGE)
        fresh = 1 - 0.6 * (1 - 2.0 ** -(count - 1 - int(article_id)))
        assert parts["recency"] == pytest.approx((parts["stem"] + parts["exact"]) * (fresh - 1), abs=1e-9)
        assert parts[LOWERED] <= 0
