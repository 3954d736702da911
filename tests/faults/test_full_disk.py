"""A disk that is really full: a small file system in memory, in a name space of its own."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.conftest import Bench

IZDE = Path(sys.executable).with_name("izde")
UNSHARE = ("unshare", "-Urm")

SCRIPT = """
mkdir "$1/disk" && mount -t tmpfs -o $2 tmpfs "$1/disk" && cp -r "$1/index" "$1/disk/index" || exit 99
before=$(cat "$1/disk/index/CURRENT")
run() { "$3" reindex "$1/archive" --index "$1/disk/index" --config "$1/izde.toml" -q; }
left() { ls -A "$1/disk/index" "$1/disk/index/generations" | grep '^[.]' | grep -v '^[.]lock$'; }
run "$@"
code=$?
"$3" status --index "$1/disk/index" > "$1/status" || exit 98
[ $code = 0 ] || [ "$before" = "$(cat "$1/disk/index/CURRENT")" ] || exit 97
[ -z "$(left "$@")" ] || exit 96
mount -o remount,size=64m,nr_inodes=10000 "$1/disk" || exit 95
run "$@" || exit 94
[ -z "$(left "$@")" ] || exit 93
[ "$(ls "$1/disk/index/generations")" = "$(cat "$1/disk/index/CURRENT")" ] || exit 92
exit $code
"""
"""A run on a disk of this kind: the old generation stays or the new one comes; the next run, with room, succeeds."""


def run(bench: Bench, kind: str) -> tuple[int, str]:
    command = [*UNSHARE, "sh", "-c", SCRIPT, "sh", str(bench.folder), kind, str(IZDE)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=600)
    (bench.folder / "disk").rmdir()
    return ended.returncode, ended.stderr


def refused(bench: Bench, code: int, said: str) -> None:
    """It left with 6, in one line that names the path and the bytes."""
    assert code == 6, said
    assert said.count("\n") == 1
    assert f"{bench.folder}/disk/index" in said
    assert re.search(r"\d+ bytes", said)
    assert re.search(r"\d+ are free", said)


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
    refused(bench, *run(bench, f"size={smallest(bench)}k"))


def test_no_more_files_can_be_made(bench: Bench) -> None:
    used = sum(1 for _ in bench.index.rglob("*")) + 2
    for more in (1, 8):
        code, said = run(bench, f"size=64m,nr_inodes={used + more}")
        assert code == 6, said
        assert said.count("\n") == 1


def test_room_enough(bench: Bench) -> None:
    code, said = run(bench, f"size={smallest(bench) + 16_384}k")
    assert code == 0, said


@pytest.mark.long
def test_every_size(bench: Bench) -> None:
    """In steps of 64 KiB, from a disk that holds no more than the index to one that has room for a run."""
    codes = []
    for size in range(smallest(bench), smallest(bench) + 4096, 64):
        code, said = run(bench, f"size={size}k")
        codes.append(code)
        if code:
            refused(bench, code, said)
        elif codes[-4:] == [0] * 4:
            break
    assert codes == sorted(codes, reverse=True)
    assert codes[-1] == 0
