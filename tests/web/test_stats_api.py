"""What there is in the archive, over HTTP, against a count of its articles."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from api_client import ApiClient
from flask import Flask

from search.deadline import Deadline
from search.facets import FACETS
from search.generations import Generations
from search.model import Article
from search.statistics import statistics
from tests.indexes import ARTICLES, NAME, publish


@pytest.fixture
def duplicates(tmp_path: Path, app_with: Callable[..., Flask]) -> ApiClient:
    """An archive in which three articles say the same, and two others."""
    same = "Қалада жаңа көпір салынды, оның ұзындығы екі жүз метр, ені он метр, ашылуына қала тұрғындары келді."
    other = "Ауылда балабақша ашылды, онда жүз бала тәрбиеленеді, ас үйі мен бақшасы бар, қызметкері отыз адам."
    day = datetime.fromisoformat("2019-12-31T23:30+06:00")
    articles = [Article(f"a{n}", f"Көпір {n}", same, published=day.replace(day=n), category="Қала") for n in (1, 2, 3)]
    articles += [Article(f"b{n}", f"Балабақша {n}", other, published=day, category="Ауыл") for n in (1, 2)]
    articles += [Article("c", "Күні жоқ", "Бөлек мақала")]
    publish(tmp_path, articles, clusters=True)
    return ApiClient(app_with(index=tmp_path))


def test_articles_are_counted_by_field(api: ApiClient) -> None:
    found = api.json("stats")
    assert list(found["counts"]) == ["category", "source", "lang", "script", "year"]
    for name, group in found["counts"].items():
        counts = Counter(FACETS[name].value(article) for article in ARTICLES)
        assert {item["value"]: item["count"] for item in group["values"]} == {k: n for k, n in counts.items() if k}
        assert (group["missing"], group["other"]) == (counts[""], 0)
    years = [item["value"] for item in found["counts"]["year"]["values"]]
    assert years == sorted(years, reverse=True)
    tallest = [item["count"] for item in found["counts"]["category"]["values"]]
    assert tallest == sorted(tallest, reverse=True)


def test_sizes_and_days_are_those_of_the_generation(api: ApiClient, index_folder: Path) -> None:
    found = api.json("stats")
    days = [article.date.isoformat() for article in ARTICLES if article.date]
    assert (found["oldest"], found["newest"]) == (min(days), max(days))
    assert found["undated"] == len(ARTICLES) - len(days)
    folder = index_folder / "generations" / NAME
    on_disk = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and path.name != "MANIFEST.json")
    assert found["sizes"]["bytes"] == on_disk
    assert found["sizes"]["articles"] == len(ARTICLES) == found["index"]["documents"]
    assert found["sizes"]["tokens"] > found["sizes"]["stems"] > 100
    assert found["index"]["generation"] == NAME


def test_duplicates_are_those_that_a_search_hides(duplicates: ApiClient) -> None:
    found = duplicates.json("stats")
    assert (found["duplicates"], found["undated"]) == (3, 1)
    assert duplicates.search()["duplicates_hidden"] == 3
    assert {item["value"]: item["count"] for item in found["counts"]["category"]["values"]} == {"Қала": 3, "Ауыл": 2}
    assert (found["oldest"], found["newest"]) == ("2019-12-01", "2019-12-31")


def test_labels_are_in_the_language_of_the_reader(api: ApiClient) -> None:
    for language, label in (("kk", "қазақ тілі"), ("ru", "казахский"), ("en", "Kazakh")):
        found = api.json("stats", headers={"Accept-Language": language})
        assert next(item for item in found["counts"]["lang"]["values"] if item["value"] == "kk")["label"] == label


def test_the_client_need_not_take_it_again(api: ApiClient) -> None:
    first = api.get("stats")
    assert first.headers["ETag"].startswith("W/")
    assert api.get("stats", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    other = {"If-None-Match": first.headers["ETag"], "Accept-Language": "ru"}
    assert api.get("stats", headers=other).status_code == 200


def test_it_has_no_parameters(api: ApiClient) -> None:
    assert api.refused({"q": "форум"}, "stats")[0][:2] == ("q", "unknown-parameter")


def test_an_empty_archive_has_no_days(tmp_path: Path, app_with: Callable[..., Flask]) -> None:
    publish(tmp_path, [])
    found = ApiClient(app_with(index=tmp_path)).json("stats")
    assert (found["oldest"], found["newest"], found["duplicates"], found["undated"]) == (None, None, 0, 0)
    assert all(group == {"values": [], "other": 0, "missing": 0} for group in found["counts"].values())


def test_what_there_was_no_time_to_count_is_not_guessed(index_folder: Path) -> None:
    generations = Generations(index_folder, poll_ms=0)
    with generations.lease() as generation:
        assert statistics(generation, Deadline(0)).duplicates is None
        assert statistics(generation, Deadline.never()).duplicates == 0
    generations.close()
