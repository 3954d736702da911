"""The chart of hits by date: bars that are links, from years into months into days, and the way back up."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from search.model import Bucket, DateRange, Histogram, Interval, Query
from search.query.days import days

from . import formats
from .links import Neighbours
from .translate import gettext

_YEAR_OR_MONTH = re.compile("(?!0000)[0-9]{4}(-(0[1-9]|1[0-2]))?")


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: what it stands for, its hits, its length in per cent of the longest, and the search it leads to."""

    label: str
    count: str
    width: int
    href: str


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the way back up; the last one is where the reader is and leads nowhere."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Bars:
    """The chart, and the way back to wider stretches of time."""

    crumbs: tuple[Crumb, ...]
    bars: tuple[Bar, ...]


def interval(query: Query) -> Interval:
    """The width of bars that suits the stretch of days the query is narrowed to."""
    match _span(query):
        case None:
            return Interval.YEAR
        case first, last if first == last:
            return Interval.NONE
        case first, last if (first.year, first.month) == (last.year, last.month):
            return Interval.DAY
        case first, last if first.year == last.year:
            return Interval.MONTH
    return Interval.YEAR


def bars(histogram: Histogram | None, query: Query, locale: str, near: Neighbours) -> Bars:
    """The chart of a page of hits."""
    buckets = [bucket for bucket in histogram.buckets if bucket.count] if histogram else []
    if histogram and histogram.interval is Interval.YEAR:
        buckets.reverse()
    longest = max((bucket.count for bucket in buckets), default=1)
    return Bars(
        _crumbs(query, locale, near),
        tuple(
            Bar(
                _label(bucket, histogram.interval if histogram else Interval.YEAR, locale),
                formats.number(bucket.count, locale),
                max(1, round(100 * bucket.count / longest)),
                _narrowed(query, near, *_inside(bucket, query)),
            )
            for bucket in buckets
        ),
    )


def _narrowed(query: Query, near: Neighbours, first: date | None, last: date | None) -> str:
    """The address of the query for these days only; None opens an end."""
    filters = tuple(item for item in query.filters if item.field not in ("year", "month"))
    return near.changed(filters=filters, dates=DateRange(first, last) if first or last else None)


def _inside(bucket: Bucket, query: Query) -> tuple[date, date]:
    """The days of a bucket that the query allows, so that the bar leads to as many hits as it says."""
    dates = query.dates or DateRange()
    return max(bucket.first, dates.first or date.min), min(bucket.last, dates.last or date.max)


def _label(bucket: Bucket, width: Interval, locale: str) -> str:
    match width:
        case Interval.MONTH:
            return formats.month(bucket.first, locale)
        case Interval.DAY:
            return formats.day_of_month(bucket.first, locale)
    return bucket.key


def _span(query: Query) -> tuple[date, date] | None:
    """The first and the last day that the query allows, where it names both, by days, by one year or by one month."""
    dates = query.dates
    if not (dates and dates.first and dates.last):
        values = [value for item in query.filters if item.field in ("year", "month") for value in item.include]
        dates = days(values[0]) if len(values) == 1 and _YEAR_OR_MONTH.fullmatch(values[0]) else None
    return (dates.first, dates.last) if dates and dates.first and dates.last else None


def _crumbs(query: Query, locale: str, near: Neighbours) -> tuple[Crumb, ...]:
    span = _span(query)
    if span is None and query.dates is None:
        return ()
    steps = [Crumb(gettext("Барлық жылдар"), _narrowed(query, near, None, None))]
    if span is None:
        return tuple(steps)
    first, last = span
    if first.year == last.year:
        year = date(first.year, 1, 1), date(first.year, 12, 31)
        steps.append(Crumb(str(first.year), "" if span == year else _narrowed(query, near, *year)))
        if first.month == last.month and span != year:
            length = monthrange(first.year, first.month)[1]
            whole = first.replace(day=1), first.replace(day=length)
            name = formats.month(first, locale)
            steps.append(Crumb(name, "" if span == whole else _narrowed(query, near, *whole)))
    return tuple(steps)
