import pytest

from search.kazakh.script import KAZAKH_LETTERS, has_kazakh_letters, script_of


@pytest.mark.parametrize(
    ("word", "script"),
    [
        ("қала", "Cyrl"), ("ҚАЛА", "Cyrl"), ("qala", "Latn"), ("ńáý", "Latn"), ("şığıs", "Latn"), ("قالا", "Arab"),
        ("ﻗﺎﻻ", "Arab"), ("жəне", "Cyrl"), ("iPhone-ға", "Cyrl"), ("qalа", "Cyrl"), ("2018", ""), ("", ""), ("北京",
        ""),
        ("Ελλάς", ""), ("שלום", ""), ("!", ""), ("٣", ""), ("\ud800", ""),
    ],
)  # fmt: skip
def test_script_of(word, script):
    assert script_of(word) == script


def test_the_nine_letters():
    assert len(KAZAKH_LETTERS) == 9
    assert all(has_kazakh_letters(f"а{letter}") for letter in KAZAKH_LETTERS)
    assert not has_kazakh_letters("абвгдеёжзийклмнопрстуфхцчшщъыьэюя")
    assert not has_kazakh_letters("i")
