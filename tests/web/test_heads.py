"""What the head of a page tells programs: descriptions for sites where it is shared, and the article as data."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from page_client import PageClient, Shown

from search.model import LINK, Article
from search.service import SearchService
from search.settings import Settings
from tests.indexes import publish
from web import create_app

NOON = datetime.fromisoformat("2018-10-16T00:44+06:00")
HOSTILE = (
    "</script><script>alert(1)</script>", "<!--<script>", "-->", "\u2028\u2029", "&lt;/script&gt;", "\x00\x0b\x1b",
    '"},{"@type":"Thing', "\\u003c\\", "😀", "]]>", "\u202eсөз",
)  # fmt: skip


DATA = ".//script[@type='application/ld+json']"


def data_of(page: Shown) -> dict[str, object]:
    (script,) = page.all(DATA)
    text = "".join(script.itertext())
    assert not set("<>&\u2028\u2029") & set(text)
    found: dict[str, object] = json.loads(text)
    return found


def properties(page: Shown) -> dict[str, str]:
    pairs = [(one.get("property", ""), one.get("content", "")) for one in page.all(".//meta") if one.get("property")]
    assert len(dict(pairs)) == len(pairs)
    return dict(pairs)


def test_an_article_is_news(app: Flask) -> None:
    page = PageClient(app).get("/kk/article/a34?q=форум")
    assert data_of(page) == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "Қарасайда азаматтар форумы өтті",
        "description": properties(page)["og:description"],
        "datePublished": "2021-03-11T10:00:00+06:00",
        "articleSection": "Құқық",
        "inLanguage": "kk",
        "author": {"@type": "Person", "name": "Дәурен Мақсатұлы"},
        "publisher": {"@type": "NewsMediaOrganization", "name": "Дала хабары"},
        "mainEntityOfPage": "https://example.org/34",
        "url": "http://localhost/kk/article/a34",
        "image": "http://localhost/static/icon-512.png",
    }
    found = properties(page)
    assert found["og:type"] == "article"
    assert found["og:locale"] == "kk_KZ"
    assert found["og:title"] == "Қарасайда азаматтар форумы өтті"
    assert found["article:published_time"] == "2021-03-11T10:00:00+06:00"
    assert 50 < len(found["og:description"]) <= 200


def test_home_and_hits_are_no_articles(app: Flask) -> None:
    pages = PageClient(app)
    for path, title in (("/ru/", "Ізде"), ("/ru/search?q=форум", "форум — 9 результатов")):
        page = pages.get(path)
        assert not page.all(DATA)
        found = properties(page)
        assert (found["og:type"], found["og:locale"], found["og:title"]) == ("website", "ru_RU", title)
        image = pages.client.get(found["og:image"].removeprefix("http://localhost"))
        assert image.status_code == 200
        image.close()
    assert not pages.get("/kk/none", 404).all(".//meta[@property]")


def test_an_article_of_which_nothing_is_known(app_with: Callable[..., Flask], tmp_path: Path) -> None:
    publish(tmp_path, [Article("x", " ", "")])
    app = app_with(index=tmp_path, site_owner="Дала ЖШС", site_url="https://izde.example/")
    data = data_of(PageClient(app).get("/en/article/x"))
    assert data["headline"] == "(no title)"
    assert data["publisher"] == {
        "@type": "NewsMediaOrganization", "name": "Дала ЖШС", "url": "https://izde.example/",
    }  # fmt: skip
    assert not {"datePublished", "author", "articleSection", "inLanguage", "description"} & set(data)


def test_of_an_article_that_is_not_ours_to_show_a_passage_is_described(
    app_with: Callable[..., Flask], tmp_path: Path
) -> None:
    body = "\n\n".join(f"Көпір салынды, деді {n}-тұрғын." for n in range(60))
    publish(tmp_path, [Article("x", "Көпір", body, url="https://a.example/1", rights=LINK)])
    page = PageClient(app_with(index=tmp_path)).get("/kk/article/x")
    assert page.text.count("тұрғын") < 30
    assert len(str(data_of(page)["description"])) <= 200


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PageClient]:
    folder = tmp_path_factory.mktemp("heads")
    publish(
        folder,
        (
            Article(
                str(number),
                f"сөз {text}",
                f"{text} сөз",
                f"https://a.example/{text}",
                NOON,
                text,
                text,
                text,
                text,
                text,
            )
            for number, text in enumerate(HOSTILE)
        ),
    )
    service = SearchService(Settings(index=folder))
    yield PageClient(create_app(service.settings, service))
    service.close()


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_texts_are_data(hostile: PageClient, number: int) -> None:
    page = hostile.get(f"/kk/article/{number}?q={quote('сөз')}")
    data = data_of(page)
    assert str(data["headline"]).startswith("сөз")
    assert set(data) <= {
        "@context", "@type", "headline", "description", "datePublished", "articleSection", "inLanguage", "author",
        "publisher", "mainEntityOfPage", "url", "image",
    }  # fmt: skip
    assert page.text.count("application/ld+json") == 1
    assert str(data["mainEntityOfPage"]).startswith("https://a.example/")
