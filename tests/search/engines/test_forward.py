"""The forward index: the words of articles in text order, in whatever steps it was made."""

from pathlib import Path

import numpy as np
import pytest
from small_segments import SURFACES, Made, integers, invented, seeded, spooled

from search.engines.whoosh import forward_writer, spool
from search.engines.whoosh.forward import NAME, Forward
from search.engines.whoosh.forward_writer import write_forward
from search.engines.whoosh.spool import Spool
from search.errors import IndexCorrupt
from search.kazakh import Terms
from search.named import Named
from search.texts import steps
from search.vectors import StemVectors

VECTORS = StemVectors.of(["су", "мектеп", "жоқ"], np.array([[1.0, 0.2], [0.1, 1.0], [0.5, 0.5]]))
MADE = Made([[SURFACES[14]], [], [SURFACES[13]]], [list(SURFACES), [], [SURFACES[0]] * 3 + [SURFACES[4]]])
ORDER = sorted(SURFACES)
STEMS = sorted({stem for *_, stems in SURFACES for stem in stems}, key=str.encode)


def write(folder: Path, made: Made = MADE, vectors: StemVectors = VECTORS, step: int = 1 << 20) -> Path:
    folder.mkdir(exist_ok=True)
    return finish(folder, spooled(folder, made), vectors, step)


def finish(folder: Path, tokens: Spool, vectors: StemVectors, step: int = 1 << 20) -> Path:
    finished = tokens.finish(step)
    named = Named(finished.stems.starts, finished.stems.places, len(finished.stems.names))
    for _, flat, begins in steps(finished, step):
        named.count(flat, begins)
    write_forward(folder, finished, tokens.spans, named.df, vectors)
    tokens.remove()
    assert [path.name for path in folder.iterdir()] == [NAME]
    return folder


@pytest.fixture
def forward(tmp_path: Path) -> Forward:
    return Forward(write(tmp_path))


def surfaces(made: Made, article: int) -> list[int]:
    return [ORDER.index(surface) for _, surface in made.tokens(article)]


def test_the_words_of_articles_come_back_in_order(forward: Forward) -> None:
    everything = [surfaces(MADE, article) for article in range(len(MADE))]
    for article, expected in enumerate(everything):
        assert forward.tokens(integers([article])).tolist() == expected
    assert forward.lengths(np.arange(3)).tolist() == list(map(len, everything))
    assert forward.titles(np.arange(3)).tolist() == list(map(len, MADE.titles))
    assert forward.documents == 3
    assert forward.tokens(integers([2, 0])).tolist() == everything[2] + everything[0]
    assert forward.tokens(integers([])).tolist() == forward.between([]).tolist() == []
    assert forward.between(forward.stretches(integers([2, 0]))).tolist() == everything[2] + everything[0]
    starts = forward.starts(np.arange(3)).tolist()
    assert starts == [0, 17, 17]
    assert forward.surfaces(integers([starts[2] + 1, starts[0]])).tolist() == [everything[2][1], everything[0][0]]


def test_where_words_stand_in_titles_and_bodies(tmp_path: Path) -> None:
    title, body = ([0, 300, 70_000], [4, 900, 70_001]), ([2, 9], [5, 70_000])
    parts = [
        Terms(*spans, ["су"] * len(spans[0]), ["су"] * len(spans[0]), [("су",)] * len(spans[0]))
        for spans in (title, body)
    ]
    tokens = Spool(tmp_path)
    for _ in range(2):
        tokens.add(*parts)
    forward = Forward(finish(tmp_path, tokens, VECTORS))
    both, tokens_of_both = integers([0, 1]), integers([0, 2, 4, 5 + 1, 5 + 4])
    first = integers([0, 0, 3, 5, 5 + 3])  # of the title or body that each of them stands in
    starts, ends = forward.ranges(forward.stretches(both), first, tokens_of_both)
    assert list(zip(starts, ends, strict=True)) == [(0, 4), (70_000, 70_001), (9, 70_000), (300, 900), (9, 70_000)]
    assert forward.ranges(forward.stretches(both[1:]), integers([3]), integers([4])) == ([9], [70_000])
    assert forward.ranges(forward.stretches(both), integers([]), integers([])) == ([], [])
    assert [one.tolist() for one in forward.spans(5, 8)] == [[0, 300, 69_700], [4, 600, 1]]


def test_vectors_of_stems(forward: Forward) -> None:
    assert forward.vector(STEMS.index("ауыл")) is None
    places = forward.vector_of(np.arange(len(STEMS))).tolist()
    assert [stem for stem, place in zip(STEMS, places, strict=True) if place >= 0] == ["мектеп", "су"]
    for stem, direction in (("су", [1.0, 0.2]), ("мектеп", [0.1, 1.0])):
        stored = forward.vector(STEMS.index(stem))
        assert stored is not None
        assert stored / 127 == pytest.approx(np.array(direction) / np.hypot(*direction), abs=0.01)
        assert forward.vectors(integers([places[STEMS.index(stem)]])).tolist() == [stored.tolist()]
        length = forward.vector_lengths(integers([places[STEMS.index(stem)]]))
        assert length == pytest.approx(np.hypot(*stored.astype(float)))
    assert forward.vectors_held == 2
    rows, ends = forward.rows(np.arange(len(ORDER)))
    its = np.split(rows, ends[:-1])
    for (*_, stems), found in zip(ORDER, its, strict=True):
        assert found.tolist() == [
            places[STEMS.index(stem)] for stem in dict.fromkeys(stems) if stem in ("су", "мектеп")
        ]


def test_vectors_of_articles(forward: Forward) -> None:
    rows = forward.article_rows(np.arange(3))
    assert rows.shape == (3, 2)
    assert rows[0].any()
    assert not rows[1].any(), "an article without words has no direction"
    assert forward.mean.shape == (2,)


def test_small_steps_give_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = invented(seeded(3), 40)
    whole = (write(tmp_path / "whole", made) / NAME).read_bytes()
    monkeypatch.setattr(spool, "_HELD", 1)
    monkeypatch.setattr(forward_writer, "_COPIED", 7)
    assert (write(tmp_path / "steps", made, step=4) / NAME).read_bytes() == whole


def test_without_vectors(tmp_path: Path) -> None:
    forward = Forward(write(tmp_path, vectors=StemVectors.none()))
    assert forward.vector(STEMS.index("су")) is None
    assert forward.article_rows(np.arange(3)).shape == (3, 0)
    assert forward.rows(np.arange(len(ORDER)))[0].tolist() == []


def test_without_articles(tmp_path: Path) -> None:
    forward = Forward(write(tmp_path, Made([], [])))
    assert forward.tokens(integers([])).tolist() == forward.lengths(integers([])).tolist() == []
    assert forward.mean.tolist() == [0, 0]


def test_articles_that_there_are_not_are_no_answer(forward: Forward) -> None:
    for ask in (forward.lengths, forward.tokens, forward.article_rows):
        with pytest.raises(IndexCorrupt):
            ask(integers([3]))
