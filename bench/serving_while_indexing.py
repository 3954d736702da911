"""What a reindex costs readers: `python -m bench.serving_while_indexing [--articles N] [--rounds N]`.

`izde serve` answers full requests (AND, three facets, ten snippets; none is kept in memory) that come at a steady rate,
first alone, then while `izde reindex --full` builds the same index anew beside it, in turns. A time counts from the
moment at which its request was due, so that waiting for a place counts, too; the swap of generations belongs to what is
measured. The goal: p99 at most 3 times the quiet one. How far the quiet rounds differ says how noisy the machine is.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from threading import Thread
from typing import Final
from urllib.parse import urlencode

import numpy as np

from .engine import queries
from .engine.corpus import Corpus, make
from .engine.load import status
from .engine.peers import whole
from .engine.peers.base import FACETS, SHOWN, SNIPPET
from .engine.report import head, table

IZDE: Final = Path(sys.executable).with_name("izde")
GOAL: Final = 3.0
_CLIENTS: Final = 8
_WAIT_S: Final = 60


def steady(port: int, paths: Sequence[str], rate: float, goes_on: Callable[[], bool]) -> tuple[list[float], int]:
    """Milliseconds of requests that come so often a second, each from the moment it was due; and how many failed."""
    requests = [f"GET {path} HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n".encode("ascii") for path in paths]
    numbers, times, failures, began = count(), list[float](), list[bytes](), time.perf_counter()

    def client() -> None:
        buffer = bytearray(1 << 16)
        while goes_on():
            number = next(numbers)
            due = began + number / rate
            time.sleep(max(0.0, due - time.perf_counter()))
            answer = status(port, requests[number % len(requests)], buffer)
            times.append((time.perf_counter() - due) * 1000)
            if b" 200 " not in answer:
                failures.append(answer)

    threads = [Thread(target=client) for _ in range(_CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times, len(failures)


def for_seconds(seconds: float) -> Callable[[], bool]:
    """Goes on for so long."""
    end = time.perf_counter() + seconds
    return lambda: time.perf_counter() < end


@contextmanager
def service(index: Path, port: int, workers: int) -> Iterator[None]:
    """The service, once it answers."""
    command = [IZDE, "serve", "--index", index, "--bind", f"127.0.0.1:{port}", "--workers", str(workers)]
    process = subprocess.Popen(command, env=os.environ | {"IZDE_CACHE_MB": "0"}, stdout=subprocess.DEVNULL)
    try:
        end, buffer = time.monotonic() + _WAIT_S, bytearray(1 << 16)
        while b" 200 " not in status(port, b"GET /readyz HTTP/1.0\r\nHost: bench\r\n\r\n", buffer):
            if time.monotonic() > end:
                raise RuntimeError("the service does not answer")
        yield
    finally:
        process.terminate()
        process.wait(30)


def addresses(corpus: Corpus, distinct: int) -> list[str]:
    """Paths of different full requests."""
    fixed = {"per_page": SHOWN, "facets": ",".join(FACETS), "snippets": 1, "snippet_length": SNIPPET}
    asks = queries.draw(corpus.folder, corpus.articles, "full", distinct)
    return [f"/api/v1/search?{urlencode({'q': whole.text(ask), **fixed})}" for ask in asks]


def measured(args: argparse.Namespace, scratch: Path) -> tuple[list[list[str]], float, int]:
    """Rows of the table, the ratio over all rounds, and how many requests failed."""
    make(args.corpus, args.articles, source=args.source)
    corpus, index = Corpus(args.corpus, args.articles), scratch / "index"
    environment = os.environ | {"IZDE_QUARANTINE": str(scratch / "quarantine"), "IZDE_NICE": str(args.nice)}
    environment["IZDE_REINDEX_WORKERS"] = str(args.run_workers)
    run = [IZDE, "reindex", *corpus.files, "--index", index, "--full", "-q"]
    subprocess.run(run, env=environment, check=True)
    paths, rows, failed = addresses(corpus, args.distinct), list[list[str]](), 0
    quiet, busy = list[float](), list[float]()
    with service(index, args.port, args.workers):
        steady(args.port, paths, args.rate, for_seconds(args.seconds))  # not counted: workers warm up
        for number in range(1, args.rounds + 1):
            alone, wrong = steady(args.port, paths, args.rate, for_seconds(args.seconds))
            began, process = time.perf_counter(), subprocess.Popen(run, env=environment)
            longest = for_seconds(args.longest)
            beside, wrong_beside = steady(args.port, paths, args.rate, lambda: longest() and process.poll() is None)  # noqa: B023
            took = time.perf_counter() - began
            if process.poll() is None:
                process.terminate()
            if process.wait() not in (0, 143):
                raise RuntimeError(f"the run left with {process.returncode}")
            failed += wrong + wrong_beside
            quiet += alone
            busy += beside
            rows.append([str(number), *_figures(alone, beside), f"{took:.1f}"])
    return [*rows, ["all", *_figures(quiet, busy), ""]], _p(busy, 0.99) / _p(quiet, 0.99), failed


def _figures(quiet: list[float], busy: list[float]) -> list[str]:
    shares = (0.5, 0.99)
    times = [f"{_p(one, share):.1f}" for one in (quiet, busy) for share in shares]
    return [*times, f"{_p(busy, 0.99) / _p(quiet, 0.99):.1f}", str(len(busy))]


def _p(times: list[float], share: float) -> float:
    return float(np.quantile(times, share))


def main() -> int:
    """Measure and print; 1 if a request failed or the goal was missed."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--corpus", type=Path, default=Path("var/bench/corpus"))
    parser.add_argument("--source", type=Path, help="what the corpus learns from; see bench.engine.corpus")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=10, help="of a quiet round")
    parser.add_argument("--longest", type=float, default=60, help="seconds after which a run is ended")
    parser.add_argument("--rate", type=float, default=20, help="requests a second")
    parser.add_argument("--distinct", type=int, default=400, help="different queries")
    parser.add_argument("--workers", type=int, default=2, help="processes that serve")
    parser.add_argument("--nice", type=int, default=10, help="of the run")
    parser.add_argument("--run-workers", type=int, default=0, help="processes that analyse in the run")
    parser.add_argument("--port", type=int, default=8795)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="izde-bench-") as scratch:
        rows, ratio, failed = measured(args, Path(scratch))
    names = ["round", "quiet p50, ms", "p99", "while indexing p50", "p99", "p99 ÷ quiet", "requests", "run, s"]
    print(f"{head()}{args.articles:,} articles, {args.rate:g} requests a second, nice {args.nice}.\n")
    print(table(names, rows))
    print(f"\np99 while indexing is {ratio:.1f} times the quiet one (at most {GOAL:g}); {failed} requests failed")
    return int(failed > 0 or ratio > GOAL)


if __name__ == "__main__":
    sys.exit(main())
