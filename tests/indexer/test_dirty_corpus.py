"""Thousands of spoilt records: each comes out as an article, or as a rejection with its line and reason."""

import csv
import gzip
import io
import random
from collections import Counter

import msgspec
import pytest

from indexer.reading import articles
from indexer.records import Cleaned, Rejected, Superseded
from tests.dirty import KEYS, json_lines, not_blank, record, spoil_values


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
