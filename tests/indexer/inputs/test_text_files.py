import codecs

import pytest

from indexer.inputs.text import parts
from indexer.records import RawRecord, Rejected
from tests.raw_records import read

ARTICLE = """КӨКЖАРДА ЖАҢА КІТАПХАНА АШЫЛДЫ

Мәдениет
16.10.2018, 00:44

Бүгін ауданда кітапхана ашылды.
\u00a0
Оған елу адам келді.
"""


def fields(text):
    found = parts(text)
    return found["title"], found["category"], found["published"], [line for line in found["body"].split("\n") if line]


def test_the_whole_form():
    title, category, published, body = fields(ARTICLE)
    assert title == "КӨКЖАРДА ЖАҢА КІТАПХАНА АШЫЛДЫ"
    assert (category, published) == ("Мәдениет", "16.10.2018, 00:44")
    assert body == ["Бүгін ауданда кітапхана ашылды.", "Оған елу адам келді."]


BODY = "Ауданда кітапхана ашылды."
DATE = "16.10.2018, 00:44"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Ашылу\n\n{DATE}\n\n{BODY}", ("Ашылу", "", DATE, [BODY])),
        (f"Ашылу\n\nМәдениет\n\n{BODY}", ("Ашылу", "Мәдениет", "", [BODY])),
        (f"Ашылу\n\n{BODY}", ("Ашылу", "", "", [BODY])),
        (f"Ашылу\n{BODY}", ("Ашылу", "", "", [BODY])),
        (f"Ашылу\nМәдениет\n{DATE}\n{BODY}", ("Ашылу", "Мәдениет", DATE, [BODY])),
        (f"Ашылу\n{DATE}\n{BODY}", ("Ашылу", "", DATE, [BODY])),
        (f"Ашылу\n\nМәдениет\n\n{DATE}\n\n{BODY}", ("Ашылу", "Мәдениет", DATE, [BODY])),
        (f"Ашылу\n\n{DATE}\nМәдениет\n\n{BODY}", ("Ашылу", "Мәдениет", DATE, [BODY])),
        (f"Ашылу\n\nМәдениет\n31.02.2018\n\n{BODY}", ("Ашылу", "Мәдениет", "31.02.2018", [BODY])),
        (f"Ашылу\n\nМәдениет\nкеше, 12:30\n\n{BODY}", ("Ашылу", "Мәдениет", "кеше, 12:30", [BODY])),
        (f"\n\n\nАшылу\n\n\n\nМәдениет\n{DATE}\n\n\n\n{BODY}", ("Ашылу", "Мәдениет", DATE, [BODY])),
        (f"Екі жолдық\nтақырып\n\nМәдениет\n{DATE}\n\n{BODY}", ("Екі жолдық тақырып", "Мәдениет", DATE, [BODY])),
        (f"\nМәдениет\n{DATE}\n\n{BODY}", ("", "Мәдениет", DATE, [BODY])),
        (f"{DATE}\n\n{BODY}", ("", "", DATE, [BODY])),
        (f"Ашылу\n\nМәдениет\n{DATE}", ("Ашылу", "Мәдениет", DATE, [])),
        ("Ашылу", ("Ашылу", "", "", [])),
        ("Ашылу\n\nМәдениет", ("Ашылу", "", "", ["Мәдениет"])),
        (f"Ашылу\n\n– Қалайсыз?\n\n{BODY}", ("Ашылу", "", "", ["– Қалайсыз?", BODY])),
        (f"Ашылу\n\nМәдениет\n16 қазан, 2018 жыл\n\n{BODY}", ("Ашылу", "Мәдениет", "16 қазан, 2018 жыл", [BODY])),
        ("", ("", "", "", [])),
        ("\n\u00a0\n", ("", "", "", [])),
    ],
)
def test_missing_and_odd_lines(text, expected):
    assert fields(text) == expected
    assert fields(text.replace("\n", "\r\n")) == expected


def one(tmp_path, spec, data, name="а.txt", **options):
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    [record] = read(spec(**options))
    return record


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_utf8_and_utf16_by_its_mark(tmp_path, spec, encoding):
    record = one(tmp_path, spec, ARTICLE.encode(encoding))
    assert isinstance(record, RawRecord)
    assert record.values["title"] == "КӨКЖАРДА ЖАҢА КІТАПХАНА АШЫЛДЫ"


def test_utf16_big_endian(tmp_path, spec):
    record = one(tmp_path, spec, codecs.BOM_UTF16_BE + ARTICLE.encode("utf-16-be"))
    assert record.values["category"] == "Мәдениет"


def test_an_encoding_counts_only_when_it_is_set(tmp_path, spec):
    data = "Открыта библиотека\n\nКультура\n16.10.2018\n\nСегодня в районе открыта библиотека.".encode("cp1251")
    record = one(tmp_path, spec, data)
    assert isinstance(record, Rejected)
    assert "not utf-8 text (byte 0xCE at 1)" in record.reason
    assert 'encoding = "cp1251"' in record.reason
    assert one(tmp_path, spec, data, encoding="cp1251").values["category"] == "Культура"


def test_the_line_of_the_first_bad_byte_is_named(tmp_path, spec):
    record = one(tmp_path, spec, "Бір\n\nЕкі\n".encode() + b"\xff\xff")
    assert record.line == 4
    assert record.id == "a"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty file (0 bytes)"),
        (b"\n \r\n", "holds no record"),
        (b"\xef\xbb\xbf", "holds no record"),
        (ARTICLE.encode("utf-16-le"), "UTF-16 without its mark"),
        (b"\0" * 500, "a damaged or binary file"),
        ("а".encode() * 600, "larger than an article may be (1,000 bytes)"),
        (ARTICLE.encode()[:-60] + b"\xd0", "not utf-8 text"),
        (b"\xed\xa0\x80 lone", "not utf-8 text"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path, spec, data, reason):
    record = one(tmp_path, spec, data, article_bytes=1000)
    assert isinstance(record, Rejected)
    assert reason in record.reason
    assert record.line == 1 or b"\n" in data


def test_a_single_nul_does_no_harm(tmp_path, spec):
    record = one(tmp_path, spec, ARTICLE.replace("Бүгін", "Бү\0гін").encode())
    assert "Бүгін ауданда" in record.values["body"]


@pytest.mark.parametrize(
    ("name", "own", "source"),
    [
        ("Көкжар тынысы/а.txt", "", "Көкжар тынысы"),
        ("Көкжар тынысы/а.txt", "Өрлеу", "Өрлеу"),
        ("2018/а.txt", "", ""),
        ("а.txt", "", ""),
    ],
)
def test_source_of_the_input_or_the_top_folder(tmp_path, spec, name, own, source):
    assert one(tmp_path, spec, ARTICLE.encode(), name, source=own).values["source"] == source
