"""Articles that say the same: one hit with a count, and the way to see them all, on both faces."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from api_client import ApiClient
from page_client import PageClient

from search.kazakh import Analyzer
from search.service import SearchService
from search.settings import Settings
from tests.indexes import ARTICLES, cluster, publish
from web import create_app

ANALYZER = Analyzer()
CLUSTERS = {one.id: cluster(ANALYZER.terms(one.body, one.lang)) or one.id for one in ARTICLES}
GROUPS = Counter(CLUSTERS.values())
FORUM = {one.id for one in ARTICLES if "азаматтар форумы" in one.title}


@pytest.fixture(scope="module")
def index_folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("index")
    publish(folder, clusters=True)
    return folder


@pytest.fixture(scope="module")
def settings(index_folder):
    return Settings(index=index_folder, deadline_ms=60_000, facet_ms=60_000)


@pytest.fixture(scope="module")
def app(settings):
    service = SearchService(settings)
    yield create_app(settings, service)
    service.close()


@pytest.fixture(scope="module")
def api(app):
    return ApiClient(app)


@pytest.fixture(scope="module")
def pages(app):
    return PageClient(app)


def test_a_group_is_one_hit_with_the_others_behind_it(api):
    answer = api.search({"q": "форумға", "category": "Құқық", "year": ["2018", "2019"]})
    (hit,) = [one for one in answer["results"] if one["id"] in FORUM]
    shown = {hit["id"], *hit["duplicates"]["ids"]}
    expected = {one.id for one in ARTICLES if one.id in FORUM and one.date and one.date.year in (2018, 2019)}
    assert shown == expected
    assert len(expected) > 2
    assert hit["duplicates"]["count"] == len(expected) - 1 == answer["duplicates_hidden"]


def test_counts_are_of_groups_and_add_up_to_the_articles(api):
    answer = api.search({"per_page": 100})
    assert answer["total"] == len(GROUPS) == len(answer["results"])
    assert answer["total"] + answer["duplicates_hidden"] == len(ARTICLES)
    assert sum(1 + hit["duplicates"]["count"] for hit in answer["results"]) == len(ARTICLES)
    every = api.search({"per_page": 100, "collapse": "none"})
    assert (every["total"], every["duplicates_hidden"]) == (len(ARTICLES), 0)
    assert {hit["duplicates"]["count"] for hit in every["results"]} == {0}


def test_links_keep_what_is_not_usual(api):
    assert "collapse" not in api.search({"q": "форум"})["links"]["self"]
    assert "collapse=none" in api.search({"q": "форум", "collapse": "none"})["links"]["self"]


def test_no_more_than_twenty_are_named(tmp_path, app_with):
    many = [replace(ARTICLES[2], id=f"b{number:02d}") for number in range(30)]
    publish(tmp_path, many, clusters=True)
    (hit,) = ApiClient(app_with(index=tmp_path, deadline_ms=60_000)).search()["results"]
    assert (hit["duplicates"]["count"], len(hit["duplicates"]["ids"])) == (29, 20)


def test_an_article_names_the_others_that_say_the_same(api):
    one = next(article for article in ARTICLES if GROUPS[CLUSTERS[article.id]] > 2)
    answer = api.json(f"articles/{one.id}")
    same = {other.id for other in ARTICLES if CLUSTERS[other.id] == CLUSTERS[one.id]} - {one.id}
    assert set(answer["duplicates"]) == same
    lonely = next(article for article in ARTICLES if GROUPS[CLUSTERS[article.id]] == 1)
    assert api.json(f"articles/{lonely.id}")["duplicates"] == []


def test_the_page_says_how_many_are_hidden_and_leads_to_them(pages):
    page = pages.get("/kk/search?q=форумға")
    texts = page.texts(".//ul[@class='remarks']/li")
    assert any("біріктірілді" in text for text in texts), texts
    every = pages.get(page.link("Бәрін көрсету"))
    assert not any("біріктірілді" in text for text in every.texts(".//ul[@class='remarks']/li"))
    assert {href.split("?")[0].rpartition("/")[2] for href in every.hrefs()} >= FORUM
    back = pages.get(every.link("Мәтіні бірдей мақалалар да көрсетілген"))
    assert back.texts(".//h1") == page.texts(".//h1")


@pytest.mark.parametrize(
    ("language", "text"), [("kk", "Мәтіні бірдей: 7"), ("ru", "Тот же текст: 7"), ("en", "Same text: 7")]
)
def test_a_card_says_how_many_have_the_same_text_and_names_some(pages, language, text):
    page = pages.get(f"/{language}/search?q=форумға&category=Құқық")
    assert page.texts(".//details[@class='same']/summary") == [text]
    *named, every = page.all(".//details[@class='same']//a")
    ids = {one.get("href").rpartition("/")[2] for one in named}
    assert len(ids) == 5
    assert ids < FORUM
    for one in named:
        assert pages.get(one.get("href")).texts(".//h1") == ["".join(one.itertext())]
    assert "collapse=none" in every.get("href")
    assert "category=" in every.get("href")


def test_the_page_of_an_article_names_all_that_say_the_same(pages, api):
    one = min(FORUM)
    names = pages.get(f"/ru/article/{one}").all(".//section[@class='similar copies']//h3/a")
    assert {link.get("href").rpartition("/")[2] for link in names} == set(api.json(f"articles/{one}")["duplicates"])


def test_a_wrong_choice_is_refused(api):
    assert api.refused({"collapse": "duplicate"}) == [("collapse", "bad-value", "duplicates")]


def test_the_age_of_articles_counts_where_it_is_asked_for(api):
    asked = {"q": "форумға", "collapse": "none", "per_page": 100}
    plain, aged = (api.search({**asked, "half_life": days})["results"] for days in (0, 1))
    assert {one["id"] for one in plain} == {one["id"] for one in aged}
    assert all(old["score"] >= new["score"] for old, new in zip(plain, aged, strict=True))
    assert sum(one["score"] for one in aged) < sum(one["score"] for one in plain)
    explained = api.search({**asked, "half_life": 1, "explain": 1})["results"][-1]["explanation"]
    assert explained["recency"] < 0
    assert "half_life=1" in api.search({**asked, "half_life": 1})["links"]["self"]


def test_a_site_may_let_age_count_by_itself(index_folder, app_with):
    site = ApiClient(app_with(index=index_folder, half_life_days=30, deadline_ms=60_000))
    asked = {"q": "форумға", "explain": 1}
    assert site.search(asked)["results"][-1]["explanation"]["recency"] < 0
    assert site.search({**asked, "half_life": 0})["results"][-1]["explanation"]["recency"] == 0
    assert "half_life" not in site.search(asked)["links"]["self"]


def test_the_oldest_leads_unless_the_site_prefers_a_publication(tmp_path, app_with):
    texts = {"eski": ("Дала хабары", 2018), "orta": ("Ел үні", 2020), "jana": ("Көкжар таңы", 2022)}
    one = ARTICLES[2]
    when = datetime(2018, 5, 1, 9, tzinfo=UTC)
    same = [
        replace(one, id=name, source=source, published=when.replace(year=year))
        for name, (source, year) in texts.items()
    ]
    publish(tmp_path, same, clusters=True)
    for prefer, first in {"": "eski", "Жоқ газет, Көкжар таңы,Ел үні": "jana", "Ел үні": "orta"}.items():
        api = ApiClient(app_with(index=tmp_path, deadline_ms=60_000, prefer=prefer))
        others = sorted(set(texts) - {first}, key=lambda name: -texts[name][1])
        (hit,) = api.search({"q": "театр"})["results"]
        assert (hit["id"], hit["duplicates"]["ids"]) == (first, others)
        (newest,) = api.search({"q": "театр", "sort": "newest"})["results"]
        assert newest["id"] == "jana"
        last = "jana" if first == "eski" else "eski"
        assert api.json(f"articles/{last}")["duplicates"][0] == first
