"""A whole run over thousands of spoilt records: nothing is lost, each rejection has its place and a reason.

5,000 records; `SCALE=20` gives 100,000. What a run took of memory is printed with `-s`.
"""

import json
import os
import random
import subprocess
import sys

from search import manifest
from tests.dirty import json_lines, not_blank
from tests.faults.conftest import ROOT, SCALE, SEED, Bench

RECORDS = 5000 * SCALE
MOST_BYTES = 256 << 20
# The peak since the program began (that of getrusage begins with what its parent held), and that of its processes.
COMMAND = """
import resource, sys
from pathlib import Path
from indexer.cli import main
if __name__ == "__main__":
    try:
        main()
    finally:
        own = int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0])
        peak = max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
        Path(__file__).with_suffix(".peak").write_text(str(1024 * peak))
"""


def run(bench: Bench, *more: str) -> tuple[int, int, bytes]:
    """Exit code, bytes of the largest process, and what the command printed."""
    command = [bench.folder / "dirty", "--index", bench.index, "--config", bench.folder / "izde.toml", *more, "--json"]
    script = bench.folder / "command.py"
    script.write_text(COMMAND)
    ended = subprocess.run(
        [sys.executable, script, "reindex", *command],
        capture_output=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    return ended.returncode, int(script.with_suffix(".peak").read_text()), ended.stdout


def test_every_spoilt_record_is_an_article_a_duplicate_or_a_rejection(bench: Bench) -> None:
    print(f"SEED={SEED}")  # noqa: T201  # pytest shows it when the test fails
    (bench.folder / "dirty").mkdir()
    size = RECORDS // 5
    lines = dict[str, list[int]]()
    for number in range(5):
        data = json_lines(random.Random(f"{SEED} {number}"), size)
        data = b"\xef\xbb\xbf" + data if number == 1 else data
        (bench.folder / "dirty" / f"{number}.jsonl").write_bytes(data)
        lines[f"{number}.jsonl"] = not_blank(data.removeprefix(b"\xef\xbb\xbf"))
    code, peak, printed = run(bench, "--dry-run", "--max-errors", "100%", "--max-delete", "100%")
    assert code == 0
    report = json.loads(printed)
    (only,) = (one for one in report["inputs"] if one["name"].endswith("dirty"))  # the other one is what was before
    print(f"{only['read']} records, {peak / 1e6:.0f} MB in the largest process")  # noqa: T201
    assert only["read"] == sum(map(len, lines.values()))
    assert report["documents"] + report["quarantined"] + report["duplicates"] == only["read"]
    assert only["added"] + only["changed"] + only["unchanged"] == report["documents"]
    assert min(report["documents"], report["quarantined"], report["duplicates"]) > RECORDS // 50
    assert len(report["errors"]) == report["quarantined"]
    places = {(error["file"], error["line"]) for error in report["errors"]}
    assert len(places) == len(report["errors"])
    assert places <= {(file, line) for file, held in lines.items() for line in held}
    assert all(len(error["reason"]) > 10 for error in report["errors"])
    assert peak <= MOST_BYTES


def test_too_many_spoilt_records_stop_a_run(bench: Bench) -> None:
    (bench.folder / "dirty").mkdir()
    (bench.folder / "dirty" / "a.jsonl").write_bytes(json_lines(random.Random(SEED), 300))
    code, _, _ = run(bench, "--max-delete", "100%")
    assert code == 5
    assert (bench.index / manifest.CURRENT).read_text().strip() == bench.name
