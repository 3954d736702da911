"""Sitemaps: which pages are asked for, in which run, and what leaves."""

import gzip
import time

import pytest

from indexer.harvest import Harvest
from tests.sites import Site

TEXT = (
    "Көкжар ауданында жаңа кітапхана ашылды. Оған екі мыңнан астам кітап әкелінді.\n"
    "Ашылу салтанатына ауыл тұрғындары мен мектеп оқушылары қатысты. Кітапхана күн сайын жұмыс істейді."
)


def news(site: Site, *names: str, lastmod: str = "2026-11-20") -> None:
    """Pages of these names, and a sitemap of them."""
    for name in names:
        site.page(f"/{name}", f"{name} туралы жаңалық", TEXT)
    site.sitemap("/sitemap.xml", {f"/{name}": lastmod for name in names})


def test_pages_become_records(site: Site, fetched) -> None:
    news(site, "a", "b")
    one = fetched("sitemap", address=site.address("/sitemap.xml"))
    assert one.harvest() == Harvest(fetched=2)
    first, second = one.read()
    assert (first.input, first.file, first.line) == ("gazet", site.address("/a"), 0)
    assert first.values["id"] == first.values["url"] == site.address("/a")
    assert first.values["title"] == "a туралы жаңалық"
    assert first.values["body"].startswith("Көкжар ауданында")
    assert "құқық қорғалған" not in first.values["body"]
    assert first.values["published"].startswith("2026-11-20")
    assert second.file == site.address("/b")
    assert site.asked[1].headers["user-agent"].endswith("(+https://izde.example)")


def test_only_pages_that_are_new_or_changed_are_asked_for_again(site: Site, fetched) -> None:
    news(site, "a", "b")
    one = fetched("sitemap", address=site.address("/sitemap.xml"))
    one.harvest()
    site.paths()
    assert one.harvest() == Harvest(unchanged=2)
    assert site.paths() == ["/sitemap.xml"]
    site.page("/b", "b өзгерді", TEXT)
    site.page("/c", "c туралы", TEXT)
    site.sitemap("/sitemap.xml", {"/a": "2026-11-20", "/b": "2026-11-21", "/c": "2026-11-22"})
    assert one.harvest() == Harvest(fetched=2, unchanged=1)
    assert site.paths() == ["/sitemap.xml", "/c", "/b"]
    assert list(one.titles().values()) == ["a туралы жаңалық", "b өзгерді", "c туралы"]


def test_pages_without_lastmod_are_asked_for_conditionally_now_and_then(site: Site, fetched) -> None:
    site.page("/a", "а туралы", TEXT, ETag='"1"')
    site.sitemap("/sitemap.xml", {"/a": ""})
    seldom = fetched("sitemap", address=site.address("/sitemap.xml"))
    seldom.harvest()
    site.paths()
    seldom.harvest()
    assert site.paths() == ["/sitemap.xml"]
    time.sleep(1)  # the store counts seconds
    often = fetched("sitemap", address=site.address("/sitemap.xml"), revisit="0s")
    assert often.harvest() == Harvest(unchanged=1)
    assert site.asked[-1].headers["if-none-match"] == '"1"'
    assert site.paths() == ["/sitemap.xml", "/a"]
    assert seldom.harvest(full=True) == Harvest(unchanged=1)
    assert site.paths() == ["/sitemap.xml", "/a"]


def test_indexes_and_packed_sitemaps(site: Site, fetched) -> None:
    news(site, "a", "b", "c")
    site.sitemap("/1.xml", {"/a": "2026-11-20"})
    site.sitemap("/2.xml", {"/b": "2026-11-20", "/c": "2026-11-20"})
    site.put("/2.xml.gz", gzip.compress(site.answers["/2.xml"][2]), "application/gzip")
    site.sitemap("/index.xml", {"/1.xml": "2026-11-20", "/2.xml.gz": ""}, "sitemap")
    one = fetched("sitemap", address=site.address("/index.xml"))
    assert one.harvest() == Harvest(fetched=3)
    assert site.paths() == ["/index.xml", "/1.xml", "/2.xml.gz", "/a", "/b", "/c"]
    # What an index says to be as it was is not read again, and its pages stay.
    for _ in range(3):
        assert one.harvest() == Harvest(unchanged=3)
        assert site.paths() == ["/index.xml", "/2.xml.gz"]
    site.sitemap("/index.xml", {"/1.xml": "2026-11-21", "/2.xml.gz": ""}, "sitemap")
    one.harvest()
    assert site.paths() == ["/index.xml", "/1.xml", "/2.xml.gz"]


def test_a_sitemap_that_cannot_be_read_takes_nothing_away(site: Site, fetched) -> None:
    news(site, "a", "b")
    site.sitemap("/1.xml", {"/a": "2026-11-20"})
    site.sitemap("/2.xml", {"/b": "2026-11-20"})
    site.sitemap("/index.xml", {"/1.xml": "", "/2.xml": ""}, "sitemap")
    one = fetched("sitemap", address=site.address("/index.xml"))
    one.harvest()
    for broken in ((500, {}, b""), (404, {}, b""), (200, {}, b"<urlset><url><loc>x")):
        site.answers["/1.xml"] = broken
        for _ in range(3):
            done = one.harvest()
            assert (done.unchanged, done.failed, done.gone) == (2, 1, 0)
            assert "/1.xml" in done.problem
    assert len(one.titles()) == 2


def test_pages_leave_when_they_are_missing_twice(site: Site, fetched) -> None:
    news(site, "a", "b")
    one = fetched("sitemap", address=site.address("/sitemap.xml"))
    one.harvest()
    site.sitemap("/sitemap.xml", {"/a": "2026-11-20"})
    assert one.harvest().gone == 0
    news(site, "a", "b")
    assert one.harvest().gone == 0
    site.sitemap("/sitemap.xml", {"/a": "2026-11-20"})
    assert [one.harvest().gone for _ in range(3)] == [0, 1, 0]
    assert list(one.titles()) == [site.address("/a")]


def gone(site: Site) -> dict[str, object]:
    return {"404": (404, {}, b""), "410": (410, {}, b""), "front page": (302, {"Location": "/"}, b"")}


@pytest.mark.parametrize("kind", ["404", "410", "front page"])
def test_pages_leave_when_they_are_answered_to_be_gone_twice(site: Site, fetched, kind: str) -> None:
    news(site, "a", "b")
    site.page("/", "Басты бет", TEXT)
    one = fetched("sitemap", address=site.address("/sitemap.xml"))
    one.harvest()
    site.answers["/b"] = gone(site)[kind]
    site.sitemap("/sitemap.xml", {"/a": "2026-11-20", "/b": "2026-11-21"})
    assert [one.harvest().gone for _ in range(3)] == [0, 1, 0]
    assert list(one.titles()) == [site.address("/a")]
    # It is not asked for again until its stamp changes.
    site.paths()
    one.harvest()
    assert site.paths() == ["/sitemap.xml"]
    news(site, "a", "b", lastmod="2026-11-23")
    one.harvest()
    assert len(one.titles()) == 2


def test_a_page_that_came_back_stays(site: Site, fetched) -> None:
    news(site, "a")
    one = fetched("sitemap", address=site.address("/sitemap.xml"))
    one.harvest()
    site.answers["/a"] = (404, {}, b"")
    site.sitemap("/sitemap.xml", {"/a": "2026-11-21"})
    one.harvest()
    site.page("/a", "а қайтты", TEXT)
    assert one.harvest() == Harvest(fetched=1)
    assert list(one.titles().values()) == ["а қайтты"]


def test_the_newest_pages_come_first(site: Site, fetched) -> None:
    news(site, "old", "new", "middle")
    dates = {"/old": "2026-11-01", "/new": "2026-11-20", "/middle": "2026-11-10T08:00:00+05:00"}
    site.sitemap("/sitemap.xml", dates)
    one = fetched("sitemap", address=site.address("/sitemap.xml"))
    one.harvest()
    assert site.paths() == ["/sitemap.xml", "/new", "/middle", "/old"]


def test_many_that_are_missing_at_once_look_like_an_accident(site: Site, fetched) -> None:
    names = [f"p{number}" for number in range(40)]
    news(site, *names)
    one = fetched("sitemap", address=site.address("/sitemap.xml"))
    one.harvest()
    news(site, *names[:15], "new")
    for _ in range(3):
        done = one.harvest()
        assert (done.gone, "25 of 4" in done.problem, "--full" in done.problem) == (0, True, True)
    assert len(one.titles()) == 41
    assert one.harvest(full=True) == Harvest(unchanged=16, gone=25)


def test_a_server_that_forbids_everything_is_not_asked_for_all(site: Site, fetched) -> None:
    names = [f"p{number}" for number in range(40)]
    news(site, *names)
    for name in names:
        site.answers[f"/{name}"] = (403, {}, b"")
    one = fetched("sitemap", address=site.address("/sitemap.xml"))
    done = one.harvest()
    assert (done.failed, done.left) == (20, 20)
    assert "answered 403, to 20 pages in a row" in done.problem


def test_patterns_of_addresses(site: Site, fetched) -> None:
    news(site, "news/a", "news/tag/b", "about", "news/c.pdf")
    match = fetched("sitemap", address=site.address("/sitemap.xml"), match="*/news/*", skip=["*/tag/*", "*.pdf"])
    assert match.harvest() == Harvest(fetched=1)
    assert site.paths() == ["/sitemap.xml", "/news/a"]


def test_other_patterns_take_and_give_at_once(site: Site, fetched) -> None:
    news(site, "news/a", "about")
    site.sitemap("/index.xml", {"/sitemap.xml": "2026-11-20"}, "sitemap")
    fetched("sitemap", address=site.address("/index.xml"), match="*/news/*").harvest()
    wider = fetched("sitemap", address=site.address("/index.xml"))
    assert wider.harvest() == Harvest(fetched=1, unchanged=1)
    narrow = fetched("sitemap", address=site.address("/index.xml"), skip="*/news/*")
    assert [narrow.harvest().gone for _ in range(2)] == [0, 1]


def test_broken_pages_are_rejected_with_their_address(site: Site, fetched) -> None:
    news(site, "a", "b", "c", "d")
    site.answers["/b"] = (403, {}, b"")
    site.put("/c", b"%PDF-1.4", "application/pdf")
    site.put("/d", "<" * 30_000)
    one = fetched("sitemap", address=site.address("/sitemap.xml"))
    assert one.harvest() == Harvest(fetched=1, failed=3)
    reasons = one.reasons()
    assert list(reasons) == [site.address(path) for path in ("/b", "/c", "/d")]
    assert "answered 403" in reasons[site.address("/b")]
    assert "application/pdf" in reasons[site.address("/c")]
    assert "more tags" in reasons[site.address("/d")]
    site.paths()
    assert one.harvest().failed == 0
    assert site.paths() == ["/sitemap.xml"]


def test_a_page_that_was_read_once_outlives_a_refusal(site: Site, fetched) -> None:
    news(site, "a")
    one = fetched("sitemap", address=site.address("/sitemap.xml"))
    one.harvest()
    site.answers["/a"] = (403, {}, b"")
    site.sitemap("/sitemap.xml", {"/a": "2026-11-21"})
    assert one.harvest() == Harvest(failed=1)
    assert list(one.titles().values()) == ["a туралы жаңалық"]


def test_a_page_that_fails_once_comes_in_the_next_run(site: Site, fetched) -> None:
    news(site, "a", "b")
    site.answers["/b"] = (500, {}, b"")
    one = fetched("sitemap", address=site.address("/sitemap.xml"))
    assert one.harvest() == Harvest(fetched=1, failed=1)
    assert one.reasons() == {}
    site.page("/b", "b туралы", TEXT)
    assert one.harvest() == Harvest(fetched=1, unchanged=1)


def test_a_server_that_goes_down_is_left_alone(site: Site, fetched) -> None:
    names = [f"p{number}" for number in range(20)]
    news(site, *names)
    for name in names:
        site.answers[f"/{name}"] = (500, {}, b"")
    one = fetched("sitemap", address=site.address("/sitemap.xml"))
    done = one.harvest()
    assert (done.fetched, done.failed, done.left) == (0, 5, 15)
    assert "answered 500" in done.problem
    assert len(site.paths()) == 1 + 5 * 3


def test_what_is_at_other_hosts_is_left_out_and_said(site: Site, other_site: Site, fetched) -> None:
    news(site, "a")
    other_site.page("/b", "Бөтен", TEXT)
    site.sitemap("/sitemap.xml", {"/a": "", other_site.address("/b"): "", "http://localhost/c": ""})
    one = fetched("sitemap", address=site.address("/sitemap.xml"))
    assert one.harvest() == Harvest(fetched=1)
    assert "localhost" in one.warnings[0] or str(other_site.port) in one.warnings[0]
    assert other_site.asked == []


def test_robots_keep_pages_out(site: Site, fetched) -> None:
    news(site, "a", "private/b")
    site.put("/robots.txt", "User-agent: *\nDisallow: /private/", "text/plain")
    one = fetched("sitemap", address=site.address("/sitemap.xml"))
    assert one.harvest() == Harvest(fetched=1, failed=1)
    assert "robots.txt" in one.reasons()[site.address("/private/b")]
    assert "/private/b" not in site.paths()


def test_a_harvest_that_runs_out_of_time_goes_on(site: Site, fetched) -> None:
    names = [f"p{number}" for number in range(12)]
    news(site, *names)
    one = fetched("sitemap", harvest_s=1, address=site.address("/sitemap.xml"), delay_s=0.15)
    done = one.harvest()
    assert (done.problem, done.fetched + done.left) == ("", 12)
    assert 0 < done.fetched < 12
    assert len(one.titles()) == done.fetched
    asked = site.paths()
    again = one.harvest()
    assert again.fetched > 0
    assert not set(asked[1:]) & set(site.paths()[1:])


def test_listing_leaves_time_for_pages(site: Site, fetched) -> None:
    news(site, "a")
    many = {f"/{number}.xml": "2026-11-20" for number in range(30)}
    for path in many:
        site.sitemap(path, {"/a": "2026-11-20"})
    site.sitemap("/index.xml", many, "sitemap")
    one = fetched("sitemap", harvest_s=1, address=site.address("/index.xml"), delay_s=0.1)
    assert one.harvest().fetched == 1
