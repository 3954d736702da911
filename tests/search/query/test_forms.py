import pytest
from small_archive import ANALYZER, vocabulary_of

from search.kazakh import Analyzer
from search.model import Match, Scope
from search.query.forms import exact_forms
from search.query.nodes import scored_sequences
from search.query.parser import parse
from search.query.rewrite import Rewriter
from search.query.words import Sources

ARTICLES = (
    "Мектепте үлкен кітапхана бар.",
    "Кітапхана таңертең ашылады, аула тар.",
    "Тар көше мен тәрбие.",
    "Қала тарихи.",
)


@pytest.fixture
def vocabulary(tmp_path):
    vocabulary = vocabulary_of(tmp_path / "vocabulary.bin", ARTICLES)
    yield vocabulary
    vocabulary.close()


def forms(text, vocabulary, *, letterless=True):
    return [exact_forms(token, vocabulary, letterless=letterless) for token in Analyzer().analyze(text)]


@pytest.mark.parametrize(
    "typed", ["китапхана", "кытапхана", "kitaphana", "kıtaphana", "kitapxana", "kitapkhana", "كىتاپحانا"]
)
def test_the_commonest_form_stands_beside_the_one_typed(vocabulary, typed):
    assert forms(typed, vocabulary) == [(typed, "кітапхана")]


def test_a_latin_word_with_several_readings_has_the_forms_of_the_known_ones(vocabulary):
    assert forms("mektepte ulken", vocabulary) == [("mektepte", "мектепте"), ("ulken", "үлкен")]


def test_words_in_kazakh_letters_are_what_they_are(vocabulary):
    assert forms("кітапхана тар", vocabulary, letterless=False) == [("кітапхана",), ("тар",)]


def test_a_cyrillic_word_is_another_one_only_by_the_nine_letters(vocabulary):
    # тарихы has the key of тарихи and is no way to type it.
    assert vocabulary.commonest("тарихи") == "тарихи"
    assert forms("тарихы", vocabulary) == [("тарихы",)]


def test_unknown_words_and_numbers_have_no_other_form(vocabulary):
    assert forms("dalada 2019 степная", vocabulary) == [("dalada",), ("2019",), ("степная",)]


def rewritten(text, vocabulary, match=Match.SMART):
    node = Rewriter(Sources(ANALYZER, vocabulary), match, Scope.ALL).rewrite(parse(text))
    return [unit.exacts for sequence in scored_sequences(node) for unit in sequence]


def test_a_query_asks_for_them(vocabulary):
    assert rewritten("kitaphana", vocabulary) == [("kitaphana", "кітапхана")]
    assert rewritten('"улкен китапхана"', vocabulary) == [("улкен", "үлкен"), ("китапхана", "кітапхана")]
    assert rewritten("улкен кітапхана", vocabulary) == [("улкен",), ("кітапхана",)]


def test_exact_search_never_does(vocabulary):
    assert rewritten("kitaphana", vocabulary, Match.EXACT) == [("kitaphana",)]
