import pytest

from search.kazakh.homoglyphs import repair
from search.kazakh.tables import rows

TABLE = rows("homoglyphs")


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"U+{ord(row['letter']):04X}")
def test_every_row_repairs_its_example(row):
    assert row["letter"] in row["example"].lower() + row["example"]
    assert repair(row["example"]) == row["result"]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"U+{ord(row['letter']):04X}")
def test_a_look_alike_alone_is_replaced_only_by_an_always_rule(row):
    expected = row["kazakh"] if row["rule"] == "always" else row["letter"].lower().replace("\u0307", "")
    assert repair(row["letter"]) == expected


@pytest.mark.parametrize("word", ["Instagram", "Qazaqstan", "şahar", "Ελλάς", "café"])
def test_words_without_a_cyrillic_letter_keep_theirs(word):
    assert repair(word) == word.lower()


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"U+{ord(row['letter']):04X}")
def test_nothing_is_left_to_repair(row):
    once = repair(row["example"])
    assert repair(once) == once


def test_a_capital_may_look_like_another_letter():
    assert repair("шаhар") == "шаһар"
    assert repair("Hарық") == "нарық"


def test_a_dotted_capital_leaves_no_mark():
    assert repair("İstanbul") == "istanbul"
