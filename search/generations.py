"""The read side of the index folder: finds the current generation, holds it open, takes up the next one.

A worker asks for the generation anew for every request (`lease`). The small file CURRENT is looked at once in `poll_ms`;
when it names another generation, that one is opened beside the old one, which ends when its last request does. A
generation that cannot be opened is passed over for the one before it, and `degraded` says why.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from . import engines, manifest
from .engines.base import Engine
from .errors import EngineError, IndexCorrupt, IndexFormatTooNew, IndexMissing
from .kazakh import Analyzer, Stemmer
from .kazakh.lexicon import Lexicon, LexiconError
from .manifest import Manifest

_RETRY_S = 2.0
"""How long a failed open is remembered, so that requests do not all try again at once."""


@dataclass(frozen=True, slots=True)
class Generation:
    """A generation that is open for questions; `degraded` says why it is not the one that CURRENT names, if so."""

    name: str
    manifest: Manifest
    engine: Engine
    analyzer: Analyzer
    degraded: str = ""


class _Held:
    """An open generation and the number of leases on it."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self.leases = 0
        self.retired = False


class Generations:
    """The generations of one index folder; safe to share between threads."""

    def __init__(self, folder: Path, poll_ms: int) -> None:
        self.folder = folder
        self._poll_s = poll_ms / 1000
        self._lock = Lock()
        self._held: _Held | None = None
        self._seen: object = None
        self._damaged: dict[str, str] = {}
        self._look_at = 0.0
        self._failure: tuple[float, EngineError] | None = None

    @contextmanager
    def lease(self) -> Iterator[Generation]:
        """The generation that is served now, kept open until the block ends.

        Raises:
            EngineError: no generation can be served.
        """
        held = self._take()
        try:
            yield held.generation
        finally:
            self._give_back(held)

    def recheck(self) -> bool:
        """After an EngineError in the middle of a question: is another generation served now?

        The hashes of the current one are compared with its manifest; if it is damaged, the one before takes its place.
        """
        with self._lock:
            if self._held is None:
                return False
            name = self._held.generation.name
            folder = _path(self.folder, name)
            try:
                manifest.check_hashes(folder, manifest.read(folder))
            except EngineError as error:
                self._damaged[name] = str(error)
                self._retire()
                self._seen = None
                self._look_at = 0.0
            else:
                return False
        try:
            with self.lease() as generation:
                return generation.name != name
        except EngineError:
            return False

    def close(self) -> None:
        """Let go of the open generation, once its last lease ends."""
        with self._lock:
            self._retire()
            self._seen = None

    def _take(self) -> _Held:
        with self._lock:
            now = time.monotonic()
            if self._held is None or now >= self._look_at:
                self._look(now)
            if self._held is None:
                raise self._failure[1] if self._failure else IndexMissing(self.folder)
            self._held.leases += 1
            return self._held

    def _give_back(self, held: _Held) -> None:
        with self._lock:
            held.leases -= 1
            if held.retired and held.leases == 0:
                held.generation.engine.close()

    def _look(self, now: float) -> None:
        """Open what CURRENT names, if that changed. What was open stays open if nothing better can be had."""
        if self._held is None and self._failure and now < self._failure[0]:
            raise self._failure[1]
        self._look_at = now + self._poll_s
        try:
            seen = _stamp(self.folder)
            if self._held is not None and seen == self._seen:
                return
            generation = self._open()
        except EngineError as error:
            if self._held is None:
                self._failure = (now + min(_RETRY_S, self._poll_s), error)
                raise
            return
        self._seen, self._failure = seen, None
        if self._held is None or self._held.generation != generation:
            self._retire()
            self._held = _Held(generation)

    def _open(self) -> Generation:
        current = _current(self.folder)
        problem: EngineError | None = None
        for name in (current, *(name for name in names(self.folder) if name < current)):
            if name in self._damaged:
                problem = problem or IndexCorrupt(_path(self.folder, name), self._damaged[name])
                continue
            degraded = str(problem) if problem else ""
            if self._held is not None and self._held.generation.name == name:
                if self._held.generation.degraded == degraded:
                    return self._held.generation
            try:
                return open_generation(_path(self.folder, name), degraded)
            except (IndexCorrupt, IndexFormatTooNew) as error:
                problem = problem or error
        raise problem or IndexMissing(self.folder)

    def _retire(self) -> None:
        held, self._held = self._held, None
        if held is not None:
            held.retired = True
            if held.leases == 0:
                held.generation.engine.close()


def open_generation(folder: Path, degraded: str = "") -> Generation:
    """The generation in this folder, after a check of its manifest and of its files' sizes.

    Raises:
        IndexCorrupt: a file is not what was written.
        IndexFormatTooNew: a newer Izde wrote it.
        Unavailable: it was made for an engine that this Izde does not have.
    """
    made = manifest.read(folder)
    manifest.check_sizes(folder, made)
    path = folder / manifest.LEXICON
    try:
        lexicon = Lexicon.load(path)
    except (OSError, LexiconError) as error:
        raise IndexCorrupt(path, f"it cannot be read ({error})") from error
    engine = engines.kind(made.engine).open(folder / manifest.ENGINE)
    return Generation(made.name, made, engine, Analyzer(Stemmer(lexicon)), degraded)


def names(folder: Path) -> list[str]:
    """The names of the published generations of an index folder, newest first."""
    try:
        found = [path.name for path in (folder / manifest.GENERATIONS).iterdir()]
    except OSError:
        return []
    return sorted((name for name in found if not name.startswith(".")), reverse=True)


def current_name(folder: Path) -> str | None:
    """The name that CURRENT holds, None if there is no generation yet."""
    try:
        return _current(folder)
    except EngineError:
        return None


def _path(folder: Path, name: str) -> Path:
    return folder / manifest.GENERATIONS / name


def _stamp(folder: Path) -> object:
    try:
        stat = (folder / manifest.CURRENT).stat()
    except OSError as error:
        raise _missing(folder, error) from error
    return stat.st_ino, stat.st_mtime_ns, stat.st_size


def _current(folder: Path) -> str:
    path = folder / manifest.CURRENT
    try:
        name = path.read_text("utf-8").strip()
    except UnicodeDecodeError:
        name = ""
    except OSError as error:
        raise _missing(folder, error) from error
    if not name or "/" in name or name.startswith("."):
        found = names(folder)
        if not found:
            raise IndexCorrupt(path, "it names no generation")
        return found[0]
    return name


def _missing(folder: Path, error: OSError) -> IndexMissing:
    if isinstance(error, PermissionError):
        return IndexMissing(folder, "it may not be read by this user")
    return IndexMissing(folder)
