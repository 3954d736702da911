import gzip
import json
import tracemalloc

import pytest

from indexer.inputs import unpacked
from indexer.records import RawRecord, Rejected
from tests.raw_records import read

GOOD = '{"id": "a1", "title": "Тақырып", "body": "Мәтін."}'


@pytest.fixture
def read_lines(tmp_path, spec):
    def of(data, name="а.jsonl", **options):
        (tmp_path / name).write_bytes(data if isinstance(data, bytes) else data.encode())
        return list(read(spec(**options)))

    return of


def test_a_record_a_line(read_lines):
    first, second = read_lines(f'{GOOD}\n\n  \r\n{{"id": 2, "headline": "Екі", "views": 5}}')
    assert (first.file, first.line, first.values) == ("а.jsonl", 1, json.loads(GOOD))
    assert (second.line, second.values) == (4, {"id": 2, "title": "Екі", "views": 5})


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_byte_order_marks(read_lines, encoding):
    assert [item.values["title"] for item in read_lines(f"{GOOD}\n{GOOD}\n".encode(encoding))] == ["Тақырып"] * 2


def test_the_encoding_of_the_input(read_lines):
    line = json.dumps({"id": 1, "text": "Сегодня открыта библиотека"}, ensure_ascii=False).encode("cp1251")
    [bad] = read_lines(line)
    assert 'encoding = "cp1251"' in bad.reason
    assert read_lines(line, encoding="cp1251")[0].values["body"] == "Сегодня открыта библиотека"
    wide = json.dumps({"id": 1, "text": "Қала"}, ensure_ascii=False).encode("utf-16-le")
    assert read_lines(wide, encoding="utf-16-le")[0].values["body"] == "Қала"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"id": 1, "title": ', "broken JSON: Expecting value at character 19"),
        (b"{'id': 1}", "broken JSON"),
        (b'{"id": 1} {"id": 2}', "broken JSON: Extra data"),
        (b"[1, 2]", "a list and no object"),
        (b'"text"', "a single value and no object"),
        (b"null", "a single value and no object"),
        (b"[" * 100_000, "JSON too deep"),
        (b'{"a":' * 50_000, "JSON too deep"),
        (b'{"id": ' + b"9" * 5000 + b"}", "broken JSON"),
        (b'{"id": "\xff"}', "not utf-8 text (byte 0xFF at 9)"),
        (b"\0" * 40, "many NUL bytes"),
        (b'{"id": 1, "body": "' + b"a" * 2_000_000 + b'"}', "the line is longer than 400,000 bytes"),
    ],
    ids=lambda value: value[:25] if isinstance(value, str) else "",
)
def test_a_bad_line_stops_nothing(read_lines, line, reason):
    first, bad, last = read_lines(GOOD.encode() + b"\n" + line + b"\n" + GOOD.encode(), article_bytes=100_000)
    assert isinstance(bad, Rejected)
    assert (bad.file, bad.line) == ("а.jsonl", 2)
    assert reason in bad.reason
    assert isinstance(first, RawRecord)
    assert (type(last), last.line) == (RawRecord, 3)


def test_lone_surrogates_and_raw_tabs_are_taken(read_lines):
    [record] = read_lines('{"id": 1, "title": "А\\ud83d", "body": "бір\tекі"}')
    assert record.values == {"id": 1, "title": "А\ud83d", "body": "бір\tекі"}


def test_gzip(read_lines):
    assert len(read_lines(gzip.compress(f"{GOOD}\n{GOOD}\n".encode(), mtime=0), "а.jsonl.gz")) == 2
    assert len(read_lines(gzip.compress(GOOD.encode(), mtime=0) * 3, "а.jsonl.gz")) == 1


def test_gzip_that_is_cut_short(read_lines):
    data = gzip.compress("".join(f'{{"id": {n}, "title": "{n * 7919}"}}\n' for n in range(20_000)).encode())
    *records, end = read_lines(data[: len(data) // 2], "а.jsonl.gz")
    assert len(records) > 5000
    assert all(isinstance(record, RawRecord) for record in records)
    assert (end.line, "cut short" in end.reason) == (len(records) + 1, True)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty file (0 bytes)"),
        (b"not packed", "Not a gzipped file"),
        (gzip.compress(b"", mtime=0), "holds no record"),
        (gzip.compress(GOOD.encode(), mtime=0)[:6], "cut short"),
        (gzip.compress(GOOD.encode(), mtime=0)[:10] + b"\xff" * 20, "cut short or damaged"),
    ],
)
def test_gzip_that_is_none(read_lines, data, reason):
    [bad] = read_lines(data, "а.jsonl.gz")
    assert (bad.line, reason in bad.reason) == (1, True), bad.reason


def test_a_gzip_bomb_is_not_unpacked_to_the_end(read_lines, monkeypatch):
    monkeypatch.setattr(unpacked, "ALWAYS_ALLOWED", 1_000_000)
    bomb = gzip.compress(GOOD.encode() + b"\n" + b" " * 50_000_000, mtime=0)
    first, bad = read_lines(bomb, "а.jsonl.gz")
    assert isinstance(first, RawRecord)
    assert "unpacks to more than 200 times its size" in bad.reason


@pytest.mark.parametrize("name", ["а.jsonl", "а.jsonl.gz"])
def test_a_line_without_end_is_never_held_whole(read_lines, name):
    line = b'{"id": 1, "body": "' + b"a" * 30_000_000 + b'"}\n'
    data = line + GOOD.encode()
    data = gzip.compress(data, 1, mtime=0) if name.endswith(".gz") else data
    tracemalloc.start()
    try:
        bad, good = read_lines(data, name, article_bytes=100_000)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert "longer than" in bad.reason
    assert (good.line, peak < 5_000_000) == (2, True), peak


def test_the_field_map_comes_first(read_lines):
    [record] = read_lines('{"nid": 7, "title": "Ескі", "name2": "Жаңа"}', fields={"nid": "id", "name2": "title"})
    assert record.values == {"id": 7, "title": "Жаңа", "title (2)": "Ескі"}
