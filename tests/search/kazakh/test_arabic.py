import pytest

from search.kazakh.arabic import arabic_exact, arabic_keys
from search.kazakh.fold import fold
from search.kazakh.tables import rows


@pytest.mark.parametrize("row", rows("arabic"), ids=lambda row: f"U+{ord(row['letters'][0]):04X} {row['letters']}")
def test_every_row_reads_its_example(row):
    assert row["letters"] in row["example"]
    assert arabic_keys(row["example"])[0] == row["example_key"]


@pytest.mark.parametrize(
    ("cyrillic", "arabic"),
    [
        ("үкімет", "ۇكىمەت"),
        ("мектеп", "مەكتەپ"),
        ("жаңа", "جاڭا"),
        ("ғалым", "عالىم"),
        ("әйел", "ءايەل"),
        ("шаруа", "شارۋا"),
    ],
)
def test_a_word_has_the_key_of_its_cyrillic_spelling(cyrillic, arabic):
    assert fold(cyrillic) in arabic_keys(arabic)


def test_joined_forms_are_letters_and_the_stretching_sign_is_none():
    assert arabic_exact("ﻗﺎﺯﺍﻗ") == "قازاق"
    assert arabic_exact("قـــازاق") == "قازاق"
    assert arabic_keys("ﻗﺎﺯﺍﻗ") == arabic_keys("قازاق")


def test_a_pair_that_may_be_one_letter_or_two_has_two_keys():
    assert len(arabic_keys("اتشى")) == 2
    assert len(arabic_keys("اشى")) == 1


def test_unknown_signs_stay():
    assert arabic_keys("ٷ٪") != ("",)
    assert "2" in arabic_keys("ا2")[0]
