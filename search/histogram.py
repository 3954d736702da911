"""Hits by date: counts of days gathered into years, months or days."""

from collections.abc import Mapping
from datetime import date, timedelta

from .model import Bucket, Histogram, Interval

MOST_BUCKETS = 400
"""AUTO never gives more; it is also where `day` gives way to `month`, `month` to `year`: a chart, not a listing."""

_FINE_DAYS, _FINE_MONTHS = 62, 48


def build(interval: Interval, hits: Mapping[date, int], everything: Mapping[date, int]) -> Histogram:
    """Buckets without gaps from the first hit to the last; `of` counts all articles of the same days.

    AUTO takes days up to about two months of hits, months up to four years, else years. An interval that would give
    more than MOST_BUCKETS is widened.
    """
    if not hits:
        return Histogram(Interval.YEAR if interval is Interval.AUTO else interval, ())
    first, last = min(hits), max(hits)
    interval = _fitting(interval, first, last)
    counts, of = _gathered(interval, hits), _gathered(interval, everything)
    buckets = []
    start = _start(interval, first)
    while start <= last:
        end = _end(interval, start)
        key = _key(interval, start)
        buckets.append(Bucket(key, start, end, counts.get(key, 0), of.get(key, 0)))
        start = end + timedelta(days=1)
    return Histogram(interval, tuple(buckets))


def _fitting(interval: Interval, first: date, last: date) -> Interval:
    days = (last - first).days + 1
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if interval is Interval.AUTO:
        if days <= _FINE_DAYS:
            return Interval.DAY
        return Interval.MONTH if months <= _FINE_MONTHS else Interval.YEAR
    if interval is Interval.DAY and days > MOST_BUCKETS:
        interval = Interval.MONTH
    if interval is Interval.MONTH and months > MOST_BUCKETS:
        interval = Interval.YEAR
    return interval


def _gathered(interval: Interval, days: Mapping[date, int]) -> dict[str, int]:
    out: dict[str, int] = {}
    for day, count in days.items():
        key = _key(interval, day)
        out[key] = out.get(key, 0) + count
    return out


def _key(interval: Interval, day: date) -> str:
    return day.isoformat()[: {Interval.YEAR: 4, Interval.MONTH: 7}.get(interval, 10)]


def _start(interval: Interval, day: date) -> date:
    if interval is Interval.YEAR:
        return day.replace(month=1, day=1)
    return day.replace(day=1) if interval is Interval.MONTH else day


def _end(interval: Interval, start: date) -> date:
    if interval is Interval.YEAR:
        return start.replace(month=12, day=31)
    if interval is Interval.MONTH:
        following = start.replace(day=28) + timedelta(days=4)
        return following.replace(day=1) - timedelta(days=1)
    return start
