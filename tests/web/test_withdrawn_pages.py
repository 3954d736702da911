"""What a reader and a program are told of an article that the editors took out."""

import re

from indexer.withdrawals import withdraw
from tests.indexes import publish
from tests.web.api_client import ApiClient


def test_pages_and_api_answer_that_it_is_gone(app_with, tmp_path):
    publish(tmp_path)
    app = app_with(index=tmp_path, poll_ms=0)
    api, client = ApiClient(app), app.test_client()
    kept = client.get("/api/v1/search?q=форум").get_data()
    assert client.get("/kk/article/a04").status_code == 200
    withdraw(tmp_path, ["a04"], "құпия себеп")
    problem = api.json("articles/a04", status=410)
    assert (problem["status"], problem["title"]) == (410, "Мақала алынып тасталды")
    for language, words in (("kk", "алып тастады"), ("ru", "сняла"), ("en", "withdrawn")):
        page = client.get(f"/{language}/article/a04")
        assert page.status_code == 410
        assert words in page.get_data(as_text=True)
        assert "құпия" not in page.get_data(as_text=True)
    for path in ("/api/v1/articles/a04/similar", "/api/v1/search?q=форум", "/api/v1/search.csv?q=форум"):
        assert "a04" not in client.get(path).get_data(as_text=True).replace("articles/a04", "")
    assert client.get("/api/v1/search?q=форум").get_data() != kept


def test_nobody_names_it_as_one_that_says_the_same(app_with, tmp_path):
    publish(tmp_path, clusters=True)
    client = app_with(index=tmp_path, poll_ms=0).test_client()
    paths = ("/kk/search?q=форум&category=Құқық", "/kk/article/a04")
    named = [set(re.findall(r"/kk/article/(a[0-9]+)", client.get(path).get_data(as_text=True))) for path in paths]
    gone = max(named[0] & named[1] - {"a04"})
    withdraw(tmp_path, [gone], "қате")
    for path in paths:
        page = client.get(path)
        assert page.status_code == 200
        assert gone not in page.get_data(as_text=True)
