"""Exports: the hits of a search as a file."""

import csv
import io
import json
import time
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from api_client import ApiClient

from search import export
from search.errors import ExportTimeout
from search.export import BATCH
from search.generations import Generations
from search.service import SearchService
from search.settings import Settings
from tests.indexes import ARTICLES, publish
from web import create_app, heartbeat, tables
from web.tables import COLUMNS, cell


def rows(response) -> list[dict[str, str]]:
    text = response.data.decode("utf-8")
    assert text.startswith("\ufeff")
    assert text.count("\r\n") == text.count("\n")
    return list(csv.DictReader(io.StringIO(text[1:], newline="")))


def objects(response) -> list[dict[str, object]]:
    lines = response.data.decode("utf-8").split("\n")
    assert lines.pop() == ""
    return [json.loads(line) for line in lines]


def test_a_table_has_the_hits_in_their_order(api):
    given = {"q": "форум мектеп", "category": ["Құқық", "Қоғам"]}
    found = rows(api.get("search.csv", given))
    hits = api.search({**given, "per_page": 100})["results"]
    assert [row["id"] for row in found] == [hit["id"] for hit in hits]
    by_id = {one.id: one for one in ARTICLES}
    for row, hit in zip(found, hits, strict=True):
        one = by_id[row["id"]]
        assert tuple(row) == COLUMNS
        assert row["published"] == (one.published.isoformat() if one.published else "")
        assert (row["category"], row["source"], row["author"], row["title"], row["url"]) == (
            one.category, one.source, one.author, one.title, one.url,
        )  # fmt: skip
        assert "<mark>" not in row["snippet"]
        assert row["snippet"]
        assert hit["title"] == row["title"]


def test_json_lines_are_the_results_of_the_answer(api):
    given = {"q": "форумға", "snippets": 1, "highlight": "ranges"}
    answer = api.search({**given, "per_page": 100})
    response = api.get("search.jsonl", given)
    assert objects(response) == answer["results"]
    assert response.headers["X-Total-Count"] == response.headers["X-Row-Count"] == str(answer["total"])


def test_everything_comes_without_a_query(api):
    assert len(rows(api.get("search.csv"))) == len(ARTICLES)
    assert {row["id"] for row in objects(api.get("search.jsonl"))} == {one.id for one in ARTICLES}


@pytest.mark.parametrize(("kind", "mimetype"), [("csv", "text/csv"), ("jsonl", "application/x-ndjson")])
def test_it_comes_as_a_file(api, kind, mimetype):
    response = api.get(f"search.{kind}", {"q": "нан"})
    assert response.content_type == f"{mimetype}; charset=utf-8"
    disposition = response.headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename=")
    assert disposition.endswith(f'.{kind}"')
    assert "ETag" in response.headers
    again = api.get(f"search.{kind}", {"q": "нан"}, headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_head_tells_the_numbers(api, kind):
    response = api.get(f"search.{kind}", {"q": "форум"}, method="HEAD")
    assert response.status_code == 200
    assert int(response.headers["X-Row-Count"]) > 0


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
@pytest.mark.parametrize("name", ["page", "per_page", "cursor", "explain"])
def test_what_a_file_has_no_use_for_is_no_parameter(api, kind, name):
    assert [(one[0], one[1]) for one in api.refused({name: "1"}, path=f"search.{kind}")] == [
        (name, "unknown-parameter")
    ]


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_wrong_values_and_unknown_names_are_refused_before_anything_is_sent(api, kind):
    assert api.refused({"match": "exakt"}, path=f"search.{kind}") == [("match", "bad-value", "exact")]
    assert api.refused({"categry": "Құқық"}, path=f"search.{kind}") == [("categry", "unknown-parameter", "category")]
    assert api.refused({"q": "а" * 501}, path=f"search.{kind}")[0][:2] == ("q", "too-long")


def test_an_answer_leads_to_its_files(api):
    links = api.search({"q": "форум", "page": 2, "per_page": 3, "facets": "year", "snippets": 1})["links"]
    for kind, read in (("csv", rows), ("jsonl", objects)):
        parts = urlsplit(links[kind])
        assert parts.path == f"/api/v1/search.{kind}"
        assert len(read(api.get(parts.path, parts.query))) == api.search({"q": "форум"})["total"]
        assert "snippets=1" in parts.query


def test_a_limit_of_rows_is_told(index_folder, app_with):
    api = ApiClient(app_with(index=index_folder, export_rows=5, deadline_ms=60_000))
    response = api.get("search.csv", {"q": "форум"})
    assert len(rows(response)) == 5
    assert response.headers["X-Row-Count"] == "5"
    assert int(response.headers["X-Total-Count"]) > 5
    link = urlsplit(response.headers["Link"].partition(">")[0].lstrip("<"))
    assert len(api.search(link.query)["results"]) == int(response.headers["X-Total-Count"])


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+7 701", "-5 градус", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "\u00a0=1", " \t-1", "＝1", "－"],
)
def test_nothing_acts_as_a_formula(text):
    assert cell(text) == "'" + text


@pytest.mark.parametrize("text", ["", " ", "а=1", "5-6", "«=»", "'=1", "(+7)"])
def test_other_cells_stay_as_they_are(text):
    assert cell(text) == text


@pytest.mark.parametrize(
    ("text", "safe"),
    [("тасқын;=1+1;", "тасқын;'=1+1;"), ("а; -1", "а; '-1"), ("а\t@СУММ(1)", "а\t'@СУММ(1)"), ("а;б-в=г", "а;б-в=г")],
)
def test_nor_does_anything_where_a_semicolon_ends_a_cell(text, safe):
    assert cell(text) == safe


def test_hostile_values_stay_in_their_cells(tmp_path, app_with):
    nasty = '=HYPERLINK("http://зиян";"аш")\r\n"; DROP, \u2028'
    one = replace(ARTICLES[2], id="+id", title=nasty, category="-Жедел", author='"', source="a,b;c\td", url="=x")
    publish(tmp_path, [one])
    (row,) = rows(ApiClient(app_with(index=tmp_path)).get("search.csv"))
    assert row["title"] == "'" + nasty
    assert (row["id"], row["category"], row["author"], row["source"], row["url"]) == (
        "'+id", "'-Жедел", '"', "a,b;c\td", "'=x",
    )  # fmt: skip


class Kept(Generations):
    """Generations that count the leases that are held."""

    held = 0

    def _take(self):
        Kept.held += 1
        return super()._take()

    def _give_back(self, held):
        Kept.held -= 1
        super()._give_back(held)


@pytest.fixture
def many(tmp_path):
    """A service over more articles than a batch holds, and its client."""
    articles = [replace(ARTICLES[2], id=f"b{number:04d}") for number in range(BATCH * 3)]
    publish(tmp_path, articles)
    settings = Settings(index=tmp_path, deadline_ms=60_000)
    service = SearchService(settings, Kept(tmp_path, 0))
    Kept.held = 0
    yield create_app(settings, service).test_client()
    service.close()
    assert Kept.held == 0, "a generation was not let go of"


def test_the_generation_is_held_for_the_whole_stream_and_no_longer(many):
    response = many.get("/api/v1/search.csv", buffered=False)
    lines = response.response
    next(iter(lines))
    assert Kept.held == 1
    response.close()
    assert Kept.held == 0
    whole = many.get("/api/v1/search.jsonl")
    assert len(objects(whole)) == BATCH * 3


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_nothing_is_held_after_what_is_not_read(many, method):
    for path in ("/api/v1/search.csv", "/api/v1/search.jsonl?q=театр"):
        many.open(path, method=method, buffered=False).close()
    etag = many.get("/api/v1/search.csv").headers["ETag"]
    assert many.get("/api/v1/search.csv", headers={"If-None-Match": etag}).status_code == 304
    assert Kept.held == 0


def test_each_batch_is_a_sign_of_life(many, monkeypatch):
    beats: list[int] = []
    monkeypatch.setattr(heartbeat, "_beats", [])
    heartbeat.listen(lambda: beats.append(1))
    assert many.get("/api/v1/search.csv").data
    assert len(beats) == 3


def test_an_export_without_time_breaks_off_where_the_client_sees_it(many, monkeypatch):
    response = many.get("/api/v1/search.csv", buffered=False)
    lines = iter(response.response)
    assert next(lines).startswith(b"\xef\xbb\xbfid,")
    next(lines)
    real = time.monotonic
    monkeypatch.setattr(export.time, "monotonic", lambda: real() + 121)
    with pytest.raises(ExportTimeout, match="after 100 of 300 rows"):
        next(lines)
    response.close()


def test_columns_are_those_that_are_promised():
    assert ",".join(COLUMNS) == "id,published,category,source,author,title,url,snippet"
    assert tables.COLUMNS is COLUMNS
