"""The page of the API: everything of the tables is on it, and every example is run."""

import json
import shlex
import threading
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from io import StringIO
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import pytest
from api_client import ApiClient
from flask import Flask
from page_client import PageClient, Shown, text_of
from werkzeug.serving import make_server

from tests.indexes import publish
from web import api_words
from web.api import ENDS

LANGUAGES = ("kk", "ru", "en")


@pytest.fixture(scope="module")
def served(sample_app: Flask) -> Iterator[str]:
    """The address of the application behind a server on the loopback."""
    server = make_server("127.0.0.1", 0, sample_app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def reference(app: Flask, language: str = "kk", host: str = "localhost") -> Shown:
    return PageClient(app).get(f"/{language}/api", Host=host)


def code(page: Shown | Element) -> list[str]:
    found = page.all(".//pre/code") if isinstance(page, Shown) else page.findall(".//pre/code")
    return ["".join(one.itertext()) for one in found]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_end_and_parameter_of_the_description_is_explained(sample_app: Flask, language: str) -> None:
    page = reference(sample_app, language)
    for end in ENDS:
        (section,) = page.all(f".//section[@aria-labelledby='{end.name}']")
        assert text_of(section.find("h3")) == f"GET /api/v1{end.path}"
        named = {text_of(cell) for cell in section.findall(".//tbody//th")}
        if any("/api/v1/search" in text_of(one) for one in section.findall("p/a[@href='#search']")):
            named |= {text_of(cell) for cell in page.all(".//section[@aria-labelledby='search']//tbody//th")}
        assert named >= set(end.params(sample_app.extensions["izde"].settings)), end.name
        assert code(section), f"{end.name} has no example"
    assert not page.all(".//main//*[@lang='en']"), "not said in the language of the page yet"
    statuses = {one.get("id") for one in page.all(".//tr") if one.get("id")}
    assert statuses == {f"problem-{status}" for status in api_words.STATUSES}


def test_the_answers_shown_are_those_given(sample_app: Flask) -> None:
    client = ApiClient(sample_app)
    page = reference(sample_app)
    for section in page.all(".//main//section[@aria-labelledby]"):
        command, shown = code(section)[:2]
        words = shlex.split(command.replace("\\\n", ""))
        path = next(urlsplit(word).path for word in words if word.startswith("http"))
        given = [word.split("=", 1) for before, word in pairwise(words) if before == "--data-urlencode"]
        answer = client.get(path, given)
        address = urlsplit(
            next(one.get("href", "") for one in section.iter("a") if one.get("href", "").startswith("http"))
        )
        assert address.path == path
        assert sample_app.test_client().get(f"{address.path}?{address.query}").status_code == answer.status_code == 200
        if answer.mimetype == "application/json":
            alike(json.loads(shown), json.loads(answer.data))
        elif answer.mimetype == "text/csv":
            for line, real in zip(shown.splitlines(), answer.data.decode("utf-8-sig").split("\r\n"), strict=False):
                alike(line, real)
        else:
            for line, real in zip(shown.splitlines(), answer.data.decode().split("\n"), strict=False):
                alike(json.loads(line), json.loads(real))


def alike(shown: object, real: object, name: str = "") -> None:
    """What is shown is what was answered, with long texts and lists cut."""
    if isinstance(shown, dict):
        assert isinstance(real, dict)
        assert list(shown) == list(real)
        for key, value in shown.items():
            alike(value, real[key], key)
    elif isinstance(shown, list):
        assert isinstance(real, list)
        whole = shown[-1:] != ["…"]
        assert len(real) == len(shown) if whole else len(real) > len(shown) - 1
        for value, other in zip(shown if whole else shown[:-1], real, strict=False):
            alike(value, other, name)
    elif isinstance(shown, str) and shown != real:
        assert shown.endswith("…")
        assert str(real).startswith(shown[:-1])
        assert len(shown) > 200
    elif name != "took_ms":
        assert shown == real, name


def test_the_programs_run(sample_app: Flask, served: str) -> None:
    short, harvest = (text for text in code(reference(sample_app, host=served)) if text.startswith("import"))
    total, *hits = run(short)
    assert len(hits) == 5
    lines = run(harvest)
    answer = ApiClient(sample_app).search({"q": "мектеп", "collapse": "none"})
    assert len(lines) == len(set(lines)) == answer["total"] > 20
    assert int(total) <= answer["total"]


def run(program: str) -> list[str]:
    out = StringIO()
    with redirect_stdout(out):
        exec(compile(program, "example", "exec"), {})
    return out.getvalue().splitlines()


def test_docs_lead_to_the_page_in_the_language_of_the_reader(app: Flask) -> None:
    for language in LANGUAGES:
        answer = app.test_client().get("/api/v1/docs", headers={"Accept-Language": language})
        assert answer.status_code == 302
        assert answer.headers["Location"] == f"/{language}/api"
        assert "Accept-Language" in answer.headers["Vary"]


def test_a_problem_is_explained_at_its_address(app: Flask, pages: PageClient) -> None:
    kind = urlsplit(app.test_client().get("/api/v1/search?page=0").get_json()["type"])
    assert kind.path == "/api/v1/docs"
    page = pages.client.get(kind.path, follow_redirects=True)
    assert f'id="{kind.fragment}"' in page.text


def test_codes_of_problems_are_all_listed(api: ApiClient) -> None:
    asked = (
        {"x": "1"}, [("q", "a"), ("q", "b")], {"sort": "x"}, {"date_from": "x"}, "q=%FF", {"category": "a" * 4001},
        "&" * 500, {"page": 1000}, {"cursor": "x"}, {"cursor": "*", "sort": "relevance"}, {"cursor": "*", "page": 2},
    )  # fmt: skip
    codes = {code for given in asked for _, code, _ in api.refused(given)}
    assert codes | {"cursor-expired", "unknown-facet"} == set(api_words.CODES)


@pytest.mark.parametrize(("origins", "said"), [("*", True), ("https://a.example", False), ("", False)])
def test_that_every_site_may_ask_is_said_where_it_may(
    index_folder: Path, app_with: Callable[..., Flask], origins: str, said: bool
) -> None:
    page = reference(app_with(index=index_folder, cors_origins=origins))
    assert ("Access-Control-Allow-Origin: *" in page.text) is said


def test_an_archive_without_articles_has_the_page_all_the_same(app_with: Callable[..., Flask], tmp_path: Path) -> None:
    publish(tmp_path, [])
    page = reference(app_with(index=tmp_path))
    assert page.all(".//section[@aria-labelledby='article']")
