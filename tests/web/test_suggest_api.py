import re

import pytest

QUERIES = [
    "мек", "жаңа мек", "ajhe", "vtrn", "мəк", "mek", "مەك", "су тас", "форум", "көкжар а", "сарытау ", "<", "5", "&",
    "«тыр", "new b", "-мек", "=мек", "мек*", '"жаңа мек', "тақырып:мек", "(мек", "а", "ә", "1", "10", "20.03",
]  # fmt: skip


def words(answer):
    return [one for one in answer["suggestions"] if one["kind"] == "word"]


def titles(answer):
    return [one for one in answer["suggestions"] if one["kind"] == "title"]


def test_the_shape_of_the_answer(api):
    answer = api.json("suggest", {"q": "мекте"})
    assert answer["index"]["documents"] == 54
    assert answer["timed_out"] is False
    assert answer["links"]["self"].endswith("/api/v1/suggest?q=%D0%BC%D0%B5%D0%BA%D1%82%D0%B5&limit=12")
    assert "/search?q=%D0%BC%D0%B5%D0%BA%D1%82%D0%B5" in answer["links"]["html"]
    first = answer["suggestions"][0]
    assert (first["text"], first["kind"], first["html"]) == ("мектеп", "word", "<mark>мекте</mark>п")
    assert "id" not in first
    assert set(titles(answer)[0]) == {"text", "kind", "total", "html", "id", "href"}


@pytest.mark.parametrize("typed", QUERIES)
def test_whatever_is_suggested_has_the_hits_that_it_promises(api, typed):
    for one in words(api.json("suggest", {"q": typed})):
        assert one["total"] > 0
        assert api.search({"q": one["text"]})["total"] == one["total"], one
        assert api.json(*one["href"].removeprefix("http://localhost").split("?"))["total"] == one["total"], one


@pytest.mark.parametrize("typed", QUERIES)
def test_titles_lead_to_their_article(api, typed):
    for one in titles(api.json("suggest", {"q": typed})):
        article = api.json(one["href"].removeprefix("http://localhost"))
        assert (article["id"], article["title"]) == (one["id"], one["text"])
        assert one["total"] == 1


@pytest.mark.parametrize("typed", QUERIES)
def test_html_is_the_text_escaped_once_with_marks(api, typed):
    for one in api.json("suggest", {"q": typed})["suggestions"]:
        bare = re.sub("</?mark>", "", one["html"])
        assert "<" not in bare
        plain = bare.replace("&lt;", "<").replace("&gt;", ">").replace("&#34;", '"').replace("&#39;", "'")
        assert plain.replace("&amp;", "&") == one["text"]


@pytest.mark.parametrize("typed", ["", "   ", "!?", "—", "ъъъъ", "\u200b", "🙂", "x" * 500, "а " * 250])
def test_nothing_to_suggest_is_an_empty_list(api, typed):
    assert words(api.json("suggest", {"q": typed})) == []


def test_the_limit_holds_and_words_come_first(api):
    for limit in (1, 2, 5, 8, 12, 20):
        found = api.json("suggest", {"q": "а", "limit": limit})["suggestions"]
        assert 0 < len(found) <= limit
        kinds = [one["kind"] for one in found]
        assert kinds == sorted(kinds, reverse=True)
        assert kinds.count("word") >= min(limit, 8)


def test_what_is_refused(api):
    assert api.refused({"q": "а" * 501}, "suggest") == [("q", "too-long", None)]
    assert api.refused(b"q=%00", "suggest") == [("q", "bad-encoding", None)]
    assert api.refused(b"q=%ff", "suggest") == [("q", "bad-encoding", None)]
    assert api.refused({"query": "а"}, "suggest") == [("query", "unknown-parameter", None)]
    assert api.refused({"limi": "3"}, "suggest") == [("limi", "unknown-parameter", "limit")]
    assert api.refused("q=a&q=b", "suggest") == [("q", "repeated", None)]
    for limit in ("0", "21", "-1", "x", "1.5", "٣"):
        assert api.refused({"q": "а", "limit": limit}, "suggest") == [("limit", "bad-value", None)]


def test_an_answer_may_be_kept_until_the_index_changes(api):
    first = api.get("suggest", {"q": "мек"})
    assert first.headers["Cache-Control"].startswith("public, max-age=60")
    again = api.get("suggest", {"q": "мек"}, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert api.get("suggest", {"q": "мект"}).headers["ETag"] != first.headers["ETag"]
    assert api.get("suggest", {"q": "мек", "limit": 3}).headers["ETag"] != first.headers["ETag"]


def test_there_is_no_time(app_with, index_folder):
    from api_client import ApiClient

    answer = ApiClient(app_with(index=index_folder, deadline_ms=10)).json("suggest", {"q": "а", "limit": 20})
    assert isinstance(answer["timed_out"], bool)
