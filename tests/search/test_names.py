"""Texts in arrays: what went in comes out, in order, whatever letters there are.

`SEED=` repeats a random test, `SCALE=` multiplies its rounds.
"""

import os
import random
from hashlib import blake2b

import numpy as np
import pytest

from search import names as module
from search.names import Names, in_order, names_of

SEED = int(os.environ.get("SEED", "20261126"))
SCALE = int(os.environ.get("SCALE", "1"))
LETTERS = "aбқ\0\x7f\ud800\udc00—😀"


def bytes_of(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def some_texts(chance: random.Random) -> list[str]:
    count = chance.choice([0, 1, 2, 30])
    return list({"".join(chance.choices(LETTERS, k=chance.choice([0, 1, 2, 9, 40]))) for _ in range(count)})


def every(names: Names) -> list[str]:
    return names.strings(np.arange(len(names)))


@pytest.mark.parametrize("together", [1, 3, 1 << 14])
def test_texts_come_back_in_the_order_of_their_bytes(monkeypatch: pytest.MonkeyPatch, together: int) -> None:
    monkeypatch.setattr(module, "_TOGETHER", together)
    print(f"SEED={SEED}")  # noqa: T201
    chance = random.Random(SEED + together)
    for _ in range(40 * SCALE):
        texts = some_texts(chance)
        names, places = in_order({text: number for number, text in enumerate(texts)})
        rising = sorted(texts, key=bytes_of)
        assert every(names) == list(names.each()) == rising
        assert [rising[place] for place in places.tolist()] == texts
        assert names.letters().tolist() == list(map(len, rising))
        assert [int(one).to_bytes(8, "little") for one in names.hashes.tolist()] == [
            blake2b(bytes_of(text), digest_size=8).digest() for text in rising
        ]


def test_some_of_them_as_often_as_they_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_TOGETHER", 2)
    texts = ["су", "", "мектеп", "😀", "а"]
    names = names_of(texts)
    asked = [4, 2, 2, 1, 0, 3]
    assert every(names.some(np.array(asked))) == [texts[number] for number in asked]
    assert every(names.some(np.zeros(0, np.int64))) == []


def test_letters_as_code_points() -> None:
    names = names_of(["су", "", "а😀", "\ud800"])
    points, counts = names.points(1, 4)
    assert (points.tolist(), counts.tolist()) == ([ord("а"), ord("😀"), 0xD800], [0, 2, 1])


def test_without_texts() -> None:
    names, places = in_order({})
    assert (len(names), list(names.each()), places.tolist(), names.hashes.tolist()) == (0, [], [], [])
