"""A facet of the site, from the settings and the records to the answers of a search, through the real command."""

import csv
import json
from pathlib import Path

import pytest

from search import manifest
from search.model import Filter, Query
from search.service import SearchService
from search.settings import Settings
from tests.runs import Result, izde, served

RECORDS = (
    {"id": "1", "region": "Ақтөбе  облысы", "topic": ["егін", "су"], "category": "Қоғам"},
    {"id": "2", "region": "Шымкент", "topic": "су"},
    {"id": "3", "region": "Шымкент", "topic": 7, "extra": {"views": 12}},
    {"id": "4", "region": None, "topic": {"аты": "су"}},
    {"id": "5"},
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with an archive of five records, and settings."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "archive").mkdir()
    lines = [
        json.dumps({"title": "Көктемгі егін", "body": "Диқандар егін егуге шықты."} | record, ensure_ascii=False)
        for record in RECORDS
    ]
    (tmp_path / "archive" / "articles.jsonl").write_text("\n".join(lines), "utf-8")
    configure("")
    return tmp_path


def configure(facets: str, more: str = "") -> None:
    Path("izde.toml").write_text(f'index = "index"\nfacets = "{facets}"\n{more}\n', "utf-8")


def reindex(*more: object) -> Result:
    return izde("reindex", "archive", "--config", "izde.toml", "-q", *more)


def counts(field: str, query: str = "егін", **given: object) -> tuple[dict[str, int], int]:
    service = SearchService(Settings.load({}, Path("izde.toml")))
    try:
        (facet,) = service.search(Query(query, facets=(field,), **given)).facets  # type: ignore[arg-type]
    finally:
        service.close()
    return {item.value: item.count for item in facet.values}, facet.missing


def test_a_key_of_the_records_becomes_a_facet(home: Path) -> None:
    configure("region=Аймақ,topic,views=Көрілім")
    assert reindex() == Result(0, "", "")
    assert counts("region") == ({"Шымкент": 2, "Ақтөбе облысы": 1}, 2)
    assert counts("topic") == ({"су": 1, "егін": 1, "7": 1}, 2)
    assert counts("views") == ({"12": 1}, 4)
    chosen = (Filter("region", ("Шымкент",)),)
    assert counts("topic", filters=chosen) == ({"су": 1, "7": 1}, 0)
    assert counts("region", query="region:шымкентте")[0]["Шымкент"] == 2


def test_a_new_facet_builds_the_index_anew_and_another_name_for_people_does_not(home: Path) -> None:
    assert reindex("--if-needed") == Result(0, "", "")
    first, _ = served(home / "index")
    configure("region=Аймақ")
    assert counts("region") == ({}, 5)
    assert reindex("--if-needed") == Result(0, "", "")
    second, _ = served(home / "index")
    assert second != first
    assert counts("region") == ({"Шымкент": 2, "Ақтөбе облысы": 1}, 2)
    configure("region=Облыс")
    assert reindex("--if-needed") == Result(0, "", "")
    assert served(home / "index")[0] == second
    pipelines = {manifest.read(path).pipeline for path in (home / "index" / "generations").iterdir()}
    assert len(pipelines) == 2


def test_a_key_that_would_be_another_field_is_the_facet_that_the_site_names(home: Path) -> None:
    """`topic` is a name of the category where the site says nothing."""
    assert reindex() == Result(0, "", "")
    assert counts("category")[0]["су"] == 1
    configure("topic")
    assert reindex() == Result(0, "", "")
    assert counts("category") == ({"Қоғам": 1}, 4)
    assert counts("topic") == ({"су": 1, "егін": 1, "7": 1}, 2)


def test_a_field_map_may_lead_to_a_facet(home: Path) -> None:
    with (home / "archive" / "more.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["id", "title", "Аймағы"], ["6", "Егін жиналды", "Абай облысы"]])
    configure("region=Аймақ", 'fields = "Аймағы=region"')
    assert reindex() == Result(0, "", "")
    assert counts("region") == ({"Шымкент": 2, "Абай облысы": 1, "Ақтөбе облысы": 1}, 2)
    configure("region=Аймақ", 'fields = "Аймағы=regin"')
    ended = reindex()
    assert ended.code == 2
    assert "did you mean 'region'?" in ended.err


def test_a_facet_that_cannot_be_stops_the_run_and_names_its_place(home: Path) -> None:
    configure("region,Аймақ")
    ended = reindex()
    assert ended.code == 2
    assert "izde.toml: facets: 'Аймақ'" in ended.err
    assert not (home / "index").exists()
