"""What holds of the analysis for every text there can be. `SCALE=` multiplies the number of examples."""

import os
import time
import unicodedata

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from search.kazakh import Analyzer, detect, is_stop
from search.kazakh.clean import clean
from search.kazakh.fold import fold, settle
from search.kazakh.homoglyphs import repair
from search.kazakh.numerals import roman_form
from search.kazakh.tables import rows
from search.kazakh.tokenize import MAX_FORM, tokenize

SCALE = int(os.environ.get("SCALE", "1"))
ANALYZER = Analyzer()

many = settings(max_examples=1000 * SCALE, deadline=None)

SHORT_FORMS = frozenset(row["form"] for row in rows("units"))
LETTERS = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
# Characters that some rule looks at, so that rules meet one another often.
NOTABLE = (
    "аәкқсыіёйэшщьъАӘКҚСЫІabcghijosxyzABCQSXıəñşğúáńćýıvхіхХVI0123456789٣²½Ⅷ.,:;-–‑—'’ʼ`´\"«»“%‰/_()№ "
    "\t\n\u00a0\u202f\u2028"
    "\u00ad\u200b\u200d\u202e\ufeff\u0301\u0306\u0308\u0307\u0328ءاتشقەۇﻗﷲـ\u064e\ud800\udfff\0北가𐐀ßŒﬁǅİİ"
)
ANY = st.text(st.characters(), max_size=60)
TEXT = ANY | st.text(st.sampled_from(NOTABLE), max_size=40)
WORDS = ["Форумда", "БҰҰ-ның", "сондай-ақ", "16.10.2018", "1 500 000", "«Нұр»-дың", "VIII", "ХХІ", "s'aı",
    "тас\u00adқын", "қ\u0301ара",
         "жəне", "vлкен", "قازاق", "COVID-19", "90-е", "новости", "news", "şaxmat", "GoogleChromeнұсқасы"]  # fmt: skip
MIXED = st.lists(st.sampled_from(WORDS) | TEXT, max_size=8).map(" ".join)
LANGS = st.sampled_from([None, "", "kk", "ru", "en", "ky"])


def stems(text: str, lang: str | None) -> list[tuple[str, ...]]:
    return ANALYZER.terms(text, lang).stems


@many
@given(TEXT | MIXED, LANGS)
def test_tokens_are_pieces_of_the_text_in_order(text, lang):
    end = 0
    for position, token in enumerate(ANALYZER.analyze(text, lang)):
        assert end <= token.start < token.end <= len(text)
        end = token.end
        assert token.text == text[token.start : token.end]
        assert token.position == position
        assert token.readings
        for reading in token.readings:
            assert reading.exact
            assert reading.key
            assert reading.stem
            assert reading.rules
            assert reading.lang in ("kk", "ru", "en", "")
        is_stop(token)


@many
@given(TEXT | MIXED, LANGS)
def test_columns_are_the_tokens(text, lang):
    tokens, terms = ANALYZER.analyze(text, lang), ANALYZER.terms(text, lang)
    assert [token.start for token in tokens] == terms.starts
    assert [token.end for token in tokens] == terms.ends
    assert [token.readings[0].exact for token in tokens] == terms.exacts
    assert [token.readings[0].key for token in tokens] == terms.keys
    assert [token.stems for token in tokens] == terms.stems


@many
@given(TEXT | MIXED, st.sampled_from(["", "kk", "ru", "en", "ky"]))
def test_a_query_has_every_reading_that_an_article_has(text, lang):
    query, index = ANALYZER.analyze(text), ANALYZER.analyze(text, lang)
    for asked, written in zip(query, index, strict=True):
        assert set(written.stems) <= set(asked.stems)
        assert asked.exacts == written.exacts


@many
@given(TEXT)
def test_composed_and_decomposed_text_is_the_same(text):
    composed, decomposed = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assert stems(composed, None) == stems(decomposed, None)
    assert ANALYZER.terms(composed).exacts == ANALYZER.terms(decomposed).exacts


@many
@given(
    st.lists(st.text(LETTERS, min_size=1, max_size=20) | st.integers(0, 9999).map(str), max_size=6).map(" ".join), LANGS
)
def test_capitals_make_no_difference(text, lang):
    assume(SHORT_FORMS.isdisjoint(text.split()))  # ғ. is a century, Ғ. a name
    for other in (text.upper(), text.title()):
        assert stems(other, lang) == stems(text, lang)
        assert ANALYZER.terms(other, lang).exacts == ANALYZER.terms(text, lang).exacts


@many
@given(st.text(LETTERS, min_size=1, max_size=20))
def test_a_word_typed_without_kazakh_letters_is_the_same_word(word):
    plain = word.translate(str.maketrans("әғқңөұүһі", "агкноууxи".replace("x", "х")))
    assume(roman_form(word) is None is roman_form(plain))  # х alone is ten
    assume(SHORT_FORMS.isdisjoint((word, plain)))
    assert stems(plain, "kk") == stems(word, "kk")


@many
@given(TEXT | st.text(LETTERS))
def test_folding_twice_changes_nothing(text):
    key = fold(text)
    assert fold(key) == key
    assert settle(key) == key


@many
@given(TEXT)
def test_cleaning_and_repairing_twice_change_nothing(text):
    cleaned = clean(text).text
    assert clean(cleaned).text == cleaned
    assert repair(repair(text)) == repair(text)


@many
@given(TEXT)
def test_the_way_back_covers_every_character(text):
    cleaned = clean(text)
    places = [cleaned.original(at, at + 1) for at in range(len(cleaned.text))]
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert [start for start, _ in places] == sorted(start for start, _ in places)


@many
@given(TEXT | MIXED)
def test_spans_are_ordered_and_forms_are_short(text):
    cleaned = clean(text).text
    last = 0
    for start, end, form in tokenize(cleaned):
        assert last <= start < end <= len(cleaned)
        assert cleaned[start:end].startswith(form)
        assert 0 < len(form) <= MAX_FORM
        last = end


@many
@given(TEXT | MIXED)
def test_any_text_has_a_language_or_none(text):
    found = detect(text)
    assert found.lang in ("kk", "ru", "en", "ky", "")
    assert found.script in ("Cyrl", "Latn", "Arab", "")


PIECES = ["а", "ә", "q", "1", " ", "-", "'", "1.", "1,", "1 000 ", "123 ", "123,", "а-", "а'", "«",
          "сөз-\n", "сөз\u00ad\n", "Аа", "ҚР-", "%-", "\u0301",
    "а\u0301", "\u200b", "e\u0308",
          "\u1112", "ق", "ﷲ", "ـ", "x", "ch", "abcабв", "тегілердің", "GoogleЧ", "\ud800", "𐐀", "北", "\n", "0:",
          "дағы", "VI"]  # fmt: skip


@pytest.mark.parametrize("piece", PIECES, ids=ascii)
def test_hostile_text_is_read_in_good_time(piece):
    """A wide ceiling: a text of 200,000 characters takes far less, unless the time grows with its square."""
    text = piece * (200_000 // len(piece)) + "1234"
    began = time.perf_counter()
    terms = ANALYZER.terms(text, "kk")
    detect(text)
    assert time.perf_counter() - began < 10
    assert len(terms.starts) == len(terms.stems)
