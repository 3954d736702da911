"""Words as numbers between processes."""

import os
import random

import numpy as np
import pytest

from indexer.numbering import Local, Shared

SEED = int(os.environ.get("SEED", "0")) or random.randrange(1 << 30)


@pytest.mark.parametrize("processes", [1, 2, 5])
@pytest.mark.parametrize("most", [0, 7, 1000])
def test_however_many_processes_count_the_numbers_are_the_same(processes: int, most: int) -> None:
    chance = random.Random(SEED)
    chunks = [
        [(chance.choice("ab"), f"сөз{int(chance.expovariate(0.1))}") for _ in range(chance.randrange(30))]
        for _ in range(60)
    ]
    wanted: dict[tuple[str, str], int] = {}
    locals_ = [Local[str]() for _ in range(processes)]
    shared = Shared[str](processes)
    for number, chunk in enumerate(chunks):
        its = locals_[number % processes]
        numbers = np.array([next(its.of([word], kind)) for kind, word in chunk], np.uint32)
        found = shared.take(number % processes, its.news(), numbers)
        if len(its) > most:
            its.forget()
        assert found.tolist() == [wanted.setdefault(word, len(wanted)) for word in chunk], f"{SEED=}"
    assert list(zip(shared.kinds, shared.words, strict=True)) == list(wanted), f"{SEED=}"


def test_a_word_is_sent_once() -> None:
    its = Local[str]()
    list(its.of(["су", "жер", "су"], ""))
    assert its.news().words == [("", "су"), ("", "жер")]
    list(its.of(["жер", "от"], ""))
    news = its.news()
    assert (news.anew, news.words) == (False, [("", "от")])
    assert its.news().words == []


def test_what_is_forgotten_comes_as_new() -> None:
    its = Local[str]()
    list(its.of(["су", "жер", "от"], ""))
    assert len(its.news().words) == len(its) == 3
    its.forget()
    assert list(its.of(["от"], "")) == [0]
    assert its.news().anew
