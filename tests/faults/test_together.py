"""Several runs at once: one works, the others leave, and a run that died holds nobody up."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from search import manifest
from tests.faults.conftest import NEW, OLD, Bench, Server
from tests.faults.test_kill import wait_until_stopped
from tests.runs import izde, leftovers, served

IZDE = Path(sys.executable).with_name("izde")
RUNS = 10


def at_once(bench: Bench, *more: object) -> list[tuple[int, str]]:
    command = [IZDE, *map(str, (*bench.command, *more))]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) for _ in range(RUNS)]
    outputs = [run.communicate(timeout=120)[0] for run in runs]
    return [(run.returncode, output) for run, output in zip(runs, outputs, strict=True)]


def test_ten_at_once(bench: Bench) -> None:
    ended = at_once(bench)
    assert {code for code, _ in ended} == {0}
    worked = [output for _, output in ended if "Индекс жаңартылды" in output]
    assert worked
    assert len(worked) + sum("another run is at work" in output for _, output in ended) == RUNS
    assert served(bench.index)[1] == len(NEW)
    assert leftovers(bench.index) == []
    assert len(list((bench.index / manifest.GENERATIONS).iterdir())) == 1


def test_while_one_is_at_work(server: Server, bench: Bench) -> None:
    process = server.start(*bench.command, at=15, how="stop")
    wait_until_stopped(process)
    fresh = izde(*bench.command)
    assert (fresh.code, "another run is at work" in fresh.err, str(process) in fresh.err) == (0, True, True)
    assert izde(*bench.command, "-q").err == ""
    stale = izde(*bench.command, "--stale-after", "0s")
    assert (stale.code, stale.err.count("\n")) == (4, 1)
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
