"""What a run leaves for those who watch over it: FAILED.json and the file of metrics."""

import contextlib
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from indexer.lock import LOCK, locked
from search.freshness import FAILED, LAST, last_failure
from tests.indexes import ARTICLES
from tests.runs import Result, archive, izde


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("IZDE_INDEX", str(tmp_path / "index"))
    monkeypatch.setenv("IZDE_QUARANTINE", str(tmp_path / "quarantine"))
    monkeypatch.setenv("IZDE_METRICS_FILE", str(tmp_path / "izde.prom"))
    return tmp_path


def metrics(folder: Path) -> dict[str, float]:
    """The file as a collector reads it."""
    found = {}
    for family in text_string_to_metric_families((folder / "izde.prom").read_text("utf-8")):
        assert family.documentation
        assert family.type == "gauge"
        for sample in family.samples:
            assert not sample.labels
            found[sample.name.removeprefix("izde_reindex_")] = sample.value
    return found


def holds_lock(pid: int) -> bool:
    """Whether the process has the lock file open."""
    for link in Path(f"/proc/{pid}/fd").iterdir():
        with contextlib.suppress(OSError):
            if link.readlink().name == LOCK:
                return True
    return False


def failed_to_read(place: Path) -> Result:
    return izde("reindex", place / "nothing")


def test_a_success_has_its_counts_and_its_times(place: Path) -> None:
    began = time.time()
    ended = izde("reindex", "-q", archive(place / "a", ARTICLES[:20], bad=1))
    assert ended.code == 3, ended
    found = metrics(place)
    counts = {name: found[name] for name in ("documents", "added", "changed", "removed", "errors", "quarantined")}
    assert counts == {"documents": 20, "added": 20, "changed": 0, "removed": 0, "errors": 1, "quarantined": 1}
    assert found["last_exit_code"] == 3
    assert began - 1 < found["last_success_timestamp_seconds"] <= found["last_run_timestamp_seconds"] < time.time() + 1
    assert 0 < found["duration_seconds"] < 600
    assert found["bytes"] > 1000
    assert not (place / "index" / FAILED).exists()
    assert [path.name for path in place.iterdir() if path.name.startswith("izde.prom")] == ["izde.prom"]


def test_a_failure_is_kept_until_the_next_success(place: Path) -> None:
    folder = archive(place / "a", ARTICLES[:20])
    assert izde("reindex", "-q", folder).code == 0
    success = metrics(place)["last_success_timestamp_seconds"]
    archive(folder, ARTICLES[:5])
    ended = izde("reindex", "-q", folder)
    assert ended.code == 5
    failure = last_failure(place / "index")
    assert failure is not None
    assert failure.exit_code == 5
    assert ended.err == f"izde: {failure.message}\n"
    found = metrics(place)
    assert (found["last_exit_code"], found["documents"]) == (5, 20)
    assert found["last_success_timestamp_seconds"] == success < found["last_run_timestamp_seconds"]
    shown = izde("status")
    assert shown.code == 0
    assert f"код 5: {failure.message}" in shown.out
    assert '"exit_code":5' in izde("status", "--json").out
    assert izde("reindex", "-q", "--max-delete", "100%", folder).code == 0
    assert not (place / "index" / FAILED).exists()
    assert "сәтсіз" not in izde("status").out
    assert (metrics(place)["last_exit_code"], metrics(place)["removed"]) == (0, 15)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["nothing"], 2), (["--max-delete", "some", "a"], 2), (["--stale-after", "soon", "a"], 2), (["empty"], 5)],
)
def test_the_code_that_is_kept_is_that_of_the_command(
    place: Path, arguments: list[str], code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(place)
    archive(place / "a", ARTICLES[:5])
    (place / "empty").mkdir()
    (place / "index").mkdir()
    ended = izde("reindex", *arguments)
    failure = last_failure(place / "index")
    assert failure is not None
    assert ended.code == code == failure.exit_code == metrics(place)["last_exit_code"]
    assert failure.message in ended.err
    assert metrics(place)["last_success_timestamp_seconds"] == 0


def test_what_nobody_thought_of_is_kept_too(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.run._Run.go", lambda *_: 1 // 0)
    assert izde("reindex", archive(place / "a", ARTICLES[:5])).code == 1
    failure = last_failure(place / "index")
    assert failure is not None
    assert (failure.exit_code, failure.message) == (1, "ZeroDivisionError: integer division or modulo by zero")


def test_another_run_at_work_is_no_failure(place: Path) -> None:
    folder = archive(place / "a", ARTICLES[:5])
    with locked(place / "index", 0, timedelta(days=1)):
        assert izde("reindex", folder).code == 4
    assert metrics(place)["last_exit_code"] == 4
    assert izde("reindex", folder).code == 0
    before = (place / "izde.prom").read_bytes()
    with locked(place / "index", 0, timedelta(days=1)):
        assert izde("reindex", folder).code == 0
    assert (place / "izde.prom").read_bytes() == before
    assert not (place / "index" / FAILED).exists()


def test_a_dry_run_leaves_nothing(place: Path) -> None:
    (place / "index").mkdir()
    assert izde("reindex", "--dry-run", place / "nothing").code == 2
    assert izde("reindex", "--dry-run", archive(place / "a", ARTICLES[:5])).code == 0
    assert not (place / "izde.prom").exists()
    assert not (place / "index" / FAILED).exists()


def test_an_interrupted_run_is_no_failure(place: Path) -> None:
    """The run waits for a lock that is held, so that the signal comes while it is at work."""
    folder = archive(place / "a", ARTICLES[:5])
    command = [sys.executable, "-m", "indexer", "reindex", "-q", "--lock-wait", "600", str(folder)]
    with locked(place / "index", 0, timedelta(days=1)), subprocess.Popen(command) as child:
        try:
            while not holds_lock(child.pid):
                assert child.poll() is None
                time.sleep(0.02)
            child.send_signal(signal.SIGTERM)
            assert child.wait(60) == 143
        finally:
            child.kill()
    assert not (place / "index" / FAILED).exists()
    assert metrics(place)["last_exit_code"] == 143


def test_a_file_that_cannot_be_written_fails_nothing(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IZDE_METRICS_FILE", str(place / "no such folder" / "izde.prom"))
    ended = izde("reindex", "-q", archive(place / "a", ARTICLES[:5]))
    assert ended.code == 0
    assert "the metrics could not be written: No such file or directory" in ended.err
    (place / "index" / FAILED).mkdir()
    assert izde("reindex", "-q", place / "nothing").code == 2
    assert izde("reindex", "-q", place / "a").code == 0


def test_the_report_of_an_older_izde_does_no_harm(place: Path) -> None:
    assert izde("reindex", "-q", archive(place / "a", ARTICLES[:5])).code == 0
    (place / "index" / LAST).write_text('{"generation": "x"}')
    assert failed_to_read(place).code == 2
    found = metrics(place)
    assert "documents" not in found
    assert found["last_success_timestamp_seconds"] > 0
