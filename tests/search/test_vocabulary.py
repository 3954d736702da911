import random
import string
from bisect import bisect_left
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from search.errors import IndexCorrupt, IndexFormatTooNew
from search.kazakh import Row
from search.names import names_of
from search.vocabulary import Vocabulary, VocabularyWriter, counting, file
from search.vocabulary.spelling import alike, difference, sign, signs, within
from search.vocabulary.strings import Strings

ARTICLES = [
    [("мектеп", "мектеп", ("мектеп",)), ("мектептер", "мектептер", ("мектеп",)), ("қала", "кала", ("кала", "ru:кал"))],
    [("мектеп", "мектеп", ("мектеп",)), ("кала", "кала", ("кала",)), ("қала", "кала", ("кала",))],
    [("қала", "кала", ("кала",)), ("қала", "кала", ("кала",)), ("әкім", "аким", ("аким",))],
]


def write(path, articles):
    writer = VocabularyWriter()
    for words in articles:
        writer.add(words)
    writer.write(path)
    return path


def made(tmp_path, articles):
    return Vocabulary.open(write(tmp_path / "vocabulary.bin", articles))


def distance(a, b):
    """The textbook table, as a check on the code that leaves most of it out."""
    d = [[i + j if not i * j else 0 for j in range(len(b) + 1)] for i in range(len(a) + 1)]
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            d[i][j] = min(d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] != b[j - 1]))
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                d[i][j] = min(d[i][j], d[i - 2][j - 2] + 1)
    return d[-1][-1]


def test_counts_articles_not_words(tmp_path):
    vocabulary = made(tmp_path, ARTICLES)
    assert len(vocabulary) == 4
    assert vocabulary.df("кала") == 3
    assert vocabulary.df("мектеп") == 2
    assert vocabulary.stem_df("мектеп") == 2
    assert vocabulary.stem_df("ru:кал") == 1
    assert vocabulary.exact_df("қала") == 3
    assert vocabulary.exact_df("кала") == 1
    assert vocabulary.commonest("кала") == "қала"
    assert vocabulary.knows("аким")
    vocabulary.check()
    vocabulary.close()


def test_what_is_not_there(tmp_path):
    vocabulary = made(tmp_path, ARTICLES)
    for word in ("", "а", "калам", "я" * 100, "\ud800", "мектеп\0"):
        assert not vocabulary.knows(word)
        assert vocabulary.df(word) == vocabulary.stem_df(word) == vocabulary.exact_df(word) == 0
        assert vocabulary.commonest(word) == ""
    vocabulary.close()


@pytest.mark.parametrize("articles", [[], [[]]])
def test_no_words_at_all(tmp_path, articles):
    vocabulary = made(tmp_path, articles)
    assert len(vocabulary) == 0
    assert not vocabulary.knows("қала")
    assert vocabulary.near("кала", 2) == ()
    assert vocabulary.near("") == ()
    vocabulary.check()
    vocabulary.close()


def test_near_keys_and_stems(tmp_path):
    vocabulary = made(tmp_path, ARTICLES)
    (near,) = vocabulary.near("мекетп")
    assert (near.text, near.distance, near.df, near.key, near.stem) == ("мектеп", 1, 2, "мектеп", "мектеп")
    assert [near.text for near in vocabulary.near("кал")] == ["кала"]
    assert [near.text for near in vocabulary.near("бала", 1)] == ["кала"]
    assert vocabulary.near("бала", 1, same_start=1) == ()
    assert [near.key for near in vocabulary.near_stems("мектпе")] == ["мектеп"]
    assert vocabulary.near_stems("ru:кала") == (), "a stem that is never the first reading has no form to show"
    vocabulary.close()


def test_the_same_articles_give_the_same_bytes(tmp_path):
    one = write(tmp_path / "one", ARTICLES).read_bytes()
    assert write(tmp_path / "other", [list(reversed(words)) for words in reversed(ARTICLES)]).read_bytes() == one


def test_several_may_have_the_file_open(tmp_path):
    path = write(tmp_path / "vocabulary.bin", ARTICLES)
    first, second = Vocabulary.open(path), Vocabulary.open(path)
    assert first.near("кала") == second.near("кала")
    first.close()
    assert second.df("кала") == 3
    second.close()


def test_near_is_what_brute_force_finds(tmp_path):
    chance = random.Random(20261126)
    letters = "абвгдежзиклмнопрстуфхчш"
    keys = {"".join(chance.choices(letters[:12], k=chance.randint(1, 12))) for _ in range(66_000)}
    keys = sorted(keys)[:50_000]
    vocabulary = made(tmp_path, [[(key, key, (key,)) for key in keys]])
    assert len(vocabulary) == 50_000
    check(vocabulary, keys, [*chance.sample(keys, 12), *(mistyped(key, chance) for key in chance.sample(keys, 12))], 1)
    vocabulary.close()
    few = chance.sample(keys, 5000)
    vocabulary = made(tmp_path, [[(key, key, (key,)) for key in few]])
    check(vocabulary, few, [*chance.sample(few, 6), *(mistyped(key, chance) for key in chance.sample(few, 6))], 2)
    vocabulary.close()


def mistyped(key, chance):
    return key[: chance.randrange(len(key))] + chance.choice("абв") + key[chance.randrange(len(key)) :]


def check(vocabulary, keys, asked, most):
    for key in asked:
        expected = {other: d for other in keys if (d := within(key, other, most)) is not None}
        assert {near.text: near.distance for near in vocabulary.near(key, most)} == expected


words = st.text("абвг", max_size=7)


@given(words, words, st.integers(1, 3))
@settings(max_examples=1000)
def test_within_is_the_textbook_distance(a, b, most):
    expected = distance(a, b)
    assert within(a, b, most) == (expected if expected <= most else None)
    begin, left, right = difference(a, b)
    assert a.startswith(b[:begin])
    assert a.replace(left, right, 1) == b or a[:begin] + right + a[begin + len(left) :] == b


@given(st.text(max_size=8), st.text(max_size=8))
def test_signs_never_rule_out_a_near_word(a, b):
    apart = distance(a, b)
    assert list(alike(np.array([sign(b)], np.uint64), a, apart)) == [0]


@given(st.lists(st.text(max_size=8), max_size=30))
def test_the_signs_of_many_words_are_those_of_each(words):
    assert signs(names_of(words)).tolist() == [sign(word) for word in words]


@dataclass
class Numbered:
    """Texts of an index that is being built."""

    flat: Path
    surfaces: list[Row]
    starts: NDArray[np.int64]
    titles: NDArray[np.int64]


@pytest.mark.parametrize("step", [1, 5, 1 << 18])
def test_texts_in_numbers_make_the_same_vocabulary(tmp_path, monkeypatch, step):
    monkeypatch.setattr(counting, "_STEP", step)
    chance = random.Random(step)
    rows = [(f"сөз{n}", f"кілт{n // 2}", (f"түбір{n // 3}", f"түбір{n % 5}")[: 1 + n % 2]) for n in range(40)]
    articles = [[chance.choice(rows) for _ in range(chance.randrange(20))] for _ in range(60)]
    titles = [chance.randrange(len(words) + 1) for words in articles]
    one, other = VocabularyWriter(), VocabularyWriter()
    for words, title in zip(articles, titles, strict=True):
        one.add(words, [exact for exact, *_ in words[:title]], ["сөз1"])
    used = list(dict.fromkeys(row for words in articles for row in words))
    np.array([used.index(row) for words in articles for row in words], np.uint32).tofile(tmp_path / "flat")
    starts = np.cumsum([0, *map(len, articles)])
    other.add_texts(Numbered(tmp_path / "flat", used, starts, np.array(titles)))
    other.written.add("сөз1", len(articles))
    one.write(tmp_path / "one")
    other.write(tmp_path / "other")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


anything = st.text(min_size=1, max_size=6)


@given(st.lists(st.lists(st.tuples(anything, anything, st.tuples(anything)), max_size=6), max_size=6))
@settings(max_examples=60)
def test_every_word_comes_back(tmp_path_factory, articles):
    vocabulary = made(tmp_path_factory.mktemp("words"), articles)
    for words in articles:
        for exact, key, (stem,) in words:
            assert vocabulary.df(key) == sum(any(k == key for _, k, _ in other) for other in articles)
            assert vocabulary.stem_df(stem) == sum(any(s == (stem,) for *_, s in other) for other in articles)
            assert vocabulary.exact_df(exact) >= 1
            assert (key, 0) in {(near.text, near.distance) for near in vocabulary.near(key)}
            assert vocabulary.exact_df(vocabulary.commonest(key)) >= 1
    vocabulary.close()


def opened_and_checked(path):
    vocabulary = Vocabulary.open(path)
    try:
        vocabulary.check()
    finally:
        vocabulary.close()


def test_every_damaged_byte_is_found_and_the_file_named(tmp_path):
    path = write(tmp_path / "vocabulary.bin", ARTICLES)
    whole = path.read_bytes()
    chance = random.Random(4)
    for at in chance.sample(range(len(whole)), 100):
        damaged = bytearray(whole)
        damaged[at] ^= 1 << chance.randrange(8)
        path.write_bytes(damaged)
        with pytest.raises((IndexCorrupt, IndexFormatTooNew)) as caught:
            opened_and_checked(path)
        assert caught.value.path == path


@pytest.mark.parametrize("size", [0, 7, 100, -1])
def test_a_file_cut_short(tmp_path, size):
    path = write(tmp_path / "vocabulary.bin", ARTICLES)
    path.write_bytes(path.read_bytes()[:size])
    with pytest.raises(IndexCorrupt) as caught:
        Vocabulary.open(path)
    assert caught.value.path == path


def test_a_missing_file_and_another_file(tmp_path):
    with pytest.raises(IndexCorrupt):
        Vocabulary.open(tmp_path / "none")
    (tmp_path / "text").write_text(string.ascii_letters * 50)
    with pytest.raises(IndexCorrupt):
        Vocabulary.open(tmp_path / "text")


def test_a_file_of_a_newer_version(tmp_path, monkeypatch):
    path = write(tmp_path / "vocabulary.bin", ARTICLES)
    monkeypatch.setattr(file, "VERSION", 0)
    with pytest.raises(IndexFormatTooNew):
        Vocabulary.open(path)


def test_among_very_many_strings_each_is_found(tmp_path):
    chance = random.Random(20261126)
    many = sorted({"".join(chance.choices("абвгд", k=chance.randint(1, 9))) for _ in range(12_000)}, key=str.encode)
    names = names_of(many)
    strings = Strings(names.text, names.ends.astype(np.uint64))
    assert len(many) > 5_000
    assert [strings.find(word) for word in many] == list(range(len(many)))
    for _ in range(3_000):
        word = "".join(chance.choices("абвгде", k=chance.randrange(10)))
        assert strings.first(word) == bisect_left(many, word)
        assert strings.find(word) == (many.index(word) if word in many else None)
