"""Reads dates as archives write them; what cannot be a date is said, never guessed.

The forms are tried in order, each against the whole text. A form that fits decides: if its day or hour cannot be, there
is no date. Fractions of a second are dropped. Where a date names no zone, it is local time of the given one; an hour
that the clocks went through twice is the first of the two.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from .tables import rows

EARLIEST = 1800
LONGEST = 100
_SMALLEST_EPOCH = 100_000_000
_MILLISECONDS_FROM = 100_000_000_000
_LARGEST_EPOCH = 100_000_000_000_000

_TIME = (
    r"(?P<h>[0-9]{1,2}):(?P<mi>[0-9]{2})(?::(?P<s>[0-9]{2})(?:[.,][0-9]{1,9})?)?(?:\s?(?P<half>am|pm))?"
    r"(?:\s?(?P<zone>z|utc|ut|gmt|[+-][0-9]{2}(?::?[0-9]{2})?))?(?:\s?\([a-z]{1,5}\))?"
)
_AFTER = rf"(?:(?:\s?[,|/–—-]\s?|\s|t)(?:(?:сағат|в|at|saǵat|sağat)\s)?{_TIME})?"
_WEEKDAY = r"(?:[^\W\d_]{2,12},\s?)?"
_DAY = r"(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?"
_MONTH = r"(?P<month>[^\W\d_]{3,20})\.?"
_YEAR = r"(?P<y>[0-9]{4})"
_YEAR_WORD = r"(?:\s?(?:жыл[^\W\d_]{0,6}|ж\.?|года?|г\.?|jyl[^\W\d_]{0,6}))?"

_NUMBER = r"(?P<m>[0-9]{1,2})"
_COMPACT = r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})t(?P<h>[0-9]{2})(?P<mi>[0-9]{2})(?P<s>[0-9]{2})(?P<zone>z)?"

# What it looks like, and how it is read.
FORMS = tuple(
    (example, re.compile(pattern + "$"))
    for example, pattern in (
        ("2018-10-16T00:44:10.5+06:00", rf"{_YEAR}(?P<sep>[-/.]){_NUMBER}(?P=sep){_DAY}{_AFTER}"),
        ("20181016T004400Z", _COMPACT),
        ("16.10.2018, 00:44", rf"{_WEEKDAY}{_DAY}(?P<sep>[.-]){_NUMBER}(?P=sep){_YEAR}{_YEAR_WORD}{_AFTER}"),
        ("00:44, 16.10.2018", rf"{_TIME}(?:,\s?|\s){_DAY}\.{_NUMBER}\.{_YEAR}{_YEAR_WORD}"),
        ("16 қазан, 2018 жыл", rf"{_WEEKDAY}{_DAY}[\s-]{_MONTH},?[\s-]{_YEAR}{_YEAR_WORD}{_AFTER}"),
        ("2018 жылғы 16 қазан", rf"{_YEAR}{_YEAR_WORD},?\s{_DAY}[\s-]{_MONTH}{_AFTER}"),
        ("October 16, 2018", rf"{_WEEKDAY}{_MONTH}\s{_DAY},?\s{_YEAR}{_AFTER}"),
    )
)
_MONTHS = {form: int(row["month"]) for row in rows("months") for form in row["forms"].split()}


@dataclass(frozen=True, slots=True)
class Parsed:
    """A date, aware and in the zone it was read for; or None, and in words why there is none."""

    value: datetime | None
    remark: str = ""


def parse(text: str | int | float, zone: ZoneInfo, *, now: datetime | None = None) -> Parsed:
    """The date that this text, or this number of (milli)seconds since 1970, says.

    now: the present, aware; a date more than a day after it is taken for a mistake.
    """
    try:
        value = _epoch(text, zone) if isinstance(text, int | float) else _written(text, zone)
        _check(value, now or datetime.now(UTC))
    except (ValueError, OverflowError) as error:
        shown = repr(text[:LONGEST]) if isinstance(text, str) else "a number"
        return Parsed(None, f"date left out, {error}: {shown}")
    return Parsed(value)


def looks_like_date(text: str) -> bool:
    """Whether the text has the form of a written date, even one that cannot be, such as 31.02.2018."""
    return _match(text) is not None


def _match(text: str) -> re.Match[str] | None:
    if len(text) > LONGEST:
        return None
    tidy = unicodedata.normalize("NFC", " ".join(text.split())).casefold().strip(" ,;|")
    for _, form in FORMS:
        match = form.match(tidy)
        if match and ("month" not in form.groupindex or match["month"] in _MONTHS):
            return match
    return None


def _epoch(number: float, zone: ZoneInfo) -> datetime:
    if isinstance(number, bool) or not _SMALLEST_EPOCH <= number <= _LARGEST_EPOCH:
        raise ValueError("not a number of seconds since 1970")
    if number >= _MILLISECONDS_FROM:
        number /= 1000
    return datetime.fromtimestamp(int(number), UTC).astimezone(zone)


def _written(text: str, zone: ZoneInfo) -> datetime:
    if re.fullmatch(r"\s*[0-9]{9,13}\s*", text):
        return _epoch(int(text), zone)
    match = _match(text)
    if match is None:
        raise ValueError("not read as a date")
    part = match.groupdict()
    month = int(part["m"]) if part.get("m") else _MONTHS[part["month"]]
    try:
        local = datetime(  # noqa: DTZ001  # the zone is put on two lines below, after it was read
            int(part["y"]), month, int(part["d"]), _hour(part), int(part.get("mi") or 0), int(part.get("s") or 0)
        )
    except ValueError:
        raise ValueError("there is no such day or time") from None
    return local.replace(tzinfo=_offset(part.get("zone")) or zone).astimezone(zone)


def _hour(part: dict[str, str | None]) -> int:
    hour, half = int(part.get("h") or 0), part.get("half")
    if half and not 1 <= hour <= 12:
        raise ValueError
    return hour % 12 + (12 if half == "pm" else 0) if half else hour


def _offset(name: str | None) -> tzinfo | None:
    if not name:
        return None
    if name[0] not in "+-":
        return UTC
    digits = name[1:].replace(":", "").ljust(4, "0")
    hours, minutes = int(digits[:2]), int(digits[2:])
    if hours > 14 or minutes > 59:
        raise ValueError("there is no such zone")
    delta = timedelta(hours=hours, minutes=minutes)
    return timezone(-delta if name[0] == "-" else delta)


def _check(value: datetime, now: datetime) -> None:
    if value.year < EARLIEST:
        raise ValueError(f"before {EARLIEST}")
    if value > now + timedelta(days=1):
        raise ValueError("in the future")
