"""The forward index: the words of articles as they were, by number, in whatever steps it was made."""

from pathlib import Path

import numpy as np
import pytest

from search.engines.base import Document
from search.engines.whoosh import forward_writer, lexicon, spool
from search.engines.whoosh.forward import Forward, code
from search.engines.whoosh.forward_writer import write_forward
from search.engines.whoosh.spool import Spool
from search.kazakh import Terms
from search.model import Article
from search.ranking import family, triples
from search.vectors import StemVectors

TEXTS = (
    (("Қала", "кала", ("кала", "ру:кал")), ("мектептер", "мектептер", ("мектеп",)), ("қала", "кала", ("кала",))),
    (),
    (("мектеп", "мектеп", ("мектеп",)), ("😀", "", ("",)), ("су", "су", ("су", "су"))),
    (("қала", "кала", ("кала",)),) * 40,
)
CAPITAL = sorted({exact for rows in TEXTS for exact, *_ in rows}).index("Қала")
VECTORS = StemVectors.of(["кала", "мектеп", "жоқ"], np.array([[1.0, 0.2], [0.1, 1.0], [0.5, 0.5]]))


def terms(rows: tuple[tuple[str, str, tuple[str, ...]], ...]) -> Terms:
    places = list(range(len(rows)))
    return Terms(places, places, [row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows])


def write(folder: Path, vectors: StemVectors = VECTORS, step: int = 1 << 20) -> Path:
    folder.mkdir(exist_ok=True)
    tokens = Spool(folder)
    for number, rows in enumerate(TEXTS):
        tokens.add(Document(Article(f"a{number}", "", ""), terms(rows[:1]), terms(rows[1:])))
    write_forward(folder, tokens.finish(step), tokens.spans, vectors)
    tokens.remove()
    return folder


@pytest.fixture
def forward(tmp_path: Path) -> Forward:
    return Forward(write(tmp_path))


def test_the_words_of_articles_come_back(forward: Forward) -> None:
    for number, rows in enumerate(TEXTS):
        surfaces = forward.tokens(np.array([number]))
        assert forward.lengths(np.array([number])).tolist() == [len(rows)]
        assert forward.exacts.texts(forward.exact_of(surfaces)) == [exact for exact, *_ in rows]
        assert forward.family_of(surfaces).tolist() == [forward.family(family(key)) for _, key, _ in rows]
        stems, owner = forward.listed("stem", surfaces)
        expected = [(at, stem) for at, (*_, held) in enumerate(rows) for stem in dict.fromkeys(held)]
        assert list(zip(owner.tolist(), forward.stems.texts(stems), strict=True)) == expected
    both = forward.tokens(np.array([2, 0]))
    assert forward.exacts.texts(forward.exact_of(both)) == [exact for at in (2, 0) for exact, *_ in TEXTS[at]]
    assert not len(forward.tokens(np.zeros(0, np.int64)))


@pytest.mark.parametrize("most", [1, 4096])
def test_texts_are_found_whether_they_were_given_lately_or_not(
    forward: Forward, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(lexicon, "_REMEMBERED", most)
    every = np.arange(len(forward.exacts))
    assert [forward.exacts.find(text) for text in ("Қала", "жоқ", "жоқ", "Қала")] == [CAPITAL, -1, -1, CAPITAL]
    for _ in range(2):
        assert [forward.exacts.find(text) for text in forward.exacts.texts(every)] == every.tolist()
    assert forward.stems.find("Қала") == -1


def test_triples_of_surfaces(forward: Forward) -> None:
    surfaces = forward.tokens(np.array([0]))
    held, owner = forward.listed("triple", surfaces)
    assert forward.counted("triple", surfaces).tolist() == [len(triples(key)) for _, key, _ in TEXTS[0]]
    for at, (_, key, _) in enumerate(TEXTS[0]):
        assert sorted(held[owner == at].tolist()) == sorted(forward.triples(triples(key)).tolist())
    assert forward.triples(["яяя", "\U0010ffff" * 3, "___"]).tolist() == []
    assert code("аба") < code("абб") < code("баа")


def test_families_and_vectors(forward: Forward) -> None:
    assert [forward.df(name) for name in ("кала", "мект", "су", "жоқ")] == [2, 2, 1, 0]
    assert forward.vector("жоқ") is None, "no article has it"
    assert forward.vector("су") is None, "it has no vector"
    known = forward.vector("кала")
    assert known is not None
    assert np.allclose(known, np.array([1.0, 0.2]) / np.hypot(1.0, 0.2), atol=0.01)
    assert forward.article_rows(np.arange(len(TEXTS))).shape == (4, 2)
    assert not forward.article_rows(np.array([1])).any(), "an article without words has no direction"


def test_small_steps_give_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = (write(tmp_path / "whole") / "forward.izde").read_bytes()
    monkeypatch.setattr(spool, "_HELD", 1)
    monkeypatch.setattr(forward_writer, "_COPIED", 7)
    assert (write(tmp_path / "steps", step=4) / "forward.izde").read_bytes() == whole


def test_without_vectors_and_without_articles(tmp_path: Path) -> None:
    forward = Forward(write(tmp_path / "none", StemVectors.none()))
    assert forward.vector("кала") is None
    assert forward.article_rows(np.arange(4)).shape == (4, 0)
    empty = Spool(tmp_path)
    write_forward(tmp_path, empty.finish(1 << 20), empty.spans, VECTORS)
    assert Forward(tmp_path).df("кала") == 0
