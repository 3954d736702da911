from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal
from flask import Flask

from search.model import DateRange
from web import formats, locale, tongues
from web.frame import UNPRINTABLE, encoded
from web.paging import page_numbers
from web.translate import gettext, in_templates


@pytest.mark.parametrize(
    ("current", "last", "shown"),
    [
        (1, 2, [1, 2]),
        (4, 7, [1, 2, 3, 4, 5, 6, 7]),
        (1, 50, [1, 2, 0, 50]),
        (3, 50, [1, 2, 3, 4, 0, 50]),
        (4, 50, [1, 2, 3, 4, 5, 0, 50]),
        (25, 50, [1, 0, 24, 25, 26, 0, 50]),
        (50, 50, [1, 0, 49, 50]),
    ],
)
def test_page_numbers(current: int, last: int, shown: list[int]) -> None:
    assert page_numbers(current, last) == shown


@pytest.mark.parametrize(
    ("lang", "script", "page", "marked"),
    [
        ("kk", "Cyrl", "kk", ("", "")),
        ("kk", "Cyrl", "ru", ("kk", "")),
        ("kk", "Latn", "kk", ("kk-Latn", "")),
        ("kk", "Arab", "kk", ("kk-Arab", "rtl")),
        ("", "Arab", "en", ("kk-Arab", "rtl")),
        ("ru", "Cyrl", "kk", ("ru", "")),
        ("uz", "Latn", "kk", ("uz", "")),
        ("", "", "kk", ("", "")),
        ('x" onclick="y', "Zzzz", "kk", ("", "")),
    ],
)
def test_tongues(lang: str, script: str, page: str, marked: tuple[str, str]) -> None:
    found = tongues.of(lang, script, page)
    assert (found.lang, found.direction) == marked


MONTHS = {
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
    "ru": "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "en": "January February March April May June July August September October November December",
}


@pytest.mark.parametrize("language", MONTHS)
def test_months(language: str) -> None:
    assert [formats.month(date(2020, number, 1), language) for number in range(1, 13)] == MONTHS[language].split()


@pytest.mark.parametrize(
    ("language", "words"), [("kk", "23 қараша 2026"), ("ru", "23 ноября 2026"), ("en", "23 November 2026")]
)
def test_days(language: str, words: str) -> None:
    assert formats.day(date(2026, 11, 23), language).replace("\xa0", " ") == words
    when = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
    assert formats.moment(when, ZoneInfo("Asia/Almaty"), language) == f"{words}, 06:30"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2018-01-01", "2018-12-31", "2018"),
        ("2016-01-01", "2018-12-31", "2016–2018"),
        ("2018-10-01", "2018-10-31", "октябрь 2018"),
        ("2020-02-01", "2020-02-29", "февраль 2020"),
        ("2020-02-01", "2020-02-28", "1 февраля 2020 – 28 февраля 2020"),
        ("2018-10-16", "2018-10-16", "16 октября 2018"),
        ("9999-12-01", "9999-12-31", "декабрь 9999"),
        ("2018-10-16", "", "с 16 октября 2018"),
        ("", "2018-10-16", "по 16 октября 2018"),
    ],
)
def test_periods(app: Flask, first: str, last: str, words: str) -> None:
    first_day, last_day = (date.fromisoformat(text) if text else None for text in (first, last))
    with app.test_request_context("/ru/"):
        locale.use("ru")
        assert formats.period(DateRange(first_day, last_day), "ru").replace("\xa0", " ") == words


@pytest.mark.parametrize("language", ["kk", "ru", "en", "es", "pl", "hi", "tr", "uz", "de"])
def test_numbers_and_days_are_as_babel_writes_them(language: str) -> None:
    for number in (0, 7, 999, 1000, 1234, 9999, 10_000, 123_456, 1_000_000, 12_345_678):
        assert formats.number(number, language) == format_decimal(number, locale=language)
    for month in range(1, 13):
        when = date(2016, month, 29)
        assert formats.day(when, language).replace("\xa0", " ") == format_date(when, "d MMMM y", language)
        assert formats.day_of_month(when, language) == format_date(when, "d MMMM", language)


def test_every_character_that_html_forbids_is_replaced_and_no_other() -> None:
    characters = [chr(code) for code in range(0x110000) if not 0xD800 <= code <= 0xDFFF]
    forbidden = [one for one in characters if UNPRINTABLE.fullmatch(one)]
    assert len(forbidden) == 28 + 33 + 32 + 2 + 2
    for one in forbidden:
        assert encoded(f"ә{one}«b»") == "ә\N{REPLACEMENT CHARACTER}«b»".encode()
    others = "".join(one for one in characters if not UNPRINTABLE.fullmatch(one))
    assert encoded(others) == others.encode()


def test_templates_translate_and_escape() -> None:
    for language, words in {"kk": "Іздеу", "ru": "Найти", "de": "Іздеу"}.items():
        assert in_templates(language)("Іздеу") == words
    assert in_templates("kk")("Қоспау: %(value)s", value="<b>") == "Қоспау: &lt;b&gt;"
    assert in_templates("ru")("Қоспау: %(value)s", value="&") == gettext_in("ru", "Қоспау: %(value)s", value="&amp;")


def gettext_in(language: str, sentence: str, **values: object) -> str:
    with Flask(__name__).app_context():
        locale.use(language)
        return gettext(sentence, **values)


def test_outside_of_a_request_sentences_stay_as_they_are() -> None:
    assert gettext("Іздеу") == "Іздеу"
    assert gettext_in("ru", "Іздеу") != "Іздеу"
