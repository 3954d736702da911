"""Killed at any moment: the old generation or the new one is served, and the next run needs no help."""

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from search import manifest
from search.generations import Generations
from tests.faults.conftest import NEW, OLD, SCALE, SEED, Bench, Server, fresh
from tests.runs import izde, leftovers, served

IZDE = Path(sys.executable).with_name("izde")


def check_after_death(bench: Bench) -> str:
    """A reader finds the old or the new archive, whole; the next run leaves the new one and no trace."""
    name, count = served(bench.index)
    assert count == (len(OLD) if name == bench.name else len(NEW))
    again = izde(*bench.command, "-q")
    assert again.code == 0, again.err
    last, count = served(bench.index)
    assert count == len(NEW)
    assert last > name or name != bench.name, "what was published need not be built again"
    assert leftovers(bench.index) == []
    assert len(list((bench.index / manifest.GENERATIONS).iterdir())) == 1
    assert izde("verify", "--index", bench.index).code == 0
    return name


def points(server: Server, bench: Bench) -> int:
    whole = server.run(*bench.command)
    assert whole.code == 0, whole.output
    return whole.passed


def kill_at(server: Server, first: Path, folder: Path, at: int) -> bool:
    """Kill a run at this point; whether the new generation was served by then."""
    bench = fresh(first, folder)
    ended = server.run(*bench.command, at=at)
    assert ended.code == -signal.SIGKILL, ended.output
    flipped = check_after_death(bench) != bench.name
    shutil.rmtree(folder)
    return flipped


def test_killed_at_every_point(server: Server, first: Path, bench: Bench, tmp_path: Path) -> None:
    flips = [kill_at(server, first, tmp_path / f"at{at}", at) for at in range(1, points(server, bench) + 1)]
    assert flips == sorted(flips), "once the new generation is served it stays"
    assert {False, True} == set(flips)


def kill_in_time(first: Path, folder: Path, seconds: float) -> bool:
    """Kill the command after so many seconds; whether it was still at work."""
    bench = fresh(first, folder)
    run = subprocess.Popen([IZDE, *map(str, bench.command), "-q"])
    time.sleep(seconds)
    run.kill()
    code = run.wait(30)
    assert code in (0, -signal.SIGKILL)
    check_after_death(bench)
    shutil.rmtree(folder)
    return code != 0


def test_killed_at_random_moments(first: Path, tmp_path: Path) -> None:
    moments = random.Random(SEED)
    assert sum(kill_in_time(first, tmp_path / str(number), moments.uniform(0.2, 1.2)) for number in range(5))


def kill_forks(server: Server, first: Path, folder: Path, moments: random.Random, count: int) -> int:
    """Kill so many runs, each at a moment up to the time that a whole one takes; how many were killed in time."""
    began = time.monotonic()
    server.run(*fresh(first, folder / "whole").command)
    whole, killed = time.monotonic() - began, 0
    for number in range(count):
        bench = fresh(first, folder / str(number))
        process = server.start(*bench.command)
        time.sleep(moments.uniform(0, whole))
        with contextlib.suppress(ProcessLookupError):
            signal_process(process, signal.SIGKILL)
        ended = server.ended()
        assert ended.code in (0, -signal.SIGKILL), ended.output
        killed += ended.code != 0
        check_after_death(bench)
        shutil.rmtree(bench.folder)
    return killed


def test_killed_at_more_random_moments(server: Server, first: Path, tmp_path: Path) -> None:
    assert kill_forks(server, first, tmp_path, random.Random(SEED + 2), 76) >= 8


@pytest.mark.long
def test_killed_at_many_random_moments(server: Server, first: Path, tmp_path: Path) -> None:
    """With `SCALE=20`, a thousand kills of runs that were still at work."""
    killed = kill_forks(server, first, tmp_path, random.Random(SEED + 3), 54 * SCALE)
    moments = random.Random(SEED + 1)
    killed += sum(kill_in_time(first, tmp_path / f"command{n}", moments.uniform(0.1, 1.5)) for n in range(10))
    print(f"{killed} of {54 * SCALE + 10} were still at work")  # noqa: T201  # `pytest -s` shows it
    assert killed >= 4 * SCALE


def test_a_reader_that_was_there_before_goes_on(server: Server, bench: Bench) -> None:
    generations = Generations(bench.index, poll_ms=0)
    for at in (20, 40, 0):
        with generations.lease() as generation:
            server.run(*bench.command, at=at)
            assert generation.engine.get([OLD[5].id])[0] is not None
    with generations.lease() as generation:
        assert generation.manifest.documents == len(NEW)
    generations.close()


def test_killed_in_the_very_first_run(server: Server, first: Path, tmp_path: Path) -> None:
    bench = fresh(first, tmp_path / "bench")
    shutil.rmtree(bench.index)
    total = points(server, bench)
    for at in {*range(1, total, 30), *range(total - 6, total + 1, 2)}:
        shutil.rmtree(bench.index, ignore_errors=True)
        assert server.run(*bench.command, at=at).code == -signal.SIGKILL
        assert izde("status", "--index", bench.index).code in (0, 1, 3)
        assert izde(*bench.command, "-q").code == 0
        assert served(bench.index)[1] == len(NEW)
        assert leftovers(bench.index) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_asked_to_end(server: Server, bench: Bench, number: signal.Signals) -> None:
    process = server.start(*bench.command, at=15, how="stop")
    wait_until_stopped(process)
    signal_process(process, number)
    signal_process(process, signal.SIGCONT)
    ended = server.ended()
    assert ended.code == 128 + number
    assert "nothing was published" in ended.output
    assert served(bench.index) == (bench.name, len(OLD))
    assert leftovers(bench.index) == []


def test_asked_to_end_while_publishing(server: Server, bench: Bench, tmp_path: Path, first: Path) -> None:
    total = points(server, fresh(first, tmp_path / "whole"))
    process = server.start(*bench.command, at=total - 4, how="stop")
    wait_until_stopped(process)
    signal_process(process, signal.SIGTERM)
    signal_process(process, signal.SIGCONT)
    assert server.ended().code == 0
    assert served(bench.index)[1] == len(NEW)
    assert leftovers(bench.index) == []


def wait_until_stopped(process: int) -> None:
    until = time.monotonic() + 60
    while Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "T":
        assert time.monotonic() < until
        time.sleep(0.01)


def signal_process(process: int, number: signal.Signals) -> None:
    os.kill(process, number)
