"""Work that is done in a thread beside, in the order it was given."""

from collections.abc import Callable
from queue import Queue
from threading import Thread
from typing import Generic, TypeVar

T = TypeVar("T")

_WAITING = 8
"""Pieces of work that wait at the most: memory is bounded."""


class Beside(Generic[T]):
    """Calls `work` with one thing after another. An error ends it, and is raised by the next call here."""

    def __init__(self, work: Callable[[T], None]) -> None:
        self._work = work
        self._queue: Queue[T | None] = Queue(_WAITING)
        self._error: BaseException | None = None
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def give(self, thing: T) -> None:
        """Have this done; waits where much is waiting already."""
        self._check()
        self._queue.put(thing)

    def finish(self) -> None:
        """Wait until all is done."""
        self.stop()
        self._check()

    def stop(self) -> None:
        """Wait for the end of what was begun, whatever came of it; twice is no harm."""
        if self._thread.is_alive():
            self._queue.put(None)
            self._thread.join()

    def _run(self) -> None:
        while (thing := self._queue.get()) is not None:
            if self._error is None:
                try:
                    self._work(thing)
                except BaseException as error:
                    self._error = error

    def _check(self) -> None:
        if self._error is not None:
            raise self._error
