"""Each step of publishing, and what a reader finds between them."""

import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from indexer import publish as module
from indexer import workspace
from indexer.check import check
from indexer.errors import NoSpace, NotDurable, SafetyStop
from indexer.files import replace_durably, sync_tree
from indexer.publish import flip, prune, publish, reveal
from indexer.space import check_room, told
from search import manifest
from search.pointer import current_name, names
from tests.indexes import ARTICLES
from tests.indexes import publish as make
from tests.runs import cleaned, leftovers, reindex, served, settings

A, B, C, D = (f"2026112{number}T013000Z-000{number}" for number in range(1, 5))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A is served, B is under construction."""
    index = tmp_path_factory.mktemp("made") / "index"
    make(index, ARTICLES[:5], B)
    generations = index / manifest.GENERATIONS
    (generations / B).rename(generations / manifest.building(B))
    make(index, ARTICLES[:4], A)
    return index


@pytest.fixture
def index(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "index"))


def under_construction(index: Path) -> Path:
    return index / manifest.GENERATIONS / manifest.building(B)


def nothing() -> None:
    pass


def test_all_steps(index: Path) -> None:
    publish(index, B, 5, nothing)
    assert served(index) == (B, 5)
    assert names(index) == [B, A]
    assert leftovers(index) == []


def test_between_the_steps_the_old_one_serves(index: Path) -> None:
    check(under_construction(index), 5)
    assert served(index) == (A, 4)
    sync_tree(under_construction(index))
    assert served(index) == (A, 4)
    reveal(index, B)
    assert served(index) == (A, 4)
    flip(index, B)
    assert served(index) == (B, 5)


@pytest.mark.parametrize("step", ["check", "sync_tree", "reveal", "commit", "flip"])
def test_a_failure_before_the_flip(index: Path, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(5, "Input/output error")

    if step != "commit":
        monkeypatch.setattr(module, step, fail)
    with pytest.raises(OSError, match="Input/output"):
        publish(index, B, 5, fail if step == "commit" else nothing)
    assert served(index) == (A, 4)
    assert names(index) == [A]


def test_a_flip_that_the_disk_does_not_confirm(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reveal(index, B)

    def fail(_: Path) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(module, "sync_folder", fail)
    with pytest.raises(NotDurable, match="power cut"):
        flip(index, B)
    assert served(index) == (B, 5)


def test_everything_is_synced_before_the_flip(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[str] = []
    real = os.fsync

    def fsync(number: int) -> None:
        synced.append(os.readlink(f"/proc/self/fd/{number}"))  # noqa: PTH115
        real(number)

    monkeypatch.setattr(os, "fsync", fsync)
    folder = under_construction(index)
    made = manifest.read(folder)
    publish(index, B, 5, nothing)
    wanted = {*made.files, manifest.MANIFEST, manifest.ENGINE, ""}
    assert {str(folder / name) for name in wanted} <= set(synced)
    assert synced.index(str(folder)) > synced.index(str(folder / manifest.MANIFEST))
    assert synced[-2:] == [str(index / ".CURRENT.new"), str(index)]


def cut(folder: Path) -> None:
    path = folder / manifest.LEXICON
    path.write_bytes(path.read_bytes()[:-1])


def turn_a_bit(folder: Path) -> None:
    path = folder / manifest.LEXICON
    path.write_bytes(bytes([path.read_bytes()[0] ^ 1]) + path.read_bytes()[1:])


def lose_the_manifest(folder: Path) -> None:
    (folder / manifest.MANIFEST).unlink()


@pytest.mark.parametrize("damage", [cut, turn_a_bit, lose_the_manifest])
def test_what_is_damaged_is_not_published(index: Path, damage: Callable[[Path], None]) -> None:
    damage(under_construction(index))
    with pytest.raises(SafetyStop, match="cannot be served"):
        publish(index, B, 5, nothing)
    assert served(index) == (A, 4)


def test_a_count_that_is_not_the_expected(index: Path) -> None:
    with pytest.raises(SafetyStop, match="5 articles where there should be 6"):
        check(under_construction(index), 6)


@pytest.mark.parametrize(
    ("keep", "current", "before", "left"),
    [
        (2, D, C, [D, C]),
        (1, D, C, [D]),
        (3, D, C, [D, C, B]),
        (9, D, C, [D, C, B, A]),
        # C was rolled back: the generation that was really served before D is A.
        (2, D, A, [D, A]),
        (3, D, A, [D, C, A]),
        (2, D, "", [D, C]),
        (2, D, "gone", [D, C]),
        (1, B, "", [B]),
    ],
)
def test_prune(tmp_path: Path, keep: int, current: str, before: str, left: list[str]) -> None:
    for name in (A, B, C, D):
        (tmp_path / manifest.GENERATIONS / name / manifest.ENGINE).mkdir(parents=True)
    assert prune(tmp_path, keep, current, before) == []
    assert names(tmp_path) == left
    assert len(list((tmp_path / manifest.GENERATIONS).iterdir())) == len(left)


def test_what_cannot_be_pruned_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (A, B):
        (tmp_path / manifest.GENERATIONS / name).mkdir(parents=True)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(module, "remove", refuse)
    said = prune(tmp_path, 1, B, A)
    assert len(said) == 1
    assert A in said[0]


def test_leftovers_of_dead_runs_go_at_the_next_start(index: Path) -> None:
    generations = index / manifest.GENERATIONS
    (generations / f".{C}.removing" / "engine").mkdir(parents=True)
    (index / ".CURRENT.new").write_text("half")
    workspace.prepare(index)
    assert [path.name for path in generations.iterdir()] == [A]
    assert leftovers(index) == []
    assert served(index) == (A, 4)


def test_names_sort_after_all_there_are(index: Path) -> None:
    now = datetime(2026, 11, 25, 1, 2, 3, tzinfo=UTC)
    assert workspace.new_name(index, now).startswith("20261125T010203Z-")
    back = workspace.new_name(index, datetime(2001, 1, 1, tzinfo=UTC))
    assert back.startswith("20261121T013001Z-")
    assert back > A


def test_a_clock_that_was_set_back_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = settings(tmp_path)
    make(chosen.index, ARTICLES[:4], "29991231T235959Z-ffff")
    name = reindex(cleaned(), chosen).report.generation
    assert name.startswith("30000101T000000Z-")
    assert served(chosen.index) == (name, len(ARTICLES))


def test_replacing_a_file_is_all_or_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    replace_durably(path, b"one")

    def fail(_: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="Input/output"):
        replace_durably(path, b"two")
    assert path.read_bytes() == b"one"
    assert list(tmp_path.iterdir()) == [path]


def test_room_is_looked_at_first(tmp_path: Path) -> None:
    check_room(tmp_path / "not" / "yet", 1)
    with pytest.raises(NoSpace, match=r"needs about \d+ bytes, \d+ are free"):
        check_room(tmp_path, 1 << 60)


@pytest.mark.parametrize(
    ("number", "name", "expected"),
    [
        (28, None, NoSpace),
        (122, None, NoSpace),
        (13, None, NoSpace),
        (13, "inside", NoSpace),
        (30, "inside", NoSpace),
        (13, "/elsewhere/file", PermissionError),
        (5, "inside", OSError),
    ],
)
def test_errors_of_the_system_in_words(
    tmp_path: Path, number: int, name: str | None, expected: type[Exception]
) -> None:
    file = str(tmp_path / name) if name else None
    with pytest.raises(expected) as caught, told(tmp_path, 1000):
        raise OSError(number, os.strerror(number), file)
    assert type(caught.value) is expected
    if expected is NoSpace:
        assert str(tmp_path) in str(caught.value)


def test_the_current_name(index: Path) -> None:
    assert current_name(index) == A
