"""`/metrics` of one process: what is counted, by how many labels, and who may ask."""

import os
import shutil
import time

import msgspec
import pytest
from prometheus_client.openmetrics import parser as openmetrics
from prometheus_client.parser import text_string_to_metric_families

from search import manifest
from search.errors import SettingsError
from search.freshness import FAILED, LAST
from search.settings import Settings
from tests.indexes import ARTICLES, NAME, publish
from web.slots import FOLDER


def asked(client, **kwargs):
    """Every sample by its name and labels."""
    response = client.get("/metrics", **kwargs)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Content-Type"].startswith("text/plain")
    samples = {}
    for family in text_string_to_metric_families(response.get_data(as_text=True)):
        assert family.documentation
        for sample in family.samples:
            samples[sample.name, *sorted(sample.labels.items())] = sample.value
    return samples


def of(samples, name, **labels):
    """The sum of the samples of this name that have these labels."""
    wanted = set(labels.items())
    return sum(value for (first, *rest), value in samples.items() if first == name and wanted <= set(rest))


@pytest.fixture
def client(index_folder, app_with):
    return app_with(index=index_folder, poll_ms=0).test_client()


def test_requests_are_counted_by_route_method_and_status(client):
    for path in ("/kk/", "/kk/search?q=форум", "/api/v1/search?q=форум", "/api/v1/search?page=0", "/healthz"):
        client.get(path)
    client.head("/kk/")
    client.post("/kk/")
    found = asked(client)
    requests = "izde_http_requests_total"
    assert of(found, requests, route="pages.home", method="GET", status="200") == 1
    assert of(found, requests, route="pages.home", method="HEAD", status="200") == 1
    assert of(found, requests, route="api.search", status="200") == 1
    assert of(found, requests, route="api.search", status="400") == 1
    assert of(found, requests, method="other", status="405") == 1
    assert of(found, requests) == 7
    seconds = "izde_http_request_duration_seconds"
    assert of(found, f"{seconds}_count", route="api.search") == 2
    assert of(found, f"{seconds}_bucket", route="api.search", le="+Inf") == 2
    assert 0 < of(found, f"{seconds}_sum", route="api.search") < 60


def test_searches_are_counted_however_they_are_answered(client):
    tag = client.get("/api/v1/search?q=форум").headers["ETag"]
    client.get("/api/v1/search?q=форум")
    assert client.get("/api/v1/search?q=форум", headers={"If-None-Match": tag}).status_code == 304
    client.get("/kk/search?q=форум&category=Жоқ")
    client.get("/kk/article/a00")
    client.get("/kk/article/a00")
    found = asked(client)
    assert of(found, "izde_searches_total", face="api") == 2
    assert of(found, "izde_searches_total", face="html") == 1
    assert of(found, "izde_searches_without_hits_total", face="html") == 1
    assert of(found, "izde_searches_without_hits_total") == 1
    assert of(found, "izde_searches_timed_out_total") == of(found, "izde_searches_degraded_total") == 0
    assert of(found, "izde_cached_answers_total", route="api.search") == 1
    assert of(found, "izde_cached_answers_total", route="pages.article") == 1
    assert of(found, "izde_http_requests_total", route="api.search", status="304") == 1


def test_what_ran_out_of_time_and_what_an_older_generation_answered_is_counted(tmp_path, app_with):
    publish(tmp_path, ARTICLES[:20], "20261122T013000Z-0a0a")
    (publish(tmp_path) / manifest.MANIFEST).write_bytes(b"{")
    client = app_with(index=tmp_path, poll_ms=0).test_client()
    for _ in range(2):
        client.get("/api/v1/search?q=форум")
    found = asked(client)
    assert of(found, "izde_searches_degraded_total", face="api") == 2
    assert of(found, "izde_index_degraded") == 1
    assert of(found, "izde_index_documents") == 20


def test_the_index_is_told_as_it_is(tmp_path, app_with):
    publish(tmp_path)
    for name in (LAST, manifest.CURRENT):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (time.time() - 90_000, time.time() - 90_000))
    client = app_with(index=tmp_path, poll_ms=0).test_client()
    found = asked(client)
    assert of(found, "izde_index_up") == 1
    assert of(found, "izde_index_info", generation=NAME) == 1
    assert of(found, "izde_index_documents") == len(ARTICLES)
    assert of(found, "izde_index_stale") == 1
    assert 90_000 <= of(found, "izde_index_last_success_age_seconds") < 90_600
    assert abs(of(found, "izde_index_last_success_timestamp_seconds") - time.time() + 90_000) < 600
    assert of(found, "izde_index_age_seconds") == pytest.approx(
        time.time() - of(found, "izde_index_created_timestamp_seconds"), abs=60
    )
    assert of(found, "izde_index_open_generations") == 1
    assert of(found, "izde_index_last_run_failed") == 0
    failure = {"time": "2126-11-26T00:00:00Z", "exit_code": 5, "message": "empty"}
    (tmp_path / FAILED).write_bytes(msgspec.json.encode(failure))
    assert of(asked(client), "izde_index_last_run_failed") == 1


def test_an_older_generation_that_is_being_read_is_open(tmp_path, app_with):
    publish(tmp_path)
    client = app_with(index=tmp_path, poll_ms=0).test_client()
    following = client.get("/api/v1/search?cursor=*&per_page=5").json["cursor"]["next"]
    publish(tmp_path, name="20261125T013000Z-ffff")
    client.get("/kk/")
    assert client.get("/api/v1/search", query_string={"cursor": following, "per_page": 5}).status_code == 200
    assert of(asked(client), "izde_index_open_generations") == 2


def test_without_an_index_it_answers(tmp_path, app_with):
    client = app_with(index=tmp_path, poll_ms=0).test_client()
    assert client.get("/readyz").status_code == 503
    found = asked(client)
    assert of(found, "izde_index_up") == 0
    assert of(found, "izde_http_requests_total", route="ops.ready", status="503") == 1
    assert of(found, "izde_index_last_success_timestamp_seconds") == 0


def test_labels_stay_few_and_hold_nothing_of_a_request(client):
    client.get("/kk/")
    before = None
    for number in range(60):
        secret = f"құпия{number}"
        for path in (f"/{secret}", f"/kk/article/{secret}", f"/kk/search?q={secret}", f"/api/v1/articles/{secret}"):
            client.get(path)
        client.open(f"/{secret}", method=f"X{number}")
        client.get("/kk/", headers={"User-Agent": secret, "Referer": f"https://{secret}.example"})
        if number == 0:
            before = set(asked(client)) | set(asked(client))
    after = client.get("/metrics").get_data(as_text=True)
    assert "құпия" not in after
    assert set(asked(client)) == before


def test_openmetrics_is_given_to_who_wants_it(client):
    client.get("/kk/search?q=форум")
    response = client.get("/metrics", headers={"Accept": "application/openmetrics-text; version=1.0.0"})
    assert response.headers["Content-Type"].startswith("application/openmetrics-text")
    names = {family.name for family in openmetrics.text_string_to_metric_families(response.get_data(as_text=True))}
    assert {"izde_http_requests", "izde_http_request_duration_seconds", "izde_searches", "izde_index_up"} <= names


def test_a_request_that_cannot_be_counted_is_answered(index_folder, app_with, tmp_path, monkeypatch):
    folder = tmp_path / "gone"
    folder.mkdir()
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", "")
    monkeypatch.setenv(FOLDER, str(folder))
    client = app_with(index=index_folder).test_client()
    shutil.rmtree(folder)
    assert client.get("/kk/").status_code == 200


@pytest.mark.parametrize(
    ("setting", "address", "allowed"),
    [
        ("127.0.0.0/8,::1", "127.0.0.1", True),
        ("127.0.0.0/8,::1", "::1", True),
        ("127.0.0.0/8,::1", "::ffff:127.0.0.1", True),
        ("127.0.0.0/8,::1", "10.1.2.3", False),
        ("127.0.0.0/8,::1", "", False),
        ("127.0.0.0/8,::1", "unix:", False),
        ("10.0.0.0/8, fd00::/8", "10.1.2.3", True),
        ("10.0.0.0/8, fd00::/8", "fd00::7", True),
        ("10.0.0.0/8, fd00::/8", "127.0.0.1", False),
        ("", "127.0.0.1", False),
    ],
)
def test_only_addresses_of_the_setting_may_ask(index_folder, app_with, setting, address, allowed):
    client = app_with(index=index_folder, metrics=setting).test_client()
    response = client.get("/metrics", environ_base={"REMOTE_ADDR": address})
    assert response.status_code == (200 if allowed else 404)
    if not allowed:
        assert "izde_" not in response.get_data(as_text=True)


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Real-IP", "Forwarded", "Via"])
def test_who_comes_through_a_proxy_of_this_machine_is_no_neighbour(client, header):
    assert client.get("/metrics", headers={header: "203.0.113.7"}).status_code == 404


def test_a_wrong_network_is_told_by_its_setting():
    with pytest.raises(SettingsError, match="metrics: 'here' is no address"):
        Settings.load({"IZDE_METRICS": "127.0.0.1,here"})
