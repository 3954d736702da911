"""Every answer carries the headers that protect it: each route, by each verb, whatever went wrong."""

import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from search.errors import IndexMissing, QueryTimeout
from web.security import DATA_POLICY, OPERATORS, PAGE_POLICY

VERBS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "IZDE")
VALUES = {"language": ("kk", "ru", "en"), "article_id": ("a00", "жоқ"), "name": ("source", "жоқ"),
          "number": ("1", "9", "x"),
          "filename": ("izde.js", "icon.svg", "none.js", "../security.py")}  # fmt: skip
ELSEWHERE = ("/none", "/kk/none", "/static/", "/kk", "/api/v1/none", "/%00", "/kk//search", "/metrics/none")
QUERIES = ("", "?q=%D1%84%D0%BE%D1%80%D1%83%D0%BC", "?page=0", "?q=%FF", "?page=9", "?q=" + "a" * 501)
PROTECTING = (
    "Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy",
    "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy",
)  # fmt: skip
ID = re.compile(r"[0-9a-f]{32}")


def addresses(app: Flask) -> Iterator[str]:
    """Each route of the application, with each of the values that it may have in it."""
    for rule in app.url_map.iter_rules():
        paths = [rule.rule]
        for name in rule.arguments:
            values = VALUES[name]
            paths = [re.sub(rf"<[^<>]*\b{name}>", value, path) for path in paths for value in values]
        yield from paths
    yield from ELSEWHERE


def check(response: TestResponse, is_api: bool, path: str) -> None:
    headers = response.headers
    is_page = response.mimetype == "text/html" and not is_api
    assert headers.getlist("Content-Security-Policy") == [PAGE_POLICY if is_page else DATA_POLICY]
    assert headers.getlist("X-Content-Type-Options") == ["nosniff"]
    assert headers.getlist("Referrer-Policy") == ["strict-origin-when-cross-origin"]
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    is_ours = is_page or path in OPERATORS
    assert headers["Cross-Origin-Resource-Policy"] == ("same-origin" if is_ours else "cross-origin")
    assert ID.fullmatch(headers["X-Request-Id"])
    for name in ("Set-Cookie", "Server", "X-Powered-By", "Access-Control-Allow-Credentials"):
        assert name not in headers
    assert headers.get("Access-Control-Allow-Origin") == ("*" if is_api else None)
    kind = headers.get("Content-Type", "")
    if response.status_code not in (204, 304) and not kind.startswith(("image/", "font/")):
        assert kind.endswith("; charset=utf-8"), kind
    if response.status_code >= 400:
        assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("verb", VERBS)
def test_every_route_by_every_verb(app: Flask, verb: str) -> None:
    client, seen = app.test_client(), set()
    for path in addresses(app):
        for query in QUERIES if verb == "GET" else QUERIES[:3]:
            with client.open(path + query, method=verb) as response:
                assert response.status_code in (200, 302, 304, 308, 400, 404, 405), (path, query)
                if response.status_code == 405:
                    assert response.headers["Allow"] == "GET, HEAD"
                check(response, path.startswith("/api/"), path)
                seen.add(response.status_code)
    assert seen >= ({200, 302, 400, 404} if verb == "GET" else {200, 404} if verb == "HEAD" else {404, 405})


def test_what_the_client_has_already(app: Flask) -> None:
    client, seen = app.test_client(), 0
    for path in addresses(app):
        with client.get(path) as first:
            tag = first.headers.get("ETag")
        if tag:
            with client.get(path, headers={"If-None-Match": tag}) as response:
                assert response.status_code == 304, path
                # What the client keeps takes its headers over from this answer.
                for name in PROTECTING:
                    assert response.headers.getlist(name) == first.headers.getlist(name) != [], (path, name)
                assert "Cache-Control" in response.headers
            seen += 1
    assert seen > 10


def broken(app: Flask, error: Exception) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    service = app.extensions["izde"].service
    for name in ("search", "article", "similar", "facet", "suggest", "analyze", "export", "statistics", "info"):
        setattr(service, name, fail)


@pytest.mark.parametrize("error", [IndexMissing, QueryTimeout, MemoryError, RecursionError])
def test_when_the_service_fails(index_folder: object, app_with: Callable[..., Flask], error: type[Exception]) -> None:
    app = app_with(index=index_folder)
    broken(app, error(index_folder) if error is IndexMissing else error("secret"))  # type: ignore[call-arg]
    for path in addresses(app):
        with app.test_client().get(path) as response:
            check(response, path.startswith("/api/"), path)


def test_when_the_site_is_asked_by_https(index_folder: object, app_with: Callable[..., Flask]) -> None:
    app = app_with(index=index_folder, site_url="https://izde.example")
    for path in addresses(app):
        with app.test_client().get(path) as response:
            assert response.headers.getlist("Strict-Transport-Security") == ["max-age=31536000"]
    with app_with(index=index_folder).test_client().get("/kk/") as response:
        assert "Strict-Transport-Security" not in response.headers


def test_other_names_than_the_site_has(index_folder: object, app_with: Callable[..., Flask]) -> None:
    app = app_with(index=index_folder, hosts="izde.example, .gazet.example")
    client = app.test_client()
    for host, status in (("izde.example", 200), ("a.gazet.example", 200), ("127.0.0.1:8000", 200), ("localhost", 200),
                         ("evil.example", 400), ("izde.example.evil.example", 400), ("", 400)):  # fmt: skip
        for path in ("/kk/", "/api/v1/search", "/healthz"):
            response = client.get(path, headers={"Host": host})
            assert response.status_code == status, (host, path)
            check(response, path.startswith("/api/"), path)
            assert "evil" not in response.text


def test_the_id_of_a_request_comes_from_a_proxy_that_is_trusted(app: Flask) -> None:
    client, given = app.test_client(), "0123456789abcdef-A_z"

    def answered(value: str, peer: str) -> str:
        response = client.get("/healthz", headers={"X-Request-Id": value}, environ_base={"REMOTE_ADDR": peer})
        return response.headers["X-Request-Id"]

    assert answered(given, "127.0.0.1") == given
    assert ID.fullmatch(answered(given, "198.51.100.7"))
    for wrong in ("short", "a" * 65, "with space 12345", "қазақша-id", "a" * 20 + "\x1b", "<b>aaaaaaa</b>"):
        assert ID.fullmatch(answered(wrong, "127.0.0.1"))
