import pytest

from search.kazakh import analyze, is_stop
from search.kazakh.tables import rows


def token(word):
    (found,) = analyze(word)
    return found


@pytest.mark.parametrize("row", rows("stop"), ids=lambda row: f"{row['lang']} {row['word']}")
def test_every_stop_word_is_one_in_its_example(row):
    found = [one for one in analyze(row["example"]) if one.text.lower() == row["word"]]
    assert found
    assert all(is_stop(one) for one in found)


@pytest.mark.parametrize(
    "word", ["мектеп", "ана", "қой", "алып", "форум", "тыйым", "киім", "2018", "school", "новости", "北京"]
)
def test_words_that_are_asked_for_are_none(word):
    assert not is_stop(token(word))


def test_kazakh_words_in_other_scripts_count_by_key():
    assert is_stop(token("jáne"))
    assert is_stop(token("jäne"))
    assert is_stop(token("جانە"))


def test_a_text_without_kazakh_letters_counts_by_key():
    assert not is_stop(token("жане"))
    assert is_stop(token("жане"), letterless=True)
    assert is_stop(token("ушин"), letterless=True)
    assert not is_stop(token("киім"), letterless=True)  # it has one of the letters, so it means what it says


def test_look_alikes_and_capitals_are_no_hiding_place():
    assert is_stop(token("жəне"))
    assert is_stop(token("ЖӘНЕ"))
