"""The windows that are chosen without a look at most others, held to a look at every one of them.

The seed is printed when a test fails; `SEED=` repeats it. `SCALE=` multiplies the number of texts.
"""

import os
import random
from collections.abc import Sequence
from math import inf

from search.snippets.best import best, opening_marks, reached
from search.snippets.reading import Mark
from search.snippets.window import Window
from search.snippets.windows import Windows

SEED = int(os.environ.get("SEED", "20260211"))
TEXTS = 4000 * int(os.environ.get("SCALE", "1"))
ANY = 1 << 62
"""More than any window is worth."""

WORDS = (
    "мектеп ауыл қала су тасқыны әкім балабақша ж. млн. Б. 2018 өтті ашылды дейді Көкжар «Көкжар» (жол) № 5 бар "
    "екі-үш ұзақ-ұзақ-ұзақ сөйлесті Сонда Ал бірақ оның"
).split()
GAPS = [" "] * 30 + [", "] * 4 + [". "] * 4
GAPS += ["! ", "… ", "?» ", " – ", ": ", "\u00a0", "\t", "\n", "\n\n", ".\n", " «", "  "]


class Maker:
    """Makes marked texts from a seeded generator."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def text(self) -> tuple[str, list[tuple[int, int]]]:
        """A text and the ranges of its words."""
        gaps = self.random.choice([GAPS, GAPS, [" "], [" ", " ", ", "], [" ", " ", ". "], [" ", "\n"]])
        text, words = self.random.choice(["", "", " ", "«", "– "]), []
        for _ in range(self.random.choice([3, 12, 60, 60, 250])):
            word = self.random.choice(WORDS)
            words.append((len(text), len(text) + len(word)))
            text += word + self.random.choice(gaps)
        return text, words

    def marks(self, words: list[tuple[int, int]], text: str, units: int) -> list[Mark]:
        """Some of the words, now and then several as one that stand in one paragraph."""
        share, found, at = self.random.choice([0.02, 0.05, 0.2, 0.6]), [], 0
        while at < len(words):
            count = 1
            if self.random.random() < share:
                if self.random.random() < 0.15:
                    count = self.random.choice([2, 3, 20])
                inside = words[at : at + count]
                while "\n" in text[inside[0][0] : inside[-1][1]]:
                    inside.pop()
                count = len(inside)
                bits = 1 << self.random.randrange(units) | (self.random.random() < 0.1)
                found.append(Mark(inside[0][0], inside[-1][1], bits, tuple(inside)))
            at += count
        return found


def best_of_all(windows: Windows, openers: Sequence[int]) -> Window | None:
    """The best of all windows, whatever they might show at most."""
    seen = reached(windows, openers)
    windows.begin()
    for _, _, after, before, last in seen:
        windows.look(len(windows.starts) - after, before, last, ANY, inf)
    return windows.found


def test_no_window_is_better_than_the_one_that_is_chosen():
    print(f"SEED={SEED}")  # noqa: T201 - pytest shows it when the test fails
    maker, chosen = Maker(SEED), 0
    for _ in range(TEXTS):
        text, words = maker.text()
        units = maker.random.choice([1, 1, 2, 3, 5])
        marks = maker.marks(words, text, units)
        if not marks:
            continue
        weights = tuple(maker.random.choice([1, 1, 2]) for _ in range(units))
        windows = Windows(text, marks, weights, maker.random.choice([80, 120, 200, 400]))
        openers = opening_marks(windows)
        for _ in range(4):
            found = best(windows, openers)
            assert found == best_of_all(windows, openers), (text, marks, windows.length)
            if found is None:
                break
            chosen += 1
            (windows.take if maker.random.random() < 0.7 else windows.refuse)(found)
    assert chosen > TEXTS


def test_the_first_window_shows_every_word_that_fits_beside_one_another():
    """Where each word has one letter: then nothing that a window ends with takes room from the marks in it."""
    chance, shown = random.Random(SEED), 0
    for _ in range(TEXTS):
        length, count = chance.choice([80, 120, 200]), chance.randint(2, 400)
        text = " ".join(chance.choice("абвг") for _ in range(count))
        at = sorted(chance.sample(range(count), chance.randint(1, min(12, count))))
        marks = [Mark(2 * one, 2 * one + 1, 1 << chance.randrange(4), ((2 * one, 2 * one + 1),)) for one in at]
        windows = Windows(text, marks, (1, 1, 1, 1), length)
        found = best(windows, opening_marks(windows))
        most = 0
        for mark in marks:
            units = {other.units for other in marks if mark.start <= other.start and other.end <= mark.start + length}
            most = max(most, len(units))
        assert found
        assert found.units.bit_count() == most, (text, marks, length)
        shown += most
    assert shown > TEXTS
