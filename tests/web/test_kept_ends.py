"""Ends whose answers change only with the index may be kept like those of a search."""

import pytest


@pytest.mark.parametrize("path", ["analyze?text=форумға", "analyze", "openapi.json", "articles/a04/similar"])
def test_an_answer_has_a_tag_and_is_not_sent_again(app, path):
    client = app.test_client()
    first = client.get(f"/api/v1/{path}")
    assert first.status_code == 200
    assert first.headers["ETag"].startswith('W/"')
    assert "max-age=60" in first.headers["Cache-Control"]
    again = client.get(f"/api/v1/{path}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_other_texts_and_other_hosts_have_other_tags(app):
    client = app.test_client()
    tags = {client.get(f"/api/v1/analyze?text={text}").headers["ETag"] for text in ("форум", "форумға", "")}
    assert len(tags) == 3
    hosts = ("http://localhost", "https://izde.example")
    assert len({client.get("/api/v1/openapi.json", base_url=host).headers["ETag"] for host in hosts}) == 2


@pytest.mark.parametrize("path", ["analyze?text=а&x=1", "articles/жоқ/similar", "search.csv?page=2"])
def test_errors_are_not_kept(app, path):
    response = app.test_client().get(f"/api/v1/{path}")
    assert response.status_code in (400, 404)
    assert response.headers["Cache-Control"] == "no-store"
