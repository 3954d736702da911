"""How often a client may ask."""

import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from search.errors import SettingsError
from web import counts
from web.counts import WorkerCounts

PEER = "198.51.100.7"


@pytest.fixture
def limited(index_folder: Path, app_with: Callable[..., Flask]) -> FlaskClient:
    """A client of a site that lets everyone ask three times an hour."""
    return app_with(index=index_folder, rate_limit="3/hour").test_client()


def asked(client: FlaskClient, path: str = "/api/v1/stats", peer: str = PEER, **headers: str) -> Any:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.get(path, environ_base={"REMOTE_ADDR": peer}, headers=named, buffered=True)


def test_one_too_many(limited: FlaskClient) -> None:
    assert [asked(limited).status_code for _ in range(5)] == [200, 200, 200, 429, 429]
    refused = asked(limited, Accept_Language="en")
    assert 3500 < int(refused.headers["Retry-After"]) <= 3600
    assert refused.content_type == "application/problem+json; charset=utf-8"
    assert refused.json["status"] == 429
    assert refused.headers["Retry-After"] in refused.json["detail"]
    assert refused.headers["Cache-Control"] == "no-store"
    assert asked(limited, peer="198.51.100.8").status_code == 200


def test_a_page_is_refused_as_a_page_in_its_language(limited: FlaskClient) -> None:
    titles = set()
    for language in ("kk", "ru", "en"):
        for _ in range(4):
            answer = asked(limited, f"/{language}/search")
        assert answer.status_code == 429
        titles.add(answer.text.partition("<h1>")[2].partition("</h1>")[0])
    assert len(titles) == 3


def test_what_is_not_counted(limited: FlaskClient) -> None:
    for path in ("/healthz", "/readyz", "/izde.css", "/metrics"):
        assert {asked(limited, path).status_code for _ in range(9)} <= {200, 404}
    assert {asked(limited, peer=local).status_code for local in ("127.0.0.1", "::1", "") for _ in range(9)} == {200}


def test_a_client_cannot_say_that_it_is_another(limited: FlaskClient) -> None:
    statuses = [asked(limited, X_Forwarded_For=f"203.0.113.{number}").status_code for number in range(50)]
    assert statuses == [200] * 3 + [429] * 47
    through = [asked(limited, peer="127.0.0.1", X_Forwarded_For=f"1.1.1.{number}, 203.0.113.9") for number in range(50)]
    assert [answer.status_code for answer in through] == [200] * 3 + [429] * 47
    own = [
        asked(limited, peer="127.0.0.1", X_Forwarded_For=f"203.0.113.{number}").status_code for number in range(50, 60)
    ]
    assert own == [200] * 10


def test_the_networks_of_a_site_with_ipv6_are_one_client(limited: FlaskClient) -> None:
    statuses = [asked(limited, peer=f"2001:db8:1:2::{number:x}").status_code for number in range(1, 9)]
    assert statuses == [200] * 3 + [429] * 5
    assert asked(limited, peer="2001:db8:1:3::1").status_code == 200


def test_off(index_folder: Path, app_with: Callable[..., Flask]) -> None:
    client = app_with(index=index_folder, rate_limit="off").test_client()
    assert {asked(client).status_code for _ in range(200)} == {200}


def test_120_a_minute_by_default(app: Flask) -> None:
    client = app.test_client()
    assert [asked(client, peer="192.0.2.55").status_code for _ in range(121)].count(200) == 120


@pytest.mark.parametrize("setting", [{"rate_limit": "120"}, {"rate_limit": "0/minute"}, {"rate_limit": "5/week"},
                                     {"rate_limit_store": "nowhere://x"}, {"rate_limit_store": "x"}])  # fmt: skip
def test_settings_that_are_not_right(
    index_folder: Path, app_with: Callable[..., Flask], setting: dict[str, str]
) -> None:
    with pytest.raises(SettingsError, match=next(iter(setting))):
        app_with(index=index_folder, **setting)


def test_without_the_shared_store_nobody_is_refused(
    index_folder: Path, app_with: Callable[..., Flask], caplog: pytest.LogCaptureFixture
) -> None:
    """`memcached://` of `limits` fails at the first request where nobody listens."""
    app = app_with(index=index_folder, rate_limit="1/hour", rate_limit_store="gone://")
    with caplog.at_level(logging.WARNING):
        assert {asked(app.test_client()).status_code for _ in range(3)} == {200}
    assert "not counted" in caplog.text


class Gone(WorkerCounts):
    STORAGE_SCHEME = ["gone"]  # noqa: RUF012

    def __init__(self, *_: object) -> None:
        super().__init__()

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        raise ConnectionRefusedError(111, "secret")


def test_a_window_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time()
    monkeypatch.setattr(counts.time, "time", lambda: now)
    store = WorkerCounts()
    assert [store.incr("a", 60) for _ in range(3)] == [1, 2, 3]
    assert (store.get("a"), store.get_expiry("a")) == (3, now + 60)
    now += 60
    assert (store.get("a"), store.incr("a", 60)) == (0, 1)


def test_the_memory_of_a_worker_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counts, "MOST", 1000)
    store = WorkerCounts()
    for number in range(10_000):
        store.incr(str(number), 60)
    assert store.get("9999") == 1
    assert store.reset() <= 1000
