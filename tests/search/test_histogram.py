from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import histogram
from search.model import Histogram, Interval


def built_of(asked, hits, every):
    """The chart as an engine and the service make it together."""
    width = histogram.fitting(asked, min(hits), max(hits))
    counts = Counter()
    for day, count in hits.items():
        counts[histogram.start(width, day)] += count
    return histogram.build(width, counts, histogram.Calendar(lambda: every))


DAYS = st.dictionaries(st.dates(date(1991, 1, 1), date(2026, 12, 31)), st.integers(1, 50), min_size=1, max_size=30)


def test_years_without_gaps_and_with_all_articles():
    hits = {date(2018, 10, 16): 2, date(2020, 2, 29): 1}
    every = hits | {date(2019, 5, 1): 7, date(2018, 1, 1): 3}
    built = built_of(Interval.YEAR, hits, every)
    assert [(b.key, b.count, b.of) for b in built.buckets] == [("2018", 2, 5), ("2019", 0, 7), ("2020", 1, 1)]
    assert built.buckets[0].first == date(2018, 1, 1)
    assert built.buckets[0].last == date(2018, 12, 31)


def test_months_end_where_they_end():
    hits = {date(2020, 1, 31): 1, date(2020, 3, 1): 1}
    built = built_of(Interval.MONTH, hits, hits)
    assert [(b.key, b.last.day) for b in built.buckets] == [("2020-01", 31), ("2020-02", 29), ("2020-03", 31)]


FIRST = date(2015, 1, 1)

WIDTHS = {
    "a day": (Interval.AUTO, 0, Interval.DAY),
    "two months of days": (Interval.AUTO, 61, Interval.DAY),
    "a day more": (Interval.AUTO, 62, Interval.MONTH),
    "four years of months": (Interval.AUTO, 1460, Interval.MONTH),
    "a month more": (Interval.AUTO, 1461, Interval.YEAR),
    "a century": (Interval.AUTO, 36_525, Interval.YEAR),
    "400 days": (Interval.DAY, 399, Interval.DAY),
    "401 days": (Interval.DAY, 400, Interval.MONTH),
    "days of 33 years": (Interval.DAY, 12_173, Interval.MONTH),
    "days of more": (Interval.DAY, 12_174, Interval.YEAR),
    "400 months": (Interval.MONTH, 12_173, Interval.MONTH),
    "401 months": (Interval.MONTH, 12_174, Interval.YEAR),
    "a month of one day": (Interval.MONTH, 0, Interval.MONTH),
    "a year of one day": (Interval.YEAR, 0, Interval.YEAR),
}


@pytest.mark.parametrize(("asked", "days", "given"), WIDTHS.values(), ids=WIDTHS)
def test_buckets_are_as_wide_as_asked_or_wider(asked, days, given):
    assert histogram.fitting(asked, FIRST, FIRST + timedelta(days)) is given


@pytest.mark.parametrize(
    ("interval", "first"),
    [(Interval.YEAR, date(2024, 1, 1)), (Interval.MONTH, date(2024, 2, 1)), (Interval.DAY, date(2024, 2, 29))],
)
def test_a_bucket_is_known_by_its_first_day(interval, first):
    assert histogram.start(interval, date(2024, 2, 29)) == first
    assert histogram.start(interval, first) == first


def test_nothing_found_is_no_bucket():
    calendar = histogram.Calendar(lambda: {date(2020, 1, 1): 5})
    assert histogram.build(Interval.YEAR, {}, calendar) == Histogram(Interval.YEAR, ())


def test_the_last_day_there_is_ends_the_chart():
    hits = {date(9999, 12, 1): 1}
    calendar = histogram.Calendar(lambda: {date(9999, 12, 31): 2})
    (bucket,) = histogram.build(Interval.MONTH, hits, calendar).buckets
    assert (bucket.last, bucket.count, bucket.of) == (date.max, 1, 2)


def test_the_archive_is_gathered_once_for_each_width():
    asked = []
    calendar = histogram.Calendar(lambda: asked.append(1) or {date(2020, 1, 1): 5, date(2020, 2, 1): 1})
    for _ in range(3):
        assert calendar.counts(Interval.YEAR) == {"2020": 6}
        assert calendar.counts(Interval.MONTH) == {"2020-01": 5, "2020-02": 1}
    assert len(asked) == 2


@given(DAYS, st.sampled_from([Interval.AUTO, Interval.YEAR, Interval.MONTH, Interval.DAY]))
def test_every_hit_is_in_one_bucket_and_the_chart_is_bounded(days, asked):
    built = built_of(asked, days, days)
    assert built.interval is histogram.fitting(asked, min(days), max(days))
    assert all(bucket.count == bucket.of for bucket in built.buckets)
    assert sum(bucket.count for bucket in built.buckets) == sum(days.values())
    assert len(built.buckets) <= histogram.MOST_BUCKETS
    assert built.buckets[0].count
    assert built.buckets[-1].count
    for one, two in pairwise(built.buckets):
        assert one.last + timedelta(days=1) == two.first
