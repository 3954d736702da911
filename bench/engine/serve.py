"""Whole requests: our service and a Flask app over Tantivy under gunicorn, faceted queries with ten snippets."""

import argparse
import os
import subprocess
import sys
import time
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import numpy as np

from . import queries
from .corpus import Corpus, make
from .load import Load, load
from .peers import whole
from .peers.base import FACETS, SHOWN, SNIPPET
from .processes import built, index_of, memory
from .report import head, table

_WAIT_S = 60


@dataclass(slots=True)
class Served:
    """An application under gunicorn, the paths to ask, and what was measured."""

    name: str
    process: subprocess.Popen[bytes]
    port: int
    paths: list[str]
    asked: int = 0
    loads: list[Load] = field(default_factory=list)

    def close(self) -> None:
        """End gunicorn."""
        self.process.terminate()
        self.process.wait(30)

    def workers(self) -> list[int]:
        """The processes that answer."""
        pid = self.process.pid
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]

    def take(self, clients: int, seconds: float) -> None:
        """Put load on it, going on with the queries where the last time ended."""
        done = load(self.port, self.paths, clients, seconds, self.asked)
        self.asked += len(done.times)
        self.loads.append(done)

    def warm(self, clients: int, seconds: float, rounds: int) -> None:
        """Put load on it that is not counted: for so long, and until each query was asked as often as `rounds` says."""
        end = time.monotonic() + 10 * seconds
        while time.monotonic() < end:
            self.take(clients, seconds)
            if self.asked >= rounds * len(self.paths):
                break
        self.loads.clear()

    def row(self) -> list[str]:
        """Name, requests a second, p50, p95, p99, memory of each worker, failures."""
        times = np.concatenate([one.times for one in self.loads])
        rate = len(times) / sum(one.seconds for one in self.loads)
        middle, high, highest = (f"{np.quantile(times, share):.1f}" for share in (0.5, 0.95, 0.99))
        own = " + ".join(f"{memory(pid) / 1e6:.0f}" for pid in self.workers())
        return [
            self.name,
            f"{rate:,.0f}",
            middle,
            high,
            highest,
            f"{own} MB",
            str(sum(one.failed for one in self.loads)),
        ]


def options(parser: argparse.ArgumentParser) -> None:
    """Options of the command line."""
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=5, help="of load at a time")
    parser.add_argument("--rounds", type=int, default=3, help="times that each application gets load")
    parser.add_argument("--port", type=int, default=8790)
    parser.add_argument("--distinct", type=int, default=1000, help="different queries")


def serve(args: argparse.Namespace) -> int:
    """Measure whole requests in turns, ours with and without answers kept in memory. 1 if any request failed."""
    make(args.corpus, args.articles, source=args.source)
    corpus = Corpus(args.corpus, args.articles)
    places = {name: index_of(name, args.indexes, corpus) for name in ("whole", "tantivy")}
    for name, place in places.items():
        built(name, place, corpus)
    asks = queries.draw(corpus.folder, corpus.articles, "full", args.distinct)
    index = {"IZDE_INDEX": str(places["whole"] / "index")}
    theirs = {"TANTIVY_INDEX": str(places["tantivy"])}
    apps = (
        ("Izde, everything", "wsgi:app", index | {"IZDE_CACHE_MB": "0"}, _ours(asks)),
        ("Izde, answers kept", "wsgi:app", index | {"IZDE_CACHE_MB": "64"}, _ours(asks)),
        ("Flask on Tantivy, one field", "bench.engine.tantivy_app:app", theirs, _theirs(asks)),
    )
    with ExitStack() as stack:
        served = [
            stack.enter_context(closing(_started(name, app, environment, args, args.port + place, paths)))
            for place, (name, app, environment, paths) in enumerate(apps)
        ]
        for one in served:
            one.warm(args.clients, args.seconds, 4 * args.workers)
        for _ in range(args.rounds):
            for one in served:
                one.take(args.clients, args.seconds)
        rows = [one.row() for one in served]
    names = ["", "requests/s", "p50, ms", "p95", "p99", "USS of each worker", "failed"]
    text = (
        f"{head()}{args.articles:,} articles, {args.workers} workers, {args.clients} clients.\n\n{table(names, rows)}\n"
    )
    print(text)
    args.out.mkdir(parents=True, exist_ok=True)
    (args.out / f"requests-{args.articles}.md").write_text(text, "utf-8")
    return int(any(load.failed for one in served for load in one.loads))


def _started(
    name: str, app: str, environment: dict[str, str], args: argparse.Namespace, port: int, paths: list[str]
) -> Served:
    command = [sys.executable, "-m", "gunicorn", "--workers", str(args.workers), "--worker-class", "sync"]
    command += ["--bind", f"127.0.0.1:{port}", "--worker-tmp-dir", "/dev/shm", "--log-level", "warning", app]
    served = Served(name, subprocess.Popen(command, env=os.environ | environment), port, paths)
    end = time.monotonic() + _WAIT_S
    while time.monotonic() < end:
        if not load(port, paths, 1, 0.1).failed:
            return served
    served.close()
    raise RuntimeError(f"{name} does not answer")


def _ours(asks: list[queries.Ask]) -> list[str]:
    fixed = {"per_page": SHOWN, "facets": ",".join(FACETS), "snippets": 1, "snippet_length": SNIPPET}
    return [f"/api/v1/search?{urlencode({'q': whole.text(ask), **fixed})}" for ask in asks]


def _theirs(asks: list[queries.Ask]) -> list[str]:
    return [f"/search?{urlencode({'q': ' '.join(ask.words)})}" for ask in asks]
