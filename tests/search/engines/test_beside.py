"""Work in a thread beside."""

import pytest

from search.engines.whoosh.beside import Beside


def test_all_is_done_in_order() -> None:
    done: list[int] = []
    beside = Beside(done.append)
    for number in range(1000):
        beside.give(number)
    beside.finish()
    assert done == list(range(1000))


def test_an_error_is_raised_here_and_nothing_more_is_done() -> None:
    done: list[int] = []

    def work(number: int) -> None:
        if number == 3:
            raise OSError(28, "No space left on device")
        done.append(number)

    beside = Beside(work)
    with pytest.raises(OSError, match="No space"):
        list(map(beside.give, range(10_000)))
    assert done == [0, 1, 2]
    beside.stop()
    with pytest.raises(OSError, match="No space"):
        beside.finish()


def test_an_error_of_the_last_piece_is_raised_at_the_end() -> None:
    def work(number: int) -> None:
        raise ValueError(number)

    beside = Beside(work)
    beside.give(1)
    with pytest.raises(ValueError, match="1"):
        beside.finish()


def test_stopping_twice_is_no_harm() -> None:
    beside = Beside(print)
    beside.stop()
    beside.stop()
