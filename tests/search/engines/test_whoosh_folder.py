"""The folder of the embedded engine: building, damage, open files."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from search.deadline import Deadline
from search.engines import ENGINES, kind
from search.engines.articles import encode
from search.engines.base import Document, Request, moment
from search.engines.batch import Batch
from search.engines.whoosh import WHOOSH, WhooshEngine
from search.errors import IndexCorrupt, Unavailable
from search.facets import FACETS
from search.kazakh import Row, Terms
from search.model import Article, Interval, Sort
from search.query.nodes import Term, Words
from search.vectors import StemVectors

DAY = datetime(2024, 5, 1, tzinfo=UTC)
TOC = "_IZDE_1.toc"
WORDS = ["қала", "ауыл", "той", "су", "жер"]


def terms(*words: str) -> Terms:
    places = list(range(len(words)))
    return Terms(places, places, list(words), list(words), [(word,) for word in words])


def document(number: int, article_id: str = "", published: datetime | None = DAY) -> Document:
    moment = published and published - timedelta(days=number)
    article = Article(article_id or f"a{number:04}", "қала", "су " * 50, published=moment, category=WORDS[number % 5])
    return Document(article, terms("қала"), terms(*WORDS[number % 5 :], *WORDS))


def build(folder: Path, count: int = 300, memory_mb: int = 16) -> Path:
    folder.mkdir(exist_ok=True)
    builder = WHOOSH.builder(folder, memory_mb=memory_mb)
    for number in range(count):
        builder.add(document(number))
    builder.finish()
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("made"))


def term(word: str) -> Term:
    return Term(word, (word,), (word,))


def use(folder: Path) -> int:
    """Opens the folder and reads from every file of it."""
    engine = WHOOSH.open(folder)
    try:
        engine.get([f"a{number:04}" for number in range(300)])
        return engine.search(term("қала"), Request(), Deadline.never()).total
    finally:
        engine.close()


REBUILD = """
import sys
from pathlib import Path
from tests.indexes import ARTICLES, publish
from tests.search.engines.test_whoosh_folder import build
build(Path(sys.argv[1]) / "made", 40)
publish(Path(sys.argv[1]), ARTICLES[:6])
"""


def test_another_process_gives_the_same_bytes(tmp_path: Path) -> None:
    held = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        folder.mkdir()
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[3])}
        subprocess.run([sys.executable, "-c", REBUILD, str(folder)], check=True, env=environment)
        held.append({str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()})
    assert held[0] == held[1]


def open_files() -> int:
    return len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - a count of links that vanish while they are listed


def test_kinds() -> None:
    assert kind("whoosh") is ENGINES["whoosh"]
    with pytest.raises(Unavailable, match="lucene"):
        kind("lucene")


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_only_what_is_documented_is_left_behind(made: Path) -> None:
    assert sorted(contents(made)) == [
        TOC,
        "columns.izde",
        "s0/articles.izde",
        "s0/forward.izde",
        "s0/postings.izde",
        "s0/words.izde",
        "vectors.izde",
    ]


@pytest.mark.parametrize("memory_mb", [1, 64])
def test_the_same_articles_give_the_same_bytes_however_much_memory_there_is(tmp_path: Path, memory_mb: int) -> None:
    one, other = build(tmp_path / "one", 1500), build(tmp_path / "other", 1500, memory_mb)
    assert contents(one) == contents(other)
    assert use(other) == 1500


def test_opening_and_closing_gives_back_every_file(made: Path) -> None:
    before = open_files()
    engine = WHOOSH.open(made)
    assert open_files() > before
    engine.search(term("қала"), Request(), Deadline.never())
    engine.get(["a0001"])
    engine.close()
    assert open_files() == before


@pytest.mark.parametrize("give_up", [True, False])
def test_building_gives_back_every_file(tmp_path: Path, give_up: bool) -> None:
    before = open_files()
    builder = WHOOSH.builder(tmp_path, memory_mb=1)
    for number in range(1500):
        builder.add(document(number))
    assert open_files() > before
    if give_up:
        builder.abort()
        builder.abort()
    else:
        builder.finish()
        builder.abort()
    assert open_files() == before


def test_a_folder_that_was_given_up_is_no_index(tmp_path: Path) -> None:
    builder = WHOOSH.builder(tmp_path, memory_mb=16)
    builder.add(document(0))
    builder.abort()
    with pytest.raises(IndexCorrupt):
        WHOOSH.open(tmp_path)


def wrong_order(number: int) -> Document:
    return document(9 - number)


def same_id(number: int) -> Document:
    return document(number, "a")


def undated_first(number: int) -> Document:
    return document(number, published=None if number == 0 else DAY)


def lone_surrogate(number: int) -> Document:
    return document(number, "a\ud800")


@pytest.mark.parametrize("make", [wrong_order, same_id, undated_first, lone_surrogate])
def test_documents_that_are_refused(tmp_path: Path, make: Callable[[int], Document]) -> None:
    builder = WHOOSH.builder(tmp_path, memory_mb=16)
    documents = [make(0), make(1)]
    if make is not lone_surrogate:
        builder.add(documents[0])
    with pytest.raises(ValueError):
        builder.add(documents[1])
    builder.abort()


def batch(documents: list[Document], numbers: dict[Row, int]) -> Batch:
    """The documents as a batch, each word in two numbers that mean the same in turn."""
    articles = [one.article for one in documents]
    parts = [part for one in documents for part in (one.title, one.body)]
    rows = [(*row, at) for part in parts for at, row in enumerate(zip(part.exacts, part.keys, part.stems, strict=True))]
    words = [numbers.setdefault((*row, at % 2), len(numbers)) for *row, at in rows]  # type: ignore[arg-type]
    starts = [start for part in parts for start in part.starts]
    return Batch(
        ids=[one.id for one in articles],
        moments=list(map(moment, articles)),
        days=[one.date.toordinal() if one.date else 0 for one in articles],
        values=[list(map(spec.value, articles)) for spec in FACETS.values()],
        stored=list(map(encode, articles)),
        lengths=np.array([len(part.starts) for part in parts], np.uint32),
        words=np.array(words, np.uint32),
        starts=np.array(starts, np.uint32),
        sizes=np.array([end for part in parts for end in part.ends], np.uint32) - np.array(starts, np.uint32),
    )


def test_batches_make_the_same_bytes_as_documents(tmp_path: Path) -> None:
    documents = [document(number) for number in range(300)]
    numbers: dict[Row, int] = {}
    for name, made in (("one", tmp_path / "one"), ("other", tmp_path / "other")):
        made.mkdir()
        builder = WHOOSH.builder(made, memory_mb=16)
        if name == "one":
            for one in documents:
                builder.add(one)
            builder.finish()
            continue
        for first in range(0, 300, 70):
            builder.take(batch(documents[first : first + 70], numbers))
        texts = builder.texts([row[:3] for row in numbers])
        assert len(texts.surfaces) == len({row[:3] for row in numbers}) < len(numbers)
        builder.finish(StemVectors.none, np.zeros(300))
    assert contents(tmp_path / "one") == contents(tmp_path / "other")


@pytest.mark.parametrize("make", [wrong_order, same_id, undated_first])
def test_batches_that_are_refused(tmp_path: Path, make: Callable[[int], Document]) -> None:
    builder = WHOOSH.builder(tmp_path, memory_mb=16)
    with pytest.raises(ValueError):
        builder.take(batch([make(0), make(1)], {}))
    builder.abort()


def test_a_document_that_is_refused_leaves_the_builder_whole(tmp_path: Path) -> None:
    builder = WHOOSH.builder(tmp_path, memory_mb=16)
    builder.add(document(5))
    with pytest.raises(ValueError):
        builder.add(document(4))
    builder.add(document(6))
    builder.finish()
    assert use(tmp_path) == 2


def names(made: Path) -> list[str]:
    """The files that are read while serving."""
    return sorted(name for name in contents(made) if name != TOC)


def missing(path: Path) -> None:
    path.unlink()


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def halved(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def longer(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\0")


def one_bit(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 4
    path.write_bytes(data)


def garbage(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * (path.stat().st_size // 256 + 1))


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("damage", [missing, emptied, halved, longer, garbage, a_folder])
def test_another_size_is_noticed_when_opening(made: Path, tmp_path: Path, damage: Callable[[Path], None]) -> None:
    before = open_files()
    for name in names(made):
        folder = tmp_path / Path(name).name
        shutil.copytree(made, folder)
        damage(folder / name)
        with pytest.raises(IndexCorrupt) as caught:
            WHOOSH.open(folder)
        assert caught.value.path == folder / name
    assert open_files() == before


def answers(folder: Path) -> list[object]:
    """What an engine over the folder says to questions that look into every file of it."""
    engine = WHOOSH.open(folder)
    try:
        words = (term("қала"), term("жер"))
        asked = Words(words, words)
        request = Request(facets=("category", "year"), histogram=Interval.MONTH, explain=True, collapse=True)
        said: list[object] = [engine.search(asked, request, Deadline.never()), engine.values("category")]
        said += [engine.stats(), dict(engine.stats().days)]
        said += [engine.search(asked, Request(sort=Sort.OLDEST), Deadline.never())]
        said += engine.duplicates(["a0001", "жоқ"])
        return said + list(engine.get([f"a{number:04}" for number in range(300)]))
    finally:
        engine.close()


def test_one_bit_never_gives_a_wrong_answer(made: Path, tmp_path: Path) -> None:
    before, whole = open_files(), answers(made)
    refused = set()
    for name in names(made):
        size = (made / name).stat().st_size
        for at in {0, size // 3, size // 2, size - size // 5, size - 1}:
            folder = shutil.copytree(made, tmp_path / name / str(at))
            one_bit(folder / name, at)
            try:
                assert answers(folder) == whole
            except IndexCorrupt as error:
                refused.add(str(error.path.relative_to(folder)))
    assert refused == set(names(made)) - {"vectors.izde"}, "every file is looked at that questions are answered from"
    assert open_files() == before


def test_opening_reads_nothing_of_the_articles(made: Path, tmp_path: Path) -> None:
    for name in ("s0/articles.izde", "s0/forward.izde"):
        folder = shutil.copytree(made, tmp_path / Path(name).name)
        one_bit(folder / name, 100)
        engine = WHOOSH.open(folder)
        with pytest.raises(IndexCorrupt) as caught:  # noqa: PT012 - either may touch it
            engine.search(term("қала"), Request(explain=True), Deadline.never())
            engine.get(["a0001"])
        assert caught.value.path == folder / name
        engine.close()


def replaced(path: Path) -> None:
    (path.parent / "new").write_bytes(bytes(path.stat().st_size))
    (path.parent / "new").rename(path)


@pytest.mark.parametrize("damage", [missing, replaced])
def test_files_that_go_while_they_are_open_do_no_harm(
    made: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    for name in names(made):
        folder = tmp_path / Path(name).name
        shutil.copytree(made, folder)
        engine = WHOOSH.open(folder)
        damage(folder / name)
        try:
            assert engine.search(term("қала"), Request(), Deadline.never()).total == 300
            assert None not in engine.get([f"a{number:04}" for number in range(300)])
        finally:
            engine.close()


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(IndexCorrupt):
        WHOOSH.open(tmp_path / "nowhere")
    with pytest.raises(IndexCorrupt):
        WHOOSH.open(tmp_path)


def test_the_cache_stays_within_its_limit(made: Path) -> None:
    engine = WhooshEngine(made, cache_bytes=40_000)
    try:
        for _ in range(3):
            for word in WORDS:
                assert engine.search(term(word), Request(), Deadline.never()).total == 300
                assert 0 < engine._caches.size <= 40_000
    finally:
        engine.close()
    assert engine._caches.size == 0
