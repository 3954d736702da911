"""The read side of the index folder: finds the current generation, holds it open, takes up the next one.

A worker asks for the generation anew for every request (`lease`). The small file CURRENT is looked at once in
`poll_ms`; when it names another generation, that one is opened beside the old one, which ends when its last request
does. A generation that cannot be opened is passed over for the one before it, and `degraded` says why. An older one
that is still on disk can be had by its name.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from . import manifest
from .errors import EngineError, IndexCorrupt, IndexMissing
from .generation import Generation, open_generation
from .pinned import Pinned
from .pointer import names, pointed, stamp

__all__ = ["Generation", "Generations", "open_generation"]

_log = logging.getLogger("izde.index")

_RETRY_S = 2.0
"""How long a failed open is remembered, so that requests do not all try again at once."""

_DEGRADED_RETRY_S = 30.0
"""How often a generation that was passed over is tried again, since what was wrong may have been passing."""

_TRIES = 3
"""How often CURRENT may change under an open before that counts as a failure."""


class _Held:
    """An open generation and the number of leases on it."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self.leases = 0
        self.retired = False


class Generations:
    """The generations of one index folder; safe to share between threads.

    One thread at a time looks and opens (`_opening`); meanwhile the others go on with what is open. `_lock` guards the
    fields and is never held while a file is read.
    """

    def __init__(self, folder: Path, poll_ms: int) -> None:
        self.folder = folder
        self._poll_s = poll_ms / 1000
        self._pinned = Pinned(folder)
        self._opening = Lock()
        self._lock = Lock()
        self._held: _Held | None = None
        self._ending = 0
        self._seen: object = None
        self._look_at = 0.0
        self._retry_at = 0.0
        self._damaged: dict[str, str] = {}
        self._failure: tuple[float, EngineError] | None = None

    @contextmanager
    def lease(self, name: str | None = None) -> Iterator[Generation]:
        """The generation that is served now, kept open until the block ends; or the one of this name (`pinned.py`).

        Raises:
            EngineError: no generation can be served, or not this one.
        """
        self._pinned.sweep()
        held = self._take() if name is None else self._take_named(name)
        if held is None:
            with self._pinned.lease(str(name)) as older:
                yield older
            return
        try:
            yield held.generation
        finally:
            self._give_back(held)

    def recheck(self) -> bool:
        """After an EngineError in the middle of a question: whether another generation is served now.

        The hashes of the current one are compared with its manifest; if it is damaged, the one before takes its place.
        """
        with self._opening:
            held = self._held
            if held is None:
                return False
            name = held.generation.name
            folder = self.folder / manifest.GENERATIONS / name
            try:
                manifest.check_hashes(folder, manifest.read(folder))
            except EngineError as error:
                self._damaged[name] = str(error)
            else:
                return False
            try:
                generation, seen = self._open()
            except EngineError as error:
                self._hold(None, None, error)
                return False
            self._hold(generation, seen)
            return True

    @property
    def open(self) -> int:
        """How many are open: the one that is served, older ones whose last requests go on, and those of harvests."""
        with self._lock:
            return (self._held is not None) + self._ending + len(self._pinned)

    def close(self) -> None:
        """Let go of what is open, once its last lease ends."""
        with self._opening:
            self._hold(None, None)
        self._pinned.close()

    def _take(self) -> _Held:
        while True:
            self._follow()
            with self._lock:
                if self._held is not None:
                    self._held.leases += 1
                    return self._held
                if self._failure is not None:
                    raise self._failure[1].with_traceback(None)

    def _take_named(self, name: str) -> _Held | None:
        """What is served now, if that is its name and it is whole."""
        held = self._take()
        if held.generation.name == name:
            return held
        self._give_back(held)
        return None

    def _give_back(self, held: _Held) -> None:
        with self._lock:
            held.leases -= 1
            ends = held.retired and held.leases == 0
            self._ending -= ends
        if ends:
            held.generation.close()

    def _follow(self) -> None:
        """Take up what CURRENT names, if it is time to look and no other thread does."""
        if not self._due() or not self._opening.acquire(blocking=self._held is None):
            return
        try:
            if self._due():
                self._look()
        finally:
            self._opening.release()

    def _due(self) -> bool:
        with self._lock:
            now = time.monotonic()
            if self._held is None:
                return self._failure is None or now >= self._failure[0]
            return now >= self._look_at

    def _look(self) -> None:
        """Open what CURRENT names, if that changed. What is open stays open if nothing better can be had."""
        held, now = self._held, time.monotonic()
        try:
            if held is not None and stamp(self.folder) == self._seen and not self._retries(held, now):
                self._look_at = now + self._poll_s
                return
            generation, seen = self._open()
        except EngineError as error:
            if held is None:
                self._hold(None, None, error)
            self._look_at = now + self._poll_s
            return
        self._hold(generation, seen)

    def _retries(self, held: _Held, now: float) -> bool:
        return bool(held.generation.degraded) and now >= self._retry_at

    def _open(self) -> tuple[Generation, object]:
        """The best generation there is, and the stamp of CURRENT at that time."""
        for attempt in range(1, _TRIES + 1):
            seen = stamp(self.folder)
            try:
                return self._best(), seen
            except EngineError:
                # A run may have published and pruned between the look at CURRENT and the open.
                if attempt == _TRIES or stamp(self.folder) == seen:
                    raise
        raise AssertionError("unreachable")

    def _best(self) -> Generation:
        current, problem = pointed(self.folder)
        older = [name for name in names(self.folder) if not current or name < current]
        for name in [current, *older] if current else older:
            path = self.folder / manifest.GENERATIONS / name
            degraded = str(problem) if problem else ""
            held = self._held.generation if self._held is not None else None
            if name in self._damaged:
                problem = problem or IndexCorrupt(path, self._damaged[name])
            elif held is not None and (held.name, held.degraded) == (name, degraded):
                return held
            else:
                try:
                    return open_generation(path, degraded)
                except EngineError as error:
                    problem = problem or error
        raise problem or IndexMissing(self.folder)

    def _hold(self, generation: Generation | None, seen: object, failure: EngineError | None = None) -> None:
        """Put this generation (or none, and why) in the place of the held one, which ends with its last lease."""
        now = time.monotonic()
        with self._lock:
            self._seen = seen
            self._look_at = now + self._poll_s
            self._retry_at = now + _DEGRADED_RETRY_S
            self._failure = (now + min(_RETRY_S, self._poll_s), failure) if failure else None
            old = self._held
            if old is not None and old.generation is generation:
                return
            self._held = None if generation is None else _Held(generation)
            if generation is not None and generation.degraded:
                _log.warning("%s is served instead of the current generation: %s", generation.name, generation.degraded)
            ends = old is not None and old.leases == 0
            if old is not None:
                old.retired = True
                self._ending += not ends
        if old is not None and ends:
            old.generation.close()
