"""Texts of articles and of requests never become markup, whatever they hold: 500 payloads in every field and parameter.

A page may have only those elements and attributes that the same pages have over harmless articles. `SCALE=20` tries
every payload in every parameter by itself; else all of them in all at once, and some by themselves.
"""

import csv
import io
import itertools
import os
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode
from xml.etree.ElementTree import Element

import html5lib
import pytest
from flask.testing import FlaskClient

from search.model import Article
from search.service import SearchService
from search.settings import Settings
from tests.indexes import publish
from tests.payloads import payloads
from web import create_app

SCALE = int(os.environ.get("SCALE", "1"))
PAYLOADS = payloads(500)
EVERY = 1 if SCALE >= 20 else 50
"""How many of the payloads are tried one by one: each of so many."""
FIELDS = (
    "q", "category", "source", "author", "lang", "script", "year", "month", "date_from", "date_to", "sort", "in",
    "match", "correct", "collapse", "page", "per_page", "snippets", "facet_limit", "half_life", "unknown",
)  # fmt: skip
LINKS = ("href", "src", "action", "formaction", "data", "poster", "xlink:href", "srcdoc")
ACTING = re.compile(r"(javascript|vbscript|data):", re.IGNORECASE)
_PASSED_OVER = re.compile(r"[\x00-\x20]")
"""What browsers take out of an address before they look at its scheme."""


def article(number: int, text: str) -> Article:
    return Article(
        id=f"{number}{text}".replace("\r", "").replace("\n", "").replace("//", "/")[:60],
        title=f"сөз {text} форум",
        body=f"{text} сөз {text}\n\nфорум {text} сөз",
        url=text if number % 2 else f"https://a.example/{text}",
        published=datetime(2020, 2, 3, tzinfo=UTC) + timedelta(days=number),
        category=text, source=text, author=text, lang=text[:20], script=text[:20],
    )  # fmt: skip


@pytest.fixture(scope="module")
def client_over(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., FlaskClient]]:
    services = []

    def make(texts: Iterable[str], site: str) -> FlaskClient:
        folder: Path = tmp_path_factory.mktemp("markup")
        publish(folder, (article(number, text) for number, text in enumerate(texts)))
        settings = Settings(index=folder, site_name=site, deadline_ms=30_000, facet_ms=30_000, cache_mb=0)
        services.append(SearchService(settings))
        return create_app(settings, services[-1]).test_client()

    yield make
    for service in services:
        service.close()


@pytest.fixture(scope="module")
def hostile(client_over: Callable[..., FlaskClient]) -> FlaskClient:
    return client_over(PAYLOADS, PAYLOADS[0])


@pytest.fixture(scope="module")
def usual(client_over: Callable[..., FlaskClient]) -> frozenset[tuple[str, str]]:
    """Elements and attributes of the pages over harmless articles."""
    client = client_over((f"мәтін {number} сөздер сөзге" for number in range(60)), "Ұзын аты бар мұрағат")
    wrong = urlencode(dict.fromkeys(FIELDS[1:], "x"))
    found = set()
    searches = (
        "q=zzzz", f"q=x&{wrong}", wrong, "q=сөз&page=2", "q=сөз&category=мәтін+1&source=-мәтін+2&date_from=2020",
        "q=" + "a" * 501, "q=zzzz&category=x&date_from=2020", 'q="сөз+форум"+-мәтін', "",
    )  # fmt: skip
    for path in ("", "none", *paths(client, 3), *(f"search?{search}" for search in searches)):
        for language in ("kk", "ru", "en"):
            found |= pairs(client.get(f"/{language}/{path}").text)
    return frozenset(found)


def paths(client: FlaskClient, most: int) -> list[str]:
    """The addresses of the articles, without the language."""
    ids: list[str] = []
    for page in itertools.count(1):
        answer: Any = client.get(f"/api/v1/search?per_page=100&facets=none&snippets=0&collapse=none&page={page}").json
        ids += [result["id"] for result in answer["results"]]
        if page >= answer["pages"] or len(ids) >= most:
            return [f"article/{quote(one)}?q=сөз" for one in ids[:most]]
    raise AssertionError


def pairs(text: str) -> set[tuple[str, str]]:
    """The elements of a page with the names of their attributes; nothing in it may act by its address."""
    tree: Element = html5lib.parse(text, namespaceHTMLElements=False)
    found = set()
    for element in tree.iter():
        if not isinstance(element.tag, str):
            found.add(("a comment", ""))
            continue
        found.add((element.tag, ""))
        for name, value in element.attrib.items():
            found.add((element.tag, str(name)))
            assert not str(name).startswith("on"), element.attrib
            leads = name in LINKS or (name == "content" and "http-equiv" in element.attrib)
            assert not leads or not ACTING.match(_PASSED_OVER.sub("", value)), element.attrib
    return found


def harmless(client: FlaskClient, path: str, usual: frozenset[tuple[str, str]]) -> None:
    answer = client.get(path)
    assert answer.status_code in (200, 302, 400, 404), path
    if answer.mimetype == "text/html" and answer.status_code != 302:
        foreign = pairs(answer.text) - usual
        assert not foreign, (path, foreign)


def test_the_payloads_are_of_every_kind() -> None:
    assert len(set(PAYLOADS)) == 500
    assert sum("<script" in one.lower() for one in PAYLOADS) > 30


def test_articles_on_pages(hostile: FlaskClient, usual: frozenset[tuple[str, str]]) -> None:
    for page in range(1, 6):
        harmless(hostile, f"/kk/search?q=сөз&per_page=100&collapse=none&facet_limit=100&page={page}", usual)
    addresses = paths(hostile, 500)
    assert len(addresses) == 500
    for path in addresses[:: 1 if SCALE >= 20 else 10]:
        harmless(hostile, f"/kk/{path}", usual)
    harmless(hostile, "/kk/", usual)


def test_articles_in_the_api(hostile: FlaskClient) -> None:
    suggested: Any = hostile.get("/api/v1/suggest?q=script&limit=20").json
    completions = [one["html"] for one in suggested["suggestions"]]
    assert completions
    for page in range(1, 6):
        answer: Any = hostile.get(f"/api/v1/search?q=сөз&per_page=100&collapse=none&facet_limit=100&page={page}").json
        for result in answer["results"]:
            for text in (*result["snippets"], result["title_html"], *completions):
                tree = html5lib.parseFragment(text, namespaceHTMLElements=False)
                assert {element.tag for element in tree.iter()} <= {"DOCUMENT_FRAGMENT", "mark"}, text
                assert not any(element.attrib for element in tree.iter())
            assert result["url"] is None or re.match(r"https?://", result["url"]) or result["url"] == ""


def test_articles_in_spreadsheets(hostile: FlaskClient) -> None:
    """No cell begins as a formula does."""
    text = hostile.get("/api/v1/search.csv?q=сөз&collapse=none").data.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert len(rows) == 501
    assert {len(row) for row in rows} == {8}
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_parameters_all_at_once(hostile: FlaskClient, usual: frozenset[tuple[str, str]]) -> None:
    for number, text in enumerate(PAYLOADS[:: 1 if SCALE >= 20 else 10]):
        language = ("kk", "ru", "en")[number % 3]
        harmless(hostile, f"/{language}/search?{urlencode([*((name, text) for name in FIELDS), (text, text)])}", usual)


@pytest.mark.parametrize("name", [*FIELDS, "its own name", "a path", "an article", "a language", "a header"])
def test_parameters_one_by_one(hostile: FlaskClient, usual: frozenset[tuple[str, str]], name: str) -> None:
    for text in PAYLOADS[FIELDS.index(name) % 7 if name in FIELDS else 3 :: EVERY]:
        match name:
            case "its own name":
                harmless(hostile, f"/kk/search?{urlencode({text: text})}", usual)
            case "a path":
                harmless(hostile, f"/kk/{quote(text, safe='')}", usual)
            case "an article":
                harmless(hostile, f"/ru/article/{quote(text, safe='')}?{urlencode({'q': text})}", usual)
            case "a language":
                harmless(hostile, f"/{quote(text, safe='')}/search", usual)
            case "a header":
                value = text.replace("\r", "").replace("\n", "").encode().decode("latin-1")
                headers = dict.fromkeys(("Accept-Language", "Referer", "User-Agent", "X-Forwarded-Host"), value)
                assert not pairs(hostile.get("/kk/none", headers=headers).text) - usual
            case _:
                harmless(hostile, f"/en/search?{urlencode({'q': 'сөз', name: text})}", usual)


def test_what_is_wrong_is_told_in_json_as_text(hostile: FlaskClient) -> None:
    for text in PAYLOADS[::EVERY]:
        answer = hostile.get(f"/api/v1/search?{urlencode({text: text, 'sort': text})}")
        assert answer.status_code == 400
        assert answer.content_type == "application/problem+json; charset=utf-8"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_page_with_markup_of_another_would_be_found(usual: frozenset[tuple[str, str]]) -> None:
    for text in ("<iframe>", "<b>", "<!-- x -->", "<img src=x>", "<div style=x>"):
        assert pairs(f"<!doctype html><title>x</title><p>{text}") - usual
    for text in (
        "<meta http-equiv=refresh content=javascript:x>",
        "<a onclick=x>",
        "<a href='java\nscript:x'>",
        "<a href=' JavaScript:x'>",
    ):
        with pytest.raises(AssertionError):
            pairs(text)
