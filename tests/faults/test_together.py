"""Several runs at once: one works, the others leave, and a run that died holds nobody up."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from indexer.lock import holder, locked
from search import manifest
from tests.faults.conftest import NEW, OLD, Bench, Server
from tests.faults.test_kill import wait_until_stopped
from tests.runs import izde, leftovers, served

IZDE = Path(sys.executable).with_name("izde")


def at_once(commands: Iterable[tuple[object, ...]]) -> list[tuple[int, str]]:
    started = [
        subprocess.Popen([IZDE, *map(str, command)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for command in commands
    ]
    outputs = [run.communicate(timeout=300)[0] for run in started]
    return [(run.returncode, output) for run, output in zip(started, outputs, strict=True)]


def test_several_begin_at_once(bench: Bench) -> None:
    ended = at_once([bench.command] * 4)
    assert {code for code, _ in ended} == {0}
    worked = [output for _, output in ended if "Индекс жаңартылды" in output]
    assert worked
    left = sum("another run is at work" in output or "Өзгеріс жоқ" in output for _, output in ended)
    assert len(worked) + left == 4
    assert served(bench.index)[1] == len(NEW)
    assert leftovers(bench.index) == []
    assert len(list((bench.index / manifest.GENERATIONS).iterdir())) == 1


def test_one_of_twenty_works_and_nineteen_leave(server: Server, bench: Bench) -> None:
    """Ten leave with 0, since the last success is fresh, nine with 4, since for them it is old."""
    process = server.start(*bench.command, at=15, how="stop")
    wait_until_stopped(process)
    ended = at_once([bench.command] * 10 + [(*bench.command, "-q", "--stale-after", "0s")] * 9)
    assert [code for code, _ in ended] == [0] * 10 + [4] * 9
    assert all(f"another run is at work (process {process} " in output for _, output in ended)
    assert all(output.count("\n") == 1 for _, output in ended)
    assert served(bench.index) == (bench.name, len(OLD))
    os.kill(process, signal.SIGCONT)
    assert server.ended().code == 0
    assert served(bench.index)[1] == len(NEW)
    assert leftovers(bench.index) == []


def test_the_lock_is_free_after_a_kill(server: Server, bench: Bench) -> None:
    """A hundred holders: each has the lock, is killed, and the lock is free at once, whoever looks."""
    for number in range(100):
        process = server.start(*bench.command, at=3 + number % 12, how="stop")
        wait_until_stopped(process)
        found = holder(bench.index)
        assert found
        assert found.pid == process
        os.kill(process, signal.SIGKILL)
        assert server.ended().code == -signal.SIGKILL
        assert holder(bench.index) is None
        with locked(bench.index, 0, timedelta(0)):
            pass
    assert izde(*bench.command, "-q").code == 0
    assert served(bench.index)[1] == len(NEW)
    assert leftovers(bench.index) == []


def test_while_one_is_at_work(server: Server, bench: Bench) -> None:
    process = server.start(*bench.command, at=15, how="stop")
    wait_until_stopped(process)
    assert izde(*bench.command, "-q").err == ""
    assert izde("rollback", "--index", bench.index).code == 4
    assert str(process) in izde("status", "--index", bench.index).out
    assert served(bench.index) == (bench.name, len(OLD))
    os.kill(process, signal.SIGKILL)
    assert server.ended().code == -signal.SIGKILL
    assert izde(*bench.command, "-q").code == 0
    assert served(bench.index)[1] == len(NEW)
    assert leftovers(bench.index) == []


def test_waiting_for_another(server: Server, bench: Bench) -> None:
    process = server.start(*bench.command, at=15, how="stop")
    wait_until_stopped(process)
    waiting = subprocess.Popen([IZDE, *map(str, bench.command), "-q", "--lock-wait", "60"])
    os.kill(process, signal.SIGCONT)
    assert server.ended().code == 0
    assert waiting.wait(60) == 0
    assert leftovers(bench.index) == []


def test_no_run_has_ever_succeeded(server: Server, bench: Bench, tmp_path: Path) -> None:
    empty = ("reindex", bench.folder / "archive", "--index", tmp_path / "empty", "--config", bench.folder / "izde.toml")
    process = server.start(*empty, at=15, how="stop")
    wait_until_stopped(process)
    busy = izde(*empty)
    assert (busy.code, "no run has succeeded yet" in busy.err) == (4, True)
    os.kill(process, signal.SIGKILL)
    server.ended()
    assert izde(*empty, "-q").code == 0
