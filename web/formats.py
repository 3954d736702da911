"""Numbers and dates as the reader's language writes them; no-break spaces where a line must not end.

CLDR has `2026 ж. 26 қараша` for Kazakh. Kazakh papers date an article `26 қараша 2026`, and in a sentence the year
comes first, in full: `2026 жылғы 26 қараша`. So it is here.
"""

from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from functools import cache, lru_cache
from typing import Final

from babel.dates import format_date, format_datetime, get_month_names
from babel.numbers import format_decimal, get_group_symbol

from search.model import DateRange

from .translate import gettext

WORDS_A_MINUTE: Final = 166
COUNTED: Final = 20_000
"""Characters of a text whose words are counted."""


def number(value: int, locale: str) -> str:
    """A whole number with its thousands set apart: `1 234`."""
    sign = _between_thousands(locale)
    return f"{value:,}".replace(",", sign) if sign else format_decimal(value, locale=locale)


def day(value: date, locale: str) -> str:
    """The date of an article: `23 қараша 2026`."""
    return f"{value.day}\N{NO-BREAK SPACE}{_months(locale)[value.month]} {value.year}"


def day_in_words(value: date, locale: str) -> str:
    """A day as a sentence has it: `2026 жылғы 23 қараша`."""
    if locale != "kk":
        return day(value, locale)
    return f"{value.year} жылғы {value.day}\N{NO-BREAK SPACE}{_months(locale)[value.month]}"


def day_of_month(value: date, locale: str) -> str:
    """`23 қараша`."""
    return f"{value.day} {_months(locale)[value.month]}"


@lru_cache(1024)
def month(value: date, locale: str) -> str:
    """The name of the month, small: `қараша`."""
    return format_date(value, "LLLL", locale) if locale == "en" else format_date(value, "LLLL", locale).lower()


@lru_cache(64)
def moment(value: datetime, zone: tzinfo, locale: str) -> str:
    """`23 қараша 2026, 06:30`, in the zone of the site."""
    return format_datetime(value.astimezone(zone), "d MMMM y, HH:mm", locale=locale)


def reading_minutes(text: str) -> int:
    """How many whole minutes it takes to read a text, at the least one.

    Readers of Turkish, whose words are as long as Kazakh ones, read 166 words a minute on average
    (Trauzettel-Klosinski and Dietz 2012, Standardized Assessment of Reading Performance). A page of hits asks it for
    each of them, so the words of a long text are counted at its beginning, and its rest is taken to have as many.
    """
    counted = text[:COUNTED]
    words = len(counted.split()) * len(text) / max(1, len(counted))
    return max(1, round(words / WORDS_A_MINUTE))


def period(dates: DateRange, locale: str) -> str:
    """A range in the fewest words: a year, a month, a day, else both ends, or the one that there is."""
    first, last = dates.first, dates.last
    if first and last:
        return _closed(first, last, locale)
    if first:
        return gettext("%(day)s күнінен бастап", day=day_in_words(first, locale))
    return gettext("%(day)s күніне дейін", day=day_in_words(last, locale)) if last else ""


def _closed(first: date, last: date, locale: str) -> str:
    if first == last:
        return day(first, locale)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    if is_month(first, last):
        name = month(first, locale)
        return f"{first.year} жылғы {name}" if locale == "kk" else f"{name} {first.year}"
    return f"{day(first, locale)} – {day(last, locale)}"


def is_month(first: date, last: date) -> bool:
    """Whether these are the first and the last day of one month."""
    following = date.fromordinal(last.toordinal() + 1) if last < date.max else None
    same = (first.year, first.month, first.day) == (last.year, last.month, 1)
    return same and (following is None or following.day == 1)


@cache
def _between_thousands(locale: str) -> str:
    """The sign between groups of three digits; empty for a language that groups them in another way."""
    sign = get_group_symbol(locale)
    alike = all(f"{one:,}".replace(",", sign) == format_decimal(one, locale=locale) for one in (999, 1234, 12_345_678))
    return sign if alike else ""


@cache
def _months(locale: str) -> Mapping[int, str]:
    """The names of the months as they stand after a day."""
    return dict(get_month_names("wide", "format", locale).items())
