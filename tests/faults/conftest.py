"""A server of runs, and an index with one generation to run on."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from search import manifest
from tests.indexes import ARTICLES
from tests.runs import archive, izde

ROOT = Path(__file__).parents[2]
SCALE = int(os.environ.get("SCALE", "1"))
SEED = int(os.environ.get("SEED", "20261123"))

OLD = ARTICLES[:12]
NEW = (replace(OLD[0], title="Көкжарда мектеп жөнделді"), *OLD[1:], ARTICLES[12])
"""The archive before and after: one article changed, one added."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended: its exit code (negative: the signal), the points it passed, what it printed."""

    code: int
    passed: int
    output: str


class Server:
    """Runs the command in a process of its own."""

    def __init__(self, folder: Path) -> None:
        self._output = folder / "output"
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.server"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def start(self, *args: object, at: int = 0, how: str = "kill") -> int:
        """Begin a run; its process id."""
        assert self._process.stdin
        assert self._process.stdout
        request = {"args": [str(arg) for arg in args], "at": at, "how": how, "output": str(self._output)}
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def ended(self) -> Ended:
        """Wait for the run that was begun last."""
        assert self._process.stdout
        code, passed = json.loads(self._process.stdout.readline())
        return Ended(code, passed, self._output.read_text("utf-8"))

    def run(self, *args: object, at: int = 0, how: str = "kill") -> Ended:
        """A run from its begin to its end."""
        self.start(*args, at=at, how=how)
        return self.ended()

    def close(self) -> None:
        """End the server."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait(30)
        self._process.stdout.close()


@dataclass(frozen=True, slots=True)
class Bench:
    """A folder with the archive as it is now, and an index of the archive as it was: `name` is its generation."""

    folder: Path
    name: str

    @property
    def index(self) -> Path:
        """The folder of the index."""
        return self.folder / "index"

    @property
    def command(self) -> tuple[object, ...]:
        """The command that brings the index up to date."""
        return ("reindex", self.folder / "archive", "--index", self.index, "--config", self.folder / "izde.toml")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    made = Server(tmp_path_factory.mktemp("server"))
    yield made
    made.close()


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("first")
    made = izde("reindex", archive(folder / "archive", OLD), "--index", folder / "index", "-q")
    assert made.code == 0, made.err
    archive(folder / "archive", NEW)
    return folder


@pytest.fixture
def bench(first: Path, tmp_path: Path) -> Bench:
    return fresh(first, tmp_path / "bench")


def fresh(first: Path, folder: Path) -> Bench:
    """A bench of its own."""
    shutil.copytree(first, folder)
    (folder / "izde.toml").write_text(f'quarantine = "{folder / "quarantine"}"\nkeep = 1\n')
    return Bench(folder, (folder / "index" / manifest.CURRENT).read_text().strip())
