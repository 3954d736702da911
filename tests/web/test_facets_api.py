"""Facets over HTTP, in an archive with facets of its own: every count against a plain recount of the articles."""

import os
import random
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from api_client import ApiClient
from flask import Flask
from page_client import PageClient

from search import facets
from search.kazakh import sort_key
from search.model import Article
from search.service import SearchService
from search.settings import Settings
from tests.indexes import publish
from web import create_app

OWN = "region=Аймақ,topic,views"
TABLE = facets.table(OWN)
CATEGORIES = ("Қоғам", "Спорт", "Ғылым", "Әлем", "Іс-сапар", "Абай жолы", "")
AUTHORS = ("Сәкен Сейфуллин", "Гүлнар Сейфуллина", "Мұхтар Әуезов", "Qanat Áwezov", "Эльмира Орынбаева", "")
REGIONS = ("Ақтөбе облысы", "Абай облысы", "Шымкент", None, ["Жетісу", "Шымкент"])
TOPICS = ("football", "боза", True, 7.0, None)
WORDS = ("форум", "кітапхана", "наубайхана")


def _articles() -> Iterator[Article]:
    rng = random.Random(5)
    for number in range(160):
        when = datetime.fromisoformat("2018-01-01T20:30+06:00").replace(
            year=rng.choice((2018, 2019, 2020)), month=1 + number * 5 % 12, day=1 + number * 7 % 28
        )
        word = WORDS[(number - (number % 4 == 3)) % 3]
        # Every fourth article says what the one before it says.
        body = f"Бұл жиында {word} туралы әңгіме болды, оны {number - (number % 4 == 3)} адам тыңдады. " * 3
        yield Article(
            f"m{number:03d}",
            f"{word.capitalize()} ашылды",
            body,
            published=when if number % 11 else None,
            category=rng.choice(CATEGORIES),
            source=rng.choice(("Көкжар таңы", "Ел үні")),
            author=rng.choice(AUTHORS),
            lang=rng.choice(("kk", "kk", "ru", "en")),
            script=rng.choice(("Cyrl", "Latn")),
            extra={"region": rng.choice(REGIONS), "topic": rng.choice(TOPICS), "views": rng.randrange(3)},
        )


ARTICLES = tuple(_articles())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("site")
    publish(folder, ARTICLES, clusters=True, facets=TABLE)
    settings = Settings(index=folder, facets=OWN, deadline_ms=60_000, facet_ms=60_000)
    service = SearchService(settings)
    yield create_app(settings, service)
    service.close()


@pytest.fixture(scope="module")
def api(site: Flask) -> ApiClient:
    return ApiClient(site)


def group(article: Article, collapse: str) -> str:
    return article.body if collapse == "duplicates" else article.id


def recount(name: str, given: dict[str, Any], words: str = "") -> tuple[dict[str, int], int]:
    """Hits by value, and hits without one, of the facet `name`: its own filter left aside."""
    counts: dict[str, set[str]] = {}
    for article in ARTICLES:
        if words and words not in article.body:
            continue
        if passes(article, {field: wanted for field, wanted in given.items() if field != name}):
            value = TABLE[name].value(article)
            counts.setdefault(value, set()).add(group(article, given.get("collapse", "duplicates")))
    sizes = {value: len(found) for value, found in counts.items()}
    return {value: size for value, size in sizes.items() if value}, sizes.get("", 0)


def passes(article: Article, given: dict[str, Any]) -> bool:
    for field, wanted in given.items():
        if field in TABLE:
            value = TABLE[field].value(article)
            include = [one for one in wanted if not one.startswith("-")]
            if (include and value not in include) or f"-{value}" in wanted:
                return False
    day = article.date.isoformat() if article.date else ""
    first, last = given.get("date_from", ""), given.get("date_to", "")
    return not (first or last) or bool(day and first <= day <= (last or "9999"))


def test_random_searches_count_every_facet_as_a_recount_does(api: ApiClient) -> None:
    seed = int(os.environ.get("SEED", random.randrange(10**6)))
    print(f"SEED={seed}")  # noqa: T201 - pytest shows it when the test fails
    rng = random.Random(seed)
    values = {name: sorted({TABLE[name].value(article) for article in ARTICLES} - {""}) for name in TABLE}
    for _ in range(int(60 * float(os.environ.get("SCALE", "1")))):
        given: dict[str, Any] = {"collapse": rng.choice(["duplicates", "none"]), "facet_limit": rng.choice([1, 3, 100])}
        given["facet_order"] = rng.choice(["count", "alphabet"])
        for name in rng.sample([*TABLE], rng.choice([0, 1, 1, 2, 3])):
            given[name] = [rng.choice(["", "", "-"]) + value for value in rng.sample(values[name], 2)]
        if rng.random() < 0.4:
            given |= {"date_from": "2018-06-15", "date_to": rng.choice(["2019-03-02", "2020-12-31"])}
        words = rng.choice(["", "форум", "наубайхана"])
        given |= {"facets": ",".join(TABLE)}
        found = api.search({**given, "q": words})
        for name in TABLE:
            counts, missing = recount(name, given, words)
            check(found["facets"][name], counts, missing, given, name)
            alone = api.json(f"facets/{name}", {**given, "q": words})
            assert alone["facet"] == found["facets"][name]


def check(facet: dict[str, Any], counts: dict[str, int], missing: int, given: dict[str, Any], name: str) -> None:
    chosen = {one.removeprefix("-") for one in given.get(name, ())}
    listed = [(item["value"], item["count"]) for item in facet["values"]]
    assert {value: count for value, count in listed if count} == {
        value: counts[value] for value, _ in listed if counts.get(value)
    }
    assert (facet["missing"], facet["truncated"]) == (missing, False)
    assert facet["other"] == sum(counts.values()) - sum(count for _, count in listed)
    assert chosen <= {value for value, _ in listed}
    assert {item["value"] for item in facet["values"] if item["selected"] or item["excluded"]} == chosen
    whole = {**dict.fromkeys(chosen, 0), **counts}
    if given["facet_order"] == "alphabet":
        order = sorted(whole, key=sort_key)
    elif TABLE[name].by_value:
        order = sorted(whole, reverse=True)
    else:
        order = sorted(whole, key=lambda value: (-whole[value], sort_key(value)))
    first = [value for place, value in enumerate(order) if place < given["facet_limit"] or value in chosen]
    assert [value for value, _ in listed] == first


def test_the_kazakh_alphabet_is_the_order_of_values(api: ApiClient) -> None:
    found = api.search({"facets": "category,month", "facet_order": "alphabet", "facet_limit": 100})
    listed = [item["value"] for item in found["facets"]["category"]["values"]]
    assert listed == ["Абай жолы", "Әлем", "Ғылым", "Қоғам", "Спорт", "Іс-сапар"] == sorted(listed, key=sort_key)
    months = [item["value"] for item in found["facets"]["month"]["values"]]
    assert months == sorted(months)
    assert len(months) > 20


def test_choosing_a_value_gives_as_many_hits_as_it_says(api: ApiClient) -> None:
    for name in ("region", "topic", "views", "month", "author"):
        facet = api.search({"q": "форум", "facets": name, "facet_limit": 100})["facets"][name]
        assert facet["values"]
        for item in facet["values"]:
            path, _, query = item["href"].partition("?")
            assert path.endswith("/api/v1/search")
            assert api.search(query)["total"] == item["count"], (name, item)


def test_values_of_records_are_texts(api: ApiClient) -> None:
    found = api.search({"facets": "region,topic,views"})["facets"]
    assert {item["value"] for item in found["topic"]["values"]} == {"football", "боза", "true", "7"}
    assert {item["value"] for item in found["views"]["values"]} == {"0", "1", "2"}
    assert {item["value"] for item in found["region"]["values"]} == {
        "Ақтөбе облысы", "Абай облысы", "Шымкент", "Жетісу",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "prefix", "values"),
    [
        ("author", "сей", {"Сәкен Сейфуллин", "Гүлнар Сейфуллина"}),
        ("author", "SEIF", {"Сәкен Сейфуллин", "Гүлнар Сейфуллина"}),
        ("author", "гул сеиф", {"Гүлнар Сейфуллина"}),
        ("author", "ауез", {"Мұхтар Әуезов", "Qanat Áwezov"}),
        ("author", "әуе мұ", {"Мұхтар Әуезов"}),
        ("author", "фуллин", set()),
        ("region", "обл", {"Ақтөбе облысы", "Абай облысы"}),
        ("region", "shym", {"Шымкент"}),
        ("lang", "каз", {"kk"}),
        ("lang", "ағылш", {"en"}),
        ("lang", "k", {"kk"}),
        ("script", "лат", {"Latn"}),
        ("year", "201", {"2018", "2019"}),
        ("month", "2018-0", {f"2018-0{month}" for month in range(1, 10)}),
        ("topic", "foo", {"football"}),
    ],
)
def test_values_are_found_by_the_beginning_of_their_words(
    api: ApiClient, name: str, prefix: str, values: set[str]
) -> None:
    found = api.json(f"facets/{name}", {"prefix": prefix, "facet_limit": 100})
    assert {item["value"] for item in found["facet"]["values"]} == values
    counts, missing = recount(name, {})
    assert {item["value"]: item["count"] for item in found["facet"]["values"]} == {one: counts[one] for one in values}
    assert (found["facet"]["other"], found["facet"]["missing"]) == (0, missing)
    assert (found["name"], found["prefix"]) == (name, prefix)


def test_a_beginning_counts_in_the_search_and_knows_what_it_does_not_list(api: ApiClient) -> None:
    given = {"category": ["Қоғам", "Спорт"], "author": ["Мұхтар Әуезов"], "date_from": "2018-03-01"}
    counts, missing = recount("author", given, "наубайхана")
    found = api.json("facets/author", {**given, "q": "наубайхана", "prefix": "сейф", "facet_limit": 1})
    names = ["Сәкен Сейфуллин", "Гүлнар Сейфуллина"]
    first = min((name for name in names if name in counts), key=lambda name: (-counts[name], sort_key(name)))
    assert [(item["value"], item["count"]) for item in found["facet"]["values"]] == [(first, counts[first])]
    assert found["facet"]["other"] == sum(counts.get(name, 0) for name in names) - counts[first]
    assert found["facet"]["missing"] == missing
    ours = {**given, "prefix": "әуез", "q": "наубайхана"}
    assert [
        (item["value"], item["selected"])
        for item in api.json("facets/author", ours)["facet"]["values"]
        if item["selected"]
    ] == [("Мұхтар Әуезов", True)]


def test_the_links_of_a_facet_lead_back_to_it_and_to_its_search(api: ApiClient) -> None:
    found = api.json("facets/author", {"q": "форум", "prefix": "сей", "page": 3, "category": "Қоғам"})
    path, _, query = found["links"]["self"].partition("?")
    again = api.json(path.removeprefix("http://localhost"), query)
    assert {**again, "took_ms": 0} == {**found, "took_ms": 0}
    search = api.search(found["links"]["search"].partition("?")[2])
    assert search["query"]["filters"] == {"category": ["Қоғам"]}
    assert found["links"]["html"].startswith("http://localhost/kk/search?")


@pytest.mark.parametrize(
    ("name", "near"), [("autor", "author"), ("Region", "region"), ("zzzzz", None), ("q", None), ("x" * 5000, None)]
)
def test_an_unknown_facet_is_not_found_and_the_nearest_is_named(api: ApiClient, name: str, near: str | None) -> None:
    problem = api.json(f"facets/{name}", status=404)
    (error,) = problem["errors"]
    assert (error["parameter"], error["code"], error["did_you_mean"]) == ("name", "unknown-facet", near)
    assert near is None or near in problem["detail"]


def test_parameters_of_a_facet_are_checked_as_those_of_a_search(api: ApiClient) -> None:
    assert api.refused({"facet_limit": "0"}, "facets/author") == [("facet_limit", "bad-value", None)]
    assert api.refused([("prefix", "а"), ("prefix", "б")], "facets/author") == [("prefix", "repeated", None)]
    assert api.refused({"perfix": "а"}, "facets/author")[0][:2] == ("perfix", "unknown-parameter")
    assert api.refused({"prefix": "а" * 501}, "facets/author") == [("prefix", "too-long", None)]
    assert api.refused({"facet_order": "alfabet"}) == [("facet_order", "bad-value", "alphabet")]
    assert api.refused({"facets": "regions"}) == [("facets", "bad-value", "region")]
    assert api.refused({"regio": "Шымкент"}) == [("regio", "unknown-parameter", "region")]


def test_facets_of_the_site_are_described(api: ApiClient) -> None:
    paths = api.description["paths"]
    described = {item["name"]: item for item in paths["/api/v1/search"]["get"]["parameters"]}
    assert {"region", "topic", "views", "month", "facet_order"} <= set(described)
    name = next(item for item in paths["/api/v1/facets/{name}"]["get"]["parameters"] if item["in"] == "path")
    assert name["schema"]["enum"] == [*TABLE]


def test_no_parameter_can_be_hidden_by_a_facet_of_the_site(api: ApiClient) -> None:
    for operations in api.description["paths"].values():
        names = {item["name"] for item in operations["get"].get("parameters", ()) if item["in"] == "query"}
        assert names - set(TABLE) <= facets.RESERVED


def test_a_facet_without_time_lists_nothing_and_says_so(site: Flask, app_with: Callable[..., Flask]) -> None:
    folder = site.extensions["izde"].settings.index
    api = ApiClient(app_with(index=folder, facets=OWN, facet_ms=0, deadline_ms=60_000))
    facet = api.search({"facets": "region"})["facets"]["region"]
    assert facet == {"values": [], "other": 0, "missing": 0, "truncated": True}
    alone = api.get("facets/region", {"prefix": "обл"})
    assert alone.headers["Cache-Control"] == "no-store"
    assert api.json("facets/region", {"prefix": "обл"})["facet"] == facet


def test_a_generation_without_the_facet_has_no_values_of_it(tmp_path: Any, app_with: Callable[..., Flask]) -> None:
    publish(tmp_path, ARTICLES)
    api = ApiClient(app_with(index=tmp_path, facets=OWN))
    facet = api.search({"facets": "region", "collapse": "none"})["facets"]["region"]
    assert facet == {"values": [], "other": 0, "missing": len(ARTICLES), "truncated": False}
    assert api.search({"region": "Шымкент"})["total"] == 0
    assert api.json("facets/region", {"prefix": "ш"})["facet"]["values"] == []


def test_pages_show_the_facets_of_the_site_last(site: Flask) -> None:
    pages = PageClient(site)
    page = pages.get("/kk/search?q=форум")
    assert page.texts(".//section[@class='panel']/h3") == [
        "Айдар", "Дереккөз", "Автор", "Тіл", "Жазу", "Аймақ", "Topic", "Views",
    ]  # fmt: skip
    row = next(
        one for one in page.all(".//section[@aria-labelledby='facet-region']//li//a[@class='value']")
        if "Шымкент" in "".join(one.itertext())
    )  # fmt: skip
    chosen = pages.get(row.get("href", ""))
    assert any("Аймақ: Шымкент" in text for text in chosen.texts(".//div[@class='chips']//li"))
    count = recount("region", {}, "форум")[0]["Шымкент"]
    assert chosen.texts(".//h1")[0].startswith(f"{count} нәтиже")


@pytest.mark.parametrize(("language", "text"), [("kk", "Ай: "), ("ru", "Месяц: "), ("en", "Month: ")])
def test_a_month_that_is_chosen_is_named(site: Flask, language: str, text: str) -> None:
    page = PageClient(site).get(f"/{language}/search?month=2018-11")
    assert page.texts(".//div[@class='chips']//li")[0].startswith(text)
    assert "2018" in page.texts(".//div[@class='chips']//li")[0]
