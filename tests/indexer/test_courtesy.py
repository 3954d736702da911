"""A run stands back behind other programs, and does not begin where it would not fit."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from indexer import memory
from indexer.errors import NoMemory
from search.settings import Settings
from tests.runs import archive

SCRIPT = """
import os, sys
from pathlib import Path
from indexer import courtesy
courtesy.stand_back(int(sys.argv[1]))
child = "import os; from pathlib import Path; print(os.getpriority(0, 0), Path('/proc/self/oom_score_adj').read_text())"
os.execv(sys.executable, [sys.executable, "-c", child])
"""


def after(nice: int) -> list[int]:
    command = [sys.executable, "-c", SCRIPT, str(nice)]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    return [int(one) for one in ended.stdout.split()]


def test_what_a_run_begins_is_as_nice_as_the_run() -> None:
    own = os.getpriority(os.PRIO_PROCESS, 0)
    assert after(0)[0] == own
    assert after(19) == [19, 500]
    assert after(5)[0] == max(own, 5)


def test_the_command_is_as_nice_as_the_setting() -> None:
    script = (
        "import contextlib, os; from indexer.cli import izde\n"
        "with contextlib.suppress(Exception): izde(['reindex', '/nowhere'], standalone_mode=False)\n"
        "print(os.getpriority(0, 0))"
    )
    environ = os.environ | {"IZDE_NICE": "19"}
    command = [sys.executable, "-c", script]
    ended = subprocess.run(command, capture_output=True, text=True, env=environ, check=True)
    assert ended.stdout.strip() == "19"


SETTINGS = Settings(index=Path("/nowhere"), memory_mb=256)


def test_as_many_processes_as_fit() -> None:
    assert memory.workers(SETTINGS, None, None) == (None, "")
    assert memory.workers(SETTINGS, 4, 100_000) == (4, "")
    one = memory.needed(SETTINGS)
    assert memory.workers(SETTINGS, 8, one * 3) == (3, "")
    assert memory.workers(SETTINGS, 8, one)[0] == 1


def test_little_memory_is_told_and_too_little_stops() -> None:
    one = memory.needed(SETTINGS)
    count, said = memory.workers(SETTINGS, 2, one - 1)
    assert count == 1
    assert f"{one - 1} MB are free" in said
    with pytest.raises(NoMemory, match="nothing was begun"):
        memory.workers(SETTINGS, 2, one // 2 - 1)


def test_less_memory_for_sorting_is_less_memory() -> None:
    assert memory.needed(replace(SETTINGS, memory_mb=16)) <= memory.needed(SETTINGS)


def test_the_system_says_how_much_is_free() -> None:
    free = memory.available()
    assert free is None or 0 <= free < 1 << 30


def test_a_group_with_a_limit_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in (("memory.max", "200000000"), ("memory.current", "150000000")):
        (tmp_path / name).write_text(text)
    (tmp_path / "memory.stat").write_text("anon 100000000\ninactive_file 30000000\n")
    assert memory.room(tmp_path, memory.UNIFIED) == (200_000_000, 80_000_000)
    (tmp_path / "memory.max").write_text("max")
    assert memory.room(tmp_path, memory.UNIFIED) is None


def test_a_run_without_memory_leaves_with_6(tmp_path: Path) -> None:
    """A limit on this process' group cannot be set here, so the machine is made to look small."""
    script = (
        "import sys; from indexer import memory; memory.available = lambda: 9; sys.argv[0] = 'izde';"
        "from indexer.cli import main; main()"
    )
    command = ["reindex", str(archive(tmp_path / "archive")), "--index", str(tmp_path / "index")]
    ended = subprocess.run([sys.executable, "-c", script, *command], capture_output=True, text=True, check=False)
    assert (ended.returncode, "9 MB are free" in ended.stderr, ended.stderr.count("\n")) == (6, True, 1)
    assert not (tmp_path / "index").exists()
