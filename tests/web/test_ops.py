import msgspec
import pytest
from api_client import ApiClient

from search import manifest
from tests.indexes import ARTICLES, NAME, publish

OLDER = "20261122T013000Z-0a0a"


def make(app_with, folder):
    return ApiClient(app_with(index=folder, poll_ms=0))


def test_ready(api):
    assert api.json("/healthz") == {"status": "ok"}
    ready = api.json("/readyz")
    assert 0 <= ready.pop("age_s") < 86_400
    assert ready.pop("last_success")
    assert ready == {
        "status": "ready",
        "index": {
            "generation": NAME,
            "documents": len(ARTICLES),
            "indexed_at": "2026-11-23T01:30:00Z",
            "degraded": "",
            "stale": False,
        },
        "stale": False,
    }


def nothing(folder):
    pass


def damaged(folder):
    (publish(folder) / manifest.MANIFEST).write_bytes(b"{")


def cut(folder):
    path = publish(folder) / manifest.LEXICON
    path.write_bytes(path.read_bytes()[:-1])


def too_new(folder):
    path = publish(folder) / manifest.MANIFEST
    made = msgspec.json.decode(path.read_bytes())
    path.write_bytes(msgspec.json.encode(made | {"format": manifest.FORMAT + 1}))


@pytest.mark.parametrize("state", [nothing, damaged, cut, too_new])
def test_without_an_index_that_can_be_served(tmp_path, app_with, state):
    """The process lives, says that it is not ready, and recovers by itself."""
    state(tmp_path)
    api = make(app_with, tmp_path)
    assert api.json("/healthz") == {"status": "ok"}
    for path in ("/readyz", "search", "articles/a00", "analyze"):
        response = api.get(path)
        assert response.status_code == 503
        assert int(response.headers["Retry-After"]) > 0
        assert str(tmp_path) not in response.data.decode()
        assert response.json["detail"]
    assert api.get("search", "page=0").status_code == 400
    publish(tmp_path, name="20261125T013000Z-ffff")
    assert api.json("/readyz")["status"] == "ready"
    assert api.search()["total"] == len(ARTICLES)


def test_an_older_generation_is_served_after_damage_and_says_so(tmp_path, app_with):
    publish(tmp_path, ARTICLES[:20], OLDER)
    cut(tmp_path)
    api = make(app_with, tmp_path)
    ready = api.json("/readyz")
    assert ready["status"] == "degraded"
    assert ready["index"]["generation"] == OLDER
    assert ready["index"]["degraded"]
    assert str(tmp_path) not in ready["index"]["degraded"]
    answer = api.search()
    assert answer["total"] == 20
    assert answer["index"]["degraded"] == ready["index"]["degraded"]


@pytest.mark.parametrize("pointer", [b"", b"../../etc\n", b"\xff" * 1000, b"20200101T000000Z-0000\n"])
def test_a_pointer_that_names_nothing_is_survived(tmp_path, app_with, pointer):
    publish(tmp_path)
    (tmp_path / manifest.CURRENT).write_bytes(pointer)
    api = make(app_with, tmp_path)
    assert api.json("/readyz")["status"] == "degraded"
    assert api.search()["index"]["generation"] == NAME


def test_damage_that_shows_later_is_survived(tmp_path, app_with):
    publish(tmp_path, ARTICLES[:20], OLDER)
    newest = publish(tmp_path)
    api = make(app_with, tmp_path)
    assert api.search()["total"] == len(ARTICLES)
    articles = newest / manifest.ENGINE / "s0" / "articles.izde"
    with articles.open("r+b") as file:
        file.write(b"\xff" * (articles.stat().st_size // 2))
    api_after = make(app_with, tmp_path)  # the first one may have the articles in memory
    assert api_after.search()["total"] == 20
    assert api_after.json("/readyz")["status"] == "degraded"


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_probes_take_any_parameters(api, path):
    assert api.get(path, "t=1").status_code == 200


def test_the_public_address_is_told_where_the_site_has_one(index_folder, app_with):
    client = app_with(index=index_folder, site_url="https://izde.example/").test_client()
    headers = {"Host": "10.0.0.7:8000"}
    assert client.get("/api/v1/openapi.json", headers=headers).get_json()["servers"][0]["url"] == "https://izde.example"
    kind = client.get("/api/v1/search?page=0", headers=headers).get_json()["type"]
    assert kind == "https://izde.example/api/v1/docs#problem-400"
    assert "https://izde.example/api/v1/search" in client.get("/kk/api", headers=headers).text
