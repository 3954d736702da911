"""The sitemap of the articles, its index, robots.txt, and which address is the canonical one."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import quote, unquote
from xml.etree import ElementTree

import pytest
from flask import Flask
from page_client import PageClient
from protego import Protego

from indexer.withdrawals import withdraw
from search.model import LINK, Article
from tests.indexes import ARTICLES, CREATED, publish

NS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
DAY = datetime.fromisoformat("2024-05-17T12:00+05:00")
HOME = {f"http://localhost/{code}/" for code in ("kk", "ru", "en")}


def entries(data: bytes, root: str, child: str) -> dict[str, str]:
    """Addresses with their `lastmod`, of a document that keeps to the schema of sitemaps.org."""
    assert len(data) < 50 << 20
    made = ElementTree.fromstring(data.decode())
    assert made.tag == f"{NS}{root}"
    assert 1 <= len(made) <= 50_000
    found: dict[str, str] = {}
    for entry in made:
        assert entry.tag == f"{NS}{child}"
        assert [one.tag for one in entry] in ([f"{NS}loc"], [f"{NS}loc", f"{NS}lastmod"])
        loc = entry.findtext(f"{NS}loc") or ""
        assert re.fullmatch(r"https?://[!-~]{3,2040}", loc), loc
        assert loc not in found
        found[loc] = entry.findtext(f"{NS}lastmod") or ""
        assert not found[loc] or datetime.fromisoformat(found[loc])
    return found


def listed(app: Flask) -> dict[str, str]:
    """Everything in the sitemaps that the index names."""
    client, found = app.test_client(), dict[str, str]()
    answer = client.get("/sitemap.xml")
    assert answer.content_type == "application/xml; charset=utf-8"
    for address in entries(answer.data, "sitemapindex", "sitemap"):
        sitemap = client.get(address.removeprefix("http://localhost"))
        assert sitemap.status_code == 200
        found |= entries(sitemap.data, "urlset", "url")
    return found


def canonical(page: object) -> str:
    (link,) = [one for one in page.all(".//link") if one.get("rel") == "canonical"]  # type: ignore[attr-defined]
    return str(link.get("href"))


def test_articles_whose_canonical_page_is_here_are_listed(app: Flask) -> None:
    found, pages = listed(app), PageClient(app)
    here = [one for one in ARTICLES if not one.url]
    assert set(found) == HOME | {
        f"http://localhost/{one.lang if one.lang in ('kk', 'ru', 'en') else 'kk'}/article/{quote(one.id, safe='/')}"
        for one in here
    }
    for address, day in found.items():
        page = pages.get(address.removeprefix("http://localhost"))
        assert canonical(page) == address, "what is listed is canonical"
        if "/article/" in address:
            (article,) = [one for one in here if unquote(address).endswith(f"/article/{one.id}")]
            assert day == (article.date.isoformat() if article.date else "")


def test_an_article_with_an_address_of_its_own_has_it_as_canonical(app: Flask) -> None:
    page = PageClient(app).get("/kk/article/a04?q=форум")
    assert canonical(page) == "https://example.org/4"
    assert not [one for one in page.all(".//link") if one.get("hreflang")]


def test_a_site_may_be_the_home_of_all_its_articles(app_with: Callable[..., Flask], tmp_path: Path) -> None:
    publish(tmp_path, [*ARTICLES, Article("l", "Көпір", "Көпір салынды.", url="https://a.example/", rights=LINK)])
    app = app_with(index=tmp_path, canonical="here")
    found = listed(app)
    assert len(found) == len(ARTICLES) + len(HOME), "all but the one that may not be shown whole"
    page = PageClient(app).get("/ru/article/a04?q=форум&category=Құқық")
    assert canonical(page) == "http://localhost/ru/article/a04"
    alternates = {one.get("hreflang"): one.get("href") for one in page.all(".//link") if one.get("hreflang")}
    assert alternates == {
        **{code: f"http://localhost/{code}/article/a04" for code in ("kk", "ru", "en")},
        "x-default": "http://localhost/kk/article/a04",
    }
    assert canonical(PageClient(app).get("/kk/article/l")) == "https://a.example/"


def test_many_articles_fill_many_sitemaps(
    app_with: Callable[..., Flask], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.sitemaps.ARTICLES", 40)
    publish(
        tmp_path,
        (
            Article(f"n{n}", f"Жаңалық {n}", "Су келді.", "https://a.example/" if n < 50 else "", DAY + timedelta(n))
            for n in range(130)
        ),
    )
    app = app_with(index=tmp_path)
    client = app.test_client()
    parts = entries(client.get("/sitemap.xml").data, "sitemapindex", "sitemap")
    assert list(parts) == [f"http://localhost/sitemap-{n}.xml" for n in (1, 2, 3, 4)]
    assert {datetime.fromisoformat(day) for day in parts.values()} == {CREATED}
    found = listed(app)
    assert set(found) == HOME | {f"http://localhost/kk/article/n{n}" for n in range(50, 130)}
    assert len(entries(client.get("/sitemap-2.xml").data, "urlset", "url")) == 40
    only_homes = client.get("/sitemap-4.xml")
    assert set(entries(only_homes.data, "urlset", "url")) == HOME, "a sitemap may not be empty"
    for number in ("0", "5", "50001", "99999999999999999999", "x", "-1"):
        assert client.get(f"/sitemap-{number}.xml").status_code == 404, number


def test_an_empty_archive_has_a_sitemap(app_with: Callable[..., Flask], tmp_path: Path) -> None:
    publish(tmp_path, ())
    assert set(listed(app_with(index=tmp_path))) == HOME


def test_withdrawn_articles_leave_the_sitemap(app_with: Callable[..., Flask], tmp_path: Path) -> None:
    publish(tmp_path)
    app = app_with(index=tmp_path, poll_ms=0)
    before = app.test_client().get("/sitemap-1.xml")
    assert b"/article/latin/1<" in before.data
    withdraw(tmp_path, ["latin/1"], "себеп")
    since = {"If-Modified-Since": before.headers["Last-Modified"], "If-None-Match": before.headers["ETag"]}
    after = app.test_client().get("/sitemap-1.xml", headers=since)
    assert after.status_code == 200
    assert b"/article/latin/1<" not in after.data


def test_sitemaps_are_not_sent_again(app: Flask) -> None:
    client = app.test_client()
    for path in ("/sitemap.xml", "/sitemap-1.xml"):
        first = client.get(path)
        assert first.last_modified == CREATED
        for header, name in (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")):
            assert client.get(path, headers={header: first.headers[name]}).status_code == 304
        head = client.head(path)
        assert (head.status_code, head.data) == (200, b"")


def test_awkward_ids_are_addresses(app_with: Callable[..., Flask], tmp_path: Path) -> None:
    ids = ("a//b", "бір екі", "x?y&z=<b>'\"", "50%", "a+b", "]]>", "\u202eкері", "😀", "a.bib")
    publish(tmp_path, (Article(one, "Сөз", f"Мәтін {number} бар.") for number, one in enumerate(ids)))
    app = app_with(index=tmp_path, site_url="https://izde.example/")
    found = entries(app.test_client().get("/sitemap-1.xml").data, "urlset", "url")
    paths = [one.removeprefix("https://izde.example") for one in found if "/article/" in one]
    assert len(paths) == len(ids)
    assert {unquote(one).removeprefix("/kk/article/") for one in paths} == set(ids)
    for path in paths:
        assert PageClient(app).get(path).texts(".//main//h1") == ["Сөз"]


def test_robots_are_told_where_to_go(app: Flask) -> None:
    answer = app.test_client().get("/robots.txt")
    assert answer.content_type == "text/plain; charset=utf-8"
    rules = Protego.parse(answer.get_data(as_text=True))
    assert list(rules.sitemaps) == ["http://localhost/sitemap.xml"]
    may = (
        "/", "/kk/", "/kk/article/a04", "/kk/article/x%3Fy", "/izde.css?v=1", "/kk/search", "/kk/search?page=2",
        "/sitemap-3.xml", "/kk/feed.atom",
    )  # fmt: skip
    may_not = (
        "/kk/search?q=x", "/ru/search?category=x", "/kk/search?page=2&category=x", "/kk/article/a04?q=x",
        "/kk/feed.atom?q=x", "/kk/cite/a04.bib", "/api/v1/search",
    )  # fmt: skip
    for path in may + may_not:
        assert rules.can_fetch(f"http://localhost{path}", "Googlebot") is (path in may), path


def test_pages_of_hits_are_followed_and_left_out(app: Flask) -> None:
    for path in ("/kk/search", "/kk/search?q=форум"):
        (robots,) = [one for one in PageClient(app).get(path).all(".//meta") if one.get("name") == "robots"]
        assert robots.get("content") == "noindex, follow"
    for path in ("/kk/", "/kk/article/latin/1"):
        assert not [one for one in PageClient(app).get(path).all(".//meta") if one.get("name") == "robots"]
