"""The description by which browsers search here, and what their address bars are told."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from flask import Flask
from page_client import PageClient

from tests.indexes import publish

NS = "{http://a9.com/-/spec/opensearch/1.1/}"
LENGTHS = {"ShortName": 16, "LongName": 48, "Description": 1024, "Attribution": 256, "Developer": 64, "Tags": 256}
AT_MOST_ONCE = {*LENGTHS, "Contact", "SyndicationRight", "AdultContent"}
LANGUAGES = ("kk", "ru", "en")


def described(data: bytes) -> ElementTree.Element:
    """The description, held to OpenSearch 1.1 draft 6."""
    root = ElementTree.fromstring(data.decode())
    assert root.tag == f"{NS}OpenSearchDescription"
    names = [child.tag.removeprefix(NS) for child in root]
    for name in AT_MOST_ONCE:
        assert names.count(name) <= 1, name
    for name in ("ShortName", "Description", "Url"):
        assert name in names, name
    for name, most in LENGTHS.items():
        text = root.findtext(NS + name)
        assert text is None or (0 < len(text) <= most and "<" not in text), name
    for url in root.findall(f"{NS}Url"):
        assert url.get("type")
        assert url.get("template", "").startswith("http")
        assert url.get("rel", "results") in ("results", "suggestions", "self", "collection")
    for image in root.findall(f"{NS}Image"):
        assert int(image.get("width", "")) > 0
        assert (image.text or "").startswith("http")
    assert root.findtext(f"{NS}SyndicationRight") in ("open", "limited", "private", "closed")
    return root


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_template_of_the_description_answers(app: Flask, language: str) -> None:
    client = app.test_client()
    (link,) = [one for one in PageClient(app).get(f"/{language}/").all(".//link") if one.get("rel") == "search"]
    assert link.get("type") == "application/opensearchdescription+xml"
    answer = client.get(link.get("href", ""))
    assert answer.content_type == "application/opensearchdescription+xml; charset=utf-8"
    root = described(answer.data)
    assert root.findtext(f"{NS}ShortName") == link.get("title")
    assert root.findtext(f"{NS}Language") == language
    seen = set()
    for url in root.findall(f"{NS}Url"):
        template = url.get("template", "").replace("{searchTerms}", quote("форум"))
        found = client.get(template.removeprefix("http://localhost"))
        assert found.status_code == 200, template
        assert found.mimetype == url.get("type")
        assert url.get("rel") == "self" or f"/{language}/" in template
        seen.add(url.get("type"))
    assert len(seen) == 4
    for image in root.findall(f"{NS}Image"):
        picture = client.get((image.text or "").removeprefix("http://localhost"))
        assert (picture.status_code, picture.mimetype) == (200, image.get("type"))
        picture.close()


def test_without_a_language_it_is_that_of_the_reader(app: Flask) -> None:
    client = app.test_client()
    for language in LANGUAGES:
        answer = client.get("/opensearch.xml", headers={"Accept-Language": language})
        assert answer.data == client.get(f"/{language}/opensearch.xml").data
        assert answer.headers["Vary"] == "Accept-Language"
    assert described(client.get("/opensearch.xml", headers={"Accept-Language": "tr"}).data) is not None


def test_it_is_not_sent_again(app: Flask) -> None:
    client = app.test_client()
    first = client.get("/kk/opensearch.xml")
    assert client.get("/kk/opensearch.xml", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    other = client.get("/kk/opensearch.xml", base_url="https://izde.example")
    assert other.headers["ETag"] != first.headers["ETag"]
    assert client.head("/kk/opensearch.xml").data == b""


def test_names_of_the_site_are_cut_to_what_fits(app_with: Callable[..., Flask], tmp_path: Path) -> None:
    publish(tmp_path, ())
    name = "«Дала & хабары» газетінің ]]> мұрағаты және барлық басылымдары туралы ұзақ атау"
    app = app_with(index=tmp_path, site_name=name, site_owner=name, site_email="a@dala.example", languages="ru")
    root = described(app.test_client().get("/opensearch.xml").data)
    assert name in (root.findtext(f"{NS}Description") or "")
    assert root.findtext(f"{NS}Attribution") == name
    assert root.findtext(f"{NS}Contact") == "a@dala.example"
    assert app.test_client().get("/kk/opensearch.xml").status_code == 404


def test_suggestions_as_address_bars_read_them(app: Flask) -> None:
    client = app.test_client()
    answer = client.get("/kk/suggestions.json?q=фор")
    assert answer.content_type == "application/x-suggestions+json; charset=utf-8"
    text, completions, beside, leads = answer.get_json()
    assert text == "фор"
    assert 0 < len(completions) == len(beside) == len(leads) <= 8
    assert beside[completions.index("форум")] == "9 нәтиже"
    for lead in leads:
        assert client.get(lead.removeprefix("http://localhost")).status_code == 200
    api = client.get("/api/v1/suggest?q=фор&limit=8").get_json()["suggestions"]
    assert completions == [one["text"] for one in api]
    assert client.get("/kk/suggestions.json").get_json() == ["", [], [], []]
    long = client.get("/kk/suggestions.json?q=" + "а" * 600)
    assert long.status_code == 200, "an address bar sends whatever is typed"


def test_suggestions_of_hostile_titles_are_data(app: Flask) -> None:
    text, completions, _, leads = app.test_client().get("/en/suggestions.json?q=тырнақша").get_json()
    assert text == "тырнақша"
    assert any("<script>" in one for one in completions), "as it stands: JSON is no markup"
    assert all(one.startswith("http://localhost/en/") for one in leads)
