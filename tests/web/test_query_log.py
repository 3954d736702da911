"""Which requests are logged, and that the log holds nothing of who asked."""

import json

import pytest

from search.querylog import day_files


@pytest.fixture
def asked(tmp_path, index_folder, app_with):
    """(a client, what the log holds)."""
    folder = tmp_path / "log"
    client = app_with(index=index_folder, query_log=str(folder)).test_client()

    def lines():
        files = day_files(folder) if folder.exists() else []
        return [json.loads(line) for _, path in files for line in path.read_bytes().splitlines()]

    return client, lines


def test_searches_of_both_faces_are_logged_with_what_came_of_them(asked):
    client, lines = asked
    answer = client.get("/api/v1/search?q=форумға&per_page=3&page=2", headers={"Accept-Language": "ru"}).json
    client.get("/en/search?q=форумға&category=Құқық")
    api, html = lines()
    assert (api["text"], api["face"], api["language"], api["page"]) == ("форумға", "api", "ru", 2)
    assert (api["total"], api["generation"]) == (answer["total"], answer["index"]["generation"])
    assert api["took_ms"] == pytest.approx(answer["took_ms"], abs=0.11)
    assert api["notes"] == [note["kind"] for note in answer["query"]["notes"]]
    assert (api["filters"], api["timed_out"], api["cached"]) == (False, False, False)
    assert (html["face"], html["language"], html["page"], html["filters"]) == ("html", "en", 1, True)


def test_an_answer_from_memory_is_logged_and_one_that_the_client_has_is_not(asked):
    client, lines = asked
    tag = client.get("/kk/search?q=мектеп").headers["ETag"]
    client.get("/kk/search?q=мектеп&utm_source=хат")
    assert [line["cached"] for line in lines()] == [False, True]
    assert lines()[1]["total"] == lines()[0]["total"]
    assert client.get("/kk/search?q=мектеп", headers={"If-None-Match": tag}).status_code == 304
    assert len(lines()) == 2


@pytest.mark.parametrize(
    "address",
    ["/kk/", "/kk/article/a00?q=форум", "/api/v1/articles/a00", "/api/v1/analyze?text=форум", "/healthz", "/readyz",
     "/api/v1/search?q=форум&page=0", "/api/v1/search?q=форум&жоқ=1", "/kk/search?q=форум&page=9",
     "/kk/nowhere?q=форум"],
)  # fmt: skip
def test_what_is_no_search_is_not_logged(asked, address):
    client, lines = asked
    client.get(address)
    assert lines() == []


def test_the_log_holds_nothing_of_who_asked(asked):
    client, lines = asked
    headers = {
        "User-Agent": "Browser-77",
        "X-Forwarded-For": "203.0.113.9",
        "Cookie": "id=4711",
        "Referer": "http://r/",
    }
    answer = client.get("/api/v1/search?q=форум", headers=headers, environ_base={"REMOTE_ADDR": "198.51.100.7"})
    (line,) = lines()
    assert set(line) == {
        "time", "text", "total", "took_ms", "page", "face", "language", "notes", "filters", "timed_out", "cached",
        "generation",
    }  # fmt: skip
    written = json.dumps(line)
    for secret in ("Browser-77", "203.0.113.9", "4711", "http://r/", "198.51.100.7", answer.headers["X-Request-Id"]):
        assert secret not in written


def test_a_log_that_cannot_be_written_stops_no_request(tmp_path, index_folder, app_with):
    (tmp_path / "file").write_text("")
    client = app_with(index=index_folder, query_log=str(tmp_path / "file" / "log")).test_client()
    for address in ("/api/v1/search?q=форум", "/kk/search?q=форум", "/kk/search?q=форум"):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("how", ["cut", "hash", "full"])
def test_one_request_is_one_line_whatever_was_typed(tmp_path, index_folder, app_with, how):
    folder = tmp_path / "log"
    client = app_with(index=index_folder, query_log=str(folder), query_log_text=how, cache_mb=0).test_client()
    nasty = ["форум%0D%0A{}", "%1B[31mфорум%07", "форум%E2%80%A8екі%E2%80%A9", "%C2%9B2J", "%E2%80%AEфорум", '"%22},{"']
    for text in nasty:
        assert client.get(f"/api/v1/search?q={text}").status_code == 200
        assert client.get(f"/kk/search?q={text}").status_code == 200
    ((_, path),) = day_files(folder)
    *written, rest = path.read_text("utf-8").split("\n")
    assert rest == ""
    assert len(written) == 2 * len(nasty)
    assert all(line.isprintable() and json.loads(line)["face"] in ("api", "html") for line in written)
