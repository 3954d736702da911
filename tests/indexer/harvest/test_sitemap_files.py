"""Sitemaps as they should not be: entities, bombs, circles."""

import gzip
import time

import pytest

from indexer.harvest.sitemap import Entry, Unreadable, entries
from tests.sites import Site

BILLION = (
    '<?xml version="1.0"?><!DOCTYPE u [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]><urlset><url><loc>http://127.0.0.1/&i;</loc></url></urlset>"
)
OUTSIDE = '<!DOCTYPE u [<!ENTITY x SYSTEM "file:///etc/passwd">]><urlset><url><loc>http://h/&x;</loc></url></urlset>'
REMOTE = '<!DOCTYPE u SYSTEM "http://127.0.0.1:{port}/evil.dtd"><urlset><url><loc>http://h/a</loc></url></urlset>'


@pytest.mark.parametrize("text", [BILLION, OUTSIDE, REMOTE], ids=["billion-laughs", "file", "dtd"])
def test_entities_and_dtds_are_refused(site: Site, fetched, text: str) -> None:
    site.put("/sitemap.xml", text.replace("{port}", str(site.port)), "application/xml")
    one = fetched("sitemap", address=site.address("/sitemap.xml"))
    began = time.monotonic()
    done = one.harvest()
    assert time.monotonic() - began < 10
    assert "DTD" in done.problem or "no XML" in done.problem
    assert site.paths() == ["/sitemap.xml"]
    assert one.read() == []


@pytest.mark.parametrize(
    "data", [b"", b"<html>", b"\xff\xfe\x00", gzip.compress(b"<urlset>", mtime=0)[:-4], b"\x1f\x8bxx"]
)
def test_what_is_no_sitemap(data: bytes) -> None:
    with pytest.raises(Unreadable):
        list(entries(data))


@pytest.mark.parametrize("before", [b"\n\n  ", b"\xef\xbb\xbf"])
def test_sitemaps_as_sites_write_them(before: bytes) -> None:
    loc = "<i:image><i:loc>x</i:loc></i:image><loc>\n <![CDATA[http://a/?b&c]]> </loc>"
    text = f'<?xml version="1.0"?><urlset xmlns:i="urn:i"><url>{loc}</url></urlset>'
    assert list(entries(before + text.encode())) == [Entry(False, "http://a/?b&c", "")]


def test_a_bomb_is_no_sitemap() -> None:
    with pytest.raises(Unreadable, match="unpacked"):
        list(entries(gzip.compress(b" " * 100_000_000, 1)))


def test_indexes_that_name_each_other_end(site: Site, fetched) -> None:
    site.sitemap("/a.xml", {"/b.xml": ""}, "sitemap")
    site.sitemap("/b.xml", {"/a.xml": "", "/c.xml": ""}, "sitemap")
    site.sitemap("/c.xml", {"/d.xml": ""}, "sitemap")
    one = fetched("sitemap", address=site.address("/a.xml"))
    assert "inside 2 others" in one.harvest().problem
    assert site.paths() == ["/a.xml", "/b.xml", "/c.xml"]
