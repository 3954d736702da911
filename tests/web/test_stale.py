"""A stale index is visible, and what was kept in memory or by a client does not hide it."""

import os
import time

import pytest
from api_client import ApiClient

from search import manifest
from search.freshness import LAST
from tests.indexes import ARTICLES, publish

SENTENCES = {"kk": "Мұрағат соңғы рет толықтырылған уақыт:", "ru": "Последний раз архив", "en": "was last brought up"}


@pytest.fixture
def folder(tmp_path):
    publish(tmp_path)
    return tmp_path


def aged(folder, hours):
    when = time.time() - hours * 3600
    for name in (LAST, manifest.CURRENT):
        (folder / name).touch()
        os.utime(folder / name, (when, when))


def pages_of(language):
    article = next(article.id for article in ARTICLES if "/" not in article.id and "?" not in article.id)
    return [f"/{language}/", f"/{language}/search?q=форум", f"/{language}/article/{article}"]


def test_every_page_says_in_its_language_that_the_index_is_stale(folder, app_with):
    client = app_with(index=folder, poll_ms=0).test_client()
    for language, sentence in SENTENCES.items():
        for path in pages_of(language):
            aged(folder, 1)
            assert sentence not in client.get(path).get_data(as_text=True)
            aged(folder, 30)
            assert sentence in client.get(path).get_data(as_text=True)
            aged(folder, 0)
            assert sentence not in client.get(path).get_data(as_text=True)


def test_the_line_has_the_date_in_the_zone_of_the_site(folder, app_with):
    client = app_with(index=folder, poll_ms=0).test_client()
    for name in (LAST, manifest.CURRENT):
        (folder / name).touch()
        os.utime(folder / name, (1_769_390_000, 1_769_390_000))
    assert "толықтырылған уақыт: 26 қаңтар 2026, 06:13." in client.get("/kk/").get_data(as_text=True)


def test_a_client_is_not_told_that_its_fresh_page_is_still_right(folder, app_with):
    client = app_with(index=folder, poll_ms=0).test_client()
    for path in [*pages_of("kk"), "/api/v1/search?q=форум"]:
        aged(folder, 1)
        fresh = client.get(path).headers["ETag"]
        assert client.get(path, headers={"If-None-Match": fresh}).status_code == 304
        aged(folder, 30)
        stale = client.get(path, headers={"If-None-Match": fresh})
        assert stale.status_code == 200
        assert stale.headers["ETag"] != fresh
        assert client.get(path, headers={"If-None-Match": stale.headers["ETag"]}).status_code == 304
        aged(folder, 1)
        assert client.get(path, headers={"If-None-Match": stale.headers["ETag"]}).status_code == 200
        assert client.get(path, headers={"If-None-Match": fresh}).status_code == 304


def test_the_api_and_the_probe_say_so_and_go_on(folder, app_with):
    api = ApiClient(app_with(index=folder, poll_ms=0, stale_after="2h"))
    aged(folder, 1)
    assert api.search()["index"]["stale"] is False
    aged(folder, 3)
    assert api.search()["index"]["stale"] is True
    ready = api.json("/readyz")
    assert (ready["status"], ready["stale"], ready["index"]["stale"]) == ("ready", True, True)
    assert 3 * 3600 <= ready["age_s"] < 3 * 3600 + 600
    assert ready["last_success"].endswith("Z")


def test_without_any_success_it_is_stale(folder, app_with):
    (folder / manifest.CURRENT).unlink()
    app = app_with(index=folder, poll_ms=0)
    ready = ApiClient(app).json("/readyz")
    assert (ready["stale"], ready["last_success"], ready["age_s"]) == (True, None, None)
    assert "қашан толықтырылғаны белгісіз" in app.test_client().get("/kk/").get_data(as_text=True)
