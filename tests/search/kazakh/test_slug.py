import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.kazakh import slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Әліпби: ғылым, қоңыр, өңір, ұлы, үлкен, һәм, іс", "alipbi-gylym-qonyr-onir-uly-ulken-ham-is"),
        ("Ескі көпір жөнделді", "eski-kopir-zhondeldi"),
        ("Объект пен альбом", "obekt-pen-albom"),
        ("«Көкжар» — 2018!", "kokzhar-2018"),
        ("Café Łódź", "cafe-lodz"),
        ("", ""), ("…—!?", ""), ("\ud800", ""), ("--а--", "a"),
    ],
)  # fmt: skip
def test_slug(text, expected):
    assert slug(text) == expected


def test_it_is_cut_between_words():
    assert slug("бір екі үш төрт", limit=9) == "bir-eki"
    assert slug("бір екі үш төрт", limit=10) == "bir-eki"
    assert slug("бір екі үш төрт", limit=11) == "bir-eki-ush"
    assert slug("сөз" * 100, limit=10) == "sozsozsozs"


@given(st.text(st.characters()), st.integers(1, 100))
def test_any_text_gives_a_slug(text, limit):
    found = slug(text, limit)
    assert re.fullmatch("(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", found)
    assert len(found) <= limit
    assert slug(found, limit) == found
