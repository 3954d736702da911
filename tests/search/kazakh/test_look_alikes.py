import pytest

from search.kazakh import analyze


@pytest.mark.parametrize(
    ("typed", "exact"),
    [
        ("спoptшылаpдың", "спортшылардың"),
        ("құрamaның", "құраманың"),
        ("қазгидрomet", "қазгидромет"),
        ("пәtep", "пәтер"),
        ("natpиоt", "патриот"),
    ],
)
def test_a_known_word_with_a_run_of_look_alikes_is_one_word(typed, exact):
    [token] = analyze(typed)
    assert (token.text, token.readings[0].exact) == (typed, exact)


@pytest.mark.parametrize(
    ("typed", "first"), [("GoogleChromeнұсқасын", "GoogleChrome"), ("iphoneның", "iphone"), ("BMVға", "BMV")]
)
def test_latin_words_glued_to_cyrillic_ones_stay_apart(typed, first):
    assert analyze(typed)[0].text == first
