from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from indexer.dates import FORMS, looks_like_date, parse
from indexer.tables import rows

ALMATY = ZoneInfo("Asia/Almaty")
NOW = datetime(2026, 6, 1, tzinfo=UTC)


def iso(text, zone=ALMATY):
    parsed = parse(text, zone, now=NOW)
    assert parsed.value is not None, parsed.remark
    assert parsed.remark == ""
    return parsed.value.isoformat()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("16.10.2018, 00:44", "2018-10-16T00:44:00+06:00"),
        ("16.10.2018 00:44", "2018-10-16T00:44:00+06:00"),
        ("16.10.2018", "2018-10-16T00:00:00+06:00"),
        ("6.1.2018", "2018-01-06T00:00:00+06:00"),
        ("16-10-2018", "2018-10-16T00:00:00+06:00"),
        ("2018-10-16", "2018-10-16T00:00:00+06:00"),
        ("2018/10/16 7:05", "2018-10-16T07:05:00+06:00"),
        ("2018-10-16T00:44:10", "2018-10-16T00:44:10+06:00"),
        ("2018-10-16T00:44:10.512Z", "2018-10-16T06:44:10+06:00"),
        ("2018-10-16T00:44:10+06:00", "2018-10-16T00:44:10+06:00"),
        ("2018-10-16 00:44:10 +0300", "2018-10-16T03:44:10+06:00"),
        ("2018-10-16T00:44+03", "2018-10-16T03:44:00+06:00"),
        ("2018-10-15T20:00:00-02:30", "2018-10-16T04:30:00+06:00"),
        ("20181016T004400Z", "2018-10-16T06:44:00+06:00"),
        ("00:44, 16.10.2018", "2018-10-16T00:44:00+06:00"),
        ("16 қазан 2018", "2018-10-16T00:00:00+06:00"),
        ("16 қазан, 2018 жыл", "2018-10-16T00:00:00+06:00"),
        ("16 ҚАЗАН 2018 жылы, 00:44", "2018-10-16T00:44:00+06:00"),
        ("2018 жылғы 16 қазан", "2018-10-16T00:00:00+06:00"),
        ("Сейсенбі, 16 қазан 2018, сағат 00:44", "2018-10-16T00:44:00+06:00"),
        ("16 октября 2018 г. в 00:44", "2018-10-16T00:44:00+06:00"),
        ("October 16, 2018", "2018-10-16T00:00:00+06:00"),
        ("16th October 2018 at 12:44 am", "2018-10-16T00:44:00+06:00"),
        ("Tue, 16 Oct 2018 00:44:10 GMT", "2018-10-16T06:44:10+06:00"),
        ("  16.10.2018,\u00a000:44 |", "2018-10-16T00:44:00+06:00"),
        (1539629040, "2018-10-16T00:44:00+06:00"),
        (1539629040.9, "2018-10-16T00:44:00+06:00"),
        (1539629040000, "2018-10-16T00:44:00+06:00"),
        ("1539629040", "2018-10-16T00:44:00+06:00"),
    ],
)
def test_forms(text, expected):
    assert iso(text) == expected


@pytest.mark.parametrize("example", [example for example, _ in FORMS])
def test_every_form_reads_its_example(example):
    assert iso(example)
    assert looks_like_date(example)


@pytest.mark.parametrize("row", rows("months"), ids=lambda row: f"{row['lang']} {row['month']}")
def test_every_month_reads_its_example_and_its_forms(row):
    assert parse(row["example"], ALMATY, now=NOW).value.month == int(row["month"])
    for form in row["forms"].split():
        assert parse(f"2 {form} 2019", ALMATY, now=NOW).value.month == int(row["month"])


def test_the_clock_of_almaty_changed_in_2024():
    assert iso("29.02.2024, 12:00") == "2024-02-29T12:00:00+06:00"
    assert iso("29.02.2024, 22:59") == "2024-02-29T22:59:00+06:00"
    assert iso("01.03.2024, 00:30") == "2024-03-01T00:30:00+05:00"
    assert iso("2024-02-29T17:59:59Z") == "2024-02-29T23:59:59+06:00"
    assert iso("2024-02-29T18:00:00Z") == "2024-02-29T23:00:00+05:00"
    assert iso("2024-03-01T00:00:00+06:00") == "2024-02-29T23:00:00+05:00"


def test_an_hour_that_came_twice_is_the_first():
    assert iso("29.02.2024, 23:30") == "2024-02-29T23:30:00+06:00"


def test_the_zone_of_the_input_counts():
    assert iso("16.10.2018, 00:44", ZoneInfo("Asia/Oral")) == "2018-10-16T00:44:00+05:00"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("31.02.2018", "there is no such day"),
        ("16.13.2018", "there is no such day"),
        ("16.10.2018, 25:00", "there is no such day or time"),
        ("16.10.0000", "there is no such day"),
        ("16.10.1700", "before 1800"),
        ("16.10.2099", "in the future"),
        ("9999-12-31T23:59:59-12:00", "date left out"),
        ("2018-10-16T00:44+19:00", "there is no such zone"),
        ("13:44 pm, 16.10.2018", "there is no such day or time"),
        ("кеше", "not read as a date"),
        ("қазан 2018", "not read as a date"),
        ("16 бұлбұл 2018", "not read as a date"),
        ("１６.10.2018", "not read as a date"),
        ("", "not read as a date"),
        ("9" * 10_000, "not read as a date"),
        (0, "not a number of seconds"),
        (-5, "not a number of seconds"),
        (float("nan"), "not a number of seconds"),
        (float("inf"), "not a number of seconds"),
        (10**400, "not a number of seconds"),
        (True, "not a number of seconds"),
    ],
)
def test_what_cannot_be_is_said(text, why):
    parsed = parse(text, ALMATY, now=NOW)
    assert parsed.value is None
    assert why in parsed.remark
    assert len(parsed.remark) < 300


def test_a_day_ahead_is_not_the_future():
    assert parse((NOW + timedelta(hours=23)).isoformat(), ALMATY, now=NOW).value
    assert not parse((NOW + timedelta(hours=25)).isoformat(), ALMATY, now=NOW).value


@pytest.mark.parametrize("text", ["31.02.2018", "16.10.2018, 25:00", "16 қазан 2018"])
def test_the_form_of_a_date_is_enough_to_look_like_one(text):
    assert looks_like_date(text)


@pytest.mark.parametrize("text", ["Құқық", "16 бұлбұл 2018", "2018", "Бүгін 16.10.2018 күні жиын өтті.", "1" * 1000])
def test_what_has_no_such_form_does_not(text):
    assert not looks_like_date(text)
