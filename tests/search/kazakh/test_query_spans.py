"""The quick reading of a query's words: the same as the long one."""

import os
import random

import pytest

from search.kazakh import Analyzer
from search.kazakh.clean import clean
from search.kazakh.layout import LAYOUTS
from search.kazakh.spans import one_form, spans
from search.kazakh.tokenize import tokenize
from search.kazakh.unstemmed import exact_of, key_of

SEED = int(os.environ.get("SEED", "20261126"))
SCALE = int(os.environ.get("SCALE", "1"))
TEXTS = 20_000 * SCALE
WORDS = [
    "мектеп",
    "Алматы",
    "БҰҰ",
    "vtrntg",
    "Books",
    "ХХІ",
    "xi",
    "2018",
    "1 500",
    "ата-ана",
    "км",
    "қаладаҚұн",
    "VIII",
]
SIGNS = [" ", " ", " ", "  ", *".,?!;:-'’\"«%\n\u00ad\u00a0\u0301_[=№\u064b"]
PIECES = [*WORDS, *SIGNS, *"5жІӘa", "Qə"]
ASCII = [chr(code) for code in range(33, 127) if chr(code) not in "-"]


@pytest.fixture(scope="module")
def chance():
    print(f"SEED={SEED}")  # noqa: T201 - pytest shows it when the test fails
    return random.Random(SEED)


def test_plain_words_stand_where_the_tokeniser_finds_them(chance):
    for _ in range(TEXTS):
        text = "".join(chance.choices(PIECES, k=chance.randrange(9)))
        cleaned = clean(text)
        slow = [(*cleaned.original(start, end), form) for start, end, form in tokenize(cleaned.text)]
        assert spans(text) == slow, text


def test_one_form_is_the_only_one(chance):
    for _ in range(TEXTS):
        stretch = "".join(chance.choices([*ASCII, *"abcdefg0;,.["], k=chance.randint(1, 9)))
        form, tokens = one_form(stretch), spans(stretch)
        words = [exact_of(token) for _, _, token in tokens]
        if form == "":
            assert len(tokens) > 1, stretch
        elif form is not None:
            assert [exact for exact, is_word in words if is_word] in ([], [form]), stretch


def test_what_a_word_is_without_its_stem_is_what_it_is_with_it(chance):
    analyzer = Analyzer()
    for _ in range(TEXTS // 4):
        for _, _, form in spans("".join(chance.choices(PIECES, k=4))):
            if [span[2] for span in spans(form)] == [form]:
                readings = analyzer.analyze(form)[0].readings
                assert exact_of(form) == (readings[0].exact, any(one.lang for one in readings)), form
                assert key_of(form) == readings[0].key, form


def test_a_layout_changes_nothing_but_the_characters_that_it_says(chance):
    for layout in LAYOUTS:
        for _ in range(TEXTS // 40):
            text = "".join(chance.choices(PIECES, k=chance.randrange(5)))
            if layout.changed.isdisjoint(text):
                assert layout.retype(text) == text
                assert all(len(readings) == 1 for readings in layout.readings(text))
