"""An error of the disk at every call that changes it: all or nothing, in words, and nothing left behind."""

import shutil
from pathlib import Path

import pytest

from search import manifest
from tests.faults.conftest import NEW, OLD, Bench, Server, fresh
from tests.runs import izde, leftovers, served

ERRORS = ("EIO", "ENOSPC", "EACCES", "EROFS", "EDQUOT")
CODES = {"EIO": {1, 5}, "ENOSPC": {6}, "EACCES": {6, 5}, "EROFS": {6, 5}, "EDQUOT": {6}}


def fail_at(server: Server, first: Path, folder: Path, at: int, how: str) -> None:
    bench = fresh(first, folder)
    ended = server.run(*bench.command, at=at, how=how)
    name, count = served(bench.index)
    published = name != bench.name
    assert count == (len(NEW) if published else len(OLD))
    assert "Traceback" not in ended.output
    if published:
        assert ended.code == 0 or "may not be after a power cut" in ended.output, ended
    else:
        assert ended.code in CODES[how.rstrip("+")], ended
        lines = [line for line in ended.output.splitlines() if line]
        assert len(lines) == 1, ended
        if not how.endswith("+"):
            assert leftovers(bench.index) == [], ended
    again = izde(*bench.command, "-q")
    assert again.code == 0, again.err
    assert served(bench.index)[1] == len(NEW)
    assert leftovers(bench.index) == []
    assert len(list((bench.index / manifest.GENERATIONS).iterdir())) == 1
    shutil.rmtree(folder)


def total(server: Server, bench: Bench) -> int:
    whole = server.run(*bench.command)
    assert whole.code == 0, whole.output
    return whole.passed


def test_an_error_at_points_of_a_run(server: Server, first: Path, bench: Bench, tmp_path: Path) -> None:
    for at in range(1, total(server, bench) + 1, 7):
        fail_at(server, first, tmp_path / str(at), at, ERRORS[at % 5] + "+" * (at % 2))


@pytest.mark.long
@pytest.mark.parametrize("how", [*ERRORS, *(f"{error}+" for error in ERRORS)])
def test_every_error_at_every_point(server: Server, first: Path, bench: Bench, tmp_path: Path, how: str) -> None:
    for at in range(1, total(server, bench) + 1):
        fail_at(server, first, tmp_path / str(at), at, how)
