"""Harvests: pages over everything that matches, each article once."""

import shutil
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from api_client import ApiClient

from search import cursor, service
from search.deadline import Deadline
from search.engines.base import newest_first
from search.model import Collapse, Query, Sort
from tests.indexes import ARTICLES, NAME, publish

ORDER = [one.id for one in sorted(ARTICLES, key=newest_first)]
LATER = "20261124T013000Z-0001"


def harvest(api: ApiClient, **given: object) -> list[str]:
    """The ids of a whole harvest, following the cursor."""
    ids: list[str] = []
    answer = api.search({"cursor": "*", **given})
    for _ in range(len(ARTICLES) + 2):
        ids += [hit["id"] for hit in answer["results"]]
        if answer["cursor"]["next"] is None:
            return ids
        answer = api.search({"cursor": answer["cursor"]["next"], **given})
    raise AssertionError("a harvest without an end")


@pytest.mark.parametrize("per_page", [1, 7, 53, 54, 100])
def test_every_article_comes_once_and_in_order(api, per_page):
    assert harvest(api, per_page=per_page) == ORDER


def test_it_may_begin_with_the_oldest(api):
    ids = harvest(api, sort="oldest", per_page=10)
    assert sorted(ids) == sorted(ORDER)
    dated = {one.id for one in ARTICLES if one.published}
    assert [one for one in ids if one in dated] == [one for one in reversed(ORDER) if one in dated]


def test_it_keeps_to_the_query_and_its_filters(api):
    given = {"q": "форум", "category": "Құқық", "per_page": 3}
    everything = api.search({**given, "per_page": 100, "sort": "newest", "collapse": "none"})
    assert harvest(api, **given) == [hit["id"] for hit in everything["results"]]


def test_it_goes_beyond_the_window(index_folder, app_with):
    api = ApiClient(app_with(index=index_folder, window=100, per_page=20))
    assert len(harvest(api, per_page=9)) == len(ARTICLES)


def test_its_defaults_are_for_harvests(api):
    answer = api.search({"cursor": "*", "q": "форум"})
    assert answer["facets"] == {}
    assert answer["total"] == api.search({"q": "форум", "collapse": "none"})["total"]
    assert "year" in api.search({"cursor": "*", "facets": "year"})["facets"]
    links = answer["links"]
    assert (links["prev"], links["last"]) == (None, None)
    assert "collapse" not in links["self"]
    assert "cursor" not in links["csv"] + links["html"]


def test_links_lead_through_it(api):
    answer = api.search({"cursor": "*", "per_page": 20, "q": "мектеп"})
    ids = [hit["id"] for hit in answer["results"]]
    while link := answer["links"]["next"]:
        parts = urlsplit(link)
        assert parse_qs(parts.query)["cursor"] == [answer["cursor"]["next"]]
        answer = api.search(parts.query)
        ids += [hit["id"] for hit in answer["results"]]
    assert ids == harvest(api, q="мектеп")
    assert parse_qs(urlsplit(answer["links"]["first"]).query)["cursor"] == ["*"]


def test_links_of_facets_begin_another_harvest(api):
    first = api.search({"cursor": "*", "per_page": 5, "facets": "category"})
    second = api.search({"cursor": first["cursor"]["next"], "per_page": 5, "facets": "category"})
    href = second["facets"]["category"]["values"][0]["href"]
    assert parse_qs(urlsplit(href).query)["cursor"] == ["*"]
    api.search(urlsplit(href).query)


def test_no_cursor_stands_where_none_was_asked_for(api):
    assert "cursor" not in api.search({"q": "форум"})
    assert api.search({"cursor": "", "q": "форум"})["page"] == 1


@pytest.mark.parametrize(
    ("given", "parameter", "code"),
    [
        ({"cursor": "*", "sort": "relevance"}, "sort", "cursor-sort"),
        ({"cursor": "*", "page": 2}, "page", "cursor-page"),
        ({"cursor": "**"}, "cursor", "bad-cursor"),
        ({"cursor": "٣"}, "cursor", "bad-cursor"),
        ({"cursor": "a" * 3999}, "cursor", "bad-cursor"),
        ({"cursor": "9999"}, "cursor", "bad-cursor"),
    ],
)
def test_what_cannot_be_is_refused(api, given, parameter, code):
    assert api.refused({"q": "форум", **given}) == [(parameter, code, None)]


def test_a_cursor_of_another_search_or_that_was_changed_is_refused(api):
    token = api.search({"cursor": "*", "per_page": 5, "q": "форум"})["cursor"]["next"]
    for given in ({"q": "мектеп"}, {"q": "форум", "sort": "oldest"}, {"q": "форум", "lang": "kk"}, {}):
        assert api.refused({"cursor": token, **given}) == [("cursor", "bad-cursor", None)]
    assert api.refused({"cursor": token[:-2] + "xx", "q": "форум"}) == [("cursor", "bad-cursor", None)]


def test_pages_for_people_know_no_cursors(pages):
    plain = pages.get("/kk/search?q=форум")
    assert pages.get("/kk/search?q=форум&cursor=*").texts(".//h1") == plain.texts(".//h1")
    assert not any("cursor" in href for href in pages.get("/kk/search?cursor=zzz").hrefs())


class TestAnotherGeneration:
    @pytest.fixture
    def folder(self, tmp_path):
        publish(tmp_path)
        return tmp_path

    @pytest.fixture
    def site(self, folder, app_with):
        return ApiClient(app_with(index=folder, poll_ms=0))

    def test_a_harvest_stays_with_the_one_that_it_began_with(self, folder, site):
        answer = site.search({"cursor": "*", "per_page": 20})
        ids = [hit["id"] for hit in answer["results"]]
        publish(folder, ARTICLES[:30], LATER)
        assert site.search()["index"]["generation"] == LATER
        while token := answer["cursor"]["next"]:
            answer = site.search({"cursor": token, "per_page": 20})
            assert answer["index"]["generation"] == NAME
            ids += [hit["id"] for hit in answer["results"]]
        assert ids == ORDER
        assert len(harvest(site)) == 30

    def test_it_ends_honestly_when_that_is_gone(self, folder, site):
        token = site.search({"cursor": "*", "per_page": 20})["cursor"]["next"]
        publish(folder, ARTICLES[:30], LATER)
        shutil.rmtree(folder / "generations" / NAME)
        site.search()
        problem = site.json("search", {"cursor": token, "per_page": 20}, status=410, headers={"Accept-Language": "ru"})
        assert problem["errors"][0]["code"] == "cursor-expired"
        assert "cursor=*" in problem["detail"]
        assert len(harvest(site)) == 30

    def test_it_ends_honestly_when_that_is_damaged(self, folder, site):
        token = site.search({"cursor": "*", "per_page": 20})["cursor"]["next"]
        publish(folder, ARTICLES[:30], LATER)
        site.search()
        lexicon = folder / "generations" / NAME / "lexicon.tsv"
        lexicon.write_bytes(lexicon.read_bytes()[:-1])
        assert site.get("search", {"cursor": token, "per_page": 20}).status_code == 410


def test_a_query_that_is_read_in_another_way_now_ends_it(index_folder, app_with):
    """What the token says of the reading is changed here, as a new synonym would change it."""
    query = Query("форум", sort=Sort.NEWEST, collapse=Collapse.NONE)
    api = ApiClient(app_with(index=index_folder))
    token = api.search({"cursor": "*", "q": "форум", "per_page": 3})["cursor"]["next"]
    position = cursor.decoded(token, query)
    other = cursor.encoded(replace(position, reading=cursor.read_as("басқаша")))
    assert api.get("search", {"cursor": other, "q": "форум", "per_page": 3}).status_code == 410


def test_where_there_was_no_time_the_same_place_is_given_again(index_folder, app_with, monkeypatch):
    api = ApiClient(app_with(index=index_folder))
    token = api.search({"cursor": "*", "per_page": 20})["cursor"]["next"]
    monkeypatch.setattr(service, "Deadline", lambda _: Deadline(-1))
    late = api.search({"cursor": token, "per_page": 20})
    assert (late["timed_out"], late["results"], late["cursor"]["next"]) == (True, [], token)
