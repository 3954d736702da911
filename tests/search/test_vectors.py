"""Stem vectors: files, rounding, articles and queries."""

from pathlib import Path

import numpy as np
import pytest

from search.vectors import (
    StemVectors,
    article_weight,
    centred,
    cosine,
    default_vectors,
    quantized,
    query_vector,
    unit,
    whole,
)

THREE = StemVectors.of(["су", "ауыл", "қала"], np.array([[3.0, 4.0], [0.0, 2.0], [-1.0, 0.0]]), ["made by hand"])


def test_stems_are_sorted_with_their_rows() -> None:
    assert THREE.stems == ("ауыл", "су", "қала")
    assert THREE.rows.tolist() == [[0, 127], [76, 102], [-127, 0]]


def test_a_file_gives_back_what_was_saved(tmp_path: Path) -> None:
    THREE.save(tmp_path / "v.bin")
    again = StemVectors.load(tmp_path / "v.bin")
    assert again.stems == THREE.stems
    assert again.notes == ("made by hand",)
    assert (again.rows == THREE.rows).all()
    THREE.save(tmp_path / "w.bin")
    assert (tmp_path / "v.bin").read_bytes() == (tmp_path / "w.bin").read_bytes()


def test_no_vectors_can_be_saved(tmp_path: Path) -> None:
    StemVectors.none().save(tmp_path / "v.bin")
    assert StemVectors.load(tmp_path / "v.bin").stems == ()


@pytest.mark.parametrize("damage", [b"", b"IZDEVEC1", b"IZDEVEC1\x00", b"something else"])
def test_what_is_no_file_of_vectors(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "v.bin").write_bytes(damage)
    with pytest.raises(ValueError, match=r"v\.bin"):
        StemVectors.load(tmp_path / "v.bin")


def test_rows_that_do_not_fit_the_stems(tmp_path: Path) -> None:
    THREE.save(tmp_path / "v.bin")
    data = (tmp_path / "v.bin").read_bytes().replace("ауыл".encode(), "ау\nл".encode() + b" ")
    with pytest.raises(ValueError, match="6 numbers for 4 stems"):
        StemVectors.parse(data, "v.bin")


def test_rounding_keeps_direction() -> None:
    rng = np.random.default_rng(5)
    vectors = unit(rng.standard_normal((200, 60)))
    back = whole(quantized(vectors))
    assert (back * vectors).sum(axis=1).min() > 0.999
    assert np.allclose(np.linalg.norm(back, axis=1), 1)


def test_zeros_stay_zeros() -> None:
    assert unit(np.zeros((2, 3))).tolist() == [[0, 0, 0], [0, 0, 0]]
    assert centred(np.zeros((1, 3)), np.array([0.5, 0.0, 0.0])).tolist() == [[0, 0, 0]]


def test_an_article_about_the_query_is_nearer_than_another() -> None:
    known = dict(zip(THREE.stems, whole(THREE.rows), strict=True))
    made = unit(np.stack([known["су"], known["қала"]]))
    mean = made.mean(axis=0)
    asked = query_vector([(2.0, known["ауыл"])], mean)
    assert asked is not None
    near, far = cosine(centred(made, mean), asked)
    assert near > 0 > far


def test_a_query_without_known_stems_has_no_vector() -> None:
    assert query_vector([], np.zeros(2)) is None


def test_a_stem_counts_more_the_oftener_but_not_without_end() -> None:
    weights = article_weight(np.array([1.0, 2.0, 1000.0]), np.array([2.0, 2.0, 2.0]))
    assert 0 < weights[0] < weights[1] < weights[2] < 2


def test_the_shipped_vectors_know_what_belongs_together() -> None:
    vectors = default_vectors()
    assert len(vectors.stems) > 5000
    assert any(note.startswith("Source: ") for note in vectors.notes)
    known = dict(zip(vectors.stems, whole(vectors.rows), strict=True))

    def alike(one: str, other: str) -> float:
        return float(known[one] @ known[other])

    assert alike("мектеп", "мугалим") > alike("мектеп", "мунаи") + 0.2
    assert alike("аким", "облис") > alike("аким", "спорт") + 0.2
