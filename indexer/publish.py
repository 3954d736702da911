"""A complete generation becomes the one that is served, in steps of which each leaves a whole index behind.

Up to the flip of CURRENT the old generation serves; from the flip on the new one does. Whatever a killed run leaves
(`.NAME.building`, `.NAME.removing`, a generation that nobody points to) no reader takes for the current one, and the
next run removes it.
"""

from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path

from search import manifest
from search.pointer import names

from .check import check
from .errors import NotDurable
from .files import stage, staged, sync_folder, sync_tree
from .workspace import path_of, remove


def publish(index: Path, name: str, documents: int, commit: Callable[[], None], known: Collection[str] = ()) -> None:
    """Check the generation under construction, make it durable, and let it be served.

    documents: how many articles it must hold. known: files that need not be compared with their hashes again.
    commit: called just before the flip: from then on the run is not interrupted.

    Raises:
        SafetyStop: it does not pass the check.
        OSError: before the flip; the old generation serves.
        NotDurable: after it; the new one does.
    """
    folder = index / manifest.GENERATIONS / manifest.building(name)
    check(folder, documents, known)
    sync_tree(folder)
    try:
        reveal(index, name)
        commit()
        flip(index, name)
    except NotDurable:
        raise
    except BaseException:
        with suppress(OSError):
            remove(index, name)
        raise


def reveal(index: Path, name: str) -> None:
    """Give the finished folder its name."""
    (index / manifest.GENERATIONS / manifest.building(name)).rename(path_of(index, name))
    sync_folder(index / manifest.GENERATIONS)
    sync_folder(index)


def flip(index: Path, name: str) -> None:
    """Let CURRENT name this generation.

    Raises:
        OSError: it could not be written; CURRENT is as it was.
        NotDurable: it was, but the disk did not confirm it.
    """
    path = index / manifest.CURRENT
    stage(path, name.encode() + b"\n")
    try:
        staged(path).replace(path)
    except BaseException:
        staged(path).unlink(missing_ok=True)
        raise
    try:
        sync_folder(index)
    except OSError as error:
        raise NotDurable(
            f"{path}: {error.strerror}; {name} is served, but may not be after a power cut: run again"
        ) from error


def prune(index: Path, keep: int, current: str, before: str) -> list[str]:
    """Remove old generations; in words, what could not be removed (the next run tries again).

    keep: how many stay: the current one, then the one that was served `before` it, then the newest of the others.
    """
    there = names(index)
    kept = [name for name in dict.fromkeys((current, before, *there)) if name in there][:keep]
    failures = []
    for name in there:
        if name not in kept and name != current:
            try:
                remove(index, name)
            except OSError as error:
                failures.append(f"the old generation {name} could not be removed: {error}")
    return failures
