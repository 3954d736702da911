"""Runs `izde` in forks of itself, each with its own point of failure: a run costs a fork, not a start of Python.

A request is a line of JSON: `args`, `at` and `how` of `points.py`, `output` (a file for what it prints). The first
answer is the process id, the second the exit code (negative: the signal) and the number of points that were passed.
"""

import contextlib
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import indexer.cli
from tests.faults.points import Points


def _child(request: dict[str, Any], passed: Path) -> int:
    with Path(request["output"]).open("w", encoding="utf-8") as output:
        os.dup2(output.fileno(), 1)
        os.dup2(output.fileno(), 2)
    points = Points(request["at"], request["how"])
    sys.argv = ["izde", *request["args"]]
    points.install()
    code: object = 0
    try:
        indexer.cli.main()
    except SystemExit as error:
        code = error.code
    points.at = 0
    points.cut()
    with contextlib.suppress(OSError):
        sys.stdout.flush()
        passed.write_text(str(points.passed))
    return code if isinstance(code, int) else 1


def _answer(value: object) -> None:
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


def _warm(folder: Path) -> None:
    """Run once here, so that forks have every module that a run loads, and what it keeps in memory."""
    (folder / "a.jsonl").write_text(json.dumps({"id": "a", "title": "Көктем", "body": "Ауылда көктем басталды."}))
    arguments = ["reindex", str(folder / "a.jsonl"), "--index", str(folder / "index"), "-q"]
    with contextlib.suppress(SystemExit):
        indexer.cli.izde(arguments, standalone_mode=False)


def main() -> None:
    """Serve until the input ends."""
    with tempfile.TemporaryDirectory() as folder:
        _warm(Path(folder))
        passed = Path(folder, "passed")
        for line in sys.stdin:
            passed.write_text("0")
            child = os.fork()
            if child == 0:
                os._exit(_child(json.loads(line), passed))
            _answer(child)
            status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            _answer([status, int(passed.read_text() or 0)])  # a kill may come while it is written


if __name__ == "__main__":
    main()
