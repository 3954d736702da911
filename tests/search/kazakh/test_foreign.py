from concurrent.futures import ThreadPoolExecutor

import pytest

from search.kazakh.foreign import ascii_letters, english, russian


@pytest.mark.parametrize(
    "family",
    ["новость новости новостями новостей", "ёлка елка ёлки елки", "выборы выборов выборам", "школа школу школе"],
)
def test_russian_forms_share_a_marked_stem(family):
    (stem,) = {russian(word) for word in family.split()}
    assert stem.startswith("ru:")


@pytest.mark.parametrize("family", ["election elections", "run running runs", "school schools"])
def test_english_forms_share_a_marked_stem(family):
    (stem,) = {english(word) for word in family.split()}
    assert stem.startswith("en:")


@pytest.mark.parametrize("word", ["", "қала", "news", "2018", "а-б", "новостиi", "\ud800"])
def test_what_is_no_russian_word(word):
    assert russian(word) is None


@pytest.mark.parametrize("word", ["", "café", "новость", "2018", "a-b", "don't"])
def test_what_is_no_english_word(word):
    assert english(word) is None


@pytest.mark.parametrize(
    ("letter", "letters"), [("é", "e"), ("ß", "ss"), ("ł", "l"), ("æ", "ae"), ("\u0301", ""), ("1", "")]
)
def test_ascii_letters(letter, letters):
    assert ascii_letters(letter) == letters


def test_threads_do_not_disturb_one_another():
    words = ["новостями", "выборов", "школами", "правительственный", "областей"] * 400
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(russian, words)) == [russian(word) for word in words]
