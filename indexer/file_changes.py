"""What changes in folders and files while one waits: word from the system where it gives any, else by looking."""

import os
import stat
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Final

from watchfiles import Change, watch

LOOK_S: Final = 1.0
"""Seconds between two looks at the paths themselves."""

POLL_S: Final = 30.0
"""Seconds between two looks at everything below the folders, where the system tells nothing."""

_STEP_MS: Final = 100


@dataclass(slots=True)
class Watched:
    """Where to look.

    paths: folders and files, which may be absent at times. aside: folders that do not count, such as the index.
    poll_s: seconds between two looks at everything; None to be told by the system, which network mounts do not do.
    """

    paths: Sequence[Path]
    aside: Collection[Path] = ()
    poll_s: float | None = None


def changes(where: Watched, stop: Event, say: Callable[[str], None]) -> Iterator[set[Path]]:
    """What has changed since the last time, about once a second and often nothing, until `stop` is set.

    Nothing that happens between two of them is missed. say: takes warnings, one line each.
    """
    states = {path: _state(path) for path in where.paths}
    while not stop.is_set():
        folders = [path for path in where.paths if _is_folder(path)]
        for found in _below(folders, where, stop, say):
            before, states = states, {path: _state(path) for path in where.paths}
            moved = {path for path, state in states.items() if state != before[path]}
            yield found | moved
            if any(path in folders or _is_folder(path) for path in moved):
                break  # another folder lies under this name now


def _below(folders: Sequence[Path], where: Watched, stop: Event, say: Callable[[str], None]) -> Iterator[set[Path]]:
    """What has changed below the folders; it ends when they have to be looked for anew."""
    if not folders:
        stop.wait(LOOK_S)
        yield set()
        return
    roots = [path.resolve() for path in folders]
    try:
        for found in watch(
            *roots,
            watch_filter=_filter(roots, [path.resolve() for path in where.aside]),
            debounce=int(LOOK_S * 1000),
            step=_STEP_MS,
            rust_timeout=int(LOOK_S * 1000),
            yield_on_timeout=True,
            stop_event=stop,
            raise_interrupt=False,
            force_polling=where.poll_s is not None,
            poll_delay_ms=int((where.poll_s or POLL_S) * 1000),
            ignore_permission_denied=True,
        ):
            yield {Path(path) for _, path in found}
    except FileNotFoundError:
        stop.wait(LOOK_S)
        yield set()
    except (OSError, RuntimeError) as error:
        if where.poll_s is None:
            say(f"the system does not tell of changes ({error}); looking every {POLL_S:.0f} s instead")
            where.poll_s = POLL_S
        stop.wait(LOOK_S)
        yield set(folders)  # whatever has happened meanwhile


def _filter(roots: Sequence[Path], aside: Sequence[Path]) -> Callable[[Change, str], bool]:
    """Whether a change counts: hidden files are not read, and neither is what lies aside."""

    def counts(_: Change, name: str) -> bool:
        path = Path(name)
        if any(path.is_relative_to(folder) for folder in aside):
            return False
        below = [path.relative_to(root).parts for root in roots if path.is_relative_to(root)]
        return any(not any(part.startswith(".") for part in parts) for parts in below)

    return counts


def _state(path: Path) -> object:
    """What is under this name: another folder is another state, and so is another content of a file."""
    try:
        found = path.stat()
    except OSError:
        return None
    if stat.S_ISDIR(found.st_mode):
        return found.st_dev, found.st_ino
    return found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size


def _is_folder(path: Path) -> bool:
    """Unlike `Path.is_dir`, False also where a mount has failed or a folder above may not be entered."""
    return os.path.isdir(path)  # noqa: PTH112  # see above
