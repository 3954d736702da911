"""Articles that say the same: who stands for a group, who hides behind it, and that groups are counted."""

from datetime import date

import pytest
from contract_corpus import prefix, stem, words

from search.deadline import Deadline
from search.engines.base import Engine, RawPage, Request
from search.model import DateRange, Filter, Interval, Sort
from search.query.nodes import MatchAll, Node, Or

SU = stem("су")


def ask(engine: Engine, node: Node = SU, collapse: bool = True, **request: object) -> RawPage:
    return engine.search(node, Request(collapse=collapse, **request), Deadline.never())  # type: ignore[arg-type]


def shown(page: RawPage) -> str:
    """The hits in order, each with what hides behind it: `a2(a1,a3) b1(b2)`."""
    pairs = zip(page.hits, page.duplicates, strict=True)
    return " ".join(f"{one}({','.join(hidden)})" if hidden else one for (one, _), hidden in pairs)


def facet(page: RawPage, name: str) -> tuple[dict[str, int], int]:
    (found,) = [one for one in page.facets if one.field == name]
    return dict(found.counts), found.missing


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        (Sort.RELEVANCE, "a2(a1,a3) b1(b2) s1 s2"),
        (Sort.NEWEST, "s1 a1(a2,a3) b2(b1) s2"),
        (Sort.OLDEST, "b1(b2) a2(a1,a3) s1 s2"),
    ],
)
def test_the_first_in_order_stands_for_its_group(copies: Engine, sort: Sort, expected: str) -> None:
    page = ask(copies, sort=sort)
    assert shown(page) == expected
    assert (page.total, page.articles) == (4, 7)


def test_nothing_hides_unless_asked(copies: Engine) -> None:
    page = ask(copies, collapse=False)
    assert " ".join(article_id for article_id, _ in page.hits) == "a2 b1 s1 a3 s2 b2 a1"
    assert (page.total, page.articles, page.duplicates) == (7, 7, ())


def test_hiding_changes_no_score(copies: Engine) -> None:
    whole = ask(copies, collapse=False, explain=True)
    page = ask(copies, explain=True)
    every = {one: (score, parts) for (one, score), parts in zip(whole.hits, whole.parts, strict=True)}
    assert {one: (score, parts) for (one, score), parts in zip(page.hits, page.parts, strict=True)} == {
        one: every[one] for one, _ in page.hits
    }


@pytest.mark.parametrize(("offset", "limit"), [(0, 1), (0, 2), (1, 2), (2, 5), (3, 1), (4, 1), (0, 0), (9, 9)])
@pytest.mark.parametrize("sort", list(Sort))
def test_pages_are_cut_after_hiding(copies: Engine, sort: Sort, offset: int, limit: int) -> None:
    whole = ask(copies, sort=sort)
    page = ask(copies, sort=sort, offset=offset, limit=limit)
    assert page.hits == whole.hits[offset : offset + limit]
    assert page.duplicates == whole.duplicates[offset : offset + limit]
    assert page.total == 4


@pytest.mark.parametrize(
    ("request_", "expected", "articles"),
    [
        ({"filters": (Filter("category", ("спорт",)),)}, "s1 a3(a1)", 3),
        ({"filters": (Filter("source", (), ("Таң",)),)}, "a2(a3) s2", 3),
        ({"dates": DateRange(date(2023, 2, 2), date(2024, 6, 1))}, "a2(a1) b2", 3),
        ({"dates": DateRange(date(2030, 1, 1))}, "", 0),
    ],
)
def test_filters_come_first(copies: Engine, request_: dict[str, object], expected: str, articles: int) -> None:
    page = ask(copies, **request_)
    assert shown(page) == expected
    assert (page.total, page.articles) == (len(expected.split()), articles)


def test_the_lead_is_shown_in_the_place_of_the_best(copies: Engine) -> None:
    """For every article the order is that of the best members: of A a2, of B b1, which is also the oldest of B."""
    best = ask(copies, MatchAll())
    every = ask(copies, MatchAll(), collapse=False)
    assert shown(best) == "s1 x1(a1,a2,a3) b1(b2) s2"
    assert shown(ask(copies, MatchAll(), prefer=("Таң",))) == "s1 a1(a2,x1,a3) b1(b2) s2"
    assert [one for one, _ in every.hits][:4] == ["s1", "a1", "a2", "b2"]
    page = ask(copies, prefer=("Таң",), explain=True)
    whole = ask(copies, collapse=False, explain=True)
    assert shown(page) == "a1(a2,a3) b1(b2) s1 s2"
    assert (page.hits[0][1], page.parts[0]) == (whole.hits[0][1], whole.parts[0])
    assert sum(page.parts[0].values()) == pytest.approx(page.hits[0][1], abs=1e-9)


@pytest.mark.parametrize(
    ("prefer", "expected"),
    [
        ((), "a2(a1,a3) b1(b2) s1 s2"),
        (("Кеш",), "a2(a1,a3) b1(b2) s1 s2"),
        (("Таң", "Кеш"), "a1(a2,a3) b1(b2) s1 s2"),
        (("Ел", "Таң"), "a1(a2,a3) b1(b2) s1 s2"),
        (("Ел", ""), "a2(a1,a3) b1(b2) s1 s2"),
    ],
)
def test_a_lead_that_does_not_match_shows_nothing(copies: Engine, prefer: tuple[str, ...], expected: str) -> None:
    """x1 is the oldest of its group, of «Кеш», and does not have the word."""
    assert shown(ask(copies, prefer=prefer)) == expected


def test_a_lead_that_the_filters_leave_out_shows_nothing(copies: Engine) -> None:
    filters = (Filter("source", (), ("Таң",)),)
    assert shown(ask(copies, prefer=("Таң",), filters=filters)) == "a2(a3) s2"
    early = DateRange(None, date(2023, 12, 31))
    assert shown(ask(copies, MatchAll(), prefer=("Таң",), dates=early)) == "b1(b2) x1"


@pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.OLDEST])
def test_by_date_nothing_but_the_order_of_the_hidden_goes_by_the_lead(copies: Engine, sort: Sort) -> None:
    plain, preferring = (ask(copies, sort=sort, prefer=prefer) for prefer in ((), ("Таң",)))
    assert preferring.hits == plain.hits
    assert (
        shown(preferring)
        == {
            Sort.NEWEST: "s1 a1(a2,a3) b2(b1) s2",
            Sort.OLDEST: "b1(b2) a2(a1,a3) s1 s2",
        }[sort]
    )


def test_a_pinned_article_stands_for_its_group_whatever_leads_it(copies: Engine) -> None:
    page = ask(copies, prefer=("Таң",), pinned=("a3",))
    assert shown(page) == "a3(a1,a2) b1(b2) s1 s2"


def test_what_does_not_match_hides_nowhere(copies: Engine) -> None:
    assert shown(ask(copies, stem("жер"), sort=Sort.NEWEST)) == "a1(x1,a3) b2 s2"
    assert shown(ask(copies, prefix("су"), sort=Sort.NEWEST)) == "s1 a1(a2,a3) b2(b1) s2"


def test_facets_count_groups(copies: Engine) -> None:
    page = ask(copies, facets=("category", "source", "year"))
    assert facet(page, "category") == ({"спорт": 2, "мәдениет": 1}, 2)
    assert facet(page, "source") == ({"Таң": 3, "Кеш": 2}, 0)
    assert facet(page, "year") == ({"2024": 2, "2023": 1}, 2)


def test_a_facet_counts_the_groups_that_would_remain(copies: Engine) -> None:
    page = ask(copies, filters=(Filter("category", ("мәдениет",)),), facets=("category", "source"))
    assert (shown(page), page.total) == ("a2", 1)
    assert facet(page, "category") == ({"спорт": 2, "мәдениет": 1}, 2)
    assert facet(page, "source") == ({"Кеш": 1}, 0)
    for value, count in facet(page, "category")[0].items():
        assert ask(copies, filters=(Filter("category", (value,)),)).total == count
    assert ask(copies, filters=(Filter("category", ("",)),)).total == 2


def test_buckets_count_groups(copies: Engine) -> None:
    months = {date(2024, 6, 1): 2, date(2024, 3, 1): 1, date(2023, 2, 1): 1}
    page = ask(copies, histogram=Interval.MONTH)
    assert (page.interval, page.days) == (Interval.MONTH, months)
    assert ask(copies, histogram=Interval.DAY).days == months
    assert ask(copies, histogram=Interval.YEAR).days == {date(2024, 1, 1): 2, date(2023, 1, 1): 1}
    everything = ask(copies, MatchAll(), histogram=Interval.YEAR)
    assert everything.days == {date(2024, 1, 1): 2, date(2023, 1, 1): 1, date(2022, 1, 1): 1}


@pytest.mark.parametrize(
    ("node", "total", "all_words", "articles"),
    [
        (words("су жер"), 4, 3, 8),
        (words("су жер", strict=True), 3, 3, 4),
        (words("су көл"), 4, 0, 7),
        (Or((words("су көл"), stem("жер"))), 4, 3, 8),
        (MatchAll(), 4, 4, 8),
    ],
)
def test_groups_with_every_word(copies: Engine, node: Node, total: int, all_words: int, articles: int) -> None:
    page = ask(copies, node)
    assert (page.total, page.total_all_words, page.articles) == (total, all_words, articles)


def test_growth_counts_articles_not_groups(copies: Engine) -> None:
    """«жер» alone is enough for five articles in three groups."""
    assert not ask(copies, words("су жер"), grow_below=5).grown
    assert ask(copies, words("су жер"), grow_below=6).grown


def test_duplicates_of_articles(copies: Engine) -> None:
    asked = ["a2", "s1", "nobody", "x1", "a2", "b1", "s2", "", "\ud800"]
    assert copies.duplicates(asked) == [
        ("x1", "a1", "a3"), (), (), ("a1", "a2", "a3"), ("x1", "a1", "a3"), ("b2",), (), (), (),
    ]  # fmt: skip
    assert copies.duplicates(["a1", "a2", "x1", "b1"], ["Кеш"]) == [
        ("x1", "a2", "a3"), ("x1", "a1", "a3"), ("a1", "a2", "a3"), ("b2",)
    ]  # fmt: skip
    assert copies.duplicates(["a1", "a2", "x1"], ["Ел", "Таң"]) == [
        ("a2", "x1", "a3"), ("a1", "x1", "a3"), ("a1", "a2", "a3")
    ]  # fmt: skip
    assert copies.duplicates([]) == []


def test_an_archive_without_duplicates(engine: Engine) -> None:
    page = ask(engine, MatchAll())
    assert (page.total, page.articles, page.duplicates) == (8, 8, ((),) * 8)
    assert page.hits == ask(engine, MatchAll(), collapse=False).hits
    assert engine.duplicates(["k1", "k2"]) == [(), ()]
