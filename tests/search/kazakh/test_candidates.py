import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.kazakh.candidates import candidates
from search.kazakh.fold import fold


def found(word):
    return {(one.kind, one.stem) for one in candidates(fold(word))}


@pytest.mark.parametrize(
    ("word", "kind", "stem"),
    [
        ("қалаларымызға", "noun", "қала"), ("кітабы", "noun", "кітап"), ("халқы", "noun", "халық"), ("мүлкі", "noun",
        "мүлік"),
        ("журналисі", "noun", "журналист"), ("журналистер", "noun", "журналист"), ("мұражайы", "noun", "мұражай"),
        ("үйіндегілердің", "noun", "үй"), ("қаладағылардың", "noun", "қала"), ("балаша", "noun", "бала"),
        ("дамиды", "verb", "дамы"), ("тауып", "verb", "тап"), ("айтпады", "verb", "айт"), ("келгендердің", "verb",
        "кел"),
        ("оқу", "act", "оқы"), ("атау", "act", "ата"), ("жазбаған", "verb", "жаз"), ("бара", "maybe", "бар"),
        ("айтқандықтан", "verb", "айт"), ("құжаттық", "noun", "құжат"),
    ],
)  # fmt: skip
def test_the_reading_is_among_them(word, kind, stem):
    assert (kind, fold(stem)) in found(word)


@pytest.mark.parametrize(
    ("word", "kind", "stem"),
    [("агенттік", "noun", "агент"), ("алма", "noun", "ал"), ("доллар", "noun", "дол"), ("тастар", "noun", "та")],
)
def test_the_reading_is_not_among_them(word, kind, stem):
    assert (kind, fold(stem)) not in found(word)


def test_a_verbal_noun_carries_its_noun():
    (act,) = (one for one in candidates(fold("атауларды")) if one.kind == "act" and one.stem == "ата")
    assert act.noun == "атау"
    assert act.rules == ("case:ди", "plural:лар", "verbal-noun:у")


@given(st.text("абгдежзиклмнопрстухчш", min_size=1, max_size=40))
def test_each_reading_comes_once_and_the_word_itself_first(key):
    readings = candidates(key)
    assert (readings[0].kind, readings[0].stem) == ("noun", key)
    entries = [(one.kind, one.stem, one.noun) for one in readings]
    assert len(set(entries)) == len(entries)
    assert all(one.rules for one in readings[1:])
    assert all(bool(one.noun) == (one.kind == "act") for one in readings)
