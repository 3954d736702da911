import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.kazakh.layout import LAYOUTS
from search.kazakh.tables import rows
from search.kazakh.tokenize import tokenize

KAZAKH, RUSSIAN, FROM_KAZAKH, FROM_RUSSIAN = LAYOUTS
SHARED = Path(__file__).parents[3].parent / "shared/corpus/background.jsonl"
WORDS = "үкімет ғылым қазақстан өзен шаһар әкімдік жаңалық ұстаз объект экология ёлка цирк аю щётка қоян інжу мүгедек"


def meanings(text, layout):
    """Every text that the readings give together."""
    texts = [""]
    for choices in layout.readings(text):
        texts = [text + choice for text in texts for choice in choices]
    return texts


@pytest.mark.parametrize("row", rows("keyboard"), ids=lambda row: row["example"])
def test_the_example_of_every_row(row):
    assert row["english"] in row["example"]
    assert row["kazakh"] in row["result"]
    assert row["result"] in meanings(row["example"], KAZAKH) or row["result"] == KAZAKH.retype(row["example"])


@pytest.mark.parametrize("row", rows("keyboard"), ids=lambda row: row["example"])
def test_a_row_gives_its_letters_alone_and_with_shift(row):
    assert KAZAKH.retype(row["english"]) == row["kazakh"]
    assert RUSSIAN.retype(row["english"]) == row["russian"]
    for layout, name in ((KAZAKH, "kazakh"), (RUSSIAN, "russian")):
        if row["english_shift"] not in {other["english"] for other in rows("keyboard")}:
            assert layout.retype(row["english_shift"]) == row[f"{name}_shift"]


def test_russian_keys_and_capitals():
    assert "казахстан" in meanings("rfpf[cnfy", RUSSIAN)
    assert "ФОРУМ" in meanings("AJHEV", RUSSIAN)
    assert "қазақ форумы" in meanings("0fpf0 ajhevs", KAZAKH)


def test_english_typed_on_a_cyrillic_layout():
    assert "books" in meanings("ищщлы", FROM_KAZAKH)
    assert "kazakh news" in meanings("лфяфлр туцы", FROM_RUSSIAN)


def test_a_hyphen_is_itself_or_a_letter():
    assert {"ата-ана", "атаөана"} == set(meanings("fnf-fyf", KAZAKH))
    assert "өзге-өзге" in meanings("-put--put", KAZAKH)
    assert len(meanings("f-" * 50, KAZAKH)) == 2


def test_a_sign_at_the_end_is_itself_or_a_letter():
    assert {"форум,", "форумб"} == set(meanings("ajhev,", KAZAKH))


def test_numbers_and_quotation_marks_stay():
    assert meanings("2018", KAZAKH) == ["2018"]
    assert '"су тасқыны" 12,5' in meanings('"ce nfc0sys" 12,5', KAZAKH)


@pytest.mark.parametrize("word", WORDS.split())
def test_our_words_come_back(word):
    assert word in meanings(FROM_KAZAKH.retype(word), KAZAKH) or "ё" in word
    assert word in meanings(FROM_RUSSIAN.retype(word), RUSSIAN)


@pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared/corpus")
def test_frequent_words_come_back():
    counts = Counter()
    with SHARED.open(encoding="utf-8") as lines:
        for line in lines:
            counts.update(form.lower() for _, _, form in tokenize(json.loads(line)["text"]))
    letters = set("аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя")
    words = [word for word, _ in counts.most_common() if letters.issuperset(word)][:20_000]
    assert len(words) == 20_000
    for out, back in ((FROM_KAZAKH, KAZAKH), (FROM_RUSSIAN, RUSSIAN)):
        typed = {word: out.retype(word) for word in words if "ё" not in word}
        lost = [word for word, keys in typed.items() if word not in meanings(keys, back)]
        # «33» for іі is more likely a number.
        assert [word for word in lost if any(letter.isalpha() for letter in typed[word])] == []


@given(st.text(max_size=80))
def test_any_text(text):
    for layout in LAYOUTS:
        readings = layout.readings(text)
        assert all(choices and len(set(choices)) == len(choices) for choices in readings)
        assert sum(len(choices[0]) for choices in readings) == len(text)
