import logging
import re

import pytest
from flask import Flask

from search.errors import Unavailable
from web.errors import title

STATUSES = (400, 404, 405, 413, 414, 431, 503, 500, 418)
PATHS = ("/api/v1/search", "/api/v1/articles/a00", "/api/v1/analyze", "/api/v1/openapi.json", "/healthz", "/readyz")
VERBS = ("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "IZDE")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("verb", VERBS)
def test_other_verbs_are_refused(api, path, verb):
    response = api.get(path, method=verb)
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD"
    assert response.json["errors"] == []


@pytest.mark.parametrize("path", PATHS)
def test_head_is_get_without_the_body(api, path):
    got, head = api.get(path), api.get(path, method="HEAD")
    assert head.status_code == 200
    assert head.headers["Content-Type"] == got.headers["Content-Type"]
    assert head.headers.get("ETag") == got.headers.get("ETag")


@pytest.mark.parametrize(
    "path", ["/api/", "/api/v1/", "/api/v1/serch", "/api/v1/search/", "/api/v2/search", "/api/v1/Search"]
)
def test_other_addresses_are_not_found(api, path):
    problem = api.json(path, status=404)
    assert problem["title"] == "Табылмады"
    assert problem["type"].endswith("#problem-404")


def test_doubled_slashes_are_another_address(api):
    assert api.get("/api/v1//search").status_code == 404


WORDED = [
    ("search", {"page": 0}, 400), ("search", {"q": "a" * 501}, 400), ("search", {"page": 1000}, 400),
    ("search", "q=%FF", 400), ("articles/жоқ", "", 404), ("жоқ", "", 404),
]  # fmt: skip


@pytest.mark.parametrize(("path", "given", "status"), WORDED)
def test_problems_are_worded_in_the_language_of_the_reader(api, path, given, status):
    def words(language):
        problem = api.json(path, given, status=status, headers={"Accept-Language": language})
        return problem["title"], problem["detail"]

    kk, ru, en = words("kk"), words("ru"), words("en")
    assert len({kk[0], ru[0], en[0]}) == len({kk[1], ru[1], en[1]}) == 3
    assert en[0].isascii()
    assert words("de") == words("") == kk
    assert words("de, ru;q=0.5, en;q=0.4") == words("ru-RU") == ru
    assert words("\x00;;q=x,,*") == kk


def test_the_problem_of_a_parameter_says_what_to_do(api):
    problem = api.json("search", {"categry": "x"}, status=400)
    assert problem["errors"][0]["did_you_mean"] == "category"
    assert "categry" in problem["detail"]
    assert api.json("search", {"q": "a" * 501}, status=400)["detail"].count("50") == 2
    assert "1\xa0000" in api.json("search", {"page": 999}, status=400)["detail"]


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"categry": "x"}, ""), ([("q", "a"), ("q", "b")], ""), ({"date_from": "x"}, "2018-10-16"),
        ({"date_from": "2019", "date_to": "2018"}, ""), ("q=%FF", "NUL"), ("&" * 500, "200"),
        ({"category": "a" * 4001}, "4000"), ({"per_page": 101}, "100"), ({"snippets": 9}, "5"),
        ({"sort": "x"}, "relevance, newest, oldest"), ({"facets": "x"}, "category, source"), ({"page": 1001}, "1000"),
        ({"page": 1000}, "1000"), ({"q": "a" * 501}, "500"),
    ],
)  # fmt: skip
def test_each_problem_says_what_would_be_right_in_the_language_of_the_reader(api, given, named):
    found = {}
    for language in ("kk", "ru", "en"):
        (problem,) = api.json("search", given, status=400, headers={"Accept-Language": language})["errors"]
        assert named in re.sub("(?<=[0-9])[\xa0,](?=[0-9]{3})", "", problem["detail"])
        found[language] = problem["detail"]
    assert len(set(found.values())) == 3


@pytest.mark.parametrize("name", ["\x1b[31m", "a\r\nb", "\u202eabc", "<script>", "\ufffe", "x" * 3000, "\u2028"])
def test_what_was_sent_is_shown_back_without_control_characters(api, name):
    problem = api.json("search", [(name, "1")], status=400)
    for shown in (problem["detail"], problem["errors"][0]["parameter"]):
        assert shown.isprintable()
        assert len(shown) < 200


@pytest.mark.parametrize("status", STATUSES)
def test_every_status_has_a_title(app, status):
    with app.test_request_context("/api/v1/search"):
        assert title(Exception(), status)


def broken(app_with, index_folder, error) -> Flask:
    """An application whose search meets an exception."""
    app = app_with(index=index_folder)

    def fail(query: object) -> None:
        raise error

    app.extensions["izde"].service.search = fail
    return app


ERRORS = [
    ValueError("secret /srv/izde/index"), RuntimeError("secret"), OSError(5, "secret", "/srv/izde"),
    MemoryError("secret"),
    RecursionError("secret"), KeyError("secret"), UnicodeEncodeError("utf-8", "secret", 0, 1, "secret"),
    AssertionError("secret"), ZeroDivisionError("secret"), TimeoutError("secret"),
]  # fmt: skip


@pytest.mark.parametrize("error", ERRORS, ids=repr)
def test_what_nobody_expected_is_logged_and_not_shown(app_with, index_folder, error, caplog):
    with caplog.at_level(logging.ERROR):
        response = broken(app_with, index_folder, error).test_client().get("/api/v1/search?q=a")
    assert response.status_code == 500
    assert response.content_type == "application/problem+json; charset=utf-8"
    body = response.data.decode()
    assert not re.search(r"secret|srv|Traceback|File|line|Error|\.py", body)
    assert response.json["instance"] == response.headers["X-Request-Id"]
    assert response.headers["Cache-Control"] == "no-store"
    (record,) = caplog.records
    assert response.json["instance"] in record.getMessage()
    assert record.exc_info[1] is error


def test_an_engine_that_fails_is_unavailable_and_its_inside_is_not_shown(app_with, index_folder):
    response = broken(app_with, index_folder, Unavailable("secret /srv/izde")).test_client().get("/api/v1/search?q=a")
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0
    assert "secret" not in response.data.decode()


@pytest.mark.parametrize(
    "host", ["a b", "exa<mple", "evil.example:99999", "[::1", "\u202e", "", "a" * 3000, "x/y", "-"]
)
def test_a_strange_host_is_no_failure(app, host):
    response = app.test_client().get("/api/v1/search?page=0", headers={"Host": host})
    assert response.status_code == 400
    assert response.headers["X-Request-Id"]
