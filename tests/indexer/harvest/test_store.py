"""The store of what was fetched: what survives, and what is said of a file that is none."""

import random
import sqlite3
import stat
from pathlib import Path

import pytest

from indexer.errors import NoSpace
from indexer.harvest.store import Store, StoreDamaged


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "gazet.db"


def test_records_come_in_the_order_of_their_keys(path: Path) -> None:
    keys = [f"{number}-мақала" for number in range(500)]
    random.Random(1).shuffle(keys)
    with Store(path) as store:
        for key in keys:
            assert store.put(key, {"title": key, "n": [1, None, 2.5]}, 1)
    with Store(path) as store:
        found = list(store.stored())
    assert [one.key for one in found] == sorted(keys)
    assert found[0].record == {"title": found[0].key, "n": [1, None, 2.5]}


def test_put_tells_what_changed(path: Path) -> None:
    with Store(path) as store:
        assert store.put("a", {"x": 1, "y": 2}, 1) is True
        assert store.put("a", {"y": 2, "x": 1}, 1) is None
        assert store.put("a", {"x": 1, "y": 2}, 2) is False
        assert store.put("a", {"x": 2, "y": 2}, 2) is True


def test_text_that_cannot_be_written_becomes_marks(path: Path) -> None:
    with Store(path) as store:
        store.put("a\udfff", {"title": "бір \ud800", "n": [5]}, 1)
        assert store.put("a\udfff", {"title": "бір \ud800", "n": [5]}, 2) is False
        assert [one.record for one in store.stored()] == [{"title": "бір ?", "n": [5]}]


def test_what_was_not_committed_is_taken_back_when_it_is_left_by_an_error(path: Path) -> None:
    with Store(path) as store:
        store.put("a", {}, 1)
    with pytest.raises(KeyboardInterrupt), Store(path) as store:  # noqa: PT012
        store.set_mark("cursor", 5)
        store.put("b", {}, 1)
        raise KeyboardInterrupt
    with Store(path) as store:
        assert [one.key for one in store.stored()] == ["a"]
        assert store.mark("cursor") == ""


def test_a_reader_does_not_hold_up_a_writer(path: Path) -> None:
    with Store(path) as writer, Store(path) as reader:
        for number in range(300):
            writer.put(f"{number:03}", {}, 1)
        writer.commit()
        reading = reader.stored()
        first = next(reading)
        writer.put("999", {}, 1)
        writer.commit()
        assert [first.key, *(one.key for one in reading)][-1] == "999"


@pytest.mark.parametrize("data", [b"not a database at all " * 100, b"SQLite format 3\0" + b"x" * 5000])
def test_a_file_that_is_no_store(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    with pytest.raises(StoreDamaged, match=r"gazet\.db: damaged .+; remove the file"):
        Store(path)


def test_a_database_of_somebody_else(path: Path) -> None:
    with sqlite3.connect(path) as base:
        base.execute("CREATE TABLE mine (a)")
    base.close()
    with pytest.raises(StoreDamaged, match="version 0"):
        Store(path)


def test_a_record_that_was_damaged(path: Path) -> None:
    with Store(path) as store:
        store.put("a", {"title": "бір"}, 1)
        store.write("UPDATE items SET record = ?", (b"xx",))
    with Store(path) as store, pytest.raises(StoreDamaged):
        assert [one.record for one in store.stored()]


def test_a_folder_that_cannot_be_written(without_rights: Path) -> None:
    without_rights.chmod(stat.S_IRUSR | stat.S_IXUSR)
    with pytest.raises(NoSpace, match=r"a\.db"):
        Store(without_rights / "a.db")
