"""The columns of articles: what is looked up, counted and told of them."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from small_segments import seeded

from search.engines.base import Document
from search.engines.whoosh.column_writer import ColumnsWriter
from search.engines.whoosh.columns import Columns
from search.engines.whoosh.sets import Articles
from search.engines.whoosh.table import write_columns
from search.facets import FACETS
from search.kazakh import Terms
from search.model import Article, Scope

NOON = datetime(2024, 5, 9, 12, tzinfo=UTC)
CLUSTERS = ("x", "", "y", "x", "", "y", "x", "z")


def terms(count: int) -> Terms:
    return Terms([0] * count, [0] * count, ["су"] * count, ["су"] * count, [("су",)] * count)


def document(number: int) -> Document:
    published = NOON - timedelta(days=number // 2) if number < 6 else None
    article = Article(f"мақала/{number}", "", "", published=published, category="Қоғам" if number % 3 else "")
    return Document(article, terms(number), terms(10 * number), CLUSTERS[number])


def write(folder: Path, count: int) -> Columns:
    writer = ColumnsWriter({"category": FACETS["category"]})
    for number in range(count):
        writer.add(document(number))
    write_columns(folder, writer.table(), 3, [], {})
    return Columns(folder)


@pytest.fixture
def columns(tmp_path: Path) -> Columns:
    return write(tmp_path, 8)


def test_ids(columns: Columns) -> None:
    every = columns.ids(np.arange(8))
    assert every == [f"мақала/{number}" for number in range(8)]
    assert [columns.number(one) for one in every] == list(range(8))
    assert columns.number("мақала/8") is columns.number("") is columns.number("\ud800") is None


def test_lengths_and_averages(columns: Columns) -> None:
    numbers = np.array([7, 0, 3])
    assert columns.lengths(Scope.ALL, numbers).tolist() == [77.0, 0.0, 33.0]
    assert columns.lengths(Scope.TITLE, numbers).tolist() == [7.0, 0.0, 3.0]
    assert columns.lengths(Scope.BODY, numbers).tolist() == [70.0, 0.0, 30.0]
    assert columns.lengths(Scope.ALL, numbers).dtype == np.float64
    assert columns.averages == {Scope.ALL: 11 * 28 / 8, Scope.TITLE: 28 / 8, Scope.BODY: 280 / 8}


def test_days(columns: Columns) -> None:
    assert columns.age(np.arange(8)).tolist() == [0, 0, 1, 1, 2, 2, np.inf, np.inf]
    assert columns.oldest_rank.tolist() == [4, 5, 2, 3, 0, 1, 6, 7]
    assert list(columns.stats.days.values()) == [2, 2, 2]
    assert columns.stats.days == {NOON.date() - timedelta(days=day): 2 for day in range(3)}
    assert len(columns.stats.days) == 3


def test_groups(columns: Columns) -> None:
    assert columns.shared.tolist() == [bool(name) and CLUSTERS.count(name) > 1 for name in CLUSTERS]
    for number, name in enumerate(CLUSTERS):
        same = [other for other, its in enumerate(CLUSTERS) if (name and its == name) or other == number]
        assert columns.members(number).tolist() == same
    assert columns.firsts(np.arange(8)).tolist() == [0, 1, 2, 4, 7]
    assert columns.firsts(np.array([6, 5, 3, 0])).tolist() == [0, 1]


@pytest.mark.parametrize("some", [[], [2], [0, 3], [1, 2, 4, 5, 7], list(range(8))])
@pytest.mark.parametrize("form", ["numbers", "bits"])
def test_of_a_group_one_is_counted(columns: Columns, some: list[int], form: str) -> None:
    listed = Articles(8, np.array(some, np.int64))
    articles = listed if form == "numbers" else Articles(8, bits=listed.bits)
    groups = {(CLUSTERS[number], "" if CLUSTERS[number] else number) for number in some}
    assert columns.groups(articles) == len(groups)
    alike = columns.alike(articles)
    assert alike.tolist() == [number for number in some if CLUSTERS[number] in ("x", "y")]
    field = columns.field("category")
    assert field is not None
    counts = field.counted(articles)
    assert counts.tolist() == [sum((number % 3 > 0) == code for number in some) for code in range(2)]
    pairs = {(number % 3 > 0, group) for number in some for group in [CLUSTERS[number] or number]}
    counts -= columns.repeated(field.codes.take(alike), alike, 2)
    assert counts.tolist() == [sum(code == one for code, _ in pairs) for one in range(2)]


@pytest.mark.parametrize("values", [1, 5, 31, 40])
def test_values_are_counted_alike_for_few_and_for_many_articles(tmp_path: Path, values: int) -> None:
    source, documents = seeded(values), 300
    writer = ColumnsWriter({"author": FACETS["author"]})
    written = [source.randint(0, values) for _ in range(documents)]
    for number, value in enumerate(written):
        author = f"Автор {value}" if value else ""
        writer.add(Document(Article(f"{number:03}", "", "", author=author), terms(0), terms(0)))
    write_columns(tmp_path, writer.table(), 0, [], {})
    field = Columns(tmp_path).field("author")
    assert field is not None
    for share in (0.0, 0.02, 0.5, 1.0):
        some = [number for number in range(documents) if source.random() < share]
        counts = field.counted(Articles(documents, np.array(some, np.int64)))
        found = dict(zip(field.values(np.arange(len(field))), counts.tolist(), strict=True))
        expected = Counter(f"Автор {written[number]}" if written[number] else "" for number in some)
        assert {value: count for value, count in found.items() if count} == expected


def test_fields(columns: Columns) -> None:
    field = columns.field("category")
    assert field is not None
    assert field.values(field.codes) == ["" if number % 3 == 0 else "Қоғам" for number in range(8)]
    assert field.counts() == {"Қоғам": 5}
    assert (field.code(""), field.code("Қоғам"), field.code("Спорт")) == (0, 1, -1)
    assert len(field) == 2
    assert columns.field("source") is None


def test_codes_are_as_wide_as_they_must_be(tmp_path: Path) -> None:
    writer = ColumnsWriter({"author": FACETS["author"]})
    for number in range(300):
        writer.add(Document(Article(str(number), "", "", author=f"Автор {number}"), terms(0), terms(0)))
    write_columns(tmp_path, writer.table(), 0, [], {})
    field = Columns(tmp_path).field("author")
    assert field is not None
    assert field.codes.dtype == np.uint16
    assert field.values(np.array([300, 1])) == ["Автор 299", "Автор 0"]


def test_an_empty_archive(tmp_path: Path) -> None:
    columns = write(tmp_path, 0)
    assert columns.averages == dict.fromkeys(Scope, 0.0)
    assert columns.stats.days == {}
    assert columns.number("мақала/0") is None
    assert columns.ids(np.zeros(0, np.int64)) == []
