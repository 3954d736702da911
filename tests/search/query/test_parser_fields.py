"""Fields and dates in the text of a query."""

from datetime import date

import pytest

from search.model import DateRange
from search.query.days import days
from search.query.parser import parse
from search.query.syntax import All, Any, Days, InField, Plain, Quoted, Sequence, Without, Word


def told(text):
    """kind/reason, source, target of the notes."""
    return [(f"{note.kind}/{note.reason}", note.source, note.target) for note in parse(text).notes]


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("title", "тақырып такырып ТАҚЫРЫП Тақырып заголовок title Title"),
        ("body", "мәтін матин м\u0259т\u0069н текст body"),
        ("author", "автор author АВТОР"),
        ("category", "айдар санат рубрика category"),
        ("source", "дереккөз дереккоз источник source"),
        ("lang", "тіл тил язык lang"),
        ("script", "жазу script"),
    ],
)
def test_every_name_of_a_field(field, names):
    for name in names.split():
        assert parse(f"{name}:сөз").root == InField(field, Plain("сөз"), name)
        assert parse(f"{name}:сөз").notes == ()


@pytest.mark.parametrize("name", ["күні", "куни", "Күні", "дата", "date", "жыл", "год", "year", "ай", "месяц", "month"])
def test_every_name_of_the_date(name):
    assert parse(f"{name}:2018").root == Days(DateRange(date(2018, 1, 1), date(2018, 12, 31)), "2018")


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("автор:Абай өлең", Sequence((InField("author", Plain("Абай"), "автор"), Plain("өлең")))),
        ('автор:"Абай Құнанбаев"', InField("author", Quoted("Абай Құнанбаев"), "автор")),
        ("автор:(Абай Құнанбаев)", InField("author", Plain("Абай Құнанбаев"), "автор")),
        ("автор:«Абай»", InField("author", Plain("«Абай»"), "автор")),
        ("-автор:Абай", Without(InField("author", Plain("Абай"), "автор"))),
        ("автор:-Абай", Without(InField("author", Plain("Абай"), "автор"))),
        ("-автор:-Абай", InField("author", Plain("Абай"), "автор")),
        ('-автор:"Абай Құнанбаев"', Without(InField("author", Quoted("Абай Құнанбаев"), "автор"))),
        ("тақырып:мектеп*", InField("title", Word("мектеп", prefix=True), "тақырып")),
        ("тақырып:=мектеп", InField("title", Word("мектеп", exact=True), "тақырып")),
        ("дереккөз:izde.kz", InField("source", Plain("izde.kz"), "дереккөз")),
        ("дереккөз:https://izde.kz/а*", InField("source", Plain("https://izde.kz/а*"), "дереккөз")),
        ("автор:тақырып:Абай", InField("author", Plain("тақырып:Абай"), "автор")),
        ("автор:(тақырып:Абай күні:2018)", InField("author", Plain("тақырып:Абай күні:2018"), "автор")),
        ("сайт:Абай", Plain("сайт:Абай")),
        ('сайт:"Абай"', Sequence((Plain("сайт:"), Quoted("Абай")))),
        ("region:Абай", Plain("region:Абай")),
        ("сөзавтор:Абай", Plain("сөзавтор:Абай")),
    ],
)
def test_a_field_is_asked_for_a_word_a_phrase_or_a_group(text, root):
    assert parse(text).root == root
    assert parse(text).notes == ()


def test_operators_work_inside_a_field():
    assert parse("тақырып:(су ЖӘНЕ өрт НЕМЕСЕ -қар)").root == InField(
        "title", Any((All((Plain("су"), Plain("өрт"))), Without(Plain("қар")))), "тақырып"
    )
    assert parse("автор:Абай НЕМЕСЕ айдар:өлең").root == Any(
        (InField("author", Plain("Абай"), "автор"), InField("category", Plain("өлең"), "айдар"))
    )
    assert parse("ЕМЕС автор:Абай").root == Without(InField("author", Plain("Абай"), "автор"))


def test_signs_after_a_field_without_a_value_mean_nothing():
    assert parse("автор:~ су").root == Plain("автор:~ су")
    assert told("автор:~ су") == [("dropped/field", "автор:~", ""), ("dropped/signs", "~", "")]


def test_a_site_may_have_fields_of_its_own():
    assert parse("region:Абай", fields=["region"]).root == InField("region", Plain("Абай"), "region")
    assert parse("Region:(Абай)", fields=["region"]).root == InField("region", Plain("Абай"), "Region")
    assert parse("автор:Абай", fields=["region"]).root == InField("author", Plain("Абай"), "автор")


@pytest.mark.parametrize(
    ("text", "root", "source"),
    [
        ("автор: Абай", Plain("автор: Абай"), "автор:"),
        ("Абай автор:", Plain("Абай автор:"), "автор:"),
        ("-автор:", Plain("-автор:"), "-автор:"),
        ("автор:- өлең", Plain("автор:- өлең"), "автор:-"),
        ("(автор:)", Plain("автор:"), "автор:"),
        ("автор:()", None, "автор:"),
        ("күні:..", Plain("күні:.."), "күні:.."),
        ("тақырып: автор: Абай тақырып:", Plain("тақырып: автор: Абай тақырып:"), "тақырып:, автор:"),
    ],
)
def test_a_field_without_a_value_is_a_word(text, root, source):
    assert parse(text).root == root
    assert told(text) == [("dropped/field", source, "")]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2018", (2018, 1, 1), (2018, 12, 31)),
        ("2018-10", (2018, 10, 1), (2018, 10, 31)),
        ("2018-2", (2018, 2, 1), (2018, 2, 28)),
        ("2020-02", (2020, 2, 1), (2020, 2, 29)),
        ("10.2018", (2018, 10, 1), (2018, 10, 31)),
        ("2018-10-16", (2018, 10, 16), (2018, 10, 16)),
        ("16.10.2018", (2018, 10, 16), (2018, 10, 16)),
        ("2018-10..2018-12", (2018, 10, 1), (2018, 12, 31)),
        ("2018...2019", (2018, 1, 1), (2019, 12, 31)),
        ("2018…2019", (2018, 1, 1), (2019, 12, 31)),
        ("16.10.2018..17.10.2018", (2018, 10, 16), (2018, 10, 17)),
        ("2018-10-16..2018", (2018, 10, 16), (2018, 12, 31)),
        ("2018..", (2018, 1, 1), None),
        ("..2018-10", None, (2018, 10, 31)),
        ("2018,", (2018, 1, 1), (2018, 12, 31)),
    ],
)
def test_dates_and_ranges_include_both_ends(text, first, last):
    dates = DateRange(first and date(*first), last and date(*last))
    assert days(text) == dates
    assert parse(f"күні:{text}").root == Days(dates, text)
    assert parse(f"-күні:{text}").root == Without(Days(dates, text))
    assert parse(f'дата:"{text}"').root == Days(dates, text)
    assert parse(f"күні:{text}").notes == ()


@pytest.mark.parametrize(
    "text",
    ["2018-13", "2018-02-30", "31.02.2018", "2019..2018", "кеше", "18", "0000", "20181016", "2018..2019..2020",
     "٢٠١٨", "2018-10-16T00:00", "9" * 5000],
)  # fmt: skip
def test_a_day_that_cannot_be_is_no_condition(text):
    assert days(text) is None
    assert parse(f"су күні:{text} өрт").root == Sequence((Plain("су"), Plain("өрт")))
    assert told(f"су күні:{text} өрт") == [("dropped/date", f"күні:{text}", "")]


def test_signs_mean_nothing_on_a_date():
    year = Days(DateRange(date(2018, 1, 1), date(2018, 12, 31)), "2018")
    for text, signs in (("2018*", "*"), ("=2018", "="), ("2018~2", "~"), ('="2018"', "="), ('"2018"~3', "~")):
        assert parse(f"күні:{text}").root == year
        assert told(f"күні:{text}") == [("dropped/signs", signs, "")]


def test_dates_in_a_group():
    year = {n: Days(DateRange(date(n, 1, 1), date(n, 12, 31)), str(n)) for n in (2017, 2018)}
    assert parse("жыл:(2017 НЕМЕСЕ 2018)").root == Any((year[2017], year[2018]))
    assert parse("жыл:(2017 -2018)").root == Sequence((year[2017], Without(year[2018])))
    assert parse("күні:(2017 кеше)").root == year[2017]
    assert told("күні:(2017 кеше)") == [("dropped/date", "кеше", "")]
    assert parse("күні:(кеше)").root is None
    assert told("күні:()") == [("dropped/field", "күні:", "")]


def test_in_a_date_field_there_is_no_near():
    parsed = parse("күні:(2017 NEAR 2018) су")
    assert [type(part) for part in parsed.root.parts] == [All, Plain]
