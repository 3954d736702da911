"""Thousands of spoilt records: each comes out as an article, or as a rejection with its line and reason."""

import csv
import gzip
import io
import json
import math
import random
from collections import Counter

import msgspec
import pytest

from indexer.reading import articles
from indexer.records import Cleaned, Rejected, Superseded

WORDS = ("ауыл", "мектеп", "қоғам", "форум", "әкім", "кітапхана", "өзен", "бөгет", "ұстаз", "үміт", "жиын", "ашылды")
KEYS = ("id", "title", "body", "published", "url", "category", "source", "author", "lang")
DATES = (
    "16.10.2018, 00:44",
    "2018-10-16T00:44:00Z",
    "16 қазан 2018",
    "0000-01-01",
    "9999-12-31",
    "31.02.2018",
    "кеше",
    1539629040,
)
VALUES = (
    *(
        None,
        True,
        False,
        0,
        -1,
        1.5,
        10**30,
        1e308,
        math.nan,
        math.inf,
        "",
        " ",
        "\u00a0",
        [],
        {},
        [None],
        [[]],
        {"a": {}},
    ),
    *(
        "\ud800",
        "\udfff\ud800",
        "а\0б",
        "\ufeff",
        "\u202eтөңкер",
        "<p>",
        "</p><script>",
        "&#xD800;",
        "а" * 20_000,
        "\n\n\n",
    ),
    *("javascript:alert(1)", "http://[", "../../etc/passwd", "https://a.example/" + "ж" * 3000, "%s{}%n", "x" * 400),
)


def sentence(dice):
    return " ".join(dice.choices(WORDS, k=dice.randint(3, 12))).capitalize() + "."


def record(dice, number):
    return {
        "id": f"r{number}",
        "title": sentence(dice)[:-1],
        "body": "\n\n".join(sentence(dice) for _ in range(dice.randint(1, 4))),
        "published": dice.choice(DATES),
        "category": dice.choice(WORDS),
        "source": dice.choice(WORDS[:3]),
        "views": number,
    }


def spoil_values(dice, one, number):
    for _ in range(dice.randint(0, 3)):
        change = dice.randrange(5)
        if change == 0:
            one.pop(dice.choice(list(one)), None)
        elif change == 1:
            one["id"] = f"r{dice.randrange(number + 1)}"
        else:
            one[dice.choice([*KEYS, "views", "extra", "\ud800"])] = dice.choice(VALUES)
    return one


def spoil_bytes(dice, line):
    change = dice.randrange(12)
    if change == 0:
        return line[: dice.randrange(len(line))]
    if change == 1:
        at = dice.randrange(len(line))
        return line[:at] + bytes([dice.randrange(256)]) + line[at + 1 :]
    if change == 2:
        return line.decode().encode("cp1251", "replace")
    if change == 3:
        return dice.choice([b"[" * 5000, b"[1]", b"null", b"{}", b"\0" * 50, b"\xff\xfe", b"{" * 3, b"x" * 90_000])
    return line


def json_lines(dice, count):
    out = []
    for number in range(count):
        one = spoil_values(dice, record(dice, number), number)
        line = json.dumps(one, ensure_ascii=dice.random() < 0.5 or "\\ud" in json.dumps(one)).encode()
        out.append(spoil_bytes(dice, line))
    return b"\n".join(out)


def not_blank(data):
    return [
        at
        for at, line in enumerate(data.split(b"\n"), 1)
        if line.decode("latin-1").strip(" \t\r\x0b\x0c\x1c\x1d\x1e\x1f")
    ]


@pytest.mark.parametrize("seed", range(3))
def test_json_lines(tmp_path, spec, seed):
    data = json_lines(random.Random(seed), 1000)
    (tmp_path / "а.jsonl").write_bytes(data)
    (tmp_path / "б.jsonl.gz").write_bytes(gzip.compress(data))
    found = list(articles([spec(article_bytes=20_000)]))
    for name in ("а.jsonl", "б.jsonl.gz"):
        assert [item.line for item in found if item.file == name] == not_blank(data)
    check(found, least=300)
    # The second file holds the same ids: it wins.
    assert {item.file for item in found if isinstance(item, Cleaned)} == {"б.jsonl.gz"}


@pytest.mark.parametrize("seed", range(3))
def test_csv(tmp_path, spec, seed):
    dice = random.Random(seed)
    text, starts, line = io.StringIO(), [], 2
    writer = csv.writer(text, delimiter=dice.choice(",;\t"), lineterminator="\n")
    writer.writerow(KEYS)
    for number in range(500):
        one = spoil_values(dice, record(dice, number), number)
        cells = ["" if one.get(key) is None else str(one[key]).encode("utf-8", "replace").decode() for key in KEYS]
        row = (
            cells[: dice.randint(1, 8)]
            if dice.random() < 0.1
            else [*cells, *(["артық"] if dice.random() < 0.1 else [])]
        )
        before = text.tell()
        writer.writerow(row)
        if any(cell.strip() for cell in row):
            starts.append(line)
        line += text.getvalue()[before:].count("\n")
    (tmp_path / "а.csv").write_text(text.getvalue(), "utf-8", newline="")
    found = list(articles([spec(article_bytes=20_000)]))
    assert [item.line for item in found] == starts
    check(found, least=200)


def test_text_files(tmp_path, spec):
    dice = random.Random(7)
    for number in range(500):
        one = record(dice, number)
        text = f"{one['title']}\n\n{one['category']}\n{one['published']}\n\n{one['body']}\n\nPhotoRoom".encode()
        for _ in range(dice.randint(0, 2)):
            change, at = dice.randrange(7), dice.randrange(len(text) + 1)
            text = [
                text[:at],
                text[at:],
                text[:at] + bytes([dice.randrange(256)]) + text[at:],
                text.replace(b"\n\n", b"\n"),
                text.decode("utf-8", "replace").encode(dice.choice(["utf-16", "cp1251", "utf-16-le"]), "replace"),
                b"\0" * at,
                text * 30,
            ][change]
        (tmp_path / f"{number:03}.txt").write_bytes(text)
    found = list(articles([spec(article_bytes=20_000)]))
    assert [item.file for item in found] == [f"{number:03}.txt" for number in range(500)]
    check(found, least=200)


def check(found, least):
    """Nothing is silent, nothing is double, and everything can be written down."""
    kinds = Counter(type(item) for item in found)
    assert kinds[Cleaned] >= least
    assert kinds[Rejected] >= 30
    ids = [item.article.id for item in found if isinstance(item, Cleaned)]
    assert len(set(ids)) == len(ids)
    for item in found:
        assert item.line >= 1
        if isinstance(item, Rejected):
            assert len(item.reason) > 10
            assert item.id if isinstance(item, Superseded) else True
            text = item.reason + item.id
        else:
            article = item.article
            assert article.title or article.body
            assert not set("\0\ufeff\u202e") & set(article.title + article.body)
            assert article.url.startswith(("http://", "https://")) or not article.url
            assert article.published is None or article.published.tzinfo
            msgspec.json.encode(article)
            text = " ".join(item.remarks)
        text.encode()
