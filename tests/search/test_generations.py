"""Which generation is served, and for how long it stays open."""

import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from search import generations as module
from search import manifest
from search.deadline import Deadline
from search.engines.base import Request
from search.errors import EngineError, IndexCorrupt, IndexFormatTooNew, IndexMissing
from search.generations import Generation, Generations
from search.model import Query
from search.pointer import current_name, names
from search.query.nodes import MatchAll
from search.service import SearchService
from search.settings import Settings
from tests.indexes import ARTICLES, publish

OLD, NEW = "20261123T013000Z-8f2c", "20261124T013000Z-0001"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index with two generations, of four and of five articles."""
    folder = tmp_path_factory.mktemp("made")
    publish(folder, ARTICLES[:4], OLD)
    publish(folder, ARTICLES[:5], NEW)
    return folder


@pytest.fixture
def index(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "index"))


@pytest.fixture
def served(index: Path) -> Iterator[Generations]:
    generations = Generations(index, poll_ms=0)
    yield generations
    generations.close()


def point(index: Path, name: str) -> None:
    path = index / "CURRENT.new"
    path.write_text(name + "\n")
    path.replace(index / manifest.CURRENT)


def asked(generations: Generations) -> tuple[str, int]:
    with generations.lease() as generation:
        return generation.name, count(generation)


def count(generation: Generation) -> int:
    return generation.engine.search(MatchAll(), Request(), Deadline.never()).total


def degraded(generations: Generations) -> str:
    with generations.lease() as generation:
        return generation.degraded


def flip_bit(path: Path, at: int | None = None) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2 if at is None else at] ^= 4
    path.write_bytes(data)


def open_files() -> int:
    return len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - a count of links that vanish while they are listed


def test_the_current_one_is_served(served: Generations) -> None:
    assert asked(served) == (NEW, 5)
    assert degraded(served) == ""


def test_a_flip_is_followed_while_leases_are_held(index: Path, served: Generations) -> None:
    before = open_files()
    with served.lease() as new:
        point(index, OLD)
        assert asked(served) == (OLD, 4)
        assert count(new) == 5
        with served.lease() as old:
            point(index, NEW)
            assert asked(served) == (NEW, 5)
            assert (count(old), count(new)) == (4, 5)
    served.close()
    assert open_files() == before


def test_nothing_is_opened_again_without_a_flip(served: Generations) -> None:
    with served.lease() as first, served.lease() as second:
        assert first is second


def test_a_flip_is_seen_after_the_poll_only(index: Path) -> None:
    generations = Generations(index, poll_ms=60_000)
    assert asked(generations)[0] == NEW
    point(index, OLD)
    assert asked(generations)[0] == NEW
    generations.close()


def test_a_generation_removed_while_it_is_held_goes_on(index: Path, served: Generations) -> None:
    with served.lease() as generation:
        shutil.rmtree(index / manifest.GENERATIONS / NEW)
        point(index, OLD)
        assert count(generation) == 5
        assert generation.engine.get([ARTICLES[0].id])[0] is not None
    assert asked(served) == (OLD, 4)


@pytest.mark.parametrize("name", ["MANIFEST.json", "lexicon.tsv", "engine/columns.izde"])
def test_damage_at_open_gives_the_one_before(index: Path, served: Generations, name: str) -> None:
    flip_bit(index / manifest.GENERATIONS / NEW / name)
    assert asked(served) == (OLD, 4)
    assert name in degraded(served)


def test_damage_in_both_is_told(index: Path, served: Generations) -> None:
    for name in (OLD, NEW):
        flip_bit(index / manifest.GENERATIONS / name / "lexicon.tsv")
    with pytest.raises(IndexCorrupt) as caught:
        asked(served)
    assert NEW in str(caught.value)


def test_damage_at_use_gives_the_one_before(index: Path, served: Generations) -> None:
    with served.lease() as generation:
        flip_bit(index / manifest.GENERATIONS / NEW / "engine" / "s0" / "articles.izde", 100)
        with pytest.raises(IndexCorrupt):
            generation.engine.get([one.id for one in ARTICLES[:5]])
        assert served.recheck()
        assert asked(served) == (OLD, 4)
        assert "articles.izde" in degraded(served)
    point(index, NEW)
    assert asked(served)[0] == OLD, "what was found damaged is not opened again"


def test_a_reader_does_not_notice_damage_at_use(index: Path, served: Generations) -> None:
    service = SearchService(Settings(index=index, deadline_ms=60_000), served)
    assert service.info().generation == NEW
    flip_bit(index / manifest.GENERATIONS / NEW / "engine" / "s0" / "articles.izde", 100)
    view = service.article(ARTICLES[0].id)
    assert (view.article, view.index.generation) == (ARTICLES[0], OLD)
    assert "articles.izde" in service.search(Query("мектеп")).index.degraded


def test_damage_at_use_without_another(index: Path, served: Generations) -> None:
    assert asked(served)[0] == NEW
    shutil.rmtree(index / manifest.GENERATIONS / OLD)
    flip_bit(index / manifest.GENERATIONS / NEW / "engine" / "columns.izde")
    assert not served.recheck()
    with pytest.raises(IndexCorrupt):
        asked(served)


def test_recheck_of_a_whole_one_changes_nothing(served: Generations) -> None:
    assert not served.recheck()
    assert asked(served)[0] == NEW
    assert not served.recheck()


def test_a_newer_format_gives_the_one_before(index: Path, served: Generations) -> None:
    (index / manifest.GENERATIONS / NEW / manifest.MANIFEST).write_text('{"format": 99}')
    assert asked(served) == (OLD, 4)
    assert "upgrade" in degraded(served)
    shutil.rmtree(index / manifest.GENERATIONS / OLD)
    fresh = Generations(index, poll_ms=0)
    with pytest.raises(IndexFormatTooNew):
        asked(fresh)


@pytest.mark.parametrize(
    "data", [b"", b"../../etc", b"\xff\xfe\x00", b"a\0b", b"20990101T000000Z-ffff", b"x" * 100_000, b".hidden", b"-"]
)
def test_a_poisoned_pointer_gives_the_newest(index: Path, served: Generations, data: bytes) -> None:
    (index / manifest.CURRENT).write_bytes(data)
    assert asked(served) == (NEW, 5)
    assert "CURRENT" in degraded(served)
    assert current_name(index) is None


def test_a_lost_pointer_gives_the_newest(index: Path, served: Generations) -> None:
    (index / manifest.CURRENT).unlink()
    assert asked(served) == (NEW, 5)
    assert "CURRENT" in degraded(served)
    (index / manifest.CURRENT).mkdir()
    assert asked(served) == (NEW, 5)


def test_an_older_one_that_is_current_never_gives_a_newer(index: Path, served: Generations) -> None:
    point(index, OLD)
    flip_bit(index / manifest.GENERATIONS / OLD / "lexicon.tsv")
    with pytest.raises(IndexCorrupt):
        asked(served)


def test_what_is_open_stays_if_the_folder_goes(index: Path, served: Generations) -> None:
    assert asked(served) == (NEW, 5)
    shutil.rmtree(index)
    assert asked(served) == (NEW, 5)


@pytest.mark.parametrize("make", [False, True])
def test_missing(tmp_path: Path, make: bool) -> None:
    folder = tmp_path / "none"
    if make:
        (folder / manifest.GENERATIONS).mkdir(parents=True)
    generations = Generations(folder, poll_ms=0)
    for _ in range(2):
        with pytest.raises(IndexMissing, match="reindex"):
            asked(generations)
    assert not generations.recheck()


def test_a_failure_is_remembered_for_a_moment(tmp_path: Path, made: Path) -> None:
    generations = Generations(tmp_path / "index", poll_ms=60_000)
    with pytest.raises(IndexMissing):
        asked(generations)
    shutil.copytree(made, tmp_path / "index")
    with pytest.raises(IndexMissing):
        asked(generations)


def test_it_serves_as_soon_as_there_is_one(tmp_path: Path, made: Path) -> None:
    generations = Generations(tmp_path / "index", poll_ms=0)
    with pytest.raises(IndexMissing):
        asked(generations)
    shutil.copytree(made, tmp_path / "index")
    assert asked(generations) == (NEW, 5)
    generations.close()


def test_no_permission(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's refusal is played, since the tests may run as root."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    monkeypatch.setattr(Path, "stat", refuse)
    with pytest.raises(IndexMissing, match="may not be read"):
        asked(Generations(index, poll_ms=0))


def test_a_degraded_one_is_tried_again(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_DEGRADED_RETRY_S", 0.0)
    generations = Generations(index, poll_ms=0)
    path = index / manifest.GENERATIONS / NEW / "lexicon.tsv"
    flip_bit(path)
    assert asked(generations) == (OLD, 4)
    assert asked(generations) == (OLD, 4)
    flip_bit(path)
    assert asked(generations) == (NEW, 5)
    assert degraded(generations) == ""
    generations.close()


def test_published_and_pruned_between_the_look_and_the_open(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    point(index, OLD)
    real = module.open_generation

    def slow(folder: Path, why: str = "") -> Generation:
        if folder.name == OLD and folder.exists():
            point(index, NEW)
            shutil.rmtree(folder)
        return real(folder, why)

    monkeypatch.setattr(module, "open_generation", slow)
    generations = Generations(index, poll_ms=0)
    assert asked(generations) == (NEW, 5)
    assert degraded(generations) == ""
    generations.close()


def test_others_go_on_while_one_thread_opens(index: Path, served: Generations, monkeypatch: pytest.MonkeyPatch) -> None:
    assert asked(served)[0] == NEW
    began, go = Event(), Event()
    real = module.open_generation

    def slow(folder: Path, why: str = "") -> Generation:
        began.set()
        assert go.wait(30)
        return real(folder, why)

    monkeypatch.setattr(module, "open_generation", slow)
    point(index, OLD)
    with ThreadPoolExecutor(1) as pool:
        opening = pool.submit(asked, served)
        assert began.wait(30)
        assert asked(served)[0] == NEW
        go.set()
        assert opening.result(30) == (OLD, 4)
    assert asked(served)[0] == OLD


def test_threads_never_fail_while_generations_change(index: Path, served: Generations) -> None:
    before = open_files()
    expected = {OLD: 4, NEW: 5}
    stop = Event()

    def ask() -> set[str]:
        seen = set()
        while not stop.is_set():
            name, total = asked(served)
            assert expected[name] == total
            seen.add(name)
        return seen

    with ThreadPoolExecutor(4) as pool:
        asking = [pool.submit(ask) for _ in range(4)]
        try:
            for number in range(12):
                point(index, (OLD, NEW)[number % 2])
                asked(served)
        finally:
            stop.set()
        assert set().union(*(one.result(60) for one in asking)) <= set(expected)
    served.close()
    assert open_files() == before


def test_names_are_those_of_whole_generations(index: Path) -> None:
    folder = index / manifest.GENERATIONS
    for stray in (".x.building", ".x.removing", "lost+found", "a b"):
        (folder / stray).mkdir()
    assert names(index) == [NEW, OLD]
    assert names(index / "nowhere") == []


def test_closing_twice_and_asking_again(served: Generations) -> None:
    served.close()
    served.close()
    assert asked(served)[0] == NEW


def test_an_engine_that_is_not_there(index: Path, served: Generations) -> None:
    folder = index / manifest.GENERATIONS / NEW
    made = manifest.read(folder)
    other = manifest.Manifest(**{name: getattr(made, name) for name in made.__struct_fields__} | {"engine": "lucene"})
    (folder / manifest.MANIFEST).write_bytes(manifest.encode(other))
    assert asked(served)[0] == OLD
    assert "lucene" in degraded(served)


def test_a_count_that_is_not_the_manifests(index: Path, served: Generations) -> None:
    folder = index / manifest.GENERATIONS / NEW
    made = manifest.read(folder)
    other = manifest.Manifest(**{name: getattr(made, name) for name in made.__struct_fields__} | {"documents": 6})
    (folder / manifest.MANIFEST).write_bytes(manifest.encode(other))
    with pytest.raises(EngineError, match="holds 5 articles"):
        module.open_generation(folder)
    assert asked(served)[0] == OLD


def test_opening_analyses_nothing(served: Generations) -> None:
    with served.lease() as generation:
        assert generation.analyzer.remembered == 0
        assert "synonyms" not in vars(generation.analyzer)
