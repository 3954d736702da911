"""Processes that work for this one: each gets every n-th task, and results come in the order of the tasks."""

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from queue import Queue
from threading import Thread
from typing import Any, Protocol, TypeVar

from .errors import IndexerError

T = TypeVar("T")

_AHEAD = 3
"""Tasks in work or waiting for each process: enough to keep it busy, few enough to stay small in memory."""

_BECOME = ""
"""In the place of a method: what is sent is what the object is made of."""

Make = Callable[..., Any]


class Workers(Protocol):
    """Something that does tasks. A task is the name of a method, and what it is called with.

    count: how many work at the same time.
    """

    count: int

    def map(self, method: str, tasks: Iterable[Any]) -> Iterator[tuple[int, Any]]:
        """Who did it and what came of it, for each task in order: the n-th task is done by number n modulo `count`."""

    def each(self, method: str, task: Any) -> None:
        """Have everyone do this task."""

    def later(self, method: str, task: Any) -> Callable[[], Any]:
        """Begin one task beside, where that can be; the result is there when the function given back returns.

        What was begun by one worker is asked for in the order in which it was begun.
        """

    def close(self) -> None:
        """End the work, done or not."""


class Alone:
    """Who does all in this process. make: gives the object with the methods."""

    count = 1

    def __init__(self, make: Make, *arguments: Any) -> None:
        self._does = make(*arguments)

    def map(self, method: str, tasks: Iterable[Any]) -> Iterator[tuple[int, Any]]:
        """As `Workers.map`."""
        return ((0, getattr(self._does, method)(task)) for task in tasks)

    def each(self, method: str, task: Any) -> None:
        """As `Workers.each`."""
        getattr(self._does, method)(task)

    def later(self, method: str, task: Any) -> Callable[[], Any]:
        """As `Workers.later`; it is done at once."""
        result = getattr(self._does, method)(task)
        return lambda: result

    def close(self) -> None:
        """Nothing to end."""


class Processes:
    """Processes of their own, each with an object that `make` gives.

    Started anew rather than forked: a fork would hold the lock of the run as long as it lives.
    """

    def __init__(self, count: int, make: Make, *arguments: Any) -> None:
        self.count = count
        self._turn = 0
        self._ends: list[Connection] = []
        self._processes = []
        context = get_context("spawn")
        try:
            for _ in range(count):
                ours, theirs = context.Pipe()
                self._ends.append(ours)
                process = context.Process(target=_serve, args=(theirs,), daemon=True)
                process.start()
                self._processes.append(process)
                theirs.close()
            self.become(make, *arguments)
        except BaseException:
            self.close()
            raise

    def become(self, make: Make, *arguments: Any) -> None:
        """Give each another object in the place of the one it has; nothing may be asked of that any more."""
        for number in range(self.count):
            self._send(number, _BECOME, (make, arguments))

    def map(self, method: str, tasks: Iterable[Any]) -> Iterator[tuple[int, Any]]:
        """As `Workers.map`; a task that fails fails this.

        Raises:
            IndexerError: a process was ended.
        """
        waiting: deque[int] = deque()
        for number, task in enumerate(tasks):
            end = number % self.count
            self._send(end, method, task)
            waiting.append(end)
            if len(waiting) >= self.count * _AHEAD:
                yield self._result(waiting.popleft())
        while waiting:
            yield self._result(waiting.popleft())

    def each(self, method: str, task: Any) -> None:
        """As `Workers.each`."""
        for number in range(self.count):
            self._send(number, method, task)
        for number in range(self.count):
            self._result(number)

    def later(self, method: str, task: Any) -> Callable[[], Any]:
        """As `Workers.later`; each in turn does one of these tasks."""
        number = self._turn % self.count
        self._turn += 1
        self._send(number, method, task)
        return lambda: self._result(number)[1]

    def close(self) -> None:
        """End them all, whatever they do."""
        for end in self._ends:
            end.close()
        for process in self._processes:
            process.kill()
            process.join()
            process.close()
        self._ends.clear()
        self._processes.clear()

    def _send(self, number: int, method: str, task: Any) -> None:
        try:
            self._ends[number].send((method, task))
        except OSError as error:
            raise _ended() from error

    def _result(self, number: int) -> tuple[int, Any]:
        try:
            failed, result = self._ends[number].recv()
        except (EOFError, OSError) as error:
            raise _ended() from error
        if failed:
            raise result
        return number, result


class Crew:
    """The processes of a run, begun when they are first wanted: they do one work after another."""

    def __init__(self) -> None:
        self._held: Processes | None = None

    def workers(self, count: int, make: Make, *arguments: Any) -> Workers:
        """So many who do this work, in this process if one is enough; whoever did another work is done with it."""
        if count <= 1:
            return Alone(make, *arguments)
        if self._held is not None and self._held.count == count:
            self._held.become(make, *arguments)
        else:
            self.close()
            self._held = Processes(count, make, *arguments)
        return self._held

    def close(self) -> None:
        """End them all, whatever they do."""
        if self._held is not None:
            self._held.close()
            self._held = None


def gathered(
    things: Iterable[T], most: int, size: Callable[[T], int] = lambda _: 0, largest: int = 1
) -> Iterator[list[T]]:
    """The things as tasks: so many together, fewer where their sizes come to `largest`."""
    task: list[T] = []
    held = 0
    for thing in things:
        task.append(thing)
        held += size(thing)
        if len(task) >= most or held >= largest:
            yield task
            task, held = [], 0
    if task:
        yield task


def _ended() -> IndexerError:
    return IndexerError(
        "a process that analyses was ended, perhaps for lack of memory; the old index serves on."
        " Run again with --workers 1"
    )


def _serve(end: Connection) -> None:
    """In a worker: a signal to the whole group is the parent's business, and the worker ends with its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    tasks: Queue[tuple[str, Any] | None] = Queue()
    # Read beside, so that the parent never waits to send while we wait to send.
    Thread(target=_receive, args=(end, tasks), daemon=True).start()
    does: Any = None
    with suppress(OSError):
        while (asked := tasks.get()) is not None:
            method, task = asked
            if method == _BECOME:
                make, arguments = task
                does = make(*arguments)
                continue
            try:
                result = False, getattr(does, method)(task)
            except Exception as error:
                result = True, error
            end.send(result)


def _receive(end: Connection, tasks: "Queue[tuple[str, Any] | None]") -> None:
    with suppress(EOFError, OSError):
        while True:
            tasks.put(end.recv())
    tasks.put(None)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
