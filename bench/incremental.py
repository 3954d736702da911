"""What a run costs when little has changed: `python -m bench.incremental --corpus DIR --out DIR [--articles N]`.

The first N articles of a corpus (`bench.engine.corpus`) become text files, one each. Then `izde reindex` runs as a
process of its own: all in full, with nothing changed, and with `--changed` files changed, a third of them each edited,
added and removed. Printed are seconds by the clock and of processor time, and the part of the full run.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

ROUNDS = 3


def articles(corpus: Path) -> Iterator[dict[str, str]]:
    """The articles of all shards."""
    for shard in sorted(path for path in corpus.iterdir() if path.is_dir()):
        with (shard / "articles.jsonl").open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def write(folder: Path, name: str, one: dict[str, str], more: str = "") -> None:
    """An article as a text file."""
    path = folder / name[-2:] / f"{name}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    day = one.get("published", "")[:10]
    path.write_text(f"{one['title']}\n\n{one['category']}\n{day}\n\n{one['body']}\n{more}", "utf-8")


def reindex(folder: Path, *more: str) -> tuple[float, float, dict[str, object]]:
    """Seconds by the clock, seconds of the processors, and the report of a run."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    code = "from indexer.cli import main; main()"
    given = ("reindex", str(folder / "archive"), "--index", str(folder / "index"), "--json", "-q", *more)
    ended = subprocess.run([sys.executable, "-c", code, *given], capture_output=True, check=False, env=os.environ)
    took, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    if ended.returncode not in (0, 3):
        raise SystemExit(ended.stderr.decode())
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return took, spent, json.loads(ended.stdout)


def change(folder: Path, known: list[dict[str, str]], round_: int, count: int) -> None:
    """Edit, add and remove a third of so many files each."""
    part = count // 3
    some = known[round_ * count : (round_ + 1) * count]
    for one in some[:part]:
        write(folder, one["id"], one, f"Түзетілді: {round_}.\n")
    for at, one in enumerate(some[part : count - part]):
        write(folder, f"жаңа-{round_}-{at}", one, f"Қосылды: {round_}.\n")
    for one in some[count - part :]:
        (folder / one["id"][-2:] / f"{one['id']}.txt").unlink()


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--changed", type=int, default=100)
    given = parser.parse_args()
    shutil.rmtree(given.out, ignore_errors=True)
    known = []
    for one in islice(articles(given.corpus), given.articles):
        write(given.out / "archive", one["id"], one)
        if len(known) < ROUNDS * given.changed:
            known.append(one)
    time.sleep(1)  # a file that has just been written may change again without a sign of it
    took, spent, report = reindex(given.out)
    print(f"{report['documents']} articles in full: {took:.1f} s, {spent:.1f} s of processor time")
    for name, changed in (("nothing changed", 0), (f"{given.changed} changed", given.changed)):
        for round_ in range(ROUNDS):
            if changed:
                change(given.out / "archive", known, round_, changed)
                time.sleep(1)
            again, again_spent, report = reindex(given.out)
            counts = " ".join(f"{key} {report[key]}" for key in ("added", "changed", "removed", "unchanged"))
            parts = f"1/{took / again:.0f} by the clock, 1/{spent / again_spent:.0f} of processor time"
            print(f"{name}: {again:.2f} s, {again_spent:.2f} s; {parts}; {counts}", flush=True)


if __name__ == "__main__":
    main()
