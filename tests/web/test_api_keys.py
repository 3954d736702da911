"""Keys of API clients."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from search import keys

NOW = datetime.now(UTC)
PEER = "198.51.100.7"


def asked(client: FlaskClient, path: str = "/api/v1/stats", **headers: str) -> Any:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.get(path, headers=named, environ_base={"REMOTE_ADDR": PEER}, buffered=True)


def bearer(text: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {text}"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "keys.json"


def add(file: Path, **options: Any) -> str:
    text, key = keys.make("Дала хабары", NOW, **options)
    file.write_bytes(keys.encode((*keys.read(file), key)))
    return text


def test_where_a_key_is_needed(index_folder: Path, app_with: Callable[..., Flask], file: Path) -> None:
    text = add(file)
    client = app_with(index=index_folder, api_keys=str(file), api_keys_required="yes", poll_ms=0).test_client()
    refused = asked(client)
    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"] == 'Bearer realm="api"'
    assert refused.content_type == "application/problem+json; charset=utf-8"
    assert refused.json["status"] == 401
    for sent in (bearer(text), {"Authorization": f"bearer  {text}"}, {"X_Api_Key": text}):
        answer = asked(client, **sent)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"].startswith("private")
        assert {"Authorization", "X-Api-Key"} <= set(answer.vary)
    for wrong in (text[:-1], text[:-1] + "é", text + "a", text.upper(), "", " ", "a" * 3000, text.replace("_", " ", 1)):
        answer = asked(client, **bearer(wrong))
        assert answer.status_code == 401, wrong
        assert text not in answer.text
    assert 'error="invalid_token"' in asked(client, **bearer("izde_00000000_")).headers["WWW-Authenticate"]
    assert asked(client, "/api/v1/stats?api_key=" + text).status_code == 401
    assert asked(client, Authorization=f"Basic {text}").status_code == 401
    for path in ("/kk/search", "/healthz", "/api/v1/openapi.json", "/izde.css"):
        assert asked(client, path).status_code == 200
    explained = urlsplit(refused.json["type"])
    docs = asked(client, explained.path)
    assert docs.status_code == 302, "what a refusal means can be read without a key"
    assert f'id="{explained.fragment}"' in asked(client, docs.headers["Location"]).text
    assert asked(client, "/api/v1/articles/x/openapi.json").status_code == 401, "only the description itself is open"
    assert (
        client.options("/api/v1/stats", headers={"Origin": "null", "Access-Control-Request-Method": "GET"}).status_code
        == 204
    )


def test_a_key_brings_a_rate_of_its_own(index_folder: Path, app_with: Callable[..., Flask], file: Path) -> None:
    more, usual, all_ = add(file, rate="5/hour"), add(file), add(file, rate="off")
    client = app_with(index=index_folder, api_keys=str(file), rate_limit="2/hour", poll_ms=0).test_client()

    def statuses(**headers: str) -> list[int]:
        return [asked(client, **headers).status_code for _ in range(7)]

    assert statuses() == [200] * 2 + [429] * 5
    assert statuses(**bearer(more)) == [200] * 5 + [429] * 2
    assert statuses(**bearer(usual)) == [200] * 2 + [429] * 5
    assert statuses(**bearer(all_)) == [200] * 7
    assert statuses(**bearer("wrong")) == [429] * 7, "guesses are counted by address"


def test_the_end_of_a_key(index_folder: Path, app_with: Callable[..., Flask], file: Path) -> None:
    over, soon = add(file, expires=NOW - timedelta(seconds=1)), add(file, expires=NOW + timedelta(days=1))
    client = app_with(index=index_folder, api_keys=str(file), poll_ms=0).test_client()
    assert asked(client, **bearer(over)).status_code == 401
    assert asked(client, **bearer(soon)).status_code == 200
    file.write_bytes(keys.encode(()))
    assert asked(client, **bearer(soon)).status_code == 401


def test_a_damaged_file_leaves_the_keys_that_were(
    index_folder: Path, app_with: Callable[..., Flask], file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    text = add(file)
    client = app_with(index=index_folder, api_keys=str(file), poll_ms=0).test_client()
    assert asked(client, **bearer(text)).status_code == 200
    for damaged in (b"{", b"[]", b'{"format": 9, "keys": []}', b"\xff"):
        file.write_bytes(damaged)
        assert asked(client, **bearer(text)).status_code == 200
        assert "no list of keys" in caplog.text
    file.unlink()
    assert asked(client, **bearer(text)).status_code == 401


def test_an_end_without_a_time_zone_is_no_list_of_keys(
    index_folder: Path, app_with: Callable[..., Flask], file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    text = add(file, expires=datetime(2099, 1, 1, tzinfo=UTC))
    client = app_with(index=index_folder, api_keys=str(file), poll_ms=0).test_client()
    assert asked(client, **bearer(text)).status_code == 200
    file.write_bytes(file.read_bytes().replace(b"2099-01-01T00:00:00Z", b"2099-01-01T00:00:00"))
    assert asked(client, **bearer(text)).status_code == 200
    assert "no list of keys" in caplog.text


def test_without_the_setting_keys_mean_nothing(app: Flask) -> None:
    assert asked(app.test_client(), **bearer("izde_00000000_")).status_code == 200


def test_the_file_holds_no_key(file: Path) -> None:
    text = add(file)
    assert text not in file.read_text()
    assert text.rpartition("_")[2] not in file.read_text()
