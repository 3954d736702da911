"""The folder of an index as the indexer sees it: names of generations, the one under construction, what runs left."""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from search import manifest
from search.freshness import FAILED
from search.freshness import LAST as LAST  # who works in the folder finds its names here
from search.pointer import names

from .files import remove_tree, staged

SCRATCH = "scratch"
_LEFTOVER = re.compile(r"\..*\.(building|removing)")
_TIME = "%Y%m%dT%H%M%SZ"


def path_of(index: Path, name: str) -> Path:
    """The folder of a published generation."""
    return index / manifest.GENERATIONS / name


def prepare(index: Path) -> None:
    """Make the folders, and remove what runs that were killed have left. Only under the lock."""
    generations = index / manifest.GENERATIONS
    generations.mkdir(parents=True, exist_ok=True)
    for path in leftovers(index):
        if path.is_dir():
            remove_tree(path)
        else:
            path.unlink(missing_ok=True)


def leftovers(index: Path) -> list[Path]:
    """What a run that was killed has left, or what one at work has made so far.

    Raises:
        OSError: a folder cannot be read.
    """
    generations = index / manifest.GENERATIONS
    folders = generations.iterdir() if generations.exists() else ()
    files = [staged(index / name) for name in (manifest.CURRENT, LAST, FAILED)]
    return [*(one for one in folders if _LEFTOVER.fullmatch(one.name)), *(one for one in files if one.exists())]


def new_name(index: Path, now: datetime) -> str:
    """A name that sorts after all there are, even if the clock was set back."""
    stamp = now.astimezone(UTC).strftime(_TIME)
    newest = max((name.split("-")[0] for name in names(index)), default="")
    if stamp <= newest:
        with suppress(ValueError):
            latest = datetime.strptime(newest, _TIME).replace(tzinfo=UTC)
            stamp = (latest + timedelta(seconds=1)).strftime(_TIME)
    return f"{stamp}-{secrets.token_hex(2)}"


@contextmanager
def building(index: Path, name: str) -> Iterator[Path]:
    """The folder that a new generation is built in, with its scratch folder; what is left of it goes afterwards."""
    folder = index / manifest.GENERATIONS / manifest.building(name)
    try:
        (folder / SCRATCH).mkdir(parents=True)
        yield folder
    finally:
        with suppress(OSError):
            remove_tree(folder)


def remove(index: Path, name: str) -> None:
    """Remove a generation; it is hidden first, so that a half-removed one is never taken for whole.

    Raises:
        OSError: it cannot be removed; the next run tries again.
    """
    folder = path_of(index, name)
    if folder.exists():
        hidden = folder.with_name(f".{name}.removing")
        folder.rename(hidden)
        remove_tree(hidden)
