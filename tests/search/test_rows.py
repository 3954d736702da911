"""The rows of words in arrays: each once, in order, and known by number to whoever had them in another order.

`SEED=` repeats a random test, `SCALE=` multiplies its rounds.
"""

import os
import pickle
import random

import pytest

from search import rows as module
from search.kazakh import Row
from search.rows import rows_of

SEED = int(os.environ.get("SEED", "20261126"))
SCALE = int(os.environ.get("SCALE", "1"))


def some_rows(chance: random.Random) -> list[Row]:
    def text() -> str:
        return "".join(chance.choices("аб\0😀", k=chance.choice([0, 1, 1, 2, 9])))

    rows = [
        (text(), text(), tuple(text() for _ in range(chance.randrange(4)))) for _ in range(chance.choice([0, 9, 40]))
    ]
    return rows + chance.choices(rows, k=5) if rows else rows


@pytest.mark.parametrize("together", [1, 7, 1 << 13])
def test_every_row_once_in_order(monkeypatch: pytest.MonkeyPatch, together: int) -> None:
    monkeypatch.setattr(module, "_TOGETHER", together)
    print(f"SEED={SEED}")  # noqa: T201
    chance = random.Random(SEED + together)
    for _ in range(60 * SCALE):
        given = some_rows(chance)
        rows, places = rows_of(given)
        rising = sorted(set(given))
        assert list(rows) == rising
        assert len(rows) == len(rising)
        assert [rising[place] for place in places.tolist()] == given
        starts, stems = rows.stems
        its = [rows.names.strings(stems[starts[at] : starts[at + 1]]) for at in range(len(rows))]
        assert its == [list(dict.fromkeys(stems)) for *_, stems in rising]
        assert list(pickle.loads(pickle.dumps(rows))) == rising


def test_rows_with_the_same_form_and_key_lie_by_their_stems() -> None:
    given: list[Row] = [
        ("ала", "ала", ("ала",)),
        ("ала", "ала", ()),
        ("ала", "ала", ("ал", "ала")),
        ("ала", "ала", ("ал",)),
        ("ала", "ал", ("я",)),
        ("ала", "ала", ("ал", "ала")),
    ]
    rows, places = rows_of(given)
    assert [given[at] for at in (4, 1, 3, 2, 0)] == list(rows)
    assert places.tolist() == [4, 1, 3, 2, 0, 3]


def test_one_row_and_some_rows() -> None:
    rows, _ = rows_of([(text, text, (text,)) for text in "вабг"])
    every = list(rows)
    assert [exact for exact, *_ in every] == list("абвг")
    assert (rows[0], rows[-1], rows[1:3], rows[::-2]) == (every[0], every[3], every[1:3], every[::-2])
    with pytest.raises(IndexError):
        rows[4]
