"""Which sites' scripts may ask the API."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from search.errors import SettingsError

ASKED = {"Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "x-api-key"}
API = "/api/v1/search"


def test_a_browser_that_asks_first_is_answered(app: Flask) -> None:
    client = app.test_client()
    answer = client.options(API, headers={"Origin": "https://a.example", **ASKED})
    assert (answer.status_code, answer.data) == (204, b"")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert "X-Api-Key" in answer.headers["Access-Control-Allow-Headers"]
    assert int(answer.headers["Access-Control-Max-Age"]) > 0
    assert client.options(API).status_code == 405
    assert client.options("/kk/search", headers={"Origin": "https://a.example", **ASKED}).status_code == 405


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_only_the_sites_that_are_named(index_folder: Path, app_with: Callable[..., Flask], method: str) -> None:
    client = app_with(index=index_folder, cors_origins="https://a.example, https://b.example/").test_client()
    others = ("https://c.example", "http://a.example", "null", "https://a.example.evil")
    for origin in ("https://a.example", "https://b.example", *others):
        headers = client.open(API, method=method, headers={"Origin": origin, **ASKED}).headers
        assert headers.get("Access-Control-Allow-Origin") == (None if origin in others else origin)
        assert "Origin" in headers["Vary"]
    assert "Origin" in client.get(API).headers["Vary"]


def test_nobody_else(index_folder: Path, app_with: Callable[..., Flask]) -> None:
    headers = app_with(index=index_folder, cors_origins="").test_client().get(API).headers
    assert "Access-Control-Allow-Origin" not in headers


def test_for_everyone_the_answer_is_the_same_whoever_asks(app: Flask) -> None:
    assert app.test_client().get(API, headers={"Origin": "https://a.example"}).headers["Vary"] == "Accept-Language"


@pytest.mark.parametrize("wrong", ["a.example", "https://a.example/page", "https://*.a.example", "*,https://a.example"])
def test_an_origin_that_no_browser_sends_is_said_when_the_service_starts(
    app_with: Callable[..., Flask], index_folder: Path, wrong: str
) -> None:
    with pytest.raises(SettingsError, match=r"cors_origins: .* is no origin, such as https://a.example"):
        app_with(index=index_folder, cors_origins=wrong)


@pytest.mark.parametrize("wrong", ["https://izde.example", "izde.example/", "*.izde.example"])
def test_a_host_that_no_request_has_is_said_when_the_service_starts(
    app_with: Callable[..., Flask], index_folder: Path, wrong: str
) -> None:
    with pytest.raises(SettingsError, match=r"hosts: .* is no name of a host"):
        app_with(index=index_folder, hosts=f"gazet.example,{wrong}")
