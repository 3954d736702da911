"""The worst queries that we can think of cost a second at most, and no memory that stays.

Seconds are those of the processor, since the machine may be busy with other tests; the deadline keeps the clock.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.faults.conftest import ROOT, SEED
from tests.generated import Archive
from tests.indexes import publish

LONGEST_S = 1.1
REFUSED_S = 0.02
MOST_MB = 50


def asked(folder: Path, stems: int) -> Any:
    command = [sys.executable, "-m", "tests.faults.worst", str(folder), str(SEED), str(stems)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def check(found: Any) -> None:
    print(f"SEED={SEED}")  # noqa: T201 - pytest shows it when the test fails
    costs = found["costs"]
    assert len(costs) >= 60
    slow = [one for one in costs if one[2] > (REFUSED_S if 400 <= one[1] < 500 else LONGEST_S)]
    assert not slow, slow
    assert {one[1] for one in costs} == {200, 400}, [one for one in costs if one[1] not in (200, 400)]
    rise = found["after"] - found["before"]
    assert rise <= MOST_MB, f"{rise:.0f} MB more than before"


def test_the_worst_queries_on_five_thousand_articles(tmp_path: Path) -> None:
    publish(tmp_path, Archive(SEED, stems=3_000).articles(5_000), clusters=True)
    check(asked(tmp_path, stems=3_000))


@pytest.mark.long
def test_the_worst_queries_on_a_hundred_thousand_articles(tmp_path: Path) -> None:
    publish(tmp_path, Archive(SEED, stems=30_000).articles(100_000), clusters=True)
    check(asked(tmp_path, stems=30_000))
