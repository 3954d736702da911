"""Words of an index become the tokens that a query has for them."""

from dataclasses import replace

import pytest

from search.kazakh import Analyzer
from search.kazakh.indexed import indexed

ANALYZER = Analyzer()
WORDS = (
    "мектеп", "мектептердің", "Алматы", "АҚШ", "қала", "кала", "форум", "новостями", "салуға", "құқық", "щётка", "ё",
    "процент", "процентке", "километр", "су", "ол", "ұлттық", "Шымкент", "съезд", "мемлекеттік", "айтып", "ау",
)  # fmt: skip
OTHERS = ("км", "млн", "хі", "млнға", "Х", "І", "эким", "қаzақ", "books", "2018", "مەكتەپ", "қа-ла", "", "ж.")


@pytest.mark.parametrize("word", WORDS)
def test_a_word_of_an_index_is_the_token_that_a_query_has(word):
    exact, key, stems = ANALYZER.row(word, "")
    token = indexed(word, key, stems[0])
    (expected,) = ANALYZER.analyze(word)
    assert token == replace(expected, readings=tuple(replace(one, rules=()) for one in expected.readings))
    assert token.readings[0].exact == exact


@pytest.mark.parametrize("word", OTHERS)
def test_of_other_words_it_says_nothing(word):
    assert indexed(word, word, word) is None


def test_a_stem_of_another_language_says_nothing_of_the_kazakh_one():
    _, key, stems = ANALYZER.row("новостями", "ru")
    assert stems[0].startswith("ru:")
    assert indexed("новостями", key, stems[0]) is None
