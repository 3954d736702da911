import unicodedata

import pytest

from search.kazakh.clean import clean


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("", ""),
        ("ASCII - stays 'as' it is\t\n\x00", "ASCII - stays 'as' it is\t\n\x00"),
        ("тас\u00adқын", "тасқын"),
        ("су\u200bтас\u2060қын\ufeff", "сутасқын"),
        ("\u202eбір\u202c", "бір"),
        ("и\u0306", "й"),
        ("Е\u0308лка", "Ёлка"),
        ("ха\u0301лық", "халық"),
        ("50\u00a0000\u202f000\u2009тг", "50 000 000 тг"),
        ("2017\u20132021 ақ\u2011қу", "2017-2021 ақ-қу"),
        ("бірде — екіде", "бірде — екіде"),
        ("\u212a", "K"),
        ("ءبى\u064eر", "ءبىر"),
        ("я\ufe0f", "я"),
        ("\ud800а\udfff", "\ud800а\udfff"),
        ("𐐀и\u0306𐐀", "𐐀й𐐀"),
        ("ӘҚ", "ӘҚ"),
    ],
)
def test_clean(text, cleaned):
    assert clean(text).text == cleaned


def test_without_a_change_of_length_positions_are_the_same():
    found = clean("50\u00a0000 теңге")
    assert not found.begins
    assert found.original(3, 6) == (3, 6)


def test_the_way_back_to_the_original():
    text = "Көктемде тас\u00adқынға и\u0306од"
    found = clean(text)
    for word, original in (("тасқынға", "тас\u00adқынға"), ("йод", "и\u0306од"), ("Көктемде", "Көктемде")):
        start = found.text.index(word)
        begin, end = found.original(start, start + len(word))
        assert text[begin:end] == original


@pytest.mark.parametrize("text", ["қи\u0306ын", "а\u200b", "е\u0308" * 10, "\u0301\u0301а", "\u1112\u1161\u11ab"])
def test_every_cleaned_character_has_a_place(text):
    found = clean(text)
    assert len(found.begins) == len(found.ends) == len(found.text)
    assert list(found.begins) == sorted(found.begins)
    assert all(begin < end <= len(text) for begin, end in zip(found.begins, found.ends, strict=True))
    assert unicodedata.is_normalized("NFC", found.text)
