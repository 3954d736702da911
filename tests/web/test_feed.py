"""Any search as an Atom feed."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import feedparser
import pytest
from atom import ATOM, XML_LANG, checked, text
from flask import Flask
from page_client import PageClient

from indexer.withdrawals import withdraw
from search.model import LINK, Article
from tests.indexes import ARTICLES, CREATED, publish

NOON = datetime.fromisoformat("2024-05-17T12:00+05:00")


def test_a_search_is_a_feed_of_its_newest_hits(app: Flask) -> None:
    answer = app.test_client().get("/kk/feed.atom?q=форумға")
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    feed = checked(answer.data)
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "kk"
    assert text(feed, "title") == "«форумға» – Ізде"
    found = feedparser.parse(answer.data)
    assert not found.bozo, found.bozo_exception
    dated = [one for one in ARTICLES if one.published and ("форум" in one.title.lower() or "forum" in one.title)]
    assert len(found.entries) == len(dated) == 9
    times = [entry.published_parsed for entry in found.entries]
    assert times == sorted(times, reverse=True)
    first = found.entries[0]
    assert first.link.startswith("http://localhost/kk/article/")
    assert first.id == first.link
    assert first.tags[0].term == "Құқық"
    entry = feed.find(f"{ATOM}entry")
    assert entry is not None
    assert text(entry, "summary").startswith("<p><mark>Forumğa</mark> jastar")
    assert found.feed.updated == first.updated


def test_links_of_the_feed_lead_to_itself_and_to_the_page(app: Flask) -> None:
    client = app.test_client()
    answer = client.get("/ru/feed.atom?category=Спорт&q=жарыс&page=3&sort=oldest&utm_source=x&facets=none&per_page=1")
    feed = checked(answer.data)
    links = {one.get("rel"): one.get("href", "") for one in feed.findall(f"{ATOM}link")}
    assert links["self"] == text(feed, "id")
    again = client.get(links["self"].removeprefix("http://localhost"))
    assert again.data == answer.data, "what the feed calls itself is itself"
    assert again.headers["ETag"] == answer.headers["ETag"]
    page = PageClient(app).get(links["alternate"].removeprefix("http://localhost"))
    assert page.all(".//article//h2")
    assert client.get(urlsplit(links["search"]).path).status_code == 200
    other = client.get("/ru/feed.atom?category=Спорт&q=жарыс&page=2&per_page=7&facet_limit=3&half_life=0")
    links = {one.get("rel"): one.get("href", "") for one in checked(other.data).findall(f"{ATOM}link")}
    assert set(parse_qs(urlsplit(links["alternate"]).query)) == {"q", "category", "sort"}, "nothing of one reader's own"


def test_pages_and_the_api_lead_to_the_feed(app: Flask) -> None:
    pages = PageClient(app)
    for path in ("/kk/", "/kk/search?q=форум&category=Құқық&page=1"):
        (link,) = [one for one in pages.get(path).all(".//link") if one.get("type") == "application/atom+xml"]
        checked(pages.client.get(link.get("href", "")).data)
        assert pages.get(path).link("Atom") == link.get("href")
    assert not [one for one in pages.get("/kk/article/a04").all(".//link") if one.get("type") == "application/atom+xml"]
    found = pages.client.get("/api/v1/search?q=форум&category=Құқық&page=2&per_page=3&facets=none").get_json()
    address = f"http://localhost/kk/feed.atom?q={quote('форум')}&category={quote('Құқық')}"
    assert found["links"]["feed"] == address
    harvest = pages.client.get("/api/v1/search?q=форум&cursor=*").get_json()
    assert "collapse=none" in harvest["links"]["feed"]
    assert "cursor" not in harvest["links"]["feed"]


def test_a_reader_that_has_it_is_told_so(app: Flask) -> None:
    client = app.test_client()
    first = client.get("/kk/feed.atom?q=форум")
    assert first.last_modified == CREATED
    assert "max-age=60" in first.headers["Cache-Control"]
    for headers in (
        {"If-None-Match": first.headers["ETag"]},
        {"If-Modified-Since": first.headers["Last-Modified"]},
        {"If-None-Match": first.headers["ETag"], "If-Modified-Since": "Mon, 01 Jan 2018 00:00:00 GMT"},
    ):
        again = client.get("/kk/feed.atom?q=форум", headers=headers)
        assert (again.status_code, again.data) == (304, b""), headers
    for headers in (
        {"If-None-Match": 'W/"other"'},
        {"If-Modified-Since": "Mon, 01 Jan 2018 00:00:00 GMT"},
        {"If-None-Match": 'W/"other"', "If-Modified-Since": first.headers["Last-Modified"]},
    ):
        assert client.get("/kk/feed.atom?q=форум", headers=headers).status_code == 200, headers
    head = client.head("/kk/feed.atom?q=форум")
    assert (head.status_code, head.data, head.headers["ETag"]) == (200, b"", first.headers["ETag"])
    assert int(head.headers["Content-Length"]) == len(first.data)


def test_nothing_found_is_a_feed_too(app: Flask) -> None:
    feed = checked(app.test_client().get("/en/feed.atom?q=трансценденталды").data)
    assert not feed.findall(f"{ATOM}entry")
    assert datetime.fromisoformat(text(feed, "updated")) == CREATED


def test_at_most_fifty_entries_of_many(app_with: Callable[..., Flask], tmp_path: Path) -> None:
    publish(tmp_path, (Article(f"n{n}", f"Жаңалық {n}", "Су келді.", published=NOON + timedelta(n)) for n in range(70)))
    for settings in ({}, {"max_per_page": 20}):
        answer = app_with(index=tmp_path, **settings).test_client().get("/kk/feed.atom")
        entries = checked(answer.data).findall(f"{ATOM}entry")
        assert [text(one, "title") for one in entries] == [
            f"Жаңалық {n}" for n in range(69, 69 - settings.get("max_per_page", 50), -1)
        ]


@pytest.mark.parametrize("wrong", ["page=zz", "per_page=9999", "sort=zz", "facets=zz", "snippets=x&snippets=y"])
def test_what_says_nothing_to_a_feed_is_passed_over_whatever_it_is(app: Flask, wrong: str) -> None:
    client = app.test_client()
    assert client.get(f"/kk/feed.atom?q=форум&{wrong}").data == client.get("/kk/feed.atom?q=форум").data


def test_what_cannot_be_asked_is_refused(app: Flask) -> None:
    client = app.test_client()
    for asked in ("date_from=31.02.2018", "in=nowhere", "q=%FF", "q=%00", f"q={'а' * 501}"):
        assert client.get(f"/kk/feed.atom?{asked}").status_code == 400, asked
    assert client.get("/tr/feed.atom").status_code == 404
    assert client.post("/kk/feed.atom").status_code == 405


def test_articles_of_which_only_a_passage_may_be_shown(app_with: Callable[..., Flask], tmp_path: Path) -> None:
    body = "\n\n".join(f"Көпір салынды, деді {n}-тұрғын, енді базарға жету оңай болды." for n in range(60))
    publish(
        tmp_path, [Article("x", "Көпір", body, url="https://kopir.example/1", published=NOON, source="К", rights=LINK)]
    )
    answer = app_with(index=tmp_path).test_client().get("/kk/feed.atom?q=көпір")
    (entry,) = checked(answer.data).findall(f"{ATOM}entry")
    assert 0 < len(re.sub("<[^>]*>", "", text(entry, "summary"))) <= 410
    (via,) = [one for one in entry.findall(f"{ATOM}link") if one.get("rel") == "via"]
    assert via.get("href") == "https://kopir.example/1"


def test_withdrawn_articles_leave_at_once(app_with: Callable[..., Flask], tmp_path: Path) -> None:
    publish(tmp_path)
    client = app_with(index=tmp_path, poll_ms=0).test_client()
    before = client.get("/kk/feed.atom?q=форум")
    assert b"/article/a04<" in before.data
    withdraw(tmp_path, ["a04"], "себеп")
    since = {"If-Modified-Since": before.headers["Last-Modified"]}
    after = client.get("/kk/feed.atom?q=форум", headers=since)
    assert after.status_code == 200, "a date of the index does not tell of what was withdrawn since"
    assert b"/article/a04<" not in after.data
    assert "Last-Modified" not in after.headers
    assert client.get("/kk/feed.atom?q=форум", headers={"If-None-Match": after.headers["ETag"]}).status_code == 304


HOSTILE = (
    "]]><entry>", "</title><script>alert(1)</script>", "&amp;&#0;&notanentity;", "<!--", "\x00\x0b\x1b[31m\x7f\x85",
    "\ufffe\uffff\ufdd0", "\u202eсөз\u2066 сөз", "\u2028\u2029", "😀𐍈", "\t\n\r", '"\'><img src=x onerror=alert(1)>',
)  # fmt: skip


@pytest.mark.parametrize("payload", HOSTILE)
def test_hostile_texts_stay_texts(app_with: Callable[..., Flask], tmp_path: Path, payload: str) -> None:
    text_ = f"сөз {payload} сөз"
    publish(
        tmp_path,
        [
            Article(f"id {payload}"[:40] or "x", text_, text_, url=f"https://a.example/{payload}", published=NOON,
                    category=payload, source=payload, author=payload, lang=payload, script=payload)
        ],
    )  # fmt: skip
    name = " ".join(payload.split())
    client = app_with(index=tmp_path, site_name=name if name.isprintable() and name else "Ізде").test_client()
    answer = client.get(f"/kk/feed.atom?q={quote('сөз ' + payload.replace(chr(0), ''))}")
    feed = checked(answer.data)
    assert not feedparser.parse(answer.data).bozo
    (entry,) = feed.findall(f"{ATOM}entry")
    assert text(entry, "title").startswith("сөз")
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u2028\u2029]", text(entry, "title"))
    assert "<script" not in text(entry, "summary")
    assert "<img" not in text(entry, "summary")


def test_dates_of_old_times_are_dates(app_with: Callable[..., Flask], tmp_path: Path) -> None:
    odd = datetime.fromisoformat("1913-02-02T10:00:00+05:07:48")
    publish(
        tmp_path, [Article("q", "«Қазақ» газеті шықты", "Орынборда шықты.", published=odd), Article("u", "Күнсіз", "")]
    )
    (entry,) = checked(app_with(index=tmp_path).test_client().get("/kk/feed.atom").data).findall(f"{ATOM}entry")
    assert datetime.fromisoformat(text(entry, "published")) == odd
    assert entry.get(XML_LANG) is None or entry.get(XML_LANG) == "kk"


def test_under_its_public_address(app_with: Callable[..., Flask], tmp_path: Path) -> None:
    publish(tmp_path)
    answer = (
        app_with(index=tmp_path, site_url="https://izde.example/", site_owner="«Дала» баспасы")
        .test_client()
        .get("/kk/feed.atom", base_url="http://10.0.0.1:8000")
    )
    feed = checked(answer.data)
    assert b"10.0.0.1" not in answer.data
    assert text(feed, "id") == "https://izde.example/kk/feed.atom"
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "«Дала» баспасы"
    russian = app_with(index=tmp_path, site_url="https://izde.example").test_client().get("/ru/feed.atom")
    ids = [[text(one, "id") for one in checked(data).findall(f"{ATOM}entry")] for data in (answer.data, russian.data)]
    assert ids[0] == ids[1], "an article is the same in every language of the site"
