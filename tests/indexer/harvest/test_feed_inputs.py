"""Feeds: their items, or the pages that these lead to."""

import time
from html import escape
from itertools import pairwise

import pytest

from indexer.harvest import Harvest
from tests.sites import Site, page

TEXT = "<p>Өзен жағасында жаңа көпір салынды.</p><p>Ол екі ауылды жалғайды.</p>"


def item(number: int, title: str, *, body: str = TEXT, link: str = "", day: int = 20, guid: bool = True) -> str:
    return (
        f"<item><title>{title}</title><link>{link or f'https://gazet.example/{number}'}</link>"
        + (f'<guid isPermaLink="false">n{number}</guid>' if guid else "")
        + f"<pubDate>Fri, {day} Nov 2026 09:00:00 +0500</pubDate><category>Қоғам</category>"
        f"<dc:creator>А. Серік</dc:creator><description>Қысқаша мазмұны</description>"
        + (f"<content:encoded>{escape(body)}</content:encoded>" if body else "")
        + "</item>"
    )


def rss(*items: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Газет</title>'
        f"<language>kk-KZ</language>{''.join(items)}</channel></rss>"
    )


ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Газет</title>
<entry><id>tag:gazet.example,2026:7</id><title type="html">Көктем &amp;laquo;келді&amp;raquo;</title>
<link href="/7"/><updated>2026-11-20T04:00:00Z</updated><author><name>Б. Әлі</name></author>
<content type="html">&lt;p&gt;Қар еріді.&lt;/p&gt;</content></entry></feed>"""


def test_items_of_rss_are_articles(site: Site, fetched) -> None:
    site.put("/feed", rss(item(2, "Екінші"), item(1, "Бірінші")), "application/rss+xml")
    one = fetched("feed", address=site.address("/feed"))
    assert one.harvest() == Harvest(fetched=2)
    first, second = one.read()
    assert first.values == {
        "id": "n1",
        "title": "Бірінші",
        "body": TEXT,
        "url": "https://gazet.example/1",
        "published": "2026-11-20T04:00:00Z",
        "category": "Қоғам",
        "author": "А. Серік",
        "lang": "kk-KZ",
    }
    assert second.file == "n2"


def test_entries_of_atom_are_articles(site: Site, fetched) -> None:
    site.put("/feed", ATOM, "application/atom+xml")
    one = fetched("feed", address=site.address("/feed"))
    assert one.harvest() == Harvest(fetched=1)
    [entry] = one.read()
    assert entry.values["url"] == site.address("/7")
    assert entry.values["body"] == "<p>Қар еріді.</p>"
    assert (entry.values["author"], entry.values["published"]) == ("Б. Әлі", "2026-11-20T04:00:00Z")


def test_a_feed_that_is_as_it_was_is_not_sent_again(site: Site, fetched) -> None:
    site.put("/feed", rss(item(1, "Бірінші")), "application/rss+xml", ETag='"1"')
    one = fetched("feed", address=site.address("/feed"))
    one.harvest()
    assert one.harvest() == Harvest(unchanged=1)
    assert site.asked[-1].headers["if-none-match"] == '"1"'
    assert one.harvest(full=True) == Harvest(unchanged=1)
    assert "if-none-match" not in site.asked[-1].headers


def test_what_a_feed_no_longer_names_stays(site: Site, fetched) -> None:
    site.put("/feed", rss(item(1, "Бірінші")), "application/rss+xml")
    one = fetched("feed", address=site.address("/feed"))
    one.harvest()
    site.put("/feed", rss(item(2, "Екінші"), item(1, "Бірінші түзетілді")), "application/rss+xml")
    assert one.harvest() == Harvest(fetched=2)
    site.put("/feed", rss(item(3, "Үшінші")), "application/rss+xml")
    assert one.harvest() == Harvest(fetched=1, unchanged=2)
    assert list(one.titles().values()) == ["Бірінші түзетілді", "Екінші", "Үшінші"]


def test_pages_of_items(site: Site, fetched) -> None:
    site.put("/1", page("Бірінші — Газет", "Өзен жағасында жаңа көпір салынды. Ол екі ауылды жалғайды."))
    site.put("/feed", rss(item(1, "Бірінші", body="", link=site.address("/1"))), "application/rss+xml")
    one = fetched("feed", address=site.address("/feed"), pages=True)
    assert one.harvest() == Harvest(fetched=1)
    [record] = one.read()
    assert record.file == record.values["id"] == site.address("/1")
    assert record.values["body"].startswith("Өзен жағасында")
    # What the feed says itself is surer than what a page looks like.
    assert (record.values["title"], record.values["category"]) == ("Бірінші", "Қоғам")
    site.paths()
    assert one.harvest() == Harvest(unchanged=1)
    assert site.paths() == ["/feed"]
    site.put("/feed", rss(item(1, "Бірінші", body="", link=site.address("/1"), day=21)), "application/rss+xml")
    one.harvest()
    assert site.paths() == ["/feed", "/1"]


def test_pages_that_could_not_be_fetched_come_when_the_feed_has_moved_on(site: Site, fetched) -> None:
    site.answers["/1"] = (500, {}, b"")
    site.put("/feed", rss(item(1, "Бірінші", link=site.address("/1"))), "application/rss+xml")
    one = fetched("feed", address=site.address("/feed"), pages=True)
    assert one.harvest() == Harvest(failed=1)
    site.put("/feed", rss(), "application/rss+xml")
    site.put("/1", page("Бірінші", "Өзен жағасында жаңа көпір салынды. Ол екі ауылды жалғайды."))
    assert one.harvest() == Harvest(fetched=1)


def test_the_feed_stands_in_for_a_page_that_is_refused(site: Site, fetched) -> None:
    site.answers["/1"] = (403, {}, b"")
    site.put("/feed", rss(item(1, "Бірінші", link=site.address("/1"))), "application/rss+xml")
    one = fetched("feed", address=site.address("/feed"), pages=True)
    assert one.harvest() == Harvest(failed=1)
    assert list(one.titles().values()) == ["Бірінші"]


def test_pages_at_other_hosts_are_not_asked_for(site: Site, other_site: Site, fetched) -> None:
    other_site.put("/1", page("Бөтен", "Бөтен сайттың мақаласы."))
    site.put("/feed", rss(item(1, "Бірінші", link=other_site.address("/1"))), "application/rss+xml")
    one = fetched("feed", address=site.address("/feed"), pages=True)
    assert one.harvest() == Harvest(failed=1)
    assert other_site.asked == []
    assert "none of this input" in one.warnings[0]


def test_an_item_without_guid_is_named_by_its_link(site: Site, fetched) -> None:
    site.put("/feed", rss(item(1, "Бірінші", guid=False)), "application/rss+xml")
    one = fetched("feed", address=site.address("/feed"))
    one.harvest()
    assert list(one.titles()) == ["https://gazet.example/1"]


HOSTILE = {
    "html": "<html><body>404</body></html>",
    "empty": "",
    "path": "/etc/passwd",
    "address": "http://127.0.0.1:1/feed",
    "binary": b"\x00\xff" * 100,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_is_no_feed_is_said_and_read_from_nowhere(site: Site, fetched, kind: str) -> None:
    site.put("/feed", HOSTILE[kind], "application/rss+xml")
    one = fetched("feed", address=site.address("/feed"))
    assert "no feed" in one.harvest().problem
    assert one.read() == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_of_a_feed_are_refused(site: Site, fetched, encoding: str) -> None:
    names = ["y", *(f"y{number}" for number in range(8))]
    doctype = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "a">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 20}">' for before, name in pairwise(names)
    )
    text = rss(item(1, "&x; &y7;")).replace("<rss", doctype + "]><rss", 1).replace("utf-8", encoding, 1)
    site.put("/feed", text.encode(encoding), "application/rss+xml")
    one = fetched("feed", address=site.address("/feed"))
    began = time.monotonic()
    assert "declares entities" in one.harvest().problem
    assert time.monotonic() - began < 10
    assert one.read() == []


def test_a_feed_that_is_answered_by_an_error(site: Site, fetched) -> None:
    for status in (404, 403, 500):
        site.answers["/feed"] = (status, {}, b"")
        assert f"answered {status}" in fetched("feed", address=site.address("/feed")).harvest().problem
