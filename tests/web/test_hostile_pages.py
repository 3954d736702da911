"""Text of articles and of requests never becomes markup: `PageClient` refuses foreign elements and attributes."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from page_client import PageClient, text_of

from search.model import Article
from search.service import SearchService
from search.settings import Settings
from tests.indexes import publish
from web import create_app

PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "</title></textarea><iframe src=javascript:alert(1)>",
    "<mark onclick=alert(1)>сөз</mark>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;b&#62; &amp;amp; &notanentity; &",
    "{{ 7*7 }} {% raw %} ${7*7} #{7*7}",
    "javascript:alert(1)",
    "--><!--<b>",
    "]]><b>",
    "\u202e<b>\u2066",
    "\x0b\x1b[31m\x7f\x85\ufffe",
    "<a href='data:text/html,<b>'>",
    "сөз\u2028сөз\u0000".replace("\u0000", ""),
    "<math><mtext></form><form><b>",
    "\\\"'`=/>",
)
URLS = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>",
    " javascript:x",
    "//evil.example",
    'https://a.example/"><b>',
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PageClient]:
    folder: Path = tmp_path_factory.mktemp("hostile")
    publish(
        folder,
        (
            Article(
                id=f"{number}{payload}"[:60].replace("//", "/"),
                title=f"сөз {payload} сөз",
                body=f"{payload} сөз {payload}\n\n{payload}",
                url=URLS[number % len(URLS)],
                published=datetime.fromisoformat("2020-02-03T10:00+06:00").replace(day=1 + number),
                category=payload,
                source=payload,
                author=payload,
                lang=payload,
                script=payload,
            )
            for number, payload in enumerate(PAYLOADS)
        ),
    )
    service = SearchService(Settings(index=folder))
    yield PageClient(create_app(Settings(index=folder, site_name="<b>Ізде</b>"), service))
    service.close()


def test_articles(hostile: PageClient) -> None:
    page = hostile.get("/kk/search?q=сөз&per_page=100")
    titles = page.texts(".//article/h2")
    assert "сөз <script>alert(1)</script> сөз" in titles
    links = [one.get("href", "") for one in page.all(".//article/h2/a")]
    assert len(links) == len(PAYLOADS)
    for link in links:
        article = hostile.get(link)
        assert article.texts(".//div[@class='text']//mark")
        originals = [one.get("href", "") for one in article.all(".//p[@class='original']/a")]
        assert all(one.startswith("https://") for one in originals)
    assert len(hostile.get("/kk/").all(".//h4/a")) == 12


@pytest.mark.parametrize("payload", PAYLOADS)
def test_requests(hostile: PageClient, payload: str) -> None:
    names = (
        "q",
        "category",
        "source",
        "author",
        "lang",
        "script",
        "year",
        "sort",
        "page",
        "date_from",
        "in",
        "match",
        payload,
    )
    for name in names:
        for path in ("/kk/search", "/ru/article/x"):
            given = f"{path}?{_encoded(name)}={_encoded(payload)}"
            status = hostile.client.get(given).status_code
            assert status in (200, 400, 404), given
            hostile.get(given, status)
    page = hostile.get(f"/kk/search?q={_encoded(payload)}")
    typed = page.all(".//search//input")[0].get("value", "")
    assert typed.split("\ufffd")[0] in payload
    hostile.get(f"/kk/{_encoded(payload)}", 404)


def test_chosen_values(hostile: PageClient) -> None:
    page = hostile.get("/kk/search?facet_limit=100")
    for row in page.all(".//ul/li/a[@class='value']"):
        chosen = hostile.get(row.get("href", ""))
        assert chosen.all(".//div[@class='chips']//a")
        assert chosen.all(".//article"), text_of(row)


def _encoded(text: str) -> str:
    from urllib.parse import quote

    return quote(text, safe="")
