"""Stem vectors learnt from text, and what a run keeps to learn from."""

import random
from itertools import islice

import numpy as np
import pytest

from indexer import sample
from indexer.learn_vectors import learn_vectors
from indexer.sample import Sample, together
from search.engines.base import Document
from search.kazakh import Terms
from search.model import Article
from search.vectors import StemVectors, whole

FARM = ["мал", "жем", "сиыр", "қой", "жайылым", "шөп", "сүт", "ет"]
SCHOOL = ["мектеп", "оқушы", "сабақ", "дәптер", "мұғалім", "сынып", "баға", "кітап"]


def texts(count: int = 300) -> list[list[str]]:
    """Texts about a farm, and texts about a school; small words stand in both."""
    chance = random.Random(4)
    return [[chance.choice([*(FARM, SCHOOL)[n % 2], "мен", "бұл", "жаңа"]) for _ in range(30)] for n in range(count)]


def document(stems: list[str]) -> Document:
    places = list(range(len(stems)))
    return Document(
        Article("a", "", ""), Terms([], [], [], [], []), Terms(places, places, stems, stems, [(one,) for one in stems])
    )


def test_words_of_one_company_lie_close() -> None:
    vectors = learn_vectors(texts(), dimensions=6)
    known = dict(zip(vectors.stems, whole(vectors.rows), strict=True))
    for one, near, far in (("мал", "сиыр", "сабақ"), ("мектеп", "дәптер", "жем"), ("сүт", "шөп", "кітап")):
        assert known[one] @ known[near] > known[one] @ known[far] + 0.3


def test_the_same_text_gives_the_same_vectors() -> None:
    one, other = learn_vectors(texts(), dimensions=6), learn_vectors(texts(), dimensions=6)
    assert one.stems == other.stems
    assert (one.rows == other.rows).all()


@pytest.mark.parametrize("held", [[], [[]], [["су"] * 100], [["су", "жер"] * 50]])
def test_too_little_to_learn_from(held: list[list[str]]) -> None:
    assert learn_vectors(held).stems == ()


def test_rare_words_and_numbers_are_left_out() -> None:
    held = [*texts(), ["сирек", "2018"], *([["2018", "мал"]] * 20)]
    stems = learn_vectors(held, dimensions=6).stems
    assert "сирек" not in stems
    assert "2018" not in stems


def test_texts_are_no_neighbours_of_each_other() -> None:
    apart = learn_vectors([[word] * 2 for _ in range(60) for word in (*FARM, *SCHOOL)], dimensions=6)
    assert not apart.rows.any()


def test_a_sample_gives_back_its_texts() -> None:
    kept = Sample()
    for stems in (["мал", "жем"], [], ["мал"]):
        kept.add(document(stems))
    assert [text for text in kept.texts() if text] == [["мал", "жем"], ["мал"]]
    assert kept.tokens == 3


def test_a_sample_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sample, "MOST_TOKENS", 10)
    kept = Sample()
    for _ in range(100):
        kept.add(document(["мал"] * 7))
    assert kept.tokens == 14


def test_a_small_archive_is_learnt_on_top_of_the_shipped_vectors() -> None:
    shipped = learn_vectors(texts(), dimensions=6)
    kept = Sample()
    for text in islice(texts(900), 600, None):
        kept.add(document([*text, "ауа", "жел", *(f"с{n}" for n in range(100))]))
    both = together(shipped, kept)
    assert set(both.stems) >= {*shipped.stems, "ауа", "жел"}
    assert both.dimensions > shipped.dimensions
    known = dict(zip(both.stems, whole(both.rows), strict=True))
    assert known["мал"] @ known["сиыр"] > known["мал"] @ known["сабақ"]
    assert np.allclose([row @ row for row in known.values()], 1)


def test_without_an_archive_the_shipped_vectors_stay() -> None:
    shipped = StemVectors.of(["су"], np.array([[1.0, 0.0]]))
    assert together(shipped, Sample()) is shipped


def test_a_large_archive_is_learnt_from_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sample, "ENOUGH_TOKENS", 1000)
    kept = Sample()
    for text in texts(300):
        kept.add(document([*text, *(f"с{n}" for n in range(100))]))
    assert "тек осында" not in together(StemVectors.of(["тек осында"], np.array([[1.0]])), kept).stems
