"""How far a run is, on stderr: a bar on a terminal, a line every ten seconds in a log, nothing if quiet."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol, TextIO

EVERY_S = 10.0


class Step(Protocol):
    """Tells that some more are done."""

    def __call__(self, count: int = 1) -> None: ...  # noqa: D102


class Progress:
    """Shows phases of a run, each with its count, rate and remaining time.

    quiet: show nothing. stream: where to; stderr if None.
    """

    def __init__(self, *, quiet: bool, stream: TextIO | None = None, every_s: float = EVERY_S) -> None:
        self._stream = sys.stderr if stream is None else stream
        self._quiet = quiet
        self._every_s = every_s

    def note(self, text: str) -> None:
        """Say something that is good to know."""
        if not self._quiet:
            print(f"izde: {text}", file=self._stream, flush=True)

    @contextmanager
    def phase(self, name: str, total: int | None = None, unit: str = "мақала") -> Iterator[Step]:
        """One phase; call what it gives once for each article (or `unit`). `total` is None where nobody knows."""
        if self._quiet:
            yield _nothing
        elif self._stream.isatty():
            with _bar(name, total, unit, self._stream) as step:
                yield step
        else:
            yield _Lines(name, total, unit, self._stream, self._every_s).step


def _nothing(count: int = 1) -> None:
    pass


@contextmanager
def _bar(name: str, total: int | None, unit: str, stream: TextIO) -> Iterator[Step]:
    from tqdm import tqdm  # it takes as long to load as it takes to read a hundred articles

    tqdm.monitor_interval = 0  # no thread of its own
    with tqdm(total=total, desc=name, unit=f" {unit}", file=stream, dynamic_ncols=True, leave=False) as bar:

        def step(count: int = 1) -> None:
            bar.update(count)

        yield step


class _Lines:
    """A line now and then, for logs."""

    def __init__(self, name: str, total: int | None, unit: str, stream: TextIO, every_s: float) -> None:
        self._name, self._total, self._unit, self._stream, self._every_s = name, total, unit, stream, every_s
        self._done = 0
        self._began = self._next = time.monotonic()
        self._next += every_s

    def step(self, count: int = 1) -> None:
        """So many more."""
        self._done += count
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + self._every_s
        rate = self._done / (now - self._began)
        rest = f" / {self._total}, тағы {(self._total - self._done) / rate:.0f} с" if self._total else ""
        print(f"{self._name}: {self._done}{rest}, {rate:.0f} {self._unit}/с", file=self._stream, flush=True)
