import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from datetime import date

import pytest
from api_client import ApiClient

from search.model import (
    Collapse,
    Correct,
    DateRange,
    FacetOrder,
    Filter,
    Interval,
    Match,
    Query,
    Scope,
    Sort,
)
from search.service import SearchService
from search.settings import Settings
from tests.indexes import ARTICLES, NAME, publish
from web import create_app
from web.frame import hash_of
from web.links import query_string

PATHS = ["search", "articles/a00"]


@pytest.mark.parametrize("path", PATHS)
def test_an_answer_may_be_kept_and_is_asked_for_again_by_its_tag(api, path):
    first = api.get(path)
    assert first.headers["Cache-Control"] == "public, max-age=60, stale-while-revalidate=300"
    assert first.headers["Vary"] == "Accept-Language"
    tag = first.headers["ETag"]
    assert tag.startswith('W/"')
    again = api.get(path, headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert again.headers["ETag"] == tag
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"]
    assert again.headers["Vary"] == "Accept-Language"
    assert api.get(path, headers={"If-None-Match": 'W/"another"'}).status_code == 200
    assert api.get(path, headers={"If-None-Match": f'"x", {tag}'}).status_code == 304
    assert api.get(path, headers={"If-None-Match": "*"}).status_code == 304
    assert api.get(path, headers={"If-None-Match": tag}, method="HEAD").status_code == 304


@pytest.mark.parametrize("tag", ["", '"', "W/", "\x00", "а", ",,,", '"' * 5000])
def test_a_tag_that_is_none_is_passed_over(api, tag):
    assert api.get("search", headers={"If-None-Match": tag.encode("utf-8").decode("latin-1")}).status_code == 200


@pytest.mark.parametrize("path", [*PATHS, "search.csv", "openapi.json"])
def test_nobody_keeps_that_a_condition_of_another_failed(api, path):
    failed = api.get(path, headers={"If-Match": '"x"'})
    assert failed.status_code == 412
    assert failed.headers["Cache-Control"] == "no-store"
    assert failed.content_type == "application/problem+json; charset=utf-8"
    assert failed.json["instance"] == failed.headers["X-Request-Id"]


def tag(api, given, **headers):
    return api.get("search", given, headers=headers).headers["ETag"]


def test_the_same_question_has_the_same_tag(api):
    assert tag(api, "q=a&per_page=20&match=smart") == tag(api, "match=smart&q=a") == tag(api, "q=%61&page=1")
    assert tag(api, "q=a&facets=category,source,year") == tag(api, "q=a")


@pytest.mark.parametrize(
    "given",
    ["q=b", "q=a&page=2", "q=a&per_page=21", "q=a&match=exact", "q=a&in=title", "q=a&category=x", "q=a&category=-x",
     "q=a&sort=newest", "q=a&highlight=none", "q=a&snippets=1", "q=a&snippet_length=90", "q=a&facets=none",
     "q=a&facet_limit=1", "q=a&histogram=year", "q=a&date_from=2018", "q=a&date_to=2018"],
)  # fmt: skip
def test_another_question_has_another_tag(api, given):
    assert tag(api, given) != tag(api, "q=a")


def test_the_tag_is_of_one_language(api):
    tags = {language: tag(api, "q=a", **{"Accept-Language": language}) for language in ("kk", "ru", "en", "de")}
    assert len(set(tags.values())) == 3
    assert tags["de"] == tags["kk"]


def test_a_new_generation_makes_old_answers_stale(tmp_path, app_with):
    publish(tmp_path)
    api = ApiClient(app_with(index=tmp_path, poll_ms=0))
    first = api.get("search", "q=форум")
    assert first.json["index"]["generation"] == NAME
    later = "20261124T013000Z-0001"
    publish(tmp_path, ARTICLES[:11], later)
    again = api.get("search", "q=форум", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200
    assert again.json["index"]["generation"] == later
    assert again.json["total"] == 2


def test_other_code_makes_old_answers_stale(app, api, monkeypatch):
    first = api.get("search", "q=форум")
    assert api.get("search", "q=форум", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    monkeypatch.setitem(app.extensions, "izde.face", "of another version")
    assert api.get("search", "q=форум", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


@pytest.mark.parametrize("file", ["templates/home.html", "pages.py", "translations/ru/messages.po"])
def test_code_is_told_by_every_file_but_what_python_makes(tmp_path, file):
    old, new = tmp_path / "old", tmp_path / "new"
    for folder in (old, new):
        (folder / file).parent.mkdir(parents=True)
        (folder / file).write_text("one")
    (new / "pages.cpython-311.pyc").write_text("made by Python")
    assert hash_of(old) == hash_of(new)
    (old / file).write_text("another")  # what runs is what was there at the start
    (new / "later").mkdir()
    (new / "later" / "more.py").write_text("")
    assert hash_of(old) == hash_of(new)
    assert hash_of(tmp_path / "new" / ".." / "new") != hash_of(new)


@pytest.mark.parametrize(
    ("path", "given"), [("search", "page=0"), ("articles/жоқ", ""), ("/healthz", ""), ("/readyz", "")]
)
def test_what_may_change_at_once_is_not_kept(api, path, given):
    response = api.get(path, given)
    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers


def test_the_time_an_answer_is_kept_is_a_setting(index_folder, app_with):
    response = ApiClient(app_with(index=index_folder, page_cache_s=5)).get("search")
    assert "max-age=5," in response.headers["Cache-Control"]


OTHERS = {
    "text": "b", "match": Match.EXACT, "scope": Scope.TITLE, "filters": (Filter("category", ("x",)),),
    "dates": DateRange(date(2018, 1, 1)), "sort": Sort.NEWEST, "page": 2, "per_page": 7, "facets": ("lang",),
    "facet_limit": 3, "facet_order": FacetOrder.ALPHABET, "histogram": Interval.YEAR, "snippets": 1,
    "snippet_length": 90, "collapse": Collapse.NONE, "half_life": 30, "correct": Correct.OFF, "explain": True,
    "cursor": "*",
}  # fmt: skip


def test_everything_that_a_question_has_tells_it_from_others(settings):
    """Answers are kept by their canonical query string: whatever it left out would be mixed up."""
    assert set(OTHERS) == {item.name for item in fields(Query)}
    query = Query("a")
    for name in set(OTHERS) - {"facet_order"}:  # which no request can choose
        assert query_string(replace(query, **{name: OTHERS[name]}), settings) != query_string(query, settings), name


# What a worker keeps in its memory.


class CountingService(SearchService):
    """A service that counts what it is really asked."""

    asked = 0

    def search(self, query):
        self.asked += 1
        return super().search(query)

    def article(self, article_id, query=None):
        self.asked += 1
        return super().article(article_id, query)

    def similar(self, *given):
        self.asked += 1
        return super().similar(*given)

    def facet(self, *given):
        self.asked += 1
        return super().facet(*given)

    def statistics(self):
        self.asked += 1
        return super().statistics()


@pytest.fixture
def counted(index_folder):
    """Makes a client and its counting service, with the settings named."""
    services = []

    def make(index=index_folder, **values):
        settings = Settings(index=index, **values)
        services.append(CountingService(settings))
        return create_app(settings, services[-1]).test_client(), services[-1]

    yield make
    for service in services:
        service.close()


ADDRESSES = [
    "/api/v1/search?q=форум", "/kk/search?q=форум", "/kk/", "/api/v1/articles/a00", "/ru/article/a00?q=форум",
    "/api/v1/articles/a00/similar", "/api/v1/facets/category?prefix=қ", "/api/v1/stats",
]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("curated", [False, True])
def test_an_answer_is_given_again_byte_for_byte_without_a_search(counted, tmp_path, address, curated):
    path = tmp_path / "curation.tsv"
    path.write_text("kind\twords\ttarget\treason\n", "utf-8")
    client, service = counted(curation=str(path) if curated else "")
    first = client.get(address)
    assert first.status_code == 200
    asked = service.asked
    assert asked
    again = client.get(address)
    assert service.asked == asked
    assert again.data == first.data
    ours = {name: value for name, value in first.headers.items() if name != "X-Request-Id"}
    assert {name: value for name, value in again.headers.items() if name != "X-Request-Id"} == ours
    assert again.headers["X-Request-Id"] != first.headers["X-Request-Id"]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("cache_mb", [0, 16])
def test_who_has_the_answer_is_told_so_without_a_search(counted, address, cache_mb):
    client, service = counted(cache_mb=cache_mb)
    tag = client.get(address).headers["ETag"]
    asked = service.asked
    again = client.get(address, headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert again.data == b""
    assert service.asked == asked


def test_a_head_is_answered_from_memory_without_a_body(counted):
    client, service = counted()
    first = client.get("/api/v1/search?q=форум")
    again = client.head("/api/v1/search?q=форум")
    assert again.data == b""
    assert again.headers["Content-Length"] == first.headers["Content-Length"]
    assert service.asked == 1


@pytest.mark.parametrize("address", ["/api/v1/search?q=форум", "/kk/search?q=форум"])
def test_zero_megabytes_keep_nothing(counted, address):
    client, service = counted(cache_mb=0)
    client.get(address)
    asked = service.asked
    client.get(address)
    assert service.asked == 2 * asked


@pytest.mark.parametrize(
    ("first", "same"),
    [
        ("/api/v1/search?q=форум&match=smart", "/api/v1/search?per_page=20&q=форум"),
        ("/api/v1/search?q=форум", "/api/v1/search?q=%D1%84%D0%BE%D1%80%D1%83%D0%BC&page=1"),
        ("/kk/search?q=форум", "/kk/search?utm_source=хат&page=1&q=форум&facets=none"),
        ("/kk/article/a00?q=форум", "/kk/article/a00?fbclid=1&q=форум&match=smart"),
        ("/kk/", "/kk/?utm_source=хат"),
    ],
)
def test_the_same_question_asked_otherwise_shares_an_answer(counted, first, same):
    client, service = counted()
    one = client.get(first)
    asked = service.asked
    other = client.get(same)
    assert service.asked == asked
    assert (other.data, other.headers["ETag"]) == (one.data, one.headers["ETag"])


def test_what_was_wrong_with_a_request_is_not_shown_to_others(counted):
    client, _ = counted()
    wrong = client.get("/kk/search?q=форум&date_from=қаңтар").text
    assert "қаңтар" in wrong
    assert "қаңтар" not in client.get("/kk/search?q=форум").text
    assert "ақпан" in client.get("/kk/search?q=форум&date_from=ақпан").text
    beyond = client.get("/kk/search?q=форум&page=999")
    assert beyond.text != client.get("/kk/search?q=форум").text
    assert client.get("/kk/search?q=форум&page=999").data == beyond.data


def test_the_box_of_the_home_page_is_not_shown_to_others(counted):
    client, _ = counted()
    assert "тасқынға" in client.get("/kk/?q=тасқынға").text
    assert "тасқынға" not in client.get("/kk/").text


def test_languages_and_hosts_do_not_mix(counted):
    client, service = counted()
    texts = {}
    for language in ("kk", "ru", "en"):
        headers = {"Accept-Language": language}
        for host in ("a.example", "b.example"):
            # A correction is told in the reader's language, links are absolute.
            answer = client.get("/api/v1/search?q=ajhev", headers={**headers, "Host": host})
            texts[language, host] = answer.text
            assert client.get("/api/v1/search?q=ajhev", headers={**headers, "Host": host}).data == answer.data
            assert f"http://{host}/" in answer.text
            assert all(f"http://{other}/" not in answer.text for other in {"a.example", "b.example"} - {host})
    assert len(set(texts.values())) == 6
    assert service.asked == 6


def test_errors_and_redirects_are_made_anew(counted):
    client, service = counted()
    for _ in range(2):
        assert client.get("/api/v1/search?page=0").status_code == 400
        assert client.get("/api/v1/search?q=" + "a" * 501).status_code == 400
        assert client.get("/api/v1/articles/жоқ").status_code == 404
        assert client.get("/kk/search?q=форум&page=9").status_code == 302
    assert service.asked == 2 * 3


def test_a_new_generation_answers_anew(tmp_path, counted):
    publish(tmp_path)
    client, service = counted(tmp_path, poll_ms=0)
    first = client.get("/api/v1/search?q=форум")
    publish(tmp_path, ARTICLES[:11], "20261124T013000Z-0001")
    again = client.get("/api/v1/search?q=форум")
    assert again.json["index"]["generation"] == "20261124T013000Z-0001"
    assert again.json["total"] != first.json["total"]
    assert again.headers["ETag"] != first.headers["ETag"]
    assert service.asked == 2


def test_the_tag_of_an_analysis_changes_with_the_synonyms(tmp_path, counted):
    path = tmp_path / "curation.tsv"
    path.write_text("kind\twords\ttarget\treason\n", "utf-8")
    client, _ = counted(curation=str(path), poll_ms=0)
    first = client.get("/api/v1/analyze?text=форум")
    assert client.get("/api/v1/analyze?text=форум").headers["ETag"] == first.headers["ETag"]
    with path.open("a", encoding="utf-8") as file:
        file.write("synonym\tфорум|құрылтай\t\tсынақ\n")
    again = client.get("/api/v1/analyze?text=форум", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200
    assert again.json["tokens"][0]["name"]["kind"] == "site"


def test_a_changed_file_of_synonyms_answers_anew(tmp_path, counted):
    path = tmp_path / "curation.tsv"
    path.write_text("kind\twords\ttarget\treason\n", "utf-8")
    client, service = counted(curation=str(path), poll_ms=0)
    first = client.get("/api/v1/search?q=форум")
    with path.open("a", encoding="utf-8") as file:
        file.write("pin\tфорум\ta00\tсынақ\n")
    again = client.get("/api/v1/search?q=форум", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200
    assert again.json["results"][0]["id"] == "a00" != first.json["results"][0]["id"]
    assert client.get("/api/v1/search?q=форум").data == again.data
    assert service.asked == 2


class LateService(CountingService):
    """A service whose pages are those of a search that ran out of time."""

    late = {"timed_out": True}  # noqa: RUF012

    def search(self, query):
        return replace(super().search(query), **self.late)


@pytest.mark.parametrize("late", [{"timed_out": True}, {"truncated": ("category",)}])
@pytest.mark.parametrize("address", ["/api/v1/search?q=форум", "/kk/search?q=форум", "/kk/"])
def test_what_there_was_no_time_for_is_not_kept(settings, address, late):
    service = LateService(settings)
    service.late = late
    client = create_app(settings, service).test_client()
    first = client.get(address)
    assert (first.status_code, first.headers["Cache-Control"]) == (200, "no-store")
    assert "ETag" not in first.headers
    asked = service.asked
    service.late = {}
    assert "ETag" in client.get(address).headers
    assert service.asked == 2 * asked
    service.close()


def test_an_answer_of_another_generation_than_the_current_one_is_not_kept(tmp_path, counted):
    """A generation that is published while a page is made: the page is right, but asked for under its own tag only."""
    publish(tmp_path)
    client, service = counted(tmp_path, poll_ms=0)
    search, done = service.search, []

    def overtaken(query):
        page = search(query)
        if not done:
            publish(tmp_path, ARTICLES[:11], "20261124T013000Z-0001")
            done.append(True)
        return page

    service.search = overtaken
    first = client.get("/api/v1/search?q=форум")
    assert first.json["index"]["generation"] == NAME
    again = client.get("/api/v1/search?q=форум", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200
    assert again.json["index"]["generation"] == "20261124T013000Z-0001"


def test_eight_threads_get_the_answers_they_asked_for(counted):
    client, _ = counted(cache_mb=1)
    addresses = [
        f"/{language}/search?q={word}&page={page}"
        for language in ("kk", "ru") for word in ("форум", "мектеп", "театр", "су", "нан") for page in (1, 2)
    ]  # fmt: skip
    app = client.application
    expected = {address: app.test_client().get(address).data for address in addresses}

    def ask(seed):
        client, order = app.test_client(), random.Random(seed)
        return [
            address for address in order.choices(addresses, k=60) if client.get(address).data != expected[address]
        ]  # fmt: skip

    with ThreadPoolExecutor(8) as pool:
        assert [wrong for wrongs in pool.map(ask, range(8)) for wrong in wrongs] == []
    kept = app.extensions["izde"].caching.kept
    assert 0 < kept.bytes <= 1_000_000
