"""A disk that is really full: a small file system in memory, in a name space of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.conftest import Bench

IZDE = Path(sys.executable).with_name("izde")
UNSHARE = ("unshare", "-Urm")

SCRIPT = """
mkdir "$1/disk" && mount -t tmpfs -o size=$2 tmpfs "$1/disk" && cp -r "$1/index" "$1/disk/index" || exit 99
before=$(cat "$1/disk/index/CURRENT")
"$3" reindex "$1/archive" --index "$1/disk/index" --config "$1/izde.toml" -q
code=$?
"$3" status --index "$1/disk/index" > "$1/status" || exit 98
[ $code = 0 ] || [ "$before" = "$(cat "$1/disk/index/CURRENT")" ] || exit 97
[ -z "$(ls -A "$1/disk/index/generations" | grep '^[.]')" ] || exit 96
exit $code
"""


def run(bench: Bench, kilobytes: int) -> tuple[int, str]:
    command = [*UNSHARE, "sh", "-c", SCRIPT, "sh", str(bench.folder), f"{kilobytes}k", str(IZDE)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=120)
    (bench.folder / "disk").rmdir()
    return ended.returncode, ended.stderr


def smallest(bench: Bench) -> int:
    """Kilobytes that the index alone takes, with some for folders."""
    used = sum(-(-path.stat().st_size // 4096) * 4 for path in bench.index.rglob("*") if path.is_file())
    return used + 64


@pytest.fixture(autouse=True)
def own_file_systems() -> None:
    try:
        able = subprocess.run([*UNSHARE, "mount", "-t", "tmpfs", "tmpfs", "/mnt"], capture_output=True, timeout=30)
    except OSError:
        pytest.skip("unshare is not there")
    if able.returncode:
        pytest.skip("this system allows no file systems of one's own")


def test_full(bench: Bench) -> None:
    code, said = run(bench, smallest(bench))
    assert code == 6, said
    assert "needs about" in said
    assert "are free" in said
    assert said.count("\n") == 1


def test_room_enough(bench: Bench) -> None:
    code, said = run(bench, smallest(bench) + 16_384)
    assert code == 0, said


@pytest.mark.long
def test_every_size(bench: Bench) -> None:
    codes = [run(bench, size)[0] for size in range(smallest(bench), smallest(bench) + 4096, 64)]
    assert set(codes) == {0, 6}
    assert codes == sorted(codes, reverse=True)
