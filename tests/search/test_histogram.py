from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import histogram
from search.model import Interval


def built_of(interval, hits, every):
    """The chart as an engine and the service make it together."""
    width = histogram.fitting(interval, min(hits), max(hits))
    counts = Counter()
    for day, count in hits.items():
        counts[histogram.start(width, day)] += count
    return histogram.build(width, counts, every)


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


@pytest.mark.parametrize(
    ("days", "interval"),
    [(0, Interval.DAY), (61, Interval.DAY), (62, Interval.MONTH), (700, Interval.MONTH), (3000, Interval.YEAR)],
)
def test_auto_takes_the_width_that_reads_well(days, interval):
    first = date(2015, 1, 1)
    hits = {first: 1, first + timedelta(days): 1}
    assert built_of(Interval.AUTO, hits, hits).interval is interval


def test_nothing_found_is_no_bucket():
    assert histogram.build(Interval.YEAR, {}, {date(2020, 1, 1): 5}).buckets == ()
    assert histogram.build(Interval.DAY, {}, {}).interval is Interval.DAY


def test_the_last_year_of_the_calendar_ends_the_chart():
    day = date(9999, 12, 31)
    assert [b.key for b in built_of(Interval.DAY, {day: 1}, {day: 1}).buckets] == ["9999-12-31"]


@given(DAYS, st.sampled_from([Interval.AUTO, Interval.YEAR, Interval.MONTH, Interval.DAY]))
def test_every_hit_is_in_one_bucket_and_the_chart_is_bounded(hits, interval):
    built = built_of(interval, hits, hits)
    assert sum(bucket.count for bucket in built.buckets) == sum(hits.values())
    assert len(built.buckets) <= max(histogram.MOST_BUCKETS, 40)
    for one, two in zip(built.buckets, built.buckets[1:], strict=False):
        assert one.last + timedelta(days=1) == two.first
