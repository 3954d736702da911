"""The power fails at any moment: whatever the disk holds then, the acknowledged generation or the new one opens."""

import random
import shutil
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from search import manifest
from search.generations import Generations
from tests.faults.conftest import NEW, OLD, SCALE, SEED, Bench, Server, fresh
from tests.faults.disk import state
from tests.runs import izde, leftovers, served


@dataclass(frozen=True, slots=True)
class Machine:
    """A bench whose index lies on a disk that is watched."""

    folder: Path
    bench: Bench

    @property
    def how(self) -> str:
        return f"power {self.folder}"


def machine(first: Path, folder: Path) -> Machine:
    (folder / "shadow").mkdir(parents=True)
    return Machine(folder, fresh(first, folder / "disk"))


def cuts(run: Machine, wanted: int, seed: str) -> Iterator[tuple[Bench, str]]:
    """So many states of the disk after the cut, one after another in the place of the run."""
    disk, saved = run.folder / "disk", run.folder / "saved"
    disk.rename(saved)
    for number in range(wanted):
        shutil.copytree(saved, disk)
        # The copies are other files: those that were dirty are known by their paths.
        yield run.bench, state(run.folder / "cut", disk, random.Random(f"{seed} {number}"))
        shutil.rmtree(disk)


def whole(bench: Bench, said: str) -> tuple[str, int]:
    """What a reader gets, each of its files as it was written."""
    generations = Generations(bench.index, poll_ms=0)
    try:
        with generations.lease() as generation:
            folder = bench.index / manifest.GENERATIONS / generation.name
            manifest.check_hashes(folder, manifest.read(folder))
            return generation.name, generation.manifest.documents
    except Exception as error:
        raise AssertionError(f"after {said}") from error
    finally:
        generations.close()


def fail(server: Server, first: Path, folder: Path, at: int, wanted: int) -> None:
    run = machine(first, folder)
    ended = server.run(*run.bench.command, at=at, how=run.how)
    acknowledged = not at
    assert ended.code == (0 if acknowledged else -signal.SIGKILL), ended.output
    for number, (bench, said) in enumerate(cuts(run, wanted, f"{SEED} {at}")):
        name, count = whole(bench, said)
        assert count == (len(OLD) if name == bench.name else len(NEW)), said
        assert name != bench.name or not acknowledged, f"acknowledged and lost: {said}"
        if number % 10 == 0:
            again = izde(*bench.command, "-q")
            assert again.code == 0, (said, again.err)
            assert served(bench.index)[1] == len(NEW)
            assert leftovers(bench.index) == []
    shutil.rmtree(folder)


def points(server: Server, first: Path, folder: Path) -> int:
    ended = server.run(*fresh(first, folder).command)
    assert ended.code == 0, ended.output
    return ended.passed


def test_the_power_fails_at_points_of_a_run(server: Server, first: Path, tmp_path: Path) -> None:
    total = points(server, first, tmp_path / "whole")
    # Publishing and pruning are the last points, and the ones that matter.
    for at in sorted({*range(1 + SEED % 25, total - 60, 25), *range(total - 60 + SEED % 3, total + 1, 3), 0}):
        fail(server, first, tmp_path / str(at), at, 4)


@pytest.mark.long
def test_the_power_fails_at_every_point(server: Server, first: Path, tmp_path: Path) -> None:
    total = points(server, first, tmp_path / "whole")
    for at in range(total + 1):
        fail(server, first, tmp_path / str(at), at, min(50, 10 * SCALE))


def test_the_model_finds_a_file_that_is_never_synced(server: Server, first: Path, tmp_path: Path) -> None:
    """A flip of CURRENT without a sync is lost or damaged in some state: the test is able to fail."""
    run = machine(first, tmp_path / "run")
    assert server.run(*run.bench.command, at=0, how=run.how).code == 0
    told = (run.folder / "cut").read_text()
    current = run.bench.index / manifest.CURRENT
    (run.folder / "cut").write_text(told.replace('"dirty": []', f'"dirty": ["{current}"]'))
    states = {said.rsplit(": ")[-1] for _, said in cuts(run, 40, str(SEED))}
    assert {"empty", "flipped", "kept"} <= states
