"""The pages beside the search: right to the letter, in every language, with headings in order and links that lead."""

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from page_client import PageClient, text_of

LANGUAGES = ("kk", "ru", "en")
PAGES = ("help", "advanced", "api", "privacy")
ALL = [f"/{language}/{name}" for language in LANGUAGES for name in PAGES]


@pytest.mark.parametrize("path", ALL)
def test_headings_are_in_order_and_named(pages: PageClient, path: str) -> None:
    levels = [int(one.tag[1]) for one in pages.get(path).tree.iter() if re.fullmatch("h[1-6]", str(one.tag))]
    assert levels[0] == levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels)), levels


@pytest.mark.parametrize("path", ALL)
def test_the_title_is_that_of_the_page(pages: PageClient, path: str) -> None:
    page = pages.get(path)
    assert page.texts(".//title")[0].startswith(page.texts(".//h1")[0])
    assert page.all(".//html" if page.tree.tag != "html" else ".")[0].get("lang") == path[1:3]


@pytest.mark.parametrize("path", ALL)
def test_links_lead_somewhere(pages: PageClient, path: str) -> None:
    page = pages.get(path)
    ids = {one.get("id") for one in page.tree.iter()}
    for link in page.all(".//a"):
        address = link.get("href", "")
        if address.startswith("#"):
            assert address[1:] in ids, address
        elif address.startswith(("/", "http://localhost/")):
            answer = pages.client.get(address)
            answer.get_data()
            assert answer.status_code == 200, address


@pytest.mark.parametrize("path", ALL)
def test_tables_say_what_they_are(pages: PageClient, path: str) -> None:
    for table in pages.get(path).all(".//table"):
        assert text_of(table.find("caption"))
        assert all(cell.get("scope") in ("col", "row") for cell in table.iter("th"))
        rows = [len(list(row)) for row in table.iter("tr")]
        assert len(set(rows)) == 1


def test_languages_say_the_same(pages: PageClient) -> None:
    """The same elements in each, so that no part of a page was left out of a language."""
    for name in PAGES:
        shapes = {
            tuple(one.tag for one in pages.get(f"/{language}/{name}").all(".//main")[0].iter() if one.tag != "option")
            for language in LANGUAGES
        }
        assert len(shapes) == 1, name


def test_the_language_switch_stays_on_the_page(pages: PageClient) -> None:
    for name in PAGES:
        assert f"/ru/{name}" in {urlsplit(href).path for href in pages.get(f"/kk/{name}").hrefs()}


def test_what_is_still_has_a_tag(pages: PageClient) -> None:
    for name in PAGES:
        first = pages.client.get(f"/kk/{name}")
        again = pages.client.get(f"/kk/{name}", headers={"If-None-Match": first.headers["ETag"]})
        assert again.status_code == 304
        assert pages.client.get(f"/ru/{name}").headers["ETag"] != first.headers["ETag"]


def test_help_needs_no_index(app_with: Callable[..., Flask], tmp_path: Path) -> None:
    client = PageClient(app_with(index=tmp_path))
    for name in ("help", "privacy"):
        client.get(f"/kk/{name}")
    client.get("/kk/advanced", status=503)
    client.get("/kk/api", status=503)
