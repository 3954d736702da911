"""Older generations, read by their name while others are served."""

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from search import manifest
from search.deadline import Deadline
from search.engines.base import Request
from search.errors import EngineError, IndexCorrupt, IndexMissing
from search.generations import Generation, Generations
from search.pinned import Pinned
from search.query.nodes import MatchAll
from tests.indexes import ARTICLES, publish
from tests.search.test_generations import flip_bit, open_files, point

NAMES = tuple(f"2026112{day}T013000Z-000{day}" for day in range(1, 5))
"""The oldest first; each has one article more than the one before, the first has two."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    for number, name in enumerate(NAMES, 2):
        publish(folder, ARTICLES[:number], name)
    return folder


@pytest.fixture
def index(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "index"))


@pytest.fixture
def served(index: Path) -> Iterator[Generations]:
    generations = Generations(index, poll_ms=0)
    yield generations
    generations.close()


def count(generation: Generation) -> int:
    return generation.engine.search(MatchAll(), Request(), Deadline.never()).total


def remove(index: Path, name: str) -> None:
    shutil.rmtree(index / manifest.GENERATIONS / name)


def test_any_generation_on_disk_can_be_had_by_its_name(served: Generations) -> None:
    for number, name in enumerate(NAMES, 2):
        with served.lease(name) as generation:
            assert (generation.name, count(generation)) == (name, number)


def test_the_one_that_is_served_is_not_opened_twice(served: Generations) -> None:
    with served.lease() as current, served.lease(NAMES[-1]) as named:
        assert current is named


@pytest.mark.parametrize("name", ["20260101T000000Z-ffff", "", ".", "..", "../../etc", "a\0b", "x" * 5000, "ә"])
def test_a_name_of_none_is_told(served: Generations, name: str) -> None:
    with pytest.raises(IndexMissing), served.lease(name):
        pass


def test_one_that_is_in_use_outlives_its_folder(index: Path, served: Generations) -> None:
    with served.lease(NAMES[0]) as generation:
        ids = [one.id for one in ARTICLES[:2]]
        remove(index, NAMES[0])
        assert [one.id for one in generation.engine.get(ids) if one] == ids
    with served.lease(NAMES[0]) as again:
        assert count(again) == 2
        assert again.engine.get([ARTICLES[1].id])[0] == ARTICLES[1]


def test_what_was_served_can_be_had_after_a_flip(index: Path, served: Generations) -> None:
    point(index, NAMES[0])
    with served.lease() as first:
        name = first.name
    point(index, NAMES[1])
    with served.lease() as now, served.lease(name) as older:
        assert (now.name, older.name) == (NAMES[1], NAMES[0])


def test_no_more_than_a_few_stay_open(served: Generations) -> None:
    with served.lease():
        before = open_files()
        for name in NAMES[:2]:
            with served.lease(name):
                pass
        full = open_files()
        assert full > before
        for _ in range(3):
            for name in NAMES[:3]:
                with served.lease(name):
                    pass
        assert open_files() == full
        served.close()


def test_one_that_is_read_is_never_closed_for_another(index: Path) -> None:
    before = open_files()
    pinned = Pinned(index, most=1)
    with pinned.lease(NAMES[0]) as first, pinned.lease(NAMES[1]) as second, pinned.lease(NAMES[2]) as third:
        assert [count(one) for one in (first, second, third)] == [2, 3, 4]
    pinned.close()
    assert open_files() == before


def test_idle_ones_are_let_go(index: Path) -> None:
    before = open_files()
    pinned = Pinned(index, idle_s=0.0)
    with pinned.lease(NAMES[0]) as generation:
        pinned.sweep()
        assert count(generation) == 2
        remove(index, NAMES[0])
    pinned.sweep()
    assert open_files() == before
    with pytest.raises(IndexMissing), pinned.lease(NAMES[0]):
        pass


def test_a_damaged_one_is_told(index: Path, served: Generations) -> None:
    flip_bit(index / manifest.GENERATIONS / NAMES[0] / "lexicon.tsv")
    for _ in range(2):
        with pytest.raises(IndexCorrupt), served.lease(NAMES[0]):
            pass
    with served.lease() as current:
        assert current.name == NAMES[-1]


def test_without_an_index_there_is_no_older_one_either(tmp_path: Path) -> None:
    with pytest.raises(EngineError), Generations(tmp_path, poll_ms=0).lease(NAMES[0]):
        pass


def test_threads_read_old_ones_while_generations_come_and_go(index: Path, served: Generations) -> None:
    before = open_files()
    expected = {name: number for number, name in enumerate(NAMES, 2)}
    stop = Event()

    def ask(name: str) -> int:
        asked = 0
        while not stop.is_set():
            with served.lease(name) as generation:
                assert (generation.name, count(generation)) == (name, expected[name])
                asked += 1
        return asked

    with ThreadPoolExecutor(len(NAMES)) as pool:
        asking = [pool.submit(ask, name) for name in NAMES]
        try:
            for number in range(12):
                point(index, NAMES[number % len(NAMES)])
                with served.lease():
                    pass
        finally:
            stop.set()
        assert min(one.result(60) for one in asking) > 0
    served.close()
    assert open_files() == before
