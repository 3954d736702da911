import json
import math

import pytest

from indexer.clean import LONGEST_ID, LONGEST_NAME, clean, with_language
from indexer.records import Cleaned, RawRecord, Rejected

BODY = "Бүгін ауданда жаңа кітапхана ашылды."


@pytest.fixture
def cleaned(spec):
    def of(values=None, /, spec_options=None, **more):
        raw = RawRecord("кіріс", "а.jsonl", 3, {"id": "a1", "title": "Ашылу", "body": BODY} | (values or {}) | more)
        return clean(raw, spec(**(spec_options or {})))

    return of


def test_a_plain_record(cleaned):
    item = cleaned(
        url="https://a.example/1",
        published="16.10.2018, 00:44",
        category="Мәдениет",
        source="Өрлеу",
        author="Айнұр Сатыбалды",
        lang="kk",
        views=5,
    )
    article = item.article
    assert (article.id, article.title, article.body) == ("a1", "Ашылу", BODY)
    assert article.published.isoformat() == "2018-10-16T00:44:00+06:00"
    assert (article.category, article.source, article.author) == ("Мәдениет", "Өрлеу", "Айнұр Сатыбалды")
    assert (article.url, article.lang, article.extra) == ("https://a.example/1", "kk", {"views": 5})
    assert (item.input, item.file, item.line, item.remarks) == ("кіріс", "а.jsonl", 3, ())


@pytest.mark.parametrize(("value", "name"), [(7, "7"), (7.0, "7"), (" a  b ", "a b"), ("а\0б/в", "аб/в"), ("/x/", "x")])
def test_ids(cleaned, value, name):
    item = cleaned(id=value)
    assert item.article.id == name


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (None, "no id"),
        ("", "no id"),
        (" \u00a0\0", "no id"),
        (True, "neither text nor a whole number"),
        (1.5, "neither text nor a whole number"),
        ([1], "neither text nor a whole number"),
        ({"$oid": "1"}, "neither text nor a whole number"),
        (10**1000, "neither text nor a whole number"),
        ("x" * (LONGEST_ID + 1), "longer than"),
    ],
)
def test_an_id_that_is_none_rejects(cleaned, value, reason):
    item = cleaned(id=value)
    assert isinstance(item, Rejected)
    assert reason in item.reason
    assert (item.input, item.file, item.line) == ("кіріс", "а.jsonl", 3)


def test_an_address_as_id_is_made_short_and_kept_as_url(cleaned):
    first, second = (cleaned(id=f"https://a.example/{name}").article for name in ("жаңалық/1", "жаңалық-1"))
    assert first.id.startswith("a-example-zhangalyq-1-") or first.id.startswith("a-example-zhanalyq-1-")
    assert "/" not in first.id
    assert first.id != second.id
    assert first.url == "https://a.example/жаңалық/1"


def test_without_title_and_body_there_is_no_article(cleaned):
    for title, body in ((None, None), ("", " \n\u00a0\n"), (True, {}), ("\0", "<p></p>")):
        item = cleaned(title=title, body=body)
        assert isinstance(item, Rejected)
        assert (item.id, item.reason) == ("a1", "no title and no body")


def test_a_title_or_a_body_alone_is_enough(cleaned):
    assert cleaned(title="").remarks == ("no title",)
    assert cleaned(body=None).remarks == ("no body",)


def test_too_much_text(cleaned):
    assert isinstance(cleaned(body="м" * 460, spec_options={"article_bytes": 1000}), Cleaned)
    item = cleaned(body="м" * 500, spec_options={"article_bytes": 1000})
    assert "more text than an article may have (1,000 bytes)" in item.reason


def test_html_in_body_and_title(cleaned):
    article = cleaned(title="<b>Ашылу</b> &laquo;бүгін&raquo;", body="<p>Бір.</p><p>Екі&nbsp;үш.<br>Төрт.</p>").article
    assert article.title == "Ашылу «бүгін»"
    assert article.body == "Бір.\n\nЕкі\u00a0үш.\nТөрт."


def test_paragraphs_and_one_line(cleaned):
    article = cleaned(
        title=" Ашылу\n\tкүні ", body="Бір.\r\nЕкі.\r\n \u00a0", category="Мәде\nниет ", author="\ufeffА. Б."
    ).article
    assert (article.title, article.body) == ("Ашылу күні", "Бір.\n\nЕкі.")
    assert (article.category, article.author) == ("Мәде ниет", "А. Б.")


def test_a_date_that_cannot_be_is_missing_with_a_remark(cleaned):
    item = cleaned(published="31.02.2018")
    assert item.article.published is None
    assert item.remarks == ("date left out, there is no such day or time: '31.02.2018'",)
    assert cleaned(published=" ").remarks == cleaned(published=None).remarks == ()
    assert "it is no text but list" in cleaned(published=[2018]).remarks[0]


@pytest.mark.parametrize(
    ("title", "body", "left"),
    [
        ("Кітапхана ашылды", "Кітапхана ашылды\n\nАуданда кітапхана бар.", "Ауданда кітапхана бар."),
        ("Кітапхана ашылды", "КІТАПХАНА АШЫЛДЫ!\nАуданда кітапхана бар.", "Ауданда кітапхана бар."),
        ("Кітапхана ашылды", "<h1>Кітапхана ашылды</h1><p>Ауданда кітапхана бар.</p>", "Ауданда кітапхана бар."),
        ("Жаңа кітапхана ашылды", "Жаңа кітапхана ашылдыАуданда кітапхана бар.", "Ауданда кітапхана бар."),
        ("Қасым Жомарт Тоқаев", "Қасым Жомарт Тоқаев ауданға келді.", None),
        ("Кітапхана", "Кітапхана\n\nКітапхана\n\nМәтін.", "Кітапхана\n\nМәтін."),
        ("Көзімнің қарасы", "Көзімнің қарасы,\nКөңілімнің санасы.\n\nБітпейді іштегі\nҒашықтық жарасы.", None),
        ("Кітапхана ашылды", "Кітапхана ашылды", None),
        ("…", "—\n\nМәтін.", None),
        ("", "Мәтін.\n\nМәтін.", None),
    ],
)
def test_a_title_that_the_body_repeats_is_taken_off_it(cleaned, title, body, left):
    item = cleaned(title=title, body=body)
    assert item.article.title == title
    assert item.article.body == (body if left is None else left)
    assert ("the title taken off the body" in item.remarks) == (left is not None)


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "ftp://a.example", "//a.example", "http://", "https://[", "жоқ", 5, "http://a b.example"],
)
def test_only_web_addresses(cleaned, url):
    item = cleaned(url=url)
    assert item.article.url == ""
    assert item.remarks == (f"url left out, not an http address: {str(url)!r}",)


@pytest.mark.parametrize("field", ["category", "source", "author"])
@pytest.mark.parametrize(("value", "expected"), [(5, "5"), (1.5, "1.5"), (None, ""), (["А", "Б"], None), ([], "")])
def test_wrong_types(cleaned, field, value, expected):
    item = cleaned({field: value})
    if expected is None:
        expected = "А" if field == "category" else "А, Б"
    assert getattr(item.article, field) == expected
    assert item.remarks == ()


@pytest.mark.parametrize("value", [True, {"name": "А"}, [1, None], math.nan, math.inf, 10**1000])
def test_what_is_no_text_is_left_out_with_a_remark(cleaned, value):
    item = cleaned(author=value)
    assert item.article.author == ""
    assert item.remarks == (f"author left out, it is no text but {type(value).__name__}",)


def test_a_list_of_texts_is_a_body(cleaned):
    assert cleaned(body=["Бір.", "Екі."]).article.body == "Бір.\n\nЕкі."
    assert cleaned(body=2018).article.body == "2018"


def test_a_name_without_end_is_cut(cleaned):
    item = cleaned(category="м" * 5000)
    assert len(item.article.category) == LONGEST_NAME
    assert item.remarks == (f"category cut to {LONGEST_NAME} characters",)


def test_the_source_of_record_input_and_site(cleaned):
    both = {"source": "кіріс", "site": "сайт"}
    assert cleaned(source="Өрлеу", spec_options=both).article.source == "Өрлеу"
    assert cleaned(source="", spec_options=both).article.source == "кіріс"
    assert cleaned(spec_options={"site": "сайт"}).article.source == "сайт"


def test_other_keys_are_kept_as_json_can_hold_them(cleaned):
    deep = [[[[[[[[[["ж"]]]]]]]]]]
    item = cleaned(views=5, tags=["а", {"б": None}], ball=math.nan, deep=deep, big=10**30, extra={"x": "\ud800"})
    assert item.article.extra == {"x": "\ufffd", "views": 5, "tags": ["а", {"б": None}]}
    assert item.remarks == (
        "'ball' left out: not a number",
        "'deep' left out: too deep",
        "'big' left out: a number too large",
    )
    assert json.dumps(item.article.extra, allow_nan=False).encode()


def test_no_halves_of_pairs_come_through(cleaned):
    item = with_language(
        cleaned({"id": "a\ud800", "title": "Т\ud83d", "body": "М\udc00", "k\ud800": 1}, author="А\ud800")
    )
    repr(item).encode()


@pytest.mark.parametrize(
    ("value", "lang"),
    [
        ("kk", "kk"),
        ("KK-kz", "kk"),
        ("kaz", "kk"),
        ("kz", "kk"),
        ("ru_RU", "ru"),
        ("Қазақша", "kk"),
        ("uz", "uz"),
        ("", ""),
    ],
)
def test_language_codes(cleaned, value, lang):
    item = cleaned(lang=value)
    assert (item.article.lang, item.remarks) == (lang, ())


def test_a_language_that_is_none_is_found_instead(cleaned):
    item = with_language(cleaned(lang="???"))
    assert (item.article.lang, item.article.script) == ("kk", "Cyrl")
    assert item.remarks == ("language not understood: '???'",)


@pytest.mark.parametrize(
    ("title", "body", "options", "expected"),
    [
        ("Ашылу", BODY, {}, ("kk", "Cyrl")),
        ("Открытие", "Сегодня в районе открыта библиотека для детей.", {}, ("ru", "Cyrl")),
        ("Opening", "The library of the town was opened for children.", {}, ("en", "Latn")),
        ("2018", "", {"lang": "kk"}, ("kk", "")),
        ("2018", "12", {}, ("", "")),
    ],
)
def test_language_and_script_are_found(cleaned, title, body, options, expected):
    item = with_language(cleaned(title=title, body=body, spec_options=options))
    assert (item.article.lang, item.article.script) == expected
    assert ("language unknown" in item.remarks) == (not expected[0])


def test_what_is_given_is_not_looked_for(cleaned):
    article = with_language(cleaned(lang="ru", script="Latn")).article
    assert (article.lang, article.script, article.extra) == ("ru", "Latn", {})
