"""When `izde watch` begins a run."""

import pytest

from indexer.pace import BUSY_S, FIRST_REST_S, LONGEST_REST_S, Due, Pace, Rhythm


def started(rhythm: Rhythm, now: float = 0) -> Pace:
    """A pace whose first run is done."""
    pace = Pace(rhythm)
    assert pace.due(now) is Due.FETCH
    pace.began()
    assert pace.ended(Due.FETCH, 0, now) is None
    return pace


def test_a_run_begins_when_changes_have_come_to_rest() -> None:
    pace = started(Rhythm(5, 300))
    assert pace.due(1000) is None
    pace.changed(1000)
    pace.changed(1004)
    assert pace.due(1008.9) is None
    assert pace.due(1009) is Due.READ
    pace.began()
    assert pace.due(1010) is None


def test_an_endless_writer_does_not_starve_it() -> None:
    pace = started(Rhythm(5, 60))
    for second in range(100, 160):
        pace.changed(second)
        assert pace.due(second) is None
    pace.changed(160)
    assert pace.due(160) is Due.READ


def test_changes_during_a_run_are_for_the_next_one() -> None:
    pace = started(Rhythm(5, 60))
    pace.changed(100)
    pace.began()
    pace.changed(110)
    pace.ended(Due.READ, 0, 120)
    assert pace.due(120) is Due.READ


def test_fetching_goes_by_its_interval_whatever_changes() -> None:
    pace = started(Rhythm(5, 60, every_s=900), now=1000)
    pace.changed(1800)
    assert pace.due(1805) is Due.READ
    pace.began()
    pace.ended(Due.READ, 0, 1810)
    assert pace.due(1899) is None
    assert pace.due(1900) is Due.FETCH
    pace.began()
    pace.ended(Due.FETCH, 3, 2000)
    assert pace.due(2899) is None
    assert pace.due(2900) is Due.FETCH


@pytest.mark.parametrize("code", [0, 2, 3, 5])
def test_what_is_done_or_wrong_waits_for_a_change(code: int) -> None:
    pace = started(Rhythm(5, 60))
    pace.changed(100)
    pace.began()
    assert pace.ended(Due.READ, code, 110) is None
    assert pace.due(1e9) is None
    pace.changed(2e9)
    assert pace.due(2e9 + 5) is Due.READ


def test_a_busy_index_is_tried_again_soon() -> None:
    pace = started(Rhythm(5, 60))
    pace.changed(100)
    pace.began()
    assert pace.ended(Due.READ, 4, 110) == BUSY_S
    pace.changed(111)
    assert pace.due(110 + BUSY_S - 1) is None
    assert pace.due(110 + BUSY_S) is Due.READ


@pytest.mark.parametrize("code", [1, 6, -9, 143])
def test_what_may_pass_is_tried_again_more_and_more_seldom(code: int) -> None:
    pace, now = started(Rhythm(5, 60, every_s=1)), 100.0
    for rest in (FIRST_REST_S, 2 * FIRST_REST_S, 4 * FIRST_REST_S):
        pace.began()
        assert pace.ended(Due.FETCH, code, now) == rest
        pace.changed(now)
        assert pace.due(now + rest - 1) is None
        now += rest
        assert pace.due(now) is Due.FETCH
    for _ in range(5000):
        pace.began()
        last = pace.ended(Due.FETCH, code, now)
    assert last == LONGEST_REST_S
    pace.began()
    pace.ended(Due.FETCH, 0, now)
    pace.began()
    assert pace.ended(Due.FETCH, code, now) == FIRST_REST_S
