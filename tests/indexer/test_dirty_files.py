"""Thousands of spoilt pages, captures, posts and members: each comes out as an article, or with its line and a reason.

The seed is printed when a test fails; `SEED=` repeats it. `SCALE=` multiplies the number of records (34: 100,000).
"""

import io
import os
import random
import tarfile
import zipfile
from collections import Counter

import msgspec
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from indexer.reading import articles
from indexer.records import Cleaned, Rejected
from tests.raw_records import read

SEED = int(os.environ.get("SEED", "20241126"))
SCALE = int(os.environ.get("SCALE", "1"))

WORDS = "ауыл мектеп қоғам форум әкім кітапхана өзен бөгет ұстаз үміт жиын ашылды көпір егін жаңбыр".split()
DATES = ("2018-10-16T00:44:00+06:00", "0000-01-01", "9999-12-31", "31.02.2018", "кеше", "16 қазан 2018", "")
PIECES = (
    *(
        "<",
        ">",
        "&",
        "&#0;",
        "&#xD800;",
        "&nbsp;",
        "<!--",
        "-->",
        "<![CDATA[",
        "<p",
        "</p>",
        "</div>" * 40,
        '"',
        "\0",
        "\x0b",
    ),
    *(
        "<div>" * 300,
        "<table><tr><td>",
        "<script>",
        "</script>",
        "<title>",
        "<h1></h1>",
        "\u202e",
        "\ufeff",
        "\ud83d",
        "а" * 9000,
    ),
    *('<script type="application/ld+json">{"@type":"Article","headline":7,"author":[[{}]]}</script>',),
    *(
        '<script type="application/ld+json">' + "[" * 3000,
        '<meta charset="idna">',
        '<meta property="og:url" content="http://[">',
    ),
    *(
        '<time datetime="9999-99-99">',
        "<a href='http://[::1'>",
        "<form>",
        "<br>" * 50,
        "<body>" * 3,
        "</html>",
        "\n\n\n",
        "%s{}",
    ),
)
ENCODINGS = ("utf-8", "utf-8", "utf-8", "utf-8", "utf-16", "cp1251", "kz1048", "utf-8-sig", "koi8-r", "utf-16-le")


def sentence(dice):
    return " ".join(dice.choices(WORDS, k=dice.randint(4, 14))).capitalize() + "."


def page(dice, number):
    text = "".join(f"<p>{sentence(dice)}</p>" for _ in range(dice.randint(0, 5)))
    head = (
        f'<title>{sentence(dice)} | Дала</title><meta property="article:published_time" content="{dice.choice(DATES)}">'
    )
    return f"<html><head><meta charset=utf-8>{head}</head><body><h1>Хабар {number}</h1>{text}</body></html>"


def spoilt(dice, text):
    for _ in range(dice.randint(0, 4)):
        at = dice.randrange(len(text) + 1)
        change = dice.randrange(4)
        text = (
            text[:at]
            if change == 0
            else text[:at] + dice.choice(PIECES) + text[at + dice.randrange(20) * (change == 1) :]
        )
    data = text.encode(dice.choice(ENCODINGS), "replace")
    for _ in range(dice.choice((0, 0, 1, 3))):
        at = dice.randrange(len(data) + 1)
        data = data[:at] + bytes([dice.randrange(256)]) + data[at:]
    return dice.choice((b"", b"\0" * 50, b"\xff\xfe")) if dice.random() < 0.02 else data


def folder_of_pages(folder, dice, count):
    for number in range(count):
        (folder / f"{number:06}.html").write_bytes(spoilt(dice, page(dice, number)))


def crawl(folder, dice, count):
    with (folder / "а.warc.gz").open("wb") as file:
        writer = WARCWriter(file)
        writer._create_temp_file = io.BytesIO
        for number in range(count):
            fields = [
                ("Content-Type", dice.choice(("text/html", "text/html; charset=windows-1251", "text/html;charset=x")))
            ]
            if dice.random() < 0.1:
                fields.append(
                    (dice.choice(("Content-Encoding", "Transfer-Encoding")), dice.choice(("gzip", "chunked", "br")))
                )
            http = StatusAndHeaders("200 OK", fields, protocol="HTTP/1.1")
            url = (
                dice.choice(("https://dala.example/", "http://[", "not an address "))
                if dice.random() < 0.1
                else "https://d.example/"
            )
            data = io.BytesIO(spoilt(dice, page(dice, number)))
            writer.write_record(
                writer.create_warc_record(f"{url}{number}", "response", payload=data, http_headers=http)
            )


def export(folder, dice, count):
    with (folder / "а.xml").open("wb") as file:
        file.write(
            b'<rss xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        )
        file.write(b"<channel><title>x</title>")
        for number in range(count):
            body = spoilt(dice, page(dice, number)).replace(b"]]>", b"")
            title = spoilt(dice, sentence(dice)) if dice.random() < 0.2 else sentence(dice).encode()
            body = body.replace(b"<![CDATA[", b"")
            file.write(
                b"<item><link>https://d.example/%d</link><title>%b</title>" % (number, title.replace(b"<![CDATA[", b""))
            )
            file.write(b"<content:encoded><![CDATA[%b]]></content:encoded><wp:status>publish</wp:status>" % body)
            file.write(b"<wp:post_type>post</wp:post_type></item>\n")


def member(dice, number):
    kind = dice.choice((".txt", ".html", ".jsonl"))
    data = spoilt(dice, page(dice, number) if kind == ".html" else f"{sentence(dice)}\n\n{sentence(dice)}")
    if kind == ".jsonl":
        text = {"id": number, "title": sentence(dice), "body": sentence(dice)}
        data = msgspec.json.encode(text)
        data = data if dice.random() < 0.5 else data[: dice.randrange(1, len(data))]
    return f"{dice.choice(('', '', '', '../', '/', 'а/'))}{number}{kind}", data


def zipped(folder, dice, count):
    with zipfile.ZipFile(folder / "а.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(count):
            archive.writestr(*member(dice, number))


def tarred(folder, dice, count):
    with tarfile.open(folder / "а.tgz", "w:gz", compresslevel=1) as archive:
        for number in range(count):
            name, data = member(dice, number)
            info = tarfile.TarInfo(name)
            info.size = len(data)
            if dice.random() < 0.05:
                info.type, info.linkname, info.size = tarfile.SYMTYPE, "а", 0
            archive.addfile(info, io.BytesIO(data))


KINDS = {folder_of_pages: 500, crawl: 700, export: 1000, zipped: 400, tarred: 400}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_nothing_is_lost_and_nothing_is_silent(tmp_path, spec, kind):
    count = KINDS[kind] * SCALE
    print(f"SEED={SEED}")  # noqa: T201 - pytest shows it when the test fails
    kind(tmp_path, random.Random(SEED), count)
    found = list(articles([spec(article_bytes=100_000)]))
    assert len(found) == count
    assert len({(one.file, one.line) for one in found}) == count
    kinds = Counter(type(one) for one in found)
    assert kinds[Cleaned] >= count // 5
    assert kinds[Rejected] >= count // 100
    for one in found:
        assert one.line >= 1
        if isinstance(one, Rejected):
            assert len(one.reason) > 10
        else:
            article = one.article
            assert article.title or article.body
            assert not set("\0\ufeff\u202e") & set(article.title + article.body)
            assert article.published is None or 1800 <= article.published.year < 2100
            msgspec.json.encode(article)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_files_with_wrong_bytes_anywhere(tmp_path, spec, kind):
    """Whatever is wrong in the frame: what comes out is a record or a reason, and at least one of them."""
    dice = random.Random(SEED)
    print(f"SEED={SEED}")  # noqa: T201 - pytest shows it when the test fails
    made, out = tmp_path / "а", tmp_path / "б"
    made.mkdir()
    out.mkdir()
    kind(made, dice, 12)
    path = min(made.iterdir())
    data = path.read_bytes()
    for _ in range(60 * SCALE):
        broken = bytearray(data)
        for _ in range(dice.choice((1, 2, 8))):
            at = dice.randrange(len(broken))
            change = dice.randrange(4)
            if change == 0:
                del broken[at : at + dice.randrange(1, 200)]
            elif change == 1:
                broken[at : at + 4] = dice.randbytes(4)
            elif change == 2:
                broken[at] = dice.choice((0, 0xFF, 0x7F))
            else:
                broken[at:at] = broken[at : at + dice.randrange(1, 400)]
            broken = broken or bytearray(b"x")
        (out / path.name).write_bytes(broken)
        found = list(read(spec(out)))
        assert found
        assert all(len(one.reason) > 10 for one in found if isinstance(one, Rejected))
