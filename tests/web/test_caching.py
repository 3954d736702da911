import pytest
from api_client import ApiClient

from tests.indexes import ARTICLES, NAME, publish

PATHS = ["search", "articles/a00"]


@pytest.mark.parametrize("path", PATHS)
def test_an_answer_may_be_kept_and_is_asked_for_again_by_its_tag(api, path):
    first = api.get(path)
    assert first.headers["Cache-Control"] == "public, max-age=60, stale-while-revalidate=300"
    assert first.headers["Vary"] == "Accept-Language"
    tag = first.headers["ETag"]
    assert tag.startswith('W/"')
    again = api.get(path, headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert again.headers["ETag"] == tag
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"]
    assert again.headers["Vary"] == "Accept-Language"
    assert api.get(path, headers={"If-None-Match": 'W/"another"'}).status_code == 200
    assert api.get(path, headers={"If-None-Match": f'"x", {tag}'}).status_code == 304
    assert api.get(path, headers={"If-None-Match": "*"}).status_code == 304
    assert api.get(path, headers={"If-None-Match": tag}, method="HEAD").status_code == 304


@pytest.mark.parametrize("tag", ["", '"', "W/", "\x00", "а", ",,,", '"' * 5000])
def test_a_tag_that_is_none_is_passed_over(api, tag):
    assert api.get("search", headers={"If-None-Match": tag.encode("utf-8").decode("latin-1")}).status_code == 200


def tag(api, given, **headers):
    return api.get("search", given, headers=headers).headers["ETag"]


def test_the_same_question_has_the_same_tag(api):
    assert tag(api, "q=a&per_page=20&match=smart") == tag(api, "match=smart&q=a") == tag(api, "q=%61&page=1")
    assert tag(api, "q=a&facets=category,source,year") == tag(api, "q=a")


@pytest.mark.parametrize(
    "given",
    ["q=b", "q=a&page=2", "q=a&per_page=21", "q=a&match=exact", "q=a&in=title", "q=a&category=x", "q=a&category=-x",
     "q=a&sort=newest", "q=a&highlight=none", "q=a&snippets=1", "q=a&snippet_length=90", "q=a&facets=none",
     "q=a&facet_limit=1", "q=a&histogram=year", "q=a&date_from=2018", "q=a&date_to=2018"],
)  # fmt: skip
def test_another_question_has_another_tag(api, given):
    assert tag(api, given) != tag(api, "q=a")


def test_the_tag_is_of_one_language(api):
    tags = {language: tag(api, "q=a", **{"Accept-Language": language}) for language in ("kk", "ru", "en", "de")}
    assert len(set(tags.values())) == 3
    assert tags["de"] == tags["kk"]


def test_a_new_generation_makes_old_answers_stale(tmp_path, app_with):
    publish(tmp_path)
    api = ApiClient(app_with(index=tmp_path, poll_ms=0))
    first = api.get("search", "q=форум")
    assert first.json["index"]["generation"] == NAME
    later = "20261124T013000Z-0001"
    publish(tmp_path, ARTICLES[:11], later)
    again = api.get("search", "q=форум", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200
    assert again.json["index"]["generation"] == later
    assert again.json["total"] == 2


@pytest.mark.parametrize(
    ("path", "given"), [("search", "page=0"), ("articles/жоқ", ""), ("/healthz", ""), ("/readyz", "")]
)
def test_what_may_change_at_once_is_not_kept(api, path, given):
    response = api.get(path, given)
    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers


def test_the_time_an_answer_is_kept_is_a_setting(index_folder, app_with):
    response = ApiClient(app_with(index=index_folder, page_cache_s=5)).get("search")
    assert "max-age=5," in response.headers["Cache-Control"]
