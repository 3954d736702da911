"""WARC files as crawlers write them (by warcio's own writer), and what happens to them on disks and lines."""

import gzip
import io
import zlib

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from indexer.inputs import unpacked
from indexer.page import MOST_BYTES
from indexer.reading import articles
from indexer.records import Cleaned, RawRecord, Rejected
from tests.raw_records import read

TEXT = "Қызылорда облысының Арал ауданында жаңа мектеп ашылды. Салтанатты шараға ауыл тұрғындары жиналды."
HTML = "text/html; charset=utf-8"


def page(number, text=TEXT):
    return f"<html><head><title>Хабар {number}</title></head><body><h1>Хабар {number}</h1><p>{text}</p></body></html>"


class Writer(WARCWriter):
    """warcio's, which leaves the closing of its temporary files to chance."""

    def _create_temp_file(self):
        return io.BytesIO()


class Crawl:
    """A WARC file in the making."""

    def __init__(self, packed=True):
        self.bytes = io.BytesIO()
        self.starts = []
        self._writer = Writer(self.bytes, gzip=packed)

    def add(self, url, content, kind=HTML, status="200 OK", record="response", **headers):
        fields = [("Content-Type", kind), *((key.replace("_", "-"), value) for key, value in headers.items())]
        body = content if isinstance(content, bytes) else content.encode()
        http = StatusAndHeaders(status, fields, protocol="HTTP/1.1") if record != "metadata" else None
        self.starts.append(self.bytes.tell())
        made = self._writer.create_warc_record(url, record, payload=io.BytesIO(body), http_headers=http)
        self._writer.write_record(made)
        return self


def chunked(data):
    pieces = [data[at : at + 70] for at in range(0, len(data), 70)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


@pytest.fixture
def read_warc(tmp_path, spec):
    def of(data, name="а.warc.gz"):
        (tmp_path / name).write_bytes(data)
        return list(read(spec()))

    return of


@pytest.mark.parametrize("packed", [True, False])
def test_each_page_that_was_answered(read_warc, packed):
    url = "https://dala.example/"
    crawl = Crawl(packed)
    crawl.add(url + "1", page(1)).add(url + "a.png", b"\x89PNG", "image/png").add(
        url + "gone", "<p>жоқ", status="404 Not Found"
    )
    crawl.add(url + "old", "", status="301 Moved Permanently", Location=url + "1")
    crawl.add(url + "2", page(2), "application/xhtml+xml").add(url + "1", page(1), record="revisit")
    crawl.add(url + "x", b"a: b", record="metadata")
    found = read_warc(crawl.bytes.getvalue(), "а.warc.gz" if packed else "а.warc")
    assert [(item.line, item.values["id"], item.values["title"]) for item in found] == [
        (1, url + "1", "Хабар 1"),
        (5, url + "2", "Хабар 2"),
    ]
    assert found[0].values == {"id": url + "1", "url": url + "1", "title": "Хабар 1", "body": TEXT}


@pytest.mark.parametrize(
    ("content", "headers"),
    [
        (gzip.compress(page(1).encode()), {"Content_Encoding": "gzip"}),
        (zlib.compress(page(1).encode()), {"Content_Encoding": "deflate"}),
        (zlib.compress(page(1).encode())[2:-4], {"Content_Encoding": "deflate"}),
        (chunked(page(1).encode()), {"Transfer_Encoding": "chunked"}),
        (chunked(gzip.compress(page(1).encode())), {"Transfer_Encoding": "chunked", "Content_Encoding": "gzip"}),
        (page(1).encode("kz1048"), {"kind": "text/html; charset=windows-1251"}),
    ],
    ids=["gzip", "deflate", "raw deflate", "chunked", "chunked gzip", "cp1251"],
)
def test_contents_as_servers_send_them(read_warc, content, headers):
    [record] = read_warc(Crawl().add("https://dala.example/1", content, **headers).bytes.getvalue())
    assert record.values["body"] == TEXT


def test_of_two_captures_the_later_one_counts(tmp_path, spec):
    crawl = Crawl().add("https://dala.example/1", page(1)).add("https://dala.example/1", page(2))
    (tmp_path / "а.warc.gz").write_bytes(crawl.bytes.getvalue())
    old, new = articles([spec()])
    assert (old.line, new.line, type(new)) == (1, 2, Cleaned)
    assert new.article.title == "Хабар 2"
    assert new.article.url == "https://dala.example/1"


@pytest.mark.parametrize("packed", [True, False])
def test_a_damaged_record_costs_itself_alone(read_warc, packed):
    crawl = Crawl(packed)
    for number in range(4):
        crawl.add(f"https://dala.example/{number}", page(number))
    data = bytearray(crawl.bytes.getvalue())
    place = crawl.starts[1] + (crawl.starts[2] - crawl.starts[1]) * 9 // 10
    data[place : place + 8] = b"\xff" * 8
    found = read_warc(bytes(data), "а.warc.gz" if packed else "а.warc")
    good = [item.values["title"] for item in found if isinstance(item, RawRecord)]
    bad = [item for item in found if isinstance(item, Rejected)]
    assert good == ["Хабар 0", "Хабар 2", "Хабар 3"]
    assert [(item.line, "damaged" in item.reason) for item in bad] == [(2, True)]


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("place", [0.2, 0.6, 0.95])
def test_a_file_that_is_cut_short(read_warc, packed, place):
    crawl = Crawl(packed).add("https://dala.example/1", page(1)).add("https://dala.example/2", page(2))
    cut = crawl.starts[1] + int((crawl.bytes.tell() - crawl.starts[1]) * place)
    good, bad = read_warc(crawl.bytes.getvalue()[:cut], "а.warc.gz" if packed else "а.warc")
    assert good.values["title"] == "Хабар 1"
    assert isinstance(bad, Rejected)
    assert (bad.line, bool(bad.reason)) == (2, True)


def test_bytes_between_records_are_skipped(read_warc):
    one, two = (Crawl(packed=False).add(f"https://dala.example/{n}", page(n)).bytes.getvalue() for n in (1, 2))
    first, bad, last = read_warc(one + b"garbage\r\nmore\r\n\r\n" + two, "а.warc")
    assert "no record where one should begin" in bad.reason
    assert (first.line, bad.line, last.line) == (1, 2, 3)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty file (0 bytes)"),
        (b"hello", "no record where one should begin"),
        (b"WARC/1.0\r\nWARC-Type: response\r\n\r\n", "a record without a length"),
        (b"WARC/1.0\r\n" + b"a: b\r\n" * 100_000, "a record without an end of its header"),
        (b"WARC/1.0\r\nContent-Length: 99999999999\r\n\r\nabc", "cut short"),
        (b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 2\r\n\r\nab\r\n\r\n", "damaged record"),
    ],
)
def test_files_that_are_none(read_warc, data, reason):
    first, *_ = read_warc(data, "а.warc")
    assert reason in first.reason


def test_what_is_too_large_or_unreadable_is_said(read_warc):
    url = "https://dala.example/"
    crawl = Crawl().add(url + "1", b"<p>" + b"a" * (MOST_BYTES + 300_000)).add(url + "2", "x", Content_Encoding="zz")
    crawl.add(url + "3", gzip.compress(b" " * 50_000_000), Content_Encoding="gzip").add(url + "4", page(4))
    large, strange, bomb, good = read_warc(crawl.bytes.getvalue())
    assert large.reason == f"{url}1: larger than a page may be (4,000,000 bytes)"
    assert strange.reason == f"{url}2: packed as 'zz', which is not read"
    assert "larger than the page of an article may be" in bomb.reason
    assert good.values["title"] == "Хабар 4"


def test_a_gzip_trap_ends_the_file(read_warc, monkeypatch):
    monkeypatch.setattr(unpacked, "ALWAYS_ALLOWED", 1_000_000)
    data = Crawl().add("https://dala.example/1", page(1)).bytes.getvalue()
    trap = gzip.compress(b"WARC/1.0\r\nContent-Length: 90000000\r\n\r\n" + b"\0" * 90_000_000)
    good, bad = read_warc(data + trap)
    assert good.values["title"] == "Хабар 1"
    assert "unpacks to more than 200 times its size" in bad.reason
