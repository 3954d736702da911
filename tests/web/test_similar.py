"""Articles on the subject of an article."""

import pytest
from api_client import ApiClient
from page_client import PageClient

from search.model import Article
from tests.indexes import ARTICLES, publish

FLOOD = [
    Article("tasqyn-1", "Көкөзен арнасынан асты", "Көктемгі тасқын су қоймасының бөгетін бұзды. Құтқарушылар Көкөзен"
            " бойындағы ауылды көшірді. Тасқын кезінде бөгет шыдамады, құтқарушылар екі тәулік жұмыс істеді.",
            lang="kk"),
    Article("tasqyn-2", "Бөгет жөндеуден өтті", "Тасқыннан кейін су қоймасының бөгеті жөнделді. Құтқарушылар"
            " Көкөзен деңгейін күн сайын өлшейді, тасқын қаупі азайды.", lang="kk"),
    Article("tasqyn-3", "Құтқарушылар жаттығуы", "Құтқарушылар тасқын кезінде ауылды қалай көшіретінін көрсетті."
            " Жаттығу Көкөзен жағасында, ескі бөгет қасында өтті.", lang="kk"),
    Article("tasqyn-1-kochirme", "Су басқан ауыл", "Көктемгі тасқын су қоймасының бөгетін бұзды. Құтқарушылар Көкөзен"
            " бойындағы ауылды көшірді. Тасқын кезінде бөгет шыдамады, құтқарушылар екі тәулік жұмыс істеді.",
            lang="kk"),
    Article("qysqa", "Сурет", "", lang="kk"),
]  # fmt: skip
OTHERS = [one for one in ARTICLES if "тасқын" not in one.body]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("index")
    publish(folder, [*OTHERS, *FLOOD], clusters=True)
    return folder


@pytest.fixture
def site(folder, app_with):
    return app_with(index=folder, deadline_ms=60_000)


@pytest.fixture
def api(site):
    return ApiClient(site)


def similar(api: ApiClient, article_id: str, **given: object) -> list[str]:
    return [hit["id"] for hit in api.json(f"articles/{article_id}/similar", given)["results"]]


def test_the_articles_on_the_subject_come_and_no_others(api):
    assert set(similar(api, "tasqyn-1")) == {"tasqyn-2", "tasqyn-3"}
    assert set(similar(api, "tasqyn-3")) == {"tasqyn-2", "tasqyn-1"} or set(similar(api, "tasqyn-3")) == {
        "tasqyn-2",
        "tasqyn-1-kochirme",
    }


def test_neither_itself_nor_what_says_the_same(api):
    for one in FLOOD:
        assert not {one.id, *(["tasqyn-1", "tasqyn-1-kochirme"] if "tasqyn-1" in one.id else [])} & set(
            similar(api, one.id, limit=20)
        )


def test_of_those_that_say_the_same_one_comes_and_names_the_others(api):
    (hit,) = [hit for hit in api.json("articles/tasqyn-2/similar")["results"] if hit["id"].startswith("tasqyn-1")]
    assert {hit["id"], *hit["duplicates"]["ids"]} == {"tasqyn-1", "tasqyn-1-kochirme"}


def test_the_limit_holds(api):
    assert len(similar(api, "tasqyn-1", limit=1)) == 1
    for limit in ("0", "21", "-1", "x", "٣", "1.5"):
        assert api.refused({"limit": limit}, path="articles/tasqyn-1/similar") == [("limit", "bad-value", None)]
    assert api.refused({"q": "су"}, path="articles/tasqyn-1/similar")[0][1] == "unknown-parameter"


def test_an_answer_shows_beginnings_without_marks(api):
    answer = api.json("articles/tasqyn-1/similar")
    for hit in answer["results"]:
        assert hit["snippets"][0]
        assert "<mark>" not in hit["snippets"][0]
        assert hit["score"] > 0
    scores = [hit["score"] for hit in answer["results"]]
    assert scores == sorted(scores, reverse=True)
    assert answer["links"]["article"] == api.json("articles/tasqyn-1")["links"]["self"]
    assert api.json("articles/tasqyn-1")["links"]["similar"] == answer["links"]["self"]


def test_an_article_without_a_subject_has_none_like_it(api):
    assert similar(api, "qysqa") == []


def test_there_must_be_such_an_article(api):
    assert api.get("articles/жоқ/similar").status_code == 404


def test_ids_with_slashes_are_found(api):
    assert similar(api, "latin/1") is not None


def test_it_may_be_kept(api):
    response = api.get("articles/tasqyn-1/similar")
    etag = response.headers["ETag"]
    assert api.get("articles/tasqyn-1/similar", headers={"If-None-Match": etag}).status_code == 304
    assert api.get("articles/tasqyn-1/similar", {"limit": 5}).headers["ETag"] == etag


@pytest.mark.parametrize(
    ("language", "title"), [("kk", "Ұқсас мақалалар"), ("ru", "Похожие статьи"), ("en", "Similar articles")]
)
def test_the_page_of_an_article_lists_them(site, language, title):
    pages = PageClient(site)
    page = pages.get(f"/{language}/article/tasqyn-1")
    assert page.texts(".//section[@class='similar']/h2") == [title]
    links = [one.get("href") for one in page.all(".//section[@class='similar']//h3/a")]
    assert {link.rpartition("/")[2] for link in links} == {"tasqyn-2", "tasqyn-3"}
    for link in links:
        pages.get(link)
    assert not pages.get(f"/{language}/article/qysqa").all(".//section[@class='similar']")
