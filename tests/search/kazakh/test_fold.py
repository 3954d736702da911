import pytest

from search.kazakh.fold import fold, settle
from search.kazakh.tables import rows


@pytest.mark.parametrize("row", rows("fold"), ids=lambda row: row["letter"])
def test_every_row_folds_its_example(row):
    assert row["letter"] in row["example"]
    assert fold(row["example"]) == row["example_key"]


@pytest.mark.parametrize(
    "spellings",
    [
        "қыркүйек қыркуйек киркуйек", "тәуелсіз тауелсиз таyелсіз".replace("y", "у"), "мәжіліс мажилис мажыліс",
        "өңір онир оңир", "ғұмыр гумыр", "ёлка елка", "экономика економика", "тыйым тиім", "ащы ашшы", "кеңсе кенсе",
    ],
)  # fmt: skip
def test_spellings_of_a_word_share_a_key(spellings):
    assert len({fold(spelling) for spelling in spellings.split()}) == 1


@pytest.mark.parametrize("pair", ["қала құла", "ел ол", "бас беш", "тас тыс", "дала бала"])
def test_different_words_keep_different_keys(pair):
    one, other = pair.split()
    assert fold(one) != fold(other)


@pytest.mark.parametrize("key", ["", "иии", "шшш", "аие", "ииеие", "қ", "北", "a1-'"])
def test_settling_twice_changes_nothing(key):
    assert settle(settle(key)) == settle(key)


def test_letters_that_the_table_does_not_know_stay():
    assert fold("x1-北'") == "x1-北'"
