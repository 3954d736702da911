"""Counting many trees at once, and the newest articles of a tree: the same as one search after another says."""

from collections.abc import Callable
from datetime import date

import pytest
from contract_corpus import ARCHIVE, Looks, doc, exact, near, prefix, stem, words

from search.deadline import Deadline
from search.engines.base import Engine, Request
from search.model import DateRange, Scope, Sort
from search.query.nodes import And, Dates, Either, Field, Ids, MatchAll, Node, Not, Or, Phrase, Words

NODES: tuple[Node, ...] = (
    words("той"), words("той қала"), words("той думан"), words("той жоқ"), words("жоқ той"), words("жоқ"),
    words("той қала кел"), words("той қала думан"), words("той қала думан", strict=True),
    words("той думан", strict=True),
    words("баға нарық мұнай той қала ауыл жас кел думан"), words("су жер"), words("су көл"),
    words("су", scope=Scope.TITLE),
    Words((stem("жаз", "жазу"), prefix("қалада", "қалаға")), ()), Words((exact("тойы"),), ()),
    Words((Either("x", (stem("той"), Phrase((stem("қала"), stem("той"))))), stem("бол")), ()), Words((prefix(),), ()),
    stem("той"), prefix("той", "тойы"), Phrase((stem("қала"), stem("той"))), near(3, stem("той"), stem("думан")),
    And((words("той қала"), Not(stem("жас")))), And(()), Or(()), Or((words("той қала"), words("баға"))), MatchAll(),
    Not(MatchAll()), Not(words("той қала")), Field("category", ("спорт",)), Dates(DateRange(date(2024, 1, 1))),
    Ids(("k1", "a2", "nobody")), And((stem("су", scope=Scope.TITLE), prefix("су", scope=Scope.TITLE))),
)  # fmt: skip
TITLES: tuple[Node, ...] = (
    stem("су", scope=Scope.TITLE), stem("той", "думан", scope=Scope.TITLE), prefix("су", "жер", scope=Scope.TITLE),
    prefix("той", "тойы", scope=Scope.TITLE), prefix("жоқ", scope=Scope.TITLE), prefix(scope=Scope.TITLE),
    And((words("той думан", strict=True, scope=Scope.TITLE), prefix("той", scope=Scope.TITLE))),
    And((words("қала", scope=Scope.TITLE), prefix("тойы", "жоқ", scope=Scope.TITLE))),
    And((stem("жоқ", scope=Scope.TITLE), prefix("той", scope=Scope.TITLE))), words("той думан", scope=Scope.TITLE),
    And((stem("той", scope=Scope.TITLE), stem("думан"))),
)  # fmt: skip


def one_by_one(engine: Engine, grow_below: int, collapse: bool) -> list[tuple[int, int]]:
    request = Request(sort=Sort.NEWEST, limit=0, grow_below=grow_below, collapse=collapse)
    pages = [engine.search(node, request, Deadline.never()) for node in NODES]
    return [(page.total, page.total_all_words) for page in pages]


@pytest.mark.parametrize("collapse", [False, True])
@pytest.mark.parametrize("grow_below", [0, 2, 100])
def test_many_trees_are_counted_as_each_by_itself(
    engine: Engine, copies: Engine, grow_below: int, collapse: bool
) -> None:
    for one in (engine, copies):
        expected = one_by_one(one, grow_below, collapse)
        found = one.totals(NODES, Deadline.never(), grow_below=grow_below, collapse=collapse)
        assert found == expected
        backwards = one.totals(NODES[::-1], Deadline.never(), grow_below=grow_below, collapse=collapse)
        assert backwards == expected[::-1]


def test_words_of_their_own_grow_to_any_of_them(copies: Engine) -> None:
    def count(grow_below: int, collapse: bool) -> list[tuple[int, int] | None]:
        return copies.totals([words("су көл")], Deadline.never(), grow_below=grow_below, collapse=collapse)

    assert (count(0, False), count(100, False), count(100, True)) == ([(0, 0)], [(7, 0)], [(4, 0)])


def test_no_trees(engine: Engine) -> None:
    assert engine.totals([], Deadline.never()) == []
    assert engine.totals([], Deadline(0)) == []


def test_without_time_nothing_is_counted(engine: Engine) -> None:
    assert engine.totals(NODES[:3], Deadline(0)) == [None, None, None]
    assert engine.newest(MatchAll(), 5, Deadline(0)) == ()


@pytest.mark.parametrize("looks", range(0, 120, 3))
def test_what_was_counted_before_the_deadline_is_right(copies: Engine, looks: int) -> None:
    expected = one_by_one(copies, 5, True)
    found = copies.totals(NODES, Looks(looks), grow_below=5, collapse=True)
    done = sum(one is not None for one in found)
    assert found == [*expected[:done], *[None] * (len(NODES) - done)]


def newest_of(engine: Engine, node: Node, limit: int) -> tuple[str, ...]:
    request = Request(sort=Sort.NEWEST, limit=limit, collapse=True, grow_below=0)
    return tuple(one for one, _ in engine.search(node, request, Deadline.never()).hits)


@pytest.mark.parametrize("limit", [0, 1, 2, 4, 100])
def test_the_newest_are_those_of_a_search(engine: Engine, copies: Engine, limit: int) -> None:
    for one in (engine, copies):
        for node in (*NODES, *TITLES):
            assert one.newest(node, limit, Deadline.never()) == newest_of(one, node, limit), node


@pytest.mark.parametrize("looks", range(12))
def test_the_newest_that_there_was_time_for(copies: Engine, looks: int) -> None:
    for node in TITLES:
        whole = newest_of(copies, node, 3)
        found = copies.newest(node, 3, Looks(looks))
        assert found == whole[: len(found)]


def test_an_archive_without_articles(make_engine: Callable[..., Engine]) -> None:
    empty = make_engine()
    assert empty.totals(NODES, Deadline.never(), collapse=True) == [(0, 0)] * len(NODES)
    assert [empty.newest(node, 3, Deadline.never()) for node in (*NODES, *TITLES)] == [()] * len((*NODES, *TITLES))


def test_titles_with_words_of_several_stems_and_of_none(make_engine: Callable[..., Engine]) -> None:
    made = make_engine(*ARCHIVE, doc("z1", "жаз=жаз|жазу жаз=жазу той", "той", "2025-01-01T00:00+05:00"))
    both = And((stem("жаз", "жазу", scope=Scope.TITLE), prefix("той", scope=Scope.TITLE)))
    assert made.newest(both, 5, Deadline.never()) == ("z1",)
    assert made.newest(stem("жазу", scope=Scope.TITLE), 5, Deadline.never()) == ("z1", "k4")
