"""Texts that differ in their last word alone are read as each by itself."""

import os
import random

import pytest
from small_archive import ANALYZER, vocabulary_of

from search.kazakh.site_names import SiteName, SiteNames
from search.model import Query
from search.query.following import Following
from search.query.reading import QueryReader
from search.query.retype import LayoutReader
from search.query.words import Sources
from search.vocabulary import Form
from search.vocabulary.capitals import CAPITALS, NAME, SMALL

SEED = int(os.environ.get("SEED", "20261126"))

BEFORE = (
    "", "жаңа ", "жаңа мектеп ", "жана ", "Жаңа ", "ЖАҢА ", "мен ", "бұл да ", "қазақстан ", "Алматы ", "qala ",
    "жоқсөз ", "мекетп ", "мектеп, ", "мектеп-", "жаңа", "«жаңа ", '"жаңа ', "2018 жылы ", "ж.т.б. ", "books and ",
    ";fyf ", "ce ", "әкімдік OR ", "тақырып:", "тақырып: ", "жаң?а ", "мектеп? ",
    "  жаңа  ", "қаңтар айының ", "a b c ", "мектеп " * 40,
)  # fmt: skip
LAST = (
    "мектеп", "мектептер", "Қазақстан", "АҚШ", "НЕМЕСЕ", "ЖӘНЕ", "жана", "жаңа", "және", "бұл", "books", "and", "қала",
    "жоқсөз", "мекетп", "5", "2018", "ата-анасымен", "ce", "vtrntg", "форумда", "Астана", "су", "с", "өзбекстан", "=су",
    "мектеп*", "", " ", "жаңа мектеп", "айының", "қаңтар", "respublikası", "مەكتەپ", "ъъъ", "а" * 70, "қа́ла",
)  # fmt: skip


@pytest.fixture(scope="module")
def vocabulary(tmp_path_factory):
    opened = vocabulary_of(tmp_path_factory.mktemp("words") / "vocabulary.bin")
    yield opened
    opened.close()


def form_of(word, vocabulary):
    """A form as the vocabulary has it where that has one so written, else one that it lacks."""
    case = CAPITALS if word.isupper() and len(word) > 1 else NAME if word[:1].isupper() else SMALL
    first = next((token.readings[0] for token in ANALYZER.analyze(word)), None)
    exact = word.lower()
    if first is None or first.exact != exact or not vocabulary.knows(first.key):
        return Form(exact, exact, f"ru:{exact}", 0, 0, case)
    return Form(exact, first.key, first.stem, 1, 1, case)


def site():
    """The known names and one of a site, of two words."""
    return SiteNames(ANALYZER.analyze, ANALYZER.synonyms, [SiteName(("жаңа мектеп",), ("гимназия",), "site:1")])


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("names", [None, "site"])
def test_each_is_read_as_by_itself(vocabulary, strict, names):
    found = site() if names else None
    forms = [form_of(word, vocabulary) for word in LAST]
    for before in BEFORE:
        reader = QueryReader(ANALYZER, vocabulary, 32, names=found, strict=strict)
        fresh = QueryReader(ANALYZER, vocabulary, 32, names=found, strict=strict)
        read = list(reader.read_each(before, forms))
        assert read == [fresh.read(Query(before + form.written)).node for form in forms], before


def test_words_of_the_archive_in_any_company_are_read_as_by_themselves(vocabulary):
    print(f"SEED={SEED}")  # noqa: T201 - pytest shows it when the test fails
    chance = random.Random(SEED)
    known = [form for letter in "абкқмнсталғө" for form in vocabulary.beginning(letter, 30)]
    typed = [form.exact for form in known] + list(LAST)
    for _ in range(150 * int(os.environ.get("SCALE", "1"))):
        before = "".join(f"{word} " for word in chance.choices(typed, k=chance.randint(0, 3)))
        last = [form._replace(case=chance.choice((SMALL, NAME, CAPITALS))) for form in chance.choices(known, k=6)]
        reader, fresh = (QueryReader(ANALYZER, vocabulary, 32) for _ in range(2))
        expected = [fresh.read(Query(before + form.written)).node for form in last]
        assert list(reader.read_each(before, last)) == expected, before


def test_plain_words_take_the_short_way_and_others_do_not(vocabulary):
    def short(before, word):
        made = Following(before, Sources(ANALYZER, vocabulary), LayoutReader(ANALYZER, vocabulary), strict=False)
        return made.read(form_of(word, vocabulary)) is not None

    assert short("", "мектеп")
    assert short("жаңа ", "мектепке")
    assert short("мен ", "жаңа")
    assert not short("жаңа", "мектеп")
    assert not short("жоқсөз ", "мектеп")
    assert not short("жаңа ", "жоқсөз")
    assert not short("жаңа ", "НЕМЕСЕ")
    assert not short("«жаңа ", "мектеп")
    assert not short("", "ce")


def test_without_a_vocabulary_every_word_stays_as_typed(vocabulary):
    reader = QueryReader(ANALYZER, None, 32)
    forms = [form_of(word, vocabulary) for word in ("мектеп", "жоқсөз")]
    assert list(reader.read_each("жаңа ", forms)) == [reader.read(Query(f"жаңа {one.written}")).node for one in forms]
