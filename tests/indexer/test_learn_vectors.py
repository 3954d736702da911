"""Stem vectors learnt from text, and what a run keeps to learn from."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from indexer import sample
from indexer.learn_vectors import learn_numbers, learn_vectors
from indexer.sample import Sample, together
from search.kazakh import Row
from search.vectors import StemVectors, whole

FARM = ["мал", "жем", "сиыр", "қой", "жайылым", "шөп", "сүт", "ет"]
SCHOOL = ["мектеп", "оқушы", "сабақ", "дәптер", "мұғалім", "сынып", "баға", "кітап"]


def texts(count: int = 300) -> list[list[str]]:
    """Texts about a farm, and texts about a school; small words stand in both."""
    chance = random.Random(4)
    return [[chance.choice([*(FARM, SCHOOL)[n % 2], "мен", "бұл", "жаңа"]) for _ in range(30)] for n in range(count)]


@dataclass
class Words:
    """Texts of an index that is being built."""

    flat: Path
    surfaces: Sequence[Row]
    starts: NDArray[np.int64]
    titles: NDArray[np.int64]


def sampled(folder: Path, held: Sequence[Sequence[str]]) -> Sample:
    """The sample of articles without titles, whose words have one stem each."""
    numbers = {word: number for number, word in enumerate(dict.fromkeys(word for words in held for word in words))}
    np.array([numbers[word] for words in held for word in words], np.uint32).tofile(folder / "flat")
    starts = np.cumsum([0, *map(len, held)])
    surfaces = [(word, word, (word, "басқа")) for word in numbers]
    return Sample.of(Words(folder / "flat", surfaces, starts, np.zeros(len(held), np.int64)))


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


def test_a_sample_has_the_likeliest_stems_in_order(tmp_path: Path) -> None:
    kept = sampled(tmp_path, [["мал", "жем"], [], ["мал"]])
    surfaces = np.fromfile(kept.flat, np.uint32)
    assert [kept.stems[number] for number in kept.stem_of[surfaces]] == ["мал", "жем", "мал"]
    assert kept.lengths.tolist() == [0, 2, 0, 0, 0, 1]
    assert kept.tokens == 3


def test_a_sample_has_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sample, "MOST_TOKENS", 10)
    assert sampled(tmp_path, [["мал"] * 7] * 100).tokens == 14


def test_numbers_teach_what_their_stems_teach(tmp_path: Path) -> None:
    kept = sampled(tmp_path, texts())
    numbers = kept.stem_of[np.fromfile(kept.flat, np.uint32)]
    one, other = learn_vectors(texts(), 6), learn_numbers(numbers, kept.lengths, kept.stems, 6)
    assert one.stems == other.stems
    assert (one.rows == other.rows).all()


def test_a_small_archive_is_learnt_on_top_of_the_shipped_vectors(tmp_path: Path) -> None:
    shipped = learn_vectors(texts(), dimensions=6)
    more = islice(texts(900), 600, None)
    both = together(
        shipped, sampled(tmp_path, [[*text, "ауа", "жел", *(f"с{n}" for n in range(100))] for text in more])
    )
    assert set(both.stems) >= {*shipped.stems, "ауа", "жел"}
    assert both.dimensions > shipped.dimensions
    known = dict(zip(both.stems, whole(both.rows), strict=True))
    assert known["мал"] @ known["сиыр"] > known["мал"] @ known["сабақ"]
    assert np.allclose([row @ row for row in known.values()], 1)


def test_without_an_archive_the_shipped_vectors_stay(tmp_path: Path) -> None:
    shipped = StemVectors.of(["су"], np.array([[1.0, 0.0]]))
    assert together(shipped, sampled(tmp_path, [])) is shipped


def test_a_large_archive_is_learnt_from_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sample, "ENOUGH_TOKENS", 1000)
    kept = sampled(tmp_path, [[*text, *(f"с{n}" for n in range(100))] for text in texts(300)])
    assert "тек осында" not in together(StemVectors.of(["тек осында"], np.array([[1.0]])), kept).stems
