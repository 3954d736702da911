"""Pinned articles: they come first if they match, and change nothing else."""

from collections.abc import Callable

import pytest
from contract_corpus import doc, stem, words

from search.deadline import Deadline
from search.engines.base import Engine, RawPage, Request
from search.model import Filter, Interval, Sort
from search.query.nodes import And, Ids, Node, Or
from search.ranking import LOWERED, PARTS, SECOND_STAGE

SU = stem("су")


def ask(engine: Engine, *pinned: str, node: Node = SU, **request: object) -> RawPage:
    return engine.search(node, Request(pinned=pinned, **request), Deadline.never())  # type: ignore[arg-type]


def order(page: RawPage) -> str:
    return " ".join(article_id for article_id, _ in page.hits)


@pytest.mark.parametrize(
    ("pinned", "expected"),
    [
        ("", "a2 b1 s1 a3 s2 b2 a1"),
        ("a1", "a1 a2 b1 s1 a3 s2 b2"),
        ("s2 a1", "s2 a1 a2 b1 s1 a3 b2"),
        ("a1 s2", "a1 s2 a2 b1 s1 a3 b2"),
        ("a2", "a2 b1 s1 a3 s2 b2 a1"),
        ("b2 b2 a1 b2", "b2 a1 a2 b1 s1 a3 s2"),
        ("nobody x1 b2", "b2 a2 b1 s1 a3 s2 a1"),
        ("a1 a2 a3 b1 b2 s1 s2", "a1 a2 a3 b1 b2 s1 s2"),
        ("\ud800", "a2 b1 s1 a3 s2 b2 a1"),
    ],
)
def test_pinned_ones_come_first_in_the_order_given(copies: Engine, pinned: str, expected: str) -> None:
    page = ask(copies, *pinned.split())
    assert order(page) == expected
    assert (page.total, page.articles) == (7, 7)


def test_pinned_ones_have_no_score_and_the_others_keep_theirs(copies: Engine) -> None:
    plain = dict(ask(copies).hits)
    page = ask(copies, "s2", "a2", explain=True)
    assert page.hits[:2] == (("s2", 0.0), ("a2", 0.0))
    assert page.parts[:2] == (dict.fromkeys((*PARTS, LOWERED), 0.0),) * 2
    for (article_id, score), parts in list(zip(page.hits, page.parts, strict=True))[2:]:
        assert score == pytest.approx(plain[article_id])
        assert sum(parts.values()) == pytest.approx(score, abs=1e-9)


def test_pinning_does_not_move_the_stages(make_engine: Callable[..., Engine]) -> None:
    count = SECOND_STAGE + 10
    engine = make_engine(*(doc(f"{n:03}", "су", " ".join(["жол"] * n)) for n in range(count)))
    plain = ask(engine, limit=count, explain=True)
    page = ask(engine, "000", "059", "030", limit=count, explain=True)
    assert order(page).split()[:3] == ["000", "059", "030"]
    kept = [hit for hit in zip(plain.hits, plain.parts, strict=True) if hit[0][0] not in ("000", "059", "030")]
    for ((one, score), parts), ((other, expected), others) in zip(
        list(zip(page.hits, page.parts, strict=True))[3:], kept, strict=True
    ):
        assert one == other
        assert score == pytest.approx(expected)
        assert parts == pytest.approx(others)


def test_what_the_filters_leave_out_is_not_pinned(copies: Engine) -> None:
    page = ask(copies, "a2", "a1", filters=(Filter("category", ("спорт",)),))
    assert order(page) == "a1 s1 a3"
    assert page.total == 3


def test_what_does_not_match_is_pinned_only_where_the_tree_names_it(copies: Engine) -> None:
    assert "x1" not in order(ask(copies, "x1"))
    page = ask(copies, "x1", node=Or((SU, Ids(("x1",)))))
    assert order(page) == "x1 a2 b1 s1 a3 s2 b2 a1"
    assert order(ask(copies, "x1", node=And((SU, Ids(("x1", "a1")))))) == "a1"


@pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.OLDEST])
def test_nothing_is_pinned_where_the_sort_is_by_date(copies: Engine, sort: Sort) -> None:
    assert ask(copies, "s2", "a1", sort=sort).hits == ask(copies, sort=sort).hits


@pytest.mark.parametrize(
    ("pinned", "hits", "duplicates"),
    [
        ("a1", "a1 b1 s1 s2", (("a2", "a3"), ("b2",), (), ())),
        ("s2 a3", "s2 a3 b1 s1", ((), ("a1", "a2"), ("b2",), ())),
        ("a3 a1 b2", "a3 b2 s1 s2", (("a1", "a2"), ("b1",), (), ())),
        ("x1 s1", "s1 a2 b1 s2", ((), ("a1", "a3"), ("b2",), ())),
    ],
)
def test_a_pinned_article_stands_for_its_group(
    copies: Engine, pinned: str, hits: str, duplicates: tuple[tuple[str, ...], ...]
) -> None:
    page = ask(copies, *pinned.split(), collapse=True)
    assert order(page) == hits
    assert page.duplicates == duplicates
    assert page.total == 4


@pytest.mark.parametrize(("offset", "limit"), [(0, 1), (1, 1), (1, 3), (2, 2), (0, 0), (6, 5), (9, 1)])
def test_pages_are_cut_after_pinning(copies: Engine, offset: int, limit: int) -> None:
    whole = ask(copies, "s2", "a1", explain=True)
    page = ask(copies, "s2", "a1", offset=offset, limit=limit, explain=True)
    assert [one for one, _ in page.hits] == [one for one, _ in whole.hits[offset : offset + limit]]
    for parts, expected in zip(page.parts, whole.parts[offset : offset + limit], strict=True):
        assert parts == pytest.approx(expected)


def test_pinning_changes_no_count(copies: Engine) -> None:
    counted = {"facets": ("category", "source"), "histogram": Interval.MONTH}
    for collapse in (False, True):
        plain = ask(copies, node=words("су жер"), collapse=collapse, **counted)
        page = ask(copies, "s2", "a1", node=words("су жер"), collapse=collapse, **counted)
        assert (page.facets, page.days, page.total_all_words) == (plain.facets, plain.days, plain.total_all_words)
