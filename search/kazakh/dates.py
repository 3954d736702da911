"""Dates in the words of a query, and the other ways in which the same date is written.

    16.10.2018 = 2018 жылғы 16 қазан = 2018 жылғы қазанның 16-сы = 16 қазан 2018 = 16 октября 2018
    16 қазан   = қазанның 16-сы = 16 октября

Endings do not matter: the words are compared by stem, in every script.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from .names import Other, Span
from .numerals import date_form
from .tables import rows
from .token import Token

_RULE: Final = "date"
_YEARS: Final = range(1000, 2200)
_LONGEST: Final = 5  # 2018 жылғы қазан айының 16-сы
_SHORT_YEARS: Final = 2000  # 16.10.18
_YEAR_WORDS: Final = ("жыл", "жылы", "год", "года", "г")
_MONTH_WORD: Final = "айы"
_ENDINGS: Final = {2: "сі", 6: "сы", 7: "сі", 9: "ы", 10: "ы", 20: "сы", 30: "ы"}
"""Of the day numbers whose last word does not take -і."""
_RUSSIAN_GENITIVE: Final = {"ь": "я", "й": "я", "т": "та"}

_DATE_SHAPES: Final = ("yjmad", "yjdm", "yjmd", "dmyj", "ydm", "dmy", "mdy", "mad", "dm", "md")
"""What follows what: y a year, j the word жыл, d a day, m a month, a the word ай; a longer shape wins."""


@dataclass(frozen=True, slots=True)
class _Month:
    number: int
    kazakh: str
    genitive: str
    russian: str
    english: str
    days: int


@dataclass(frozen=True, slots=True)
class _Date:
    day: int
    month: _Month
    year: int | None


_MONTHS: Final = tuple(
    _Month(int(row["number"]), row["kazakh"], row["genitive"], row["russian"], row["english"], int(row["days"]))
    for row in rows("months")
)


class Dates:
    """Finds dates by the stems of one analysis, which is first asked when there is a number."""

    def __init__(self, analyze: Callable[[str], Iterable[Token]]) -> None:
        self._analyze = analyze

    @cached_property
    def _months(self) -> dict[str, _Month]:
        months: dict[str, _Month] = {}
        for month in _MONTHS:
            for name, lang in ((month.kazakh, "kk"), (month.russian, "ru"), (month.english, "en")):
                readings = [reading for token in self._analyze(name) for reading in token.readings]
                months |= {reading.stem: month for reading in readings if reading.lang == lang}
        return months

    @cached_property
    def _year_words(self) -> frozenset[str]:
        return frozenset(stem for word in _YEAR_WORDS for token in self._analyze(word) for stem in token.stems)

    @cached_property
    def _month_words(self) -> frozenset[str]:
        return frozenset(stem for token in self._analyze(_MONTH_WORD) for stem in token.stems)

    def find(self, tokens: Sequence[Token]) -> list[Span]:
        """The dates in the tokens, from left to right, none over another."""
        if not any(token.readings[0].exact[:1].isdecimal() for token in tokens):  # every date has a day in digits
            return []
        spans: list[Span] = []
        at = 0
        while at < len(tokens):
            length, date = self._date_at(tokens, at)
            if date is not None:
                spans.append(Span(at, at + length, "date", _others(date), 2 if date.year is None else 3))
            at += length
        return spans

    def _date_at(self, tokens: Sequence[Token], at: int) -> tuple[int, _Date | None]:
        """How many tokens from `at` on are a date, and which; one token and None if there is none."""
        kinds = [self._kinds(token) for token in tokens[at : at + _LONGEST]]
        whole = _in_digits(tokens[at])
        if whole is not None:
            return (2 if len(kinds) > 1 and "j" in kinds[1] else 1), whole
        for shape in _DATE_SHAPES:
            if len(shape) <= len(kinds) and all(letter in kind for letter, kind in zip(shape, kinds, strict=False)):
                values = {letter: kind[letter] for letter, kind in zip(shape, kinds, strict=False)}
                date = _valid(values["d"], values["m"], values.get("y"))
                if date is not None:
                    return len(shape), date
        return 1, None

    def _kinds(self, token: Token) -> dict[str, int]:
        """What a token can be in a date: letters of the shapes, with their values."""
        number = token.readings[0].exact
        if number.isascii() and number.isdecimal():
            value = int(number) if len(number) <= 4 else 0
            return {"d": value} if len(number) <= 2 else {"y": value} if value in _YEARS else {}
        kinds: dict[str, int] = {}
        for stem in token.stems:
            if stem in self._months:
                kinds.setdefault("m", self._months[stem].number)
        if not self._year_words.isdisjoint(token.stems):
            kinds["j"] = 0
        if not self._month_words.isdisjoint(token.stems):
            kinds["a"] = 0
        return kinds


def _in_digits(token: Token) -> _Date | None:
    """16.10.2018, in any order and with any signs; 16.10.18 is of this century."""
    form = token.readings[0].exact
    day, *rest = form.split(".")
    if len(rest) == 2 and len(rest[1]) == 2 and form.isascii():
        form = date_form(f"{day}.{rest[0]}.{_SHORT_YEARS + int(rest[1])}") or ""
    elif date_form(form) is None:
        form = ""
    if not form:
        return None
    numbers = [int(number) for number in form.split(".")]
    return _valid(*numbers)


def _valid(day: int, number: int, year: int | None = None) -> _Date | None:
    month = _MONTHS[number - 1]
    if not 1 <= day <= month.days or (year is not None and year not in _YEARS):
        return None
    return _Date(day, month, year)


def _others(date: _Date) -> tuple[Other, ...]:
    """All ways to write a date, the one that was typed among them."""
    day, month = date.day, date.month
    of_month = f"{month.genitive} {_numbered(day)}"
    of_the_month = f"{month.kazakh} айының {_numbered(day)}"
    russian = f"{day} {_genitive(month.russian)}"
    english = (f"{day} {month.english}", f"{month.english} {day}")
    if date.year is None:
        kazakh = [f"{day} {month.kazakh}", of_month, of_the_month]
        foreign = [(russian, "ru"), *((text, "en") for text in english)]
    else:
        year = date.year
        kazakh = [
            f"{year} жылғы {day} {month.kazakh}",
            f"{day:02}.{month.number:02}.{year}",
            f"{day} {month.kazakh} {year}",
            f"{year} жылғы {of_month}",
            f"{year} жылғы {of_the_month}",
        ]
        if year >= _SHORT_YEARS:
            kazakh.append(f"{day:02}.{month.number:02}.{year % 100:02}")
        foreign = [(f"{russian} {year}", "ru"), *((f"{text} {year}", "en") for text in english)]
    told = [Other(text, "kk", _RULE) for text in kazakh]
    return (*told, *(Other(text, lang, _RULE, told=False) for text, lang in foreign))


def _numbered(day: int) -> str:
    """A day of a month with its possessive ending.

    >>> _numbered(16), _numbered(20), _numbered(31)
    ('16-сы', '20-сы', '31-і')
    """
    return f"{day}-{_ENDINGS.get(day % 10 or day, 'і')}"


def _genitive(month: str) -> str:
    """января, марта, мая of the Russian names.

    >>> [_genitive(month) for month in ("январь", "март", "май")]
    ['января', 'марта', 'мая']
    """
    return month[:-1] + _RUSSIAN_GENITIVE[month[-1]]
