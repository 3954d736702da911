"""Generations that are not served any more and that somebody still reads to the end: a few, and not for ever.

A harvest names the generation that it began with. That one is opened again as long as its folder is there, and stays
open between the requests of the harvest, also when its folder is removed meanwhile: the files that are open stay
readable. Whoever comes back after `idle_s` seconds may find it gone.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from . import manifest
from .errors import IndexMissing
from .generation import Generation, open_generation
from .pointer import names

MOST = 2
IDLE_S = 120.0


@dataclass(slots=True)
class _Pin:
    generation: Generation
    leases: int = 0
    used: float = 0.0
    dropped: bool = False


class Pinned:
    """The older generations of one index folder that are open; safe to share between threads.

    Never more than `most` are kept; one that is dropped while somebody reads it ends with its last lease.
    """

    def __init__(self, folder: Path, most: int = MOST, idle_s: float = IDLE_S) -> None:
        self._folder = folder
        self._most, self._idle_s = most, idle_s
        self._opening = Lock()
        self._lock = Lock()
        self._pins: dict[str, _Pin] = {}

    @contextmanager
    def lease(self, name: str) -> Iterator[Generation]:
        """The generation of this name, kept open until the block ends.

        Raises:
            IndexMissing: there is none.
            EngineError: it cannot be opened.
        """
        pin = self._take(name)
        try:
            yield pin.generation
        finally:
            self._give_back(pin)

    def __len__(self) -> int:
        """How many are open."""
        with self._lock:
            return len(self._pins)

    def sweep(self) -> None:
        """Let go of those that nobody asked for lately."""
        if not self._pins:
            return
        with self._lock:
            old = time.monotonic() - self._idle_s
            ended = self._drop([name for name, pin in self._pins.items() if not pin.leases and pin.used <= old])
        _close(ended)

    def close(self) -> None:
        """Let go of all, once their last leases end."""
        with self._lock:
            ended = self._drop(list(self._pins))
        _close(ended)

    def _take(self, name: str) -> _Pin:
        with self._opening:
            with self._lock:
                if name in self._pins:
                    return self._lent(self._pins[name])
            if name not in names(self._folder):
                raise IndexMissing(self._folder, f"there is no generation {name!r}")
            opened = _Pin(open_generation(self._folder / manifest.GENERATIONS / name))
            with self._lock:
                by_use = sorted(self._pins, key=lambda one: self._pins[one].used)
                ended = self._drop(by_use[: max(0, len(by_use) - self._most + 1)])
                self._pins[name] = opened
                lent = self._lent(opened)
        _close(ended)
        return lent

    def _give_back(self, pin: _Pin) -> None:
        with self._lock:
            pin.leases -= 1
            pin.used = time.monotonic()
            ends = pin.dropped and pin.leases == 0
        if ends:
            pin.generation.close()

    @staticmethod
    def _lent(pin: _Pin) -> _Pin:
        pin.leases += 1
        pin.used = time.monotonic()
        return pin

    def _drop(self, dropped: list[str]) -> list[_Pin]:
        """Take these out; those of them that nobody reads are to be closed."""
        pins = [self._pins.pop(name) for name in dropped]
        for pin in pins:
            pin.dropped = True
        return [pin for pin in pins if not pin.leases]


def _close(pins: list[_Pin]) -> None:
    for pin in pins:
        pin.generation.close()
