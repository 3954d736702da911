"""Stored articles as bytes: every field comes back, whatever letters it has."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.articles import decode, encode
from search.model import Article

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=5,
)
OFFSETS = st.integers(-82_800, 82_800).map(lambda seconds: timezone(timedelta(seconds=seconds)))
KAZAKH = "Көкжар ауылында «Жаңа ғасыр» мектебі ашылды – № 5. Оған үш жүз бала барады: ұл-қыздар әнұранды айтты."


@given(
    st.builds(
        Article,
        id=TEXT,
        title=TEXT,
        body=TEXT | st.text("абвгәіңғүұқөһ «»—№\n"),
        url=TEXT,
        published=st.none() | st.datetimes(timezones=OFFSETS),
        category=TEXT,
        source=TEXT,
        author=TEXT,
        lang=TEXT,
        script=TEXT,
        extra=st.dictionaries(TEXT, JSON, max_size=3),
    )
)
def test_an_article_comes_back(article):
    assert decode(encode(article)) == article


def test_a_moment_comes_back_with_its_own_offset():
    local = datetime(1923, 5, 1, 9, 30, tzinfo=timezone(timedelta(hours=5, minutes=7, seconds=48)))
    found = decode(encode(Article("a", "", "", published=local))).published
    assert found == local
    assert found.utcoffset() == local.utcoffset()
    assert decode(encode(Article("a", "", "", published=datetime(2026, 1, 1, tzinfo=UTC)))).published.tzinfo is UTC


def test_a_kazakh_body_takes_a_byte_a_letter():
    assert len(encode(Article("a", "", KAZAKH))) < len(KAZAKH) + 20
    assert decode(encode(Article("a", "", KAZAKH))).body == KAZAKH


@pytest.mark.parametrize("body", ["Qazaqstan – älem", "قازاقستان", "Қазақ ə", "мектеп 😀", "\x98"])
def test_other_letters_come_back_too(body):
    assert decode(encode(Article("a", "", body))).body == body


def test_what_cannot_be_stored_is_named():
    for article in (Article("бір", "", "жарты \ud800"), Article("бір", "", "", extra={"key": object()})):
        with pytest.raises(ValueError, match="'бір' cannot be stored"):
            encode(article)


@given(st.binary())
def test_other_bytes_are_no_article(data):
    with pytest.raises(ValueError, match=r"\w"):
        decode(data)
