"""Deadlines: what is left out when there is no time, and that the rest is right."""

from dataclasses import replace
from datetime import date

import pytest
from contract_corpus import Looks, stem, words

from search.deadline import Deadline
from search.engines.base import Engine, RawPage, Request
from search.model import DateRange, Filter, Interval
from search.query.nodes import And, Not

FULL = Request(
    facets=("category", "year"), histogram=Interval.MONTH, filters=(Filter("lang", (), ("en",)),),
    dates=DateRange(date(2000, 1, 1)), collapse=True, half_life=365, pinned=("k2",), explain=True,
)  # fmt: skip
NODE = And((words("той қала"), Not(stem("жас"))))


def test_a_deadline_that_has_passed(engine: Engine) -> None:
    everything = ("category", "year", "histogram")
    page = engine.search(words("той қала"), FULL, Deadline(0))
    assert page == RawPage((), 0, 0, timed_out=True, truncated=everything)
    page = engine.search(words("той қала"), Request(), Deadline(0))
    assert page == RawPage((), 0, 0, timed_out=True)


@pytest.mark.parametrize("looks", range(40))
def test_what_was_done_before_the_deadline_is_right(engine: Engine, looks: int) -> None:
    whole = engine.search(NODE, FULL, Deadline.never())
    deadline = Looks(looks)
    page = engine.search(NODE, FULL, deadline)
    assert page.hits[:1] in ((), (("k2", 0.0),)), "what is pinned comes first whatever time there was"
    if page.timed_out:
        assert {one for one, _ in page.hits} <= {one for one, _ in whole.hits}
        assert page.total in (0, whole.total)
        assert page.truncated == ("category", "year", "histogram")
    else:
        assert (page.hits, page.total, page.parts, page.duplicates) == (
            whole.hits, whole.total, whole.parts, whole.duplicates,
        )  # fmt: skip
    assert page.facets == whole.facets[: len(page.facets)]
    assert page.truncated == ("category", "year", "histogram")[len(page.facets) + bool(page.days) :]
    assert page.days == ({} if "histogram" in page.truncated else whole.days)
    assert bool(page.timed_out or page.truncated) == (deadline.left < 0)
    assert page.timed_out or page.truncated or page == whole


@pytest.mark.parametrize("looks", range(40))
def test_hits_come_in_the_order_of_the_last_stage_that_was_done(engine: Engine, looks: int) -> None:
    """No stage at all: the house order, without scores; the first two, without vectors: by stems; else all parts."""
    node = words("той қала кел думан")
    whole = engine.search(node, Request(explain=True), Deadline.never())
    ids = sorted(one for one, _ in whole.hits)
    stems = {one: parts["stem"] for (one, _), parts in zip(whole.hits, whole.parts, strict=True)}
    orders = [
        (),
        tuple((one, 0.0) for one in ids),
        sorted(stems.items(), key=lambda hit: (-hit[1], hit[0])),
        whole.hits,
    ]
    page = engine.search(node, Request(explain=True), Looks(looks))
    for order in orders:
        if [one for one, _ in page.hits] == [one for one, _ in order] and page.hits == tuple(order):
            break
    else:
        pytest.fail(f"{page.hits} is none of {orders}")
    assert page.timed_out or page == whole


def test_no_time_for_facets_leaves_everything_else(engine: Engine) -> None:
    whole = engine.search(NODE, FULL, Deadline.never())
    page = engine.search(NODE, replace(FULL, facet_ms=0), Deadline.never())
    expected = replace(
        whole, facets=(), days={}, interval=Interval.NONE, truncated=("category", "year", "histogram")
    )  # fmt: skip
    assert page == expected
    assert not page.timed_out


def test_no_time_for_facets_that_nobody_asked_for(engine: Engine) -> None:
    page = engine.search(NODE, Request(facet_ms=0), Deadline.never())
    assert page.truncated == ()
    assert engine.search(NODE, Request(facet_ms=0, histogram=Interval.YEAR), Deadline.never()).truncated == (
        "histogram",
    )
