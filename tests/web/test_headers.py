import pytest

from web.security import DATA_POLICY

PATHS = [
    ("/api/v1/search", 200), ("/api/v1/search?q=форум&page=2", 200), ("/api/v1/search?page=0", 400),
    ("/api/v1/articles/a00", 200), ("/api/v1/articles/жоқ", 404), ("/api/v1/analyze?text=а", 200),
    ("/api/v1/openapi.json", 200), ("/api/v1/none", 404), ("/healthz", 200), ("/readyz", 200),
]  # fmt: skip


@pytest.fixture(params=PATHS, ids=lambda param: param[0])
def response(app, request):
    path, status = request.param
    found = app.test_client().get(path)
    assert found.status_code == status
    return found


def test_data_may_not_act_as_a_page(response):
    headers = response.headers
    assert headers["Content-Security-Policy"] == DATA_POLICY
    assert "default-src 'none'" in DATA_POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["Content-Type"].endswith("json; charset=utf-8")


def test_nothing_is_remembered_and_no_version_told(response):
    assert "Set-Cookie" not in response.headers
    assert "Server" not in response.headers
    assert "X-Powered-By" not in response.headers


def test_every_request_has_an_id_of_its_own(app):
    client = app.test_client()
    ids = {client.get(path).headers["X-Request-Id"] for path, _ in PATHS for _ in range(3)}
    assert len(ids) == 3 * len(PATHS)
    assert client.get("/healthz", headers={"X-Request-Id": "mine"}).headers["X-Request-Id"] != "mine"


@pytest.mark.parametrize("path", ["/api/v1/search", "/api/v1/search?page=0", "/api/v1/articles/a00", "/api/v1/none"])
@pytest.mark.parametrize("origin", ["https://reader.example", "null", None])
def test_every_site_may_read_the_api(app, path, origin):
    headers = app.test_client().get(path, headers={"Origin": origin} if origin else {}).headers
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert "Link" in headers["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Credentials" not in headers


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_the_ends_for_operators_are_not_for_other_sites(app, path):
    assert "Access-Control-Allow-Origin" not in app.test_client().get(path).headers


@pytest.mark.parametrize(
    "path",
    ["/robots.txt", "/sitemap.xml", "/sitemap-1.xml", "/opensearch.xml", "/kk/suggestions.json?q=фор", "/kk/feed.atom",
     "/kk/cite/a04.bib", "/ru/cite/a04.ris", "/site.webmanifest", "/izde.css", "/embed.js", "/favicon.ico"],
)  # fmt: skip
def test_what_stands_around_the_pages_is_data_that_may_be_kept(app, path):
    client = app.test_client()
    with client.get(path) as found:
        headers = found.headers
        assert found.status_code == 200
        assert headers["Content-Security-Policy"] == DATA_POLICY
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "Set-Cookie" not in headers
        assert "max-age" in headers["Cache-Control"]
        assert headers["Content-Type"].endswith("; charset=utf-8") or headers["Content-Type"].startswith("image/")
    with client.get(path, headers={"If-None-Match": headers["ETag"]}) as again:
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["Content-Security-Policy"] == DATA_POLICY
    with client.head(path) as head:
        assert (head.status_code, head.data, head.headers["ETag"]) == (200, b"", headers["ETag"])
    assert client.post(path).status_code == 405


@pytest.mark.parametrize("path", ["/", "/kk", "/api/v1/docs", "/kk/search?q=форум&page=50"])
def test_nobody_keeps_where_a_reader_was_sent(app, path):
    found = app.test_client().get(path)
    assert found.status_code in (302, 308)
    assert found.headers["Cache-Control"] == "no-store"


def test_files_take_no_more_verbs_than_pages(app):
    client = app.test_client()
    for path in ("/static/izde.js", "/kk/help"):
        assert client.options(path).status_code == 405
        assert client.options(path).headers["Allow"] == "GET, HEAD"
