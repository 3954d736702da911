"""What a half-typed word may be the beginning of, in every script."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.kazakh import analyze
from search.kazakh.arabic import arabic_keys
from search.kazakh.beginnings import beginnings
from search.kazakh.fold import fold
from search.kazakh.latin import latin_keys
from search.kazakh.tables import rows


def letters(table):
    found = [row["letters"] for row in rows(table) if row.get("where", "any") == "any"]
    return st.lists(st.sampled_from(found), min_size=1, max_size=8).map("".join)


CYRILLIC = st.text("аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя", min_size=1, max_size=12)


def fits(typed, key):
    return any(key.startswith(one.key) for one in beginnings(typed))


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("қала", {"кала"}),
        ("ҚАЛА", {"кала"}),
        ("кала", {"кала"}),
        ("qala", {"кала"}),
        ("قالا", {"кала"}),
        ("bas", {"бас", "баш"}),
        ("داۋلەت", {"даулет", "даулеч"}),
        ("эким", {"еким", "аким"}),
        ("қай", {"каи", "кае"}),
        ("қиы", {"ки"}),
        ("2018", {"2018"}),
        ("", set()),
        ("!", set()),
        ("а" * 65, set()),
    ],
)
def test_beginnings_of_keys(typed, keys):
    found = {one.key for one in beginnings(typed)}
    assert keys <= found
    assert bool(keys) == bool(found)


def test_letters_are_kept_apart_where_the_key_joins_them():
    (one,) = beginnings("қиы")
    assert one.letters == "кии"


@given(CYRILLIC, st.data())
@settings(max_examples=1000)
def test_a_word_in_cyrillic_letters_is_found_by_any_of_its_beginnings(word, data):
    typed = word[: data.draw(st.integers(1, len(word)))]
    assert fits(typed, fold(word)) or not beginnings(typed)


@given(letters("latin"), st.data())
@settings(max_examples=1000)
def test_a_word_in_latin_letters_is_found_by_any_of_its_beginnings(word, data):
    typed = word[: data.draw(st.integers(1, len(word)))]
    assert all(fits(typed, key) or not beginnings(typed) for key in latin_keys(word)[:1])


@given(letters("arabic"), st.data())
@settings(max_examples=1000)
def test_a_word_in_arabic_letters_is_found_by_any_of_its_beginnings(word, data):
    typed = word[: data.draw(st.integers(1, len(word)))]
    assert all(fits(typed, key) or not beginnings(typed) for key in arabic_keys(word)[:1])


@pytest.mark.parametrize("table", ["fold", "latin", "arabic"])
def test_the_examples_of_the_tables(table):
    for row in rows(table):
        keys = {reading.key for token in analyze(row["example"]) for reading in token.readings}
        for length in range(1, len(row["example"]) + 1):
            typed = row["example"][:length]
            assert not beginnings(typed) or any(fits(typed, key) for key in keys), (row, typed)


@given(st.text(max_size=70))
@settings(max_examples=300)
def test_every_text_has_an_answer(text):
    for one in beginnings(text):
        assert one.key
        assert one.letters
