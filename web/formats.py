"""Numbers and dates as the reader's language writes them; no-break spaces where a line must not end."""

from datetime import date, datetime, tzinfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from flask_babel import gettext

from search.model import DateRange


def number(value: int, locale: str) -> str:
    """A whole number with its thousands set apart: `1 234`."""
    return format_decimal(value, locale=locale)


def day(value: date, locale: str) -> str:
    """`23 қараша 2026`."""
    return format_date(value, "d MMMM y", locale).replace(" ", "\N{NO-BREAK SPACE}", 1)


def day_of_month(value: date, locale: str) -> str:
    """`23 қараша`."""
    return format_date(value, "d MMMM", locale)


def month(value: date, locale: str) -> str:
    """The name of the month, small: `қараша`."""
    return format_date(value, "LLLL", locale) if locale == "en" else format_date(value, "LLLL", locale).lower()


def moment(value: datetime, zone: tzinfo, locale: str) -> str:
    """`23 қараша 2026, 06:30`, in the zone of the site."""
    return format_datetime(value.astimezone(zone), "d MMMM y, HH:mm", locale=locale)


def period(dates: DateRange, locale: str) -> str:
    """A range in the fewest words: a year, a month, a day, else both ends, or the one that there is."""
    first, last = dates.first, dates.last
    if first and last:
        return _closed(first, last, locale)
    if first:
        return gettext("%(day)s күнінен бері", day=day(first, locale))
    return gettext("%(day)s күніне дейін", day=day(last, locale)) if last else ""


def _closed(first: date, last: date, locale: str) -> str:
    if first == last:
        return day(first, locale)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    if is_month(first, last):
        return f"{month(first, locale)} {first.year}"
    return f"{day(first, locale)} – {day(last, locale)}"


def is_month(first: date, last: date) -> bool:
    """Whether these are the first and the last day of one month."""
    following = date.fromordinal(last.toordinal() + 1) if last < date.max else None
    same = (first.year, first.month, first.day) == (last.year, last.month, 1)
    return same and (following is None or following.day == 1)
