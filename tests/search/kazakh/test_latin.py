import pytest

from search.kazakh.fold import fold
from search.kazakh.latin import MAX_READINGS, latin_keys, latin_letters
from search.kazakh.tables import rows


@pytest.mark.parametrize("row", rows("latin"), ids=lambda row: f"{row['letters']} {row['where']}")
def test_every_row_reads_its_example(row):
    assert row["letters"] in row["example"]
    assert row["example_key"] in latin_keys(row["example"])


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("тәуелсіздік", "täuelsızdık táýelsizdik ta'y'elsizdik täwelsizdik tauelsizdik"),
        ("қыркүйек", "qyrküiek qyrkúıek qyrky'iek qırküyek"),
        ("шаңырақ", "şañyraq shańyraq s'an'yraq şañıraq shanyraq"),
        ("жұмысшы", "jūmysşy jumysshy jumıs'ı".replace("s'ı", "sşı")),
        ("ғалым", "ğalym ǵalym g'alym ğalım galym"),
        ("өнер", "öner óner o'ner"),
    ],
)
def test_every_alphabet_comes_to_the_key_of_the_cyrillic_word(cyrillic, latin):
    for word in latin.split():
        assert fold(cyrillic) in latin_keys(word), (word, latin_keys(word))


@pytest.mark.parametrize("apostrophe", "'’‘ʼʻʹ`´")
def test_every_apostrophe_is_one(apostrophe):
    assert latin_keys(f"a{apostrophe}ke") == latin_keys("a'ke")


@pytest.mark.parametrize(("word", "key"), [("łódź", "лодз"), ("đ", "д"), ("þ", "тх"), ("ñ", "н"), ("a1b2", "а1б2")])
def test_foreign_letters_and_digits(word, key):
    assert key in latin_keys(word)


def test_a_word_of_nothing_has_no_key():
    assert latin_keys("") == latin_keys("'") == latin_keys("''") == ()


@pytest.mark.parametrize("word", ["xwhcyi" * 10, "ch" * 32, "x" * 64, "şaxmatxanacyw"])
def test_readings_are_few_different_and_the_likeliest_first(word):
    keys = latin_keys(word)
    assert 1 <= len(keys) <= MAX_READINGS
    assert len(set(keys)) == len(keys)
    assert keys[0] == latin_keys(word)[0]


def test_latin_letters_of_a_mixed_word_are_read_and_the_rest_stays():
    assert latin_letters("сzс") == "сзс"
    assert latin_letters("каzаk") == "казак"
