import pytest

from indexer.records import Rejected
from tests.raw_records import read

TEXT = "Қызылорда облысының Арал ауданында жаңа мектеп ашылды. Салтанатты шараға ауыл тұрғындары жиналды."
PAGE = f"<html><head><title>Мектеп ашылды</title></head><body><h1>Мектеп ашылды</h1><p>{TEXT}</p></body></html>"


def saved(folder, name, text, encoding="utf-8"):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(encoding))


def test_an_article_a_page_with_the_id_of_its_path(tmp_path, spec):
    saved(tmp_path, "Дала/2019/Мектеп ашылды.html", PAGE)
    [record] = read(spec())
    assert (record.file, record.line) == ("Дала/2019/Мектеп ашылды.html", 1)
    assert record.values == {
        "id": "dala/2019/mektep-ashyldy",
        "title": "Мектеп ашылды",
        "body": TEXT,
        "source": "Дала",
    }


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ("<!-- saved from url=(0031)https://dala.example/2019/mektep -->", "https://dala.example/2019/mektep"),
        (
            "<!--\n Page saved with SingleFile \n url: https://dala.example/a \n saved date: -->",
            "https://dala.example/a",
        ),
        (
            '<!-- saved from url=(0031)https://dala.example/a --><link rel="canonical" href="/2019/mektep">',
            "https://dala.example/2019/mektep",
        ),
        ('<link rel="canonical" href="ftp://dala.example/a">', None),
        ("<!-- saved from url=(0014)about:internet -->", None),
    ],
)
def test_the_address_is_the_canonical_one_or_where_it_was_saved_from(tmp_path, spec, head, url):
    saved(tmp_path, "а.htm", f"{head}\n{PAGE}")
    [record] = read(spec())
    assert record.values.get("url") == url


def test_the_encoding_of_the_input_is_that_of_pages_that_name_none(tmp_path, spec):
    saved(tmp_path, "а.html", PAGE, "kz1048")
    [record] = read(spec(encoding="kz1048"))
    assert record.values["body"] == TEXT


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty file (0 bytes)"),
        ("  \n", "holds no record"),
        ("<p>а</p>" * 600_000, "larger than the page of an article may be (4,000,000 bytes)"),
        ("<p>" * 20_001, "more tags than the page of an article may have (20,000)"),
    ],
)
def test_pages_that_are_not_looked_into(tmp_path, spec, text, reason):
    saved(tmp_path, "а.html", text)
    [bad] = read(spec())
    assert isinstance(bad, Rejected)
    assert bad.reason == reason or reason in bad.reason
