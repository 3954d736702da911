"""`izde watch`: the real command over real files."""

import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from indexer.lock import holder, locked
from search.freshness import last_failure
from tests.indexes import ARTICLES
from tests.runs import archive, served

SOON_S = 60


class Watching:
    """The command at work; `says` waits for a line of it."""

    def __init__(self, folder: Path, *arguments: object, inside: Sequence[str] = ()) -> None:
        self.index = folder / "index"
        environment = {name: value for name, value in os.environ.items() if not name.startswith("IZDE_")}
        environment |= {"IZDE_INDEX": str(self.index), "IZDE_QUARANTINE": str(folder / "quarantine"), "IZDE_NICE": "0"}
        command = [*inside, sys.executable, "-m", "indexer", "watch", *map(str, arguments)]
        self.process = subprocess.Popen(command, env=environment, cwd=folder, stderr=subprocess.PIPE, text=True)
        self.lines: list[str] = []
        self._queue: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stderr is not None
        with self.process.stderr as lines:
            for line in lines:
                self._queue.put(line.rstrip("\n"))

    def close(self) -> None:
        """End it, if it is still there, and a run of it."""
        self.process.terminate()
        self.process.wait(SOON_S)
        self._reader.join(SOON_S)

    def says(self, *parts: str) -> str:
        """The next line with all of these parts; what comes before it is passed over."""
        until = time.monotonic() + SOON_S
        while True:
            try:
                line = self._queue.get(timeout=max(0.0, until - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"{parts} was not said, but {self.lines}") from None
            self.lines.append(line)
            if all(part in line for part in parts):
                return line

    def is_silent(self, seconds: float) -> bool:
        """Whether nothing is said for so long."""
        time.sleep(seconds)
        return self._queue.empty()

    def ends(self, number: int) -> int:
        """What it leaves with after this signal."""
        self.process.send_signal(number)
        return self.process.wait(SOON_S)


Start = Callable[..., Watching]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts the command with short times."""
    started: list[Watching] = []

    def begin(*arguments: object, inside: Sequence[str] = ()) -> Watching:
        started.append(Watching(tmp_path, "--quiet-for", "0.3", "--at-latest", "4", *arguments, inside=inside))
        return started[-1]

    yield begin
    for one in started:
        one.close()


def write(folder: Path, name: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"{name} туралы хабар\n\nКөкжарда {name} деген жаңа кітапхана ашылды.\n", "utf-8")


def test_what_changes_is_served_and_nothing_runs_without_a_change(tmp_path: Path, start: Start) -> None:
    """The index lies in the folder that is watched: what a run writes there is no change."""
    folder = archive(tmp_path / "a", ARTICLES[:10])
    watching = start("--index", folder / "index", folder)
    assert "10 added" in watching.says("is served")
    write(folder, "a.txt")
    assert "1 added, 0 changed, 0 removed" in watching.says("is served")
    (folder / "b").mkdir()
    write(folder / "b", "b.txt")
    assert "1 added" in watching.says("is served")
    assert served(folder / "index")[1] == 12
    assert watching.is_silent(2)
    write(folder, ".hidden.txt")
    assert watching.is_silent(2)
    assert watching.ends(signal.SIGTERM) == 0
    assert watching.says("izde watch: ended")


def test_a_writer_that_never_rests_does_not_starve_it(tmp_path: Path, start: Start) -> None:
    folder = archive(tmp_path / "a", ARTICLES[:10])
    watching = start(folder, "--quiet-for", "30", "--at-latest", "1")
    watching.says("is served")
    for _ in range(SOON_S * 5):
        with (folder / "log.txt").open("a", encoding="utf-8") as file:
            file.write("Су деңгейі тағы көтерілді.\n")
        if not watching.is_silent(0.2):
            break
    assert "1 added" in watching.says("is served")


def test_folders_that_come_go_and_are_swapped_are_followed_by_looking(tmp_path: Path, start: Start) -> None:
    folder = tmp_path / "articles"
    watching = start("--poll", "0.2", folder)
    watching.says("waiting for", "does not exist")
    watching.says("exit code 2", "it waits for a change of the settings or inputs")
    archive(tmp_path / "first", ARTICLES[:10])
    folder.symlink_to(tmp_path / "first")
    assert "10 added" in watching.says("is served")
    archive(tmp_path / "second", ARTICLES[:12])
    (tmp_path / "new").symlink_to(tmp_path / "second")
    (tmp_path / "new").rename(folder)
    assert "2 added" in watching.says("is served")
    write(tmp_path / "second", "c.txt")
    assert "1 added" in watching.says("is served")
    archive(tmp_path / "second", [replace(ARTICLES[0], title="Жаңа тақырып"), *ARTICLES[1:12]])
    assert "0 added, 1 changed" in watching.says("is served")


def test_a_safety_stop_waits_for_the_next_change(tmp_path: Path, start: Start) -> None:
    folder = archive(tmp_path / "a", ARTICLES[:20])
    watching = start(folder)
    watching.says("is served")
    shutil.move(folder / "articles.jsonl", tmp_path / "away.jsonl")
    watching.says("exit code 5", "it waits for the next change")
    assert watching.is_silent(1)
    assert served(watching.index)[1] == 20
    shutil.move(tmp_path / "away.jsonl", folder / "articles.jsonl")
    watching.says("nothing to do")
    assert last_failure(watching.index) is None


def test_a_busy_index_and_a_run_that_is_killed_end_nothing(tmp_path: Path, start: Start) -> None:
    folder = archive(tmp_path / "a", ARTICLES[:10])
    with locked(tmp_path / "index", 0, timedelta(days=1)):
        watching = start(folder)
        watching.says("another run is at work")
        watching.says("exit code 4", "tried again in 30 s")
    assert watching.ends(signal.SIGINT) == 0
    many = [replace(ARTICLES[0], id=f"m{number}") for number in range(20_000)]
    archive(folder, many)
    watching = start(folder)
    run = at_work(watching)
    os.kill(run, signal.SIGKILL)
    watching.says("signal 9", "tried again in 60 s")
    failure = last_failure(watching.index)
    assert failure is not None
    assert (failure.exit_code, failure.message) == (137, "the run was ended by signal 9")


def at_work(watching: Watching) -> int:
    """The process of the run, once it holds the lock."""
    until = time.monotonic() + SOON_S
    while (found := holder(watching.index)) is None or found.pid == os.getpid():
        assert time.monotonic() < until
        time.sleep(0.02)
    return found.pid


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_run_at_work_too(tmp_path: Path, start: Start, number: int) -> None:
    many = [replace(ARTICLES[0], id=f"m{number}") for number in range(20_000)]
    watching = start(archive(tmp_path / "a", many))
    run = at_work(watching)
    assert watching.ends(number) == 0
    watching.says("izde: interrupted; nothing was published")
    watching.says("izde watch: ended")
    with pytest.raises(ProcessLookupError):
        os.kill(run, 0)
    assert not (watching.index / "CURRENT").exists()


def test_the_settings_are_followed_and_wrong_ones_end_nothing(tmp_path: Path, start: Start) -> None:
    archive(tmp_path / "a", ARTICLES[:10])
    write(tmp_path / "b", "b.txt")
    config = tmp_path / "izde.toml"
    one = '[[input]]\npath = "a"\n'
    config.write_text(one, "utf-8")
    watching = start("--config", config)
    watching.says("watching a")
    watching.says("10 added")
    config.write_text("[[input]\n", "utf-8")
    watching.says("izde.toml has changed")
    watching.says("not a TOML file", "stay in use")
    watching.says("exit code 2")
    config.write_text(one + '[[input]]\npath = "b"\n', "utf-8")
    watching.says("watching b")
    assert "1 added" in watching.says("is served")
    write(tmp_path / "b", "c.txt")
    assert "1 added" in watching.says("is served")


def test_wrong_settings_at_the_start_are_told(tmp_path: Path, start: Start) -> None:
    watching = start()
    assert watching.process.wait(SOON_S) == 2
    watching.says("izde: no input")


NO_INOTIFY = 'echo 0 > /proc/sys/user/max_inotify_instances && exec "$@"'
IN_A_NAMESPACE = ["unshare", "-Ur", "sh", "-c", NO_INOTIFY, "sh"]


@pytest.mark.skipif(
    not shutil.which("unshare")
    or subprocess.run([*IN_A_NAMESPACE, "true"], check=False, capture_output=True).returncode,
    reason="no namespace of users to be had",
)
def test_where_the_system_tells_nothing_it_looks(tmp_path: Path, start: Start) -> None:
    folder = archive(tmp_path / "a", ARTICLES[:10])
    watching = start(folder, inside=IN_A_NAMESPACE)
    watching.says("the system does not tell of changes", "looking every 30 s instead")
    assert "10 added" in watching.says("is served")
    assert watching.ends(signal.SIGTERM) == 0
