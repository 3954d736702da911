"""Which words articles hold, and who may be among the best: never fewer than by sorting everything."""

import random
from collections.abc import Iterable, Sequence

import numpy as np
import pytest
from small_segments import SCALE, seeded

from search.engines.whoosh import told
from search.engines.whoosh.postings import Postings
from search.engines.whoosh.sets import Articles
from search.engines.whoosh.told import Told, contenders, sums


class Archive:
    """Random postings of some words, and the shares that they have in articles; some of the words are dense."""

    def __init__(self, source: random.Random, words: int, documents: int, steps: int) -> None:
        self.documents = documents
        self.rows = np.zeros((words, documents))
        self.held: list[Postings] = []
        self.weights = [
            source.choice([0.1, 1.0, 1.0, 2.5]) * source.choice([1.0, source.random()]) for _ in range(words)
        ]
        for row in self.rows:
            ids = np.array(sorted(source.sample(range(documents), source.randint(0, documents))), np.int64)
            # Few different shares, so that many articles are equal.
            row[ids] = [source.randint(1, steps) / (steps + 1) for _ in ids]
            peak = min(1.0, row.max(initial=0.0) * source.choice([1.0, 1.0 + 1e-7, 1.3]))
            tf = np.ones(len(ids), np.uint8)
            counts = (row > 0).astype(np.uint8)
            made = source.choice([Postings(ids, tf, peak=peak), Postings(ids, None, counts, peak=peak)])
            self.held.append(made)
        self.scores = np.zeros(documents)
        for weight, row in zip(self.weights, self.rows, strict=True):
            self.scores += weight * row
        self.looked = 0

    def bits(self, article: int) -> int:
        return sum(1 << place for place, row in enumerate(self.rows) if row[article] > 0)

    def contenders(self, what: Told, kept: Articles, most: int) -> Sequence[int]:
        self.looked = 0

        def scored(articles: np.ndarray) -> np.ndarray:
            self.looked += len(articles)
            return self.scores[articles]

        return contenders(
            kept, lambda: what, self.weights, most, lambda articles, place: self.rows[place, articles], scored
        ).tolist()

    def best(self, articles: Iterable[int], most: int) -> list[int]:
        return sorted(articles, key=lambda n: (-self.scores[n], n))[:most]


def origin(what: Told, wanted: np.ndarray) -> Articles:
    return Articles(len(what.bits), mask=what.mask(wanted), origin=(what, wanted))


@pytest.mark.parametrize("words", range(1, 13))
def test_articles_are_told_apart_by_the_words_that_they_hold(words: int) -> None:
    source = seeded(words)
    archive = Archive(source, words, 200, 3)
    what = Told(archive.held, archive.documents)
    kinds = [archive.bits(n) for n in range(archive.documents)]
    assert what.kinds == 1 << words
    assert what.bits.dtype == (np.uint8 if words <= 8 else np.uint16)
    assert what.bits.tolist() == kinds
    assert what.counts.tolist() == [kinds.count(kind) for kind in range(what.kinds)]
    for count in {0, 1, what.kinds // 2, what.kinds - 1, what.kinds, min(what.kinds, 8), min(what.kinds, 9)}:
        chosen = source.sample(range(what.kinds), count)
        wanted = np.zeros(what.kinds, np.bool_)
        wanted[chosen] = True
        assert what.mask(wanted).tolist() == [kind in chosen for kind in kinds]
        assert what.of_kinds(chosen).tolist() == [n for n, kind in enumerate(kinds) if kind in chosen]


def test_sums_of_every_set() -> None:
    weights = [0.5, 2.0, 8.0]
    assert sums(weights).tolist() == [0, 0.5, 2, 2.5, 8, 8.5, 10, 10.5]
    assert sums([]).tolist() == [0]


@pytest.mark.parametrize("words", range(2, 13))
def test_the_best_are_among_the_contenders(words: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(told, "_WORTH", 1)
    source = seeded(100 + words)
    saved = 0
    for _ in range(60 * SCALE):
        archive = Archive(source, words, source.choice([3, 40, 300]), source.choice([1, 2, 5, 50]))
        what = Told(archive.held, archive.documents)
        wanted = np.array([source.random() < 0.8 for _ in range(what.kinds)])
        some = np.array([source.random() < 0.5 for _ in range(archive.documents)])
        all_kinds = np.arange(what.kinds) > 0
        for kept in (
            origin(what, all_kinds),
            origin(what, wanted),
            origin(what, wanted).only(some),
            origin(Told(archive.held, archive.documents), wanted),
            Articles(archive.documents, mask=some),
            Articles(archive.documents, np.flatnonzero(some)),
            Articles(archive.documents, np.arange(archive.documents)),
            origin(what, all_kinds).complement(),
        ):
            for most in {1, 2, source.randint(1, archive.documents), len(kept), len(kept) + 1} - {0}:
                found = archive.contenders(what, kept, most)
                assert found == sorted(set(found)), "each once, rising"
                inside = set(kept.ids.tolist())
                assert inside.issuperset(found)
                assert archive.best(found, most) == archive.best(inside, most)
                saved += len(inside) - len(found)
    assert saved > 0, "the bounds never told anyone apart"


def test_few_articles_and_many_words_are_not_looked_through() -> None:
    source = seeded(1)
    archive = Archive(source, 2, 300, 5)
    what = Told(archive.held, 300)
    kept = Articles(300, np.arange(300))
    assert archive.contenders(what, kept, 10) == list(range(300))
    assert archive.looked == 0


def test_bounds_spare_what_cannot_be_among_the_best(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(told, "_WORTH", 1)
    # The first 20 hold both words, the others one of them: with 10 wanted nobody else is scored.
    tf, documents = np.ones(20, np.uint8), 1000
    archive = Archive(seeded(2), 2, documents, 1)
    archive.rows = np.zeros((2, documents))
    archive.rows[0] = 0.5
    archive.rows[1, :20] = 0.5
    archive.weights, archive.scores = [1.0, 1.0], archive.rows.sum(axis=0)
    often = Postings(np.arange(documents), np.ones(documents, np.uint8), peak=0.5)
    what = Told([often, Postings(np.arange(20), tf, peak=0.5)], documents)
    assert archive.contenders(what, Articles(documents, np.arange(documents)), 10) == list(range(20))
    assert archive.looked == 20
