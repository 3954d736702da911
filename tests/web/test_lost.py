"""A page that is not there searches for the words of its address."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote
from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from page_client import PageClient, Shown, text_of

from web.lost import words

LANGUAGES = ("kk", "ru", "en")


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/kk/news/2018/10/azamattyq-forum_12.html", "azamattyq forum"),
        ("/2018/10/16/азаматтық-форум-өтті/", "азаматтық форум өтті"),
        ("/ru/article/форум", "форум"),
        ("/форум+өтті.php", "форум өтті"),
        ("/wp-login.php", "login"),
        ("/kk/", ""), ("/", ""), ("/kk/article/a1b2c3", ""), ("/index.html", ""), ("/x" * 400, ""),
        ("/kk/" + "-".join(["сөз"] * 20), " ".join(["сөз"] * 8)),
        ("/kk/\x00\u202e<b>жаңа</b>", "жаңа"),
    ],
)  # fmt: skip
def test_words_of_addresses(path: str, found: str) -> None:
    assert words(path, LANGUAGES) == found


def ways(page: Shown) -> list[Element]:
    """The links to searches in the text of a page."""
    return [one for one in page.all(".//main//a") if "/search?" in one.get("href", "")]


def test_a_broken_address_leads_to_its_hits(app: Flask) -> None:
    page = PageClient(app).get(f"/kk/{quote('азаматтар-форумы')}-2018.html", 404)
    assert page.all(".//search//input")[0].get("value") == "азаматтар форумы"
    (way,) = ways(page)
    hits = PageClient(app).get(way.get("href", ""))
    count = hits.texts(".//h1")[0]
    assert count in "".join(way.itertext())
    latin = PageClient(app).get("/ru/news/forum-otti", 404)
    assert "forum otti" in text_of(ways(latin)[0])
    for language in ("kk", "ru", "en"):
        assert ways(PageClient(app).get(f"/{language}/article/форум", 404))


def test_nothing_is_searched_for_a_file(app: Flask) -> None:
    page = PageClient(app).get("/static/форум.js", 404)
    assert not ways(page)
    assert ways(PageClient(app).get("/форум.js", 404))


@pytest.mark.parametrize(
    "path", ["/kk/трансценденталды", "/kk/12345", "/x.php", "/kk/article/" + "а" * 2000, "/kk/%FF%FE"]
)
def test_without_hits_there_is_no_way_to_them(app: Flask, path: str) -> None:
    page = PageClient(app).get(path, 404)
    assert not page.all(".//p[@class='lost']")
    assert page.all(".//meta[@content='noindex']")


def test_what_was_asked_for_stays_in_the_box(app: Flask) -> None:
    page = PageClient(app).get("/kk/форум?q=мектеп", 404)
    assert page.all(".//search//input")[0].get("value") == "мектеп"


def test_without_an_index_it_is_still_the_page_of_an_error(app_with: Callable[..., Flask], tmp_path: Path) -> None:
    page = PageClient(app_with(index=tmp_path / "none")).get("/kk/азаматтар-форумы", 404)
    assert page.texts(".//h1") == ["Табылмады"]
