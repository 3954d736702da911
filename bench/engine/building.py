"""How fast archives are indexed: Izde's command against stock Whoosh with the same analysis and the same fields."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .corpus import Corpus, make
from .peers import BUILT
from .processes import command
from .report import head, table


@dataclass(frozen=True, slots=True)
class Run:
    """One building. seconds: by the clock; cpu: of all its processes; peak: bytes of the largest of them; size."""

    seconds: float
    cpu: float
    peak: int
    size: int


def build(name: str, corpus: Corpus) -> Run:
    """Build the index of a peer, which is removed again."""
    with tempfile.TemporaryDirectory(prefix="izde-bench-") as scratch:
        folder = Path(scratch)
        began = time.perf_counter()
        process = subprocess.Popen(command("build", name, folder, corpus, 0), stdout=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise RuntimeError(f"{name} was not built")
        size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return Run(seconds, used.ru_utime + used.ru_stime, 1024 * used.ru_maxrss, size)


def compared(folder: Path, articles: int, rounds: int, names: Sequence[str], source: Path | None = None) -> str:
    """A table of the best of so many rounds, in turns."""
    make(folder, articles, source=source)
    corpus = Corpus(folder, articles)
    runs: dict[str, list[Run]] = {name: [] for name in names}
    for _ in range(rounds):
        for name, held in runs.items():
            held.append(build(name, corpus))
    last = names[-1]
    slowest, dearest = min(run.seconds for run in runs[last]), min(run.cpu for run in runs[last])
    rows = []
    for name, held in runs.items():
        seconds, cpu = min(run.seconds for run in held), min(run.cpu for run in held)
        rows.append(
            [
                BUILT[name],
                f"{articles / seconds:,.0f}",
                f"{slowest / seconds:.1f}",
                f"{articles / cpu:,.0f}",
                f"{dearest / cpu:.1f}",
                f"{max(run.peak for run in held) / 1e6:,.0f} MB",
                f"{held[-1].size / 1e6:,.0f} MB",
            ]
        )
    heads = [
        "",
        "articles/s",
        f"÷ {BUILT[last]}",
        "articles per second of a processor",
        "÷",
        "largest process",
        "index",
    ]
    return head() + table(heads, rows)
