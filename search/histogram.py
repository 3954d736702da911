"""Hits by date: counts of days gathered into years, months or days."""

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from .model import Bucket, Histogram, Interval

MOST_BUCKETS = 400
"""AUTO never gives more; it is also where `day` gives way to `month`, `month` to `year`: a chart, not a listing."""

_FINE_DAYS, _FINE_MONTHS = 62, 48
_KEY_CHARS = {Interval.YEAR: 4, Interval.MONTH: 7}


class Calendar:
    """The articles of a generation by bucket, counted once for each width. Safe to share between threads.

    days: the articles by local date, asked for when they are first needed.
    """

    def __init__(self, days: Callable[[], Mapping[date, int]]) -> None:
        self._days = days
        self._counted: dict[Interval, Mapping[str, int]] = {}

    def counts(self, interval: Interval) -> Mapping[str, int]:
        """The articles by the key of their bucket."""
        if interval not in self._counted:
            self._counted[interval] = _gathered(interval, self._days())
        return self._counted[interval]


def build(interval: Interval, hits: Mapping[date, int], everything: Calendar) -> Histogram:
    """Buckets without gaps from the first hit to the last; `of` counts all articles of the same days.

    interval: YEAR, MONTH or DAY, as `fitting` gave it. hits: by the first day of their bucket.
    """
    if not hits:
        return Histogram(interval, ())
    of = everything.counts(interval)
    buckets = []
    day, last = min(hits), max(hits)
    while day <= last:
        end, key = _end(interval, day), _key(interval, day)
        buckets.append(Bucket(key, day, end, hits.get(day, 0), of.get(key, 0)))
        if end == date.max:
            break
        day = end + timedelta(days=1)
    return Histogram(interval, tuple(buckets))


def fitting(interval: Interval, first: date, last: date) -> Interval:
    """The width of the buckets for hits from the first day to the last.

    AUTO takes days up to about two months of hits, months up to four years, else years. An interval that would give
    more than MOST_BUCKETS is widened.
    """
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
    return day.isoformat()[: _KEY_CHARS.get(interval)]


def start(interval: Interval, day: date) -> date:
    """The first day of the bucket that a day is in."""
    if interval is Interval.YEAR:
        return day.replace(month=1, day=1)
    return day.replace(day=1) if interval is Interval.MONTH else day


def _end(interval: Interval, first: date) -> date:
    if interval is Interval.YEAR:
        return first.replace(month=12, day=31)
    if interval is Interval.MONTH:
        return first.replace(day=monthrange(first.year, first.month)[1])
    return first
