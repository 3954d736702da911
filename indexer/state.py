"""What there is in an index folder, for those who look after it."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import msgspec

from search import manifest
from search.errors import EngineError
from search.freshness import Failure, last_failure, last_success
from search.generations import Generations
from search.manifest import Manifest
from search.pointer import current_name, names

from .lock import Holder, holder
from .report import Report
from .textfile import last_report
from .workspace import path_of


class GenerationState(msgspec.Struct, frozen=True):
    """A generation on disk; `damage` says what is wrong with it, empty if nothing was found."""

    name: str
    documents: int = 0
    newest: date | None = None
    created: datetime | None = None
    bytes: int = 0
    damage: str = ""


class State(msgspec.Struct, frozen=True):
    """An index folder.

    current: what CURRENT names; served: what a reader gets; problem: why that is not the same, or why it is nothing.
    running: the run at work now; last: the report of the last run that succeeded.
    failed: the run after that one which failed, None if none did.
    """

    index: str
    current: str
    served: str
    problem: str
    generations: tuple[GenerationState, ...]
    running: Holder | None
    last_success: datetime | None
    last: Report | None
    failed: Failure | None = None

    @property
    def exit_code(self) -> int:
        """0: all is well, 1: nothing can be served, 3: something is damaged, but an index is served."""
        if not self.served:
            return 1
        return 3 if self.problem or any(one.damage for one in self.generations) else 0


def state(index: Path) -> State:
    """Look at the folder; files are compared with their manifests by size."""
    served, problem = _served(index)
    return State(
        index=str(index),
        current=current_name(index) or "",
        served=served,
        problem=problem,
        generations=tuple(_look(index, name, manifest.check_sizes) for name in names(index)),
        running=holder(index),
        last_success=last_success(index),
        last=last_report(index),
        failed=last_failure(index),
    )


def verified(index: Path) -> tuple[GenerationState, ...]:
    """Every generation, each file read and compared with its hash, newest first."""
    return tuple(_look(index, name, manifest.check_hashes) for name in names(index))


def _look(index: Path, name: str, check: Callable[[Path, Manifest], None]) -> GenerationState:
    folder = path_of(index, name)
    try:
        made = manifest.read(folder)
    except EngineError as error:
        return GenerationState(name, damage=str(error))
    damage = ""
    try:
        check(folder, made)
    except EngineError as error:
        damage = str(error)
    size = sum(entry.size for entry in made.files.values())
    return GenerationState(name, made.documents, made.newest, made.created, size, damage)


def _served(index: Path) -> tuple[str, str]:
    """The name that a reader would get, and what is wrong."""
    generations = Generations(index, poll_ms=0)
    try:
        with generations.lease() as generation:
            return generation.name, generation.degraded
    except EngineError as error:
        return "", str(error)
    finally:
        generations.close()
