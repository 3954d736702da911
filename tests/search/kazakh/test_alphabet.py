import random

import pytest

from search.kazakh import sort_key
from search.kazakh.alphabet import ALPHABET


def test_the_alphabet_is_in_its_order():
    assert len(ALPHABET) == len(set(ALPHABET)) == 42
    letters = list(ALPHABET)
    random.Random(1).shuffle(letters)
    assert "".join(sorted(letters, key=sort_key)) == ALPHABET


@pytest.mark.parametrize(
    "ordered",
    [
        "Абай Айдар Ақмола Алма Арал", "Аян Әлем Бала", "Гүл Ғалым Дала", "Кеме Қала Лала", "Нан Ңай Ой Өнер Пән",
        "Тас Уақыт Ұлт Үй Факт Хат Һәм", "Ыстық Ізгі Эко", "Ел ел елде", "2018 Жыл Year", "Алма Banana 北京",
    ],
)  # fmt: skip
def test_words_in_order(ordered):
    words = ordered.split()
    mixed = words[1::2] + words[::2]
    assert sorted(mixed, key=sort_key) == words


def test_a_space_comes_before_letters():
    assert sorted(["Ел басы", "Елбасы", "Ел"], key=sort_key) == ["Ел", "Ел басы", "Елбасы"]


def test_different_texts_have_different_keys():
    assert sort_key("ел") != sort_key("Ел")
