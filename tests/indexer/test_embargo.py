"""What is held back, and until when."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from indexer.embargo import embargo

ALMATY = ZoneInfo("Asia/Almaty")
NOON = datetime(2026, 12, 1, 12, tzinfo=ALMATY)


def test_embargo_of_days():
    one = embargo("7d", ALMATY, "x")
    assert [one.holds(NOON - timedelta(days=days), NOON) for days in (0, 6.99, 7, 30)] == [True, True, False, False]
    assert one.holds(NOON + timedelta(hours=5), NOON) is True
    assert one.holds(None, NOON) is None


@pytest.mark.parametrize("value", ["2026-12-01", date(2026, 12, 1)])
def test_embargo_until_a_day(value):
    one = embargo(value, ALMATY, "x")
    start = datetime(2026, 12, 1, tzinfo=ALMATY)
    assert [one.holds(published, start - timedelta(seconds=1)) for published in (None, NOON)] == [True, True]
    assert [one.holds(published, start) for published in (None, NOON)] == [False, False]
