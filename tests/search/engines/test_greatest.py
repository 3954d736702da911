"""The greatest keys without sorting all of them: as by sorting all of them, whatever is equal."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_segments import SCALE, SEED

from search.engines.whoosh import greatest
from search.engines.whoosh.greatest import best


def right(keys: np.ndarray, count: int) -> list[int]:
    return sorted(range(len(keys)), key=lambda place: (-keys[place], place))[:count]


@given(st.lists(st.sampled_from([-np.inf, -1.0, 0.0, 0.5, 0.5000001, 2.0, np.inf])), st.integers(0, 40))
def test_few_keys(keys: list[float], count: int) -> None:
    assert best(np.array(keys), count).tolist() == right(np.array(keys), count)


@pytest.mark.parametrize("different", [1, 2, 7, 300, 10**6])
@pytest.mark.parametrize("size", [17, 1024, 1025, 4000])
def test_many_keys_of_which_many_are_equal(different: int, size: int) -> None:
    print(f"SEED={SEED}")  # noqa: T201
    source = np.random.default_rng(SEED + different + size)
    for _ in range(20 * SCALE):
        keys = source.integers(0, different, size) * 0.1
        if source.random() < 0.3:
            keys.sort()
        for count in (0, 1, 2, int(source.integers(1, size)), size // 20, size - 1, size, size + 1):
            assert best(keys, count).tolist() == right(keys, count)


@pytest.mark.parametrize(("size", "count", "most"), [(4000, 10, 0), (40_000, 2000, 6000)])
def test_only_those_above_a_guess_are_looked_at(
    size: int, count: int, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = [0]
    exactly = greatest._exactly
    monkeypatch.setattr(greatest, "_exactly", lambda keys, count: looked.append(len(keys)) or exactly(keys, count))
    keys = np.random.default_rng(SEED).random(size)
    assert best(keys, count).tolist() == right(keys, count)
    assert max(looked) <= most


def test_a_guess_that_finds_too_few_is_not_taken() -> None:
    keys = np.zeros(3200)
    keys[::16] = np.arange(1, 201)  # all that the guess is made from is greater than the rest
    keys[5] = 0.5
    for count in (1, 30, 60, 199):
        assert best(keys, count).tolist() == right(keys, count)
