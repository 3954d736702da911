import json
import re
from urllib.parse import quote, urlsplit

import pytest
from click.testing import CliRunner

from indexer.cli import izde
from tests.indexes import ARTICLES, NAME


def get(api, article_id, **kwargs):
    return api.json("articles/" + quote(article_id, safe=""), **kwargs)


@pytest.mark.parametrize("article", ARTICLES, ids=lambda one: one.id)
def test_every_article_is_given_whole(api, article):
    found = get(api, article.id)
    for name in ("id", "title", "body", "url", "category", "source", "author", "lang", "script"):
        assert found[name] == getattr(article, name)
    assert found["date"] == (article.date.isoformat() if article.date else None)
    assert found["published"] == (article.published.isoformat() if article.published else None)
    assert found["index"]["generation"] == NAME


@pytest.mark.parametrize("article", ARTICLES[-6:], ids=lambda one: one.id)
def test_its_links_lead_to_itself(api, article):
    found = get(api, article.id)
    assert api.json(urlsplit(found["links"]["self"]).path) == found
    assert urlsplit(found["links"]["html"]).path == found["page_url"]
    assert found["page_url"].startswith("/kk/article/")


@pytest.mark.parametrize("article_id", ["жоқ", "a00/", "A00", "..", "a00\0", "<script>", "\r\n", "а" * 5000])
def test_there_is_no_other(api, article_id):
    problem = get(api, article_id, status=404)
    assert problem["errors"] == []
    assert "\0" not in problem["detail"]
    assert len(problem["detail"]) < 200


def test_bytes_that_are_no_text_name_no_article(api):
    assert api.get("articles/%FF%FE").status_code == 404


def test_an_article_takes_no_parameters(api):
    assert api.refused({"q": "x"}, path="articles/a00") == [("q", "unknown-parameter", None)]


def test_no_id_is_no_article(api):
    assert api.get("articles/").status_code == 404
    assert api.get("articles").status_code == 404


def test_analyze_shows_every_reading(api):
    text = "Форумдарға VIII новостями 16.10.2018 qazaqstan"
    tokens = api.json("analyze", {"text": text})["tokens"]
    assert [token["text"] for token in tokens] == text.split()
    assert all(text[token["start"] : token["end"]] == token["text"] for token in tokens)
    assert [token["position"] for token in tokens] == list(range(5))
    assert tokens[0]["stem"] == "форум"
    assert tokens[0]["rules"]
    assert "ru:новост" in {reading["stem"] for reading in tokens[2]["readings"]}
    assert tokens[4]["lang"] == "kk"


def test_analyze_names_every_rule(api):
    text = "əлем Астанадан jańa مەكتەپتە млрд-қа XXІ блабла"
    tokens = api.json("analyze", {"text": text})["tokens"]
    rules = {token["text"]: token["rules"] for token in tokens}
    assert rules["əлем"][:2] == ["homoglyphs", "fold"]
    assert rules["Астанадан"][0] == "fold"
    assert rules["jańa"][0] == "latin"
    assert rules["مەكتەپتە"][:2] == ["arabic", "case:те"]
    assert re.fullmatch(r"lexicon:noun=\d+", rules["مەكتەپتە"][-1])
    assert rules["млрд"][:2] == ["fold", "unit:миллиард"]
    assert rules["XXІ"] == ["roman"]
    assert rules["блабла"][-1] == "unknown stem"
    russian = next(token for token in tokens if token["text"] == "блабла")["readings"]
    assert [(one["lang"], one["rules"]) for one in russian] == [("ru", ["snowball russian"])]


def test_analyze_gives_the_other_names_with_their_rows(api):
    tokens = api.json("analyze", {"text": "ҮЕҰ-ның Нұр-Сұлтандағы форумы 2018 жылғы 16 қазанда"})["tokens"]
    names = [token["name"] for token in tokens]
    assert [name and (name["kind"], name["first"], name["last"]) for name in names] == [
        ("abbreviation", 0, 0), ("place", 1, 2), ("place", 1, 2), None, *[("date", 4, 7)] * 4,
    ]  # fmt: skip
    assert names[0]["others"][0] == {"text": "үкіметтік емес ұйым", "lang": "kk", "rule": "abbreviations:ҮЕҰ"}
    assert names[1]["text"] == "Нұр-Сұлтандағы"
    assert ("Астана", "places:Астана") in {(other["text"], other["rule"]) for other in names[1]["others"]}
    assert {"text": "16.10.2018", "lang": "kk", "rule": "date"} in names[4]["others"]


def test_the_command_tells_the_same(api):
    text = "ҮЕҰ-лардың Астанадағы форумы 16.10.2018"
    shown = CliRunner().invoke(izde, ["analyze", text], catch_exceptions=False).output
    assert [json.loads(line) for line in shown.splitlines()] == api.json("analyze", {"text": text})["tokens"]


def test_analyze_of_nothing(api):
    assert api.json("analyze") == {"tokens": []}
    assert api.json("analyze", {"text": "…!?"}) == {"tokens": []}


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ([("text", "a" * 501)], ("text", "too-long", None)),
        ([("txt", "a")], ("txt", "unknown-parameter", "text")),
        ([("text", "a"), ("text", "b")], ("text", "repeated", None)),
        ("text=%FF", ("text", "bad-encoding", None)),
    ],
)
def test_analyze_refuses(api, given, problem):
    assert api.refused(given, path="analyze") == [problem]
