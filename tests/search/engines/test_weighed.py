"""Which articles hold words of some weight: as by adding up the weights of each."""

import random

import numpy as np
import pytest
from small_segments import SCALE, seeded

from search.engines.whoosh.packed import packed, unpacked
from search.engines.whoosh.weighed import MOST_WORDS, Weighed

DOCUMENTS = 300


def weights_of(source: random.Random, words: int) -> list[float]:
    """Halves and quarters, whose sums are exact in any order; often equal ones, now and then 0."""
    kinds = [[0.25, 0.5, 1.0], [1.0], [0.0, 2.0, 0.25], [float(2**place) for place in range(words)]]
    return source.choices(source.choice(kinds), k=words)


@pytest.mark.parametrize("words", range(MOST_WORDS + 1))
def test_those_whose_words_weigh_enough(words: int) -> None:
    source = seeded(words)
    for _ in range(10 * SCALE):
        weights = weights_of(source, words)
        rows = np.array([[source.random() < 0.4 for _ in range(DOCUMENTS)] for _ in weights]).reshape(words, DOCUMENTS)
        sums = np.array(weights) @ rows if words else np.zeros(DOCUMENTS)
        weighed = Weighed([packed(row) for row in rows], weights, DOCUMENTS)
        needs = [-1.0, 0.0, 0.1, *source.sample(sorted(set(sums.tolist())), 1), sum(weights), sum(weights) + 0.1]
        for need in [*needs, *(source.uniform(0, sum(weights)) for _ in range(5)), *needs]:
            found = weighed.at_least(need)
            assert unpacked(found, DOCUMENTS).tolist() == (sums >= need).tolist(), f"{weights} reach {need}"
            assert not (found & ~packed(np.ones(DOCUMENTS, np.bool_))).any(), "none after the last article"


def test_equal_needs_are_looked_at_once() -> None:
    """However many words there are: of equal weight only how many an article holds counts."""
    rows = [packed(np.arange(DOCUMENTS) % (place + 2) == 0) for place in range(MOST_WORDS)]
    weighed = Weighed(rows, [1.0] * MOST_WORDS, DOCUMENTS)
    for need in range(MOST_WORDS + 1):
        weighed.at_least(need)
    assert sum(map(len, weighed._made)) <= MOST_WORDS * (MOST_WORDS + 1) / 2


def test_all_words_weigh_what_they_weigh_in_all() -> None:
    """However their sum is rounded."""
    source = seeded(5)
    for _ in range(200 * SCALE):
        weights = [source.random() for _ in range(source.randint(1, MOST_WORDS))]
        rows = [packed(np.arange(DOCUMENTS) % 7 == 3)] * len(weights)
        weighed = Weighed(rows, weights, DOCUMENTS)
        assert weighed.at_least(weighed._left[0]).tolist() == rows[0].tolist()
