"""The lock of an index."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from indexer.errors import IndexLocked
from indexer.lock import LOCK, Busy, holder, locked
from search import manifest

DAY = timedelta(days=1)


def test_it_is_held_and_let_go(tmp_path: Path) -> None:
    index = tmp_path / "new" / "index"
    assert holder(index) is None
    with locked(index, 0, DAY):
        found = holder(index)
        assert found is not None
        assert found.pid == os.getpid()
        assert abs(datetime.now(UTC) - found.started) < timedelta(minutes=1)
    assert holder(index) is None
    with locked(index, 0, DAY):
        pass


def test_busy_without_any_success(tmp_path: Path) -> None:
    said = rf"process {os.getpid()} .*no run has succeeded"
    with locked(tmp_path, 0, DAY), pytest.raises(IndexLocked, match=said), locked(tmp_path, 0, DAY):
        pass


def test_busy_after_a_success(tmp_path: Path) -> None:
    current = tmp_path / manifest.CURRENT
    current.write_text("x")
    with locked(tmp_path, 0, DAY):
        with pytest.raises(Busy), locked(tmp_path, 0, DAY):
            pass
        old = datetime.now(UTC).timestamp() - 90_000
        os.utime(current, (old, old))
        with pytest.raises(IndexLocked, match="the last success was at"), locked(tmp_path, 0, DAY):
            pass
        with pytest.raises(Busy), locked(tmp_path, 0, 2 * DAY):
            pass


def test_waiting_has_an_end(tmp_path: Path) -> None:
    with locked(tmp_path, 0, DAY), pytest.raises(IndexLocked), locked(tmp_path, 0.5, DAY):
        pass


def test_it_ends_with_an_error_too(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), locked(tmp_path, 0, DAY):
        raise ZeroDivisionError
    assert holder(tmp_path) is None


def test_rubbish_in_the_file_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / LOCK).write_bytes(b"\xff" * 5000)
    assert holder(tmp_path) is None
    with locked(tmp_path, 0, DAY):
        assert (tmp_path / LOCK).stat().st_size < 500
        (tmp_path / LOCK).write_bytes(b"\xff")
        with pytest.raises(IndexLocked, match="unknown"), locked(tmp_path, 0, DAY):
            pass
