"""Dates as the value of a field: `2018`, `2018-10`, `2018-10-16`, `16.10.2018`, and ranges of these with two points."""

import re
from calendar import monthrange
from datetime import date
from typing import Final

from ..model import DateRange

_DAY_FIRST: Final = re.compile(r"(?:([0-9]{1,2})\.)?([0-9]{1,2})\.([0-9]{4})")
_YEAR_FIRST: Final = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")
_TO: Final = re.compile(r"\.{2,3}|…")
_LONGEST: Final = 40


def days(text: str) -> DateRange | None:
    """The days of a date or a range, both ends included; None if there is no such date, or it ends before it begins.

    >>> days("2018-10..").first
    datetime.date(2018, 10, 1)
    """
    if len(text) > _LONGEST:
        return None
    ends = [end.strip() for end in _TO.split(text.rstrip(",;"), maxsplit=1)]
    first, last = _span(ends[0]), _span(ends[-1])
    if not any(ends) or (ends[0] and not first) or (ends[-1] and not last):
        return None
    dates = DateRange(first and first[0], last and last[1])
    return None if dates.first and dates.last and dates.last < dates.first else dates


def _span(text: str) -> tuple[date, date] | None:
    """The first and the last day of a year, a month or a day."""
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = found.groups()
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year = found.groups()
    else:
        return None
    try:
        first = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    if day:
        return first, first
    last_month = int(month or 12)
    return first, date(first.year, last_month, monthrange(first.year, last_month)[1])
