import pytest

from search.kazakh.fold import fold
from search.kazakh.suffixes import VOWELS, elided, kept, slot
from search.kazakh.tables import rows

SLOTS = sorted({row["slot"] for row in rows("suffixes")})


def lefts(word, *names):
    return [cut.left for cut in slot(*names).cuts(word)]


@pytest.mark.parametrize("name", SLOTS)
def test_cuts_keep_two_letters_with_a_vowel(name):
    for length in range(2, 12):
        for ending in slot(name).endings:
            word = ("кала" * 5)[-length:] + ending
            for cut in slot(name).cuts(word):
                assert word.startswith(cut.left)
                assert len(cut.left) >= 2
                assert VOWELS & set(cut.left)
                assert cut.rule.startswith(name + ":")
                assert word == cut.left + cut.rule.partition(":")[2]


@pytest.mark.parametrize(
    ("word", "left"),
    [("калалар", "кала"), ("форумдар", "форум"), ("китаптар", "китап"), ("клубтар", "клуб"), ("педагогтар", "педагог")],
)
def test_plurals_that_agree_come_off(word, left):
    assert lefts(word, "plural") == [left]


@pytest.mark.parametrize("word", ["каладар", "калатар", "форумлар", "форумтар", "китаплар", "китапдар"])
def test_plurals_that_do_not_agree_stay(word):
    assert lefts(word, "plural") == []


@pytest.mark.parametrize("word", ["", "а", "лар", "алар", "сстар", "дар"])
def test_too_little_is_never_left(word):
    assert lefts(word, "plural") == []


def test_slots_that_stand_in_the_same_place_are_one():
    both = slot("converb", "finite")
    assert set(both.endings) == set(slot("converb").endings) | set(slot("finite").endings)
    assert {last for ending in both.endings for last in ending[-1:]} == set(both.lengths)
    for last, lengths in both.lengths.items():
        assert list(lengths) == sorted({len(ending) for ending in both.endings if ending[-1] == last})


def test_voiced_forms_of_elided_nouns_are_known():
    assert elided()["халк"] == elided()["халг"] == "халик"


def test_kept_nouns_are_known_before_a_vowel():
    word = fold(rows("lyq_keep")[0]["word"])
    assert {word, word[:-1] + "г"} <= kept()
