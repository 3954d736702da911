"""Processes that work for the run."""

import os
import time
from multiprocessing import active_children

import pytest

from indexer.errors import IndexerError
from indexer.processes import Alone, Processes, Workers


class Worker:
    """What they do in these tests."""

    def __init__(self, base: int) -> None:
        self._base = base

    def plus(self, number: int) -> int:
        return self._base + number

    def long(self, size: int) -> bytes:
        return b"x" * size

    def refused(self, number: int) -> int:
        raise ValueError(f"not {number}")

    def die(self, number: int) -> None:
        os._exit(number)


@pytest.fixture(params=[0, 1, 3])
def workers(request: pytest.FixtureRequest):
    made: Workers = Processes(request.param, Worker, 10) if request.param else Alone(Worker, 10)
    yield made
    made.close()
    assert not active_children()


def test_results_come_in_order(workers: Workers) -> None:
    found = list(workers.map("plus", range(50)))
    assert [value for _, value in found] == [10 + number for number in range(50)]
    assert [who for who, _ in found] == [number % workers.count for number in range(50)]


def test_large_tasks_and_results_do_not_block(workers: Workers) -> None:
    sizes = [3_000_000 + number for number in range(10)]
    assert [len(value) for _, value in workers.map("long", sizes)] == sizes
    asked = [workers.later("plus", number) for number in range(7)]
    assert [one() for one in asked] == list(range(10, 17))


def test_an_error_is_raised_here(workers: Workers) -> None:
    with pytest.raises(ValueError, match="not 7"):
        list(workers.map("refused", [7, 8, 9]))


def test_a_process_that_ends_is_said() -> None:
    some = Processes(2, Worker, 10)
    try:
        with pytest.raises(IndexerError, match="--workers 1"):
            list(some.map("die", [3] * 10))
    finally:
        some.close()
    assert not active_children()


def test_closing_does_not_wait_for_work() -> None:
    some = Processes(1, Worker, 10)
    some.later("long", 500_000_000)
    began = time.monotonic()
    some.close()
    assert time.monotonic() - began < 20
    assert not active_children()
