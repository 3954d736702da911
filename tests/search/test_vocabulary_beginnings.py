"""Words by their first letters."""

import random
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.vocabulary import Form, Vocabulary, VocabularyWriter
from search.vocabulary.beginnings import Beginnings
from search.vocabulary.capitals import spelled, written

ARTICLES = [
    [("мектеп", "мектеп", ("мектеп",)), ("мектептер", "мектептер", ("мектеп",)), ("қала", "кала", ("кала",))],
    [("мектеп", "мектеп", ("мектеп",)), ("кала", "кала", ("кала",)), ("қала", "кала", ("кала",))],
    [
        ("қала", "кала", ("кала",)),
        ("кала", "кала", ("кала",)),
        ("қалам", "калам", ("калам",)),
        ("әкім", "аким", ("аким",)),
    ],
    [("кала", "кала", ("ru:кал", "кала")), ("mektep", "мектеп", ("мектеп",))],
]


def made(path, articles):
    writer = VocabularyWriter()
    for words in articles:
        writer.add(words)
    writer.write(path)
    return Vocabulary.open(path)


@pytest.fixture
def vocabulary(tmp_path):
    opened = made(tmp_path / "vocabulary.bin", ARTICLES)
    yield opened
    opened.close()


def test_forms_whose_key_begins_so_come_the_commonest_first(vocabulary):
    assert vocabulary.beginning("кал", 9) == (
        Form("қала", "кала", "кала", 3),
        Form("кала", "кала", "кала", 2),
        Form("қалам", "калам", "калам", 1),
    )
    assert [form.exact for form in vocabulary.beginning("мек", 9)] == ["мектеп", "mektep", "мектептер"]
    assert [form.exact for form in vocabulary.beginning("мек", 2)] == ["мектеп", "mektep"]


def test_exact_forms_begin_letter_by_letter(vocabulary):
    assert [form.exact for form in vocabulary.beginning_exact("қал", 9)] == ["қала", "қалам"]
    assert [form.exact for form in vocabulary.beginning_exact("кал", 9)] == ["кала"]
    assert [form.exact for form in vocabulary.beginning_exact("mekt", 9)] == ["mektep"]


def test_a_form_with_several_readings_comes_once_and_fills_no_place(vocabulary):
    assert [form.exact for form in vocabulary.beginning_exact("", 3)] == ["қала", "кала", "мектеп"]
    assert [form.exact for form in vocabulary.beginning("кал", 3)] == ["қала", "кала", "қалам"]


@pytest.mark.parametrize("start", ["я", "калалар", "кала\0", "\ud800", "қала", "\U0010ffff"])
def test_what_no_key_begins_with(vocabulary, start):
    assert vocabulary.beginning(start, 9) == ()


@pytest.mark.parametrize("most", [0, -1])
def test_nothing_asked_is_nothing_given(vocabulary, most):
    assert vocabulary.beginning("кал", most) == vocabulary.beginning_exact("қал", most) == ()


def test_an_empty_vocabulary_has_no_beginnings(tmp_path):
    opened = made(tmp_path / "vocabulary.bin", [])
    assert opened.beginning("", 9) == opened.beginning_exact("", 9) == opened.beginning("а", 9) == ()
    opened.close()


letters = st.text("абв\ud800\uffff\U0010ffff", min_size=1, max_size=4)
words = st.lists(st.lists(st.tuples(letters, letters, st.tuples(letters)), max_size=8), max_size=8)


@given(words, st.text("абв\ud800\U0010ffff", max_size=2), st.integers(1, 9))
@settings(max_examples=150)
def test_beginnings_are_what_brute_force_finds(tmp_path_factory, articles, start, most):
    opened = made(tmp_path_factory.mktemp("words") / "vocabulary.bin", articles)
    counts = {}
    for words in articles:
        for exact, key, stems in set(words):
            counts[exact, key, stems[0]] = counts.get((exact, key, stems[0]), 0) + 1

    def best(kept):
        found = {}
        for exact, df in kept:
            found[exact] = max(df, found.get(exact, 0))
        order = sorted(found, key=lambda exact: (-found[exact], exact.encode("utf-8", "surrogatepass")))
        return [(exact, found[exact]) for exact in order[:most]]

    by_key = [(exact, df) for (exact, key, _), df in counts.items() if key.startswith(start)]
    assert [(form.exact, form.df) for form in opened.beginning(start, most)] == best(by_key)
    by_letter = [(exact, df) for (exact, _, _), df in counts.items() if exact.startswith(start)]
    assert [(form.exact, form.df) for form in opened.beginning_exact(start, most)] == best(by_letter)
    for form in opened.beginning(start, most):
        assert counts[form.exact, form.key, form.stem] == form.df
    opened.close()


def test_two_letters_among_many_words_are_looked_up_at_once(tmp_path):
    chance = random.Random(20261126)
    many = ["".join(chance.choices("абдеикмнорт", k=chance.randint(3, 12))) for _ in range(60_000)]
    opened = made(tmp_path / "vocabulary.bin", [[(word, word, (word[:4],)) for word in many]])
    opened.beginning("ма", 256)
    began = time.process_time()
    for _ in range(20):
        assert len(opened.beginning("ма", 256)) == 256
    assert (time.process_time() - began) / 20 < 0.1
    opened.close()


def test_forms_of_most_titles_come_first(tmp_path):
    writer = VocabularyWriter()
    words = [("мектеп", "мектеп", ("мектеп",)), ("мектепте", "мектепте", ("мектеп",)), ("мекен", "мекен", ("мекен",))]
    writer.add(words, ["мектепте"])
    writer.add(words[:2], ["мектепте", "мектепте"])
    writer.add(words[:1], [])
    writer.write(tmp_path / "vocabulary.bin")
    opened = Vocabulary.open(tmp_path / "vocabulary.bin")
    found = opened.beginning_in_titles("мек", 9)
    assert [(form.exact, form.titles, form.df) for form in found] == [
        ("мектепте", 2, 2),
        ("мектеп", 0, 3),
        ("мекен", 0, 1),
    ]
    assert opened.beginning_in_titles("мек", 1) == found[:1]
    assert [form.exact for form in opened.beginning("мек", 1)] == ["мектеп"]
    opened.close()


def test_a_form_is_written_as_most_articles_write_it(tmp_path):
    writer = VocabularyWriter()
    for text in ("Бүгін Алматыда АҚШ елшісі Форум ашты", "Кеше Алматыда форум өтті", "Жаңа форум", "Алматыда күн жылы"):
        words = text.lower().split()
        writer.add([(word, word, (word,)) for word in words], (), written(text))
    writer.write(tmp_path / "vocabulary.bin")
    opened = Vocabulary.open(tmp_path / "vocabulary.bin")
    cases = {form.exact: spelled(form.exact, form.case) for form in opened.beginning("", 99)}
    assert [cases[word] for word in ("алматыда", "ақш", "форум", "жаңа")] == ["Алматыда", "АҚШ", "форум", "жаңа"]
    opened.close()


def test_capitals_count_inside_sentences_only():
    text = "Жиын Алматыда өтті. Оған Ақтөбе, Орал мен АҚШ өкілдері келді.\nКейін «Дала» театры ЖАҢА қойылым көрсетті."
    capitals = {word for word in written(text) if not word.islower()}
    assert capitals == {"Алматыда", "Ақтөбе", "Орал", "АҚШ", "Дала", "ЖАҢА"}
    assert {"мен", "өкілдері", "театры", "қойылым"} <= written(text)
    assert written("ЖАҢА МЕКТЕП АШЫЛДЫ") == set()


def test_the_highest_of_very_many_are_found_by_blocks():
    chance = random.Random(20261126)
    for size, distinct in ((0, 1), (1, 1), (5_000, 40), (5_000, 5_000), (20_000, 300)):
        keys = np.array([chance.randrange(distinct) for _ in range(size)], np.uint32)
        worth = np.array([chance.choice((0, 1, chance.randrange(1000))) for _ in range(size)], np.int64)
        beginnings = Beginnings(keys)
        for _ in range(30):
            first = chance.randrange(distinct)
            wanted = range(first, chance.randint(first, distinct))
            rows = [row for row in range(size) if keys[row] in wanted]
            most = chance.choice((1, 3, 20, 128))
            best = sorted(rows, key=lambda row: (-worth[row], row))[:most]
            assert beginnings.highest(wanted, most, worth.__getitem__).tolist() == best
            assert beginnings.count(wanted) == len(rows)
