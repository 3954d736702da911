"""Who may be among the best: never fewer than by sorting everything."""

import random
from collections.abc import Iterable, Sequence

import numpy as np
import pytest
from small_segments import SCALE, seeded

from search.engines.whoosh import bounds
from search.engines.whoosh.bounds import contenders
from search.engines.whoosh.packed import packed_numbers
from search.engines.whoosh.postings import BestShares, Postings
from search.engines.whoosh.sets import Articles, every


class Archive:
    """Random postings of some words, and the shares that they have in articles; some of the words are dense."""

    def __init__(self, source: random.Random, words: int, documents: int, steps: int) -> None:
        self.documents = documents
        self.rows = np.zeros((words, documents))
        self.held: list[Postings] = []
        self.best: list[BestShares | None] = []
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
            self.held.append(source.choice([Postings(ids, tf, peak=peak), Postings(ids, None, counts, peak=peak)]))
            self.best.append(source.choice([None, self.best_of(row, ids, source.randint(1, 20))]))
        self.scores = np.zeros(documents)
        for weight, row in zip(self.weights, self.rows, strict=True):
            self.scores += weight * row
        self.looked = 0

    def best_of(self, row: np.ndarray, ids: np.ndarray, count: int) -> BestShares | None:
        if not len(ids):
            return None
        articles = ids[np.lexsort((ids, -row[ids]))[:count]]
        first, last = row[articles[[0, -1]]].tolist()
        return BestShares(articles, packed_numbers(articles, self.documents), first, last)

    def contenders(self, kept: Articles, most: int) -> Sequence[int]:
        self.looked = 0

        def scored(articles: np.ndarray) -> np.ndarray:
            self.looked += len(articles)
            return self.scores[articles]

        def shares(articles: np.ndarray, place: int) -> np.ndarray:
            return self.rows[place, articles]

        articles, scores = contenders(kept, self.held, self.weights, most, lambda: self.best, shares, scored)
        assert scores.tolist() == self.scores[articles].tolist()
        return articles.tolist()

    def leaders(self, articles: Iterable[int], most: int) -> list[int]:
        return sorted(articles, key=lambda n: (-self.scores[n], n))[:most]


@pytest.mark.parametrize("words", range(2, 13))
@pytest.mark.parametrize(("first", "one_by_one"), [(0, 2), (3, 10), (100, 2048)])
def test_the_best_are_among_the_contenders(
    words: int, first: int, one_by_one: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("_WORTH", 1), ("_TIMES", 2), ("_FIRST", first), ("_ONE_BY_ONE", one_by_one)):
        monkeypatch.setattr(bounds, name, value)
    source = seeded(100 * words + first)
    saved = 0
    for _ in range(20 * SCALE):
        archive = Archive(source, words, source.choice([3, 40, 300]), source.choice([1, 2, 5, 50]))
        some = np.array([source.random() < 0.5 for _ in range(archive.documents)])
        held = np.flatnonzero(archive.scores)
        for kept in (
            Articles(archive.documents, held),
            Articles(archive.documents, mask=some),
            Articles(archive.documents, np.flatnonzero(some)),
            Articles(archive.documents, held).only(some),
            Articles(archive.documents, held).complement(),
            every(archive.documents),
        ):
            for most in {1, 2, source.randint(1, archive.documents), len(kept), len(kept) + 1} - {0}:
                found = archive.contenders(kept, most)
                assert found == sorted(set(found)), "each once, rising"
                inside = set(kept.ids.tolist())
                assert inside.issuperset(found)
                assert archive.leaders(found, most) == archive.leaders(inside, most)
                saved += len(inside) - len(found)
    assert saved > 0, "the bounds never told anyone apart"


def test_few_articles_are_not_looked_through() -> None:
    archive = Archive(seeded(1), 2, 300, 5)
    assert archive.contenders(every(300), 10) == list(range(300))
    assert archive.looked == 300


def test_bounds_spare_what_cannot_be_among_the_best(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "_WORTH", 1)
    monkeypatch.setattr(bounds, "_TIMES", 2)
    # The first 200 hold both words, the others one of them: with 10 wanted nobody else is scored.
    tf, documents = np.ones(200, np.uint8), 10_000
    archive = Archive(seeded(2), 2, documents, 1)
    archive.rows = np.zeros((2, documents))
    archive.rows[0] = 0.5
    archive.rows[1, :200] = 0.5
    archive.weights, archive.scores, archive.best = [1.0, 1.0], archive.rows.sum(axis=0), [None, None]
    archive.held = [Postings(np.arange(documents), np.ones(documents, np.uint8), peak=0.5)]
    archive.held.append(Postings(np.arange(200), tf, peak=0.5))
    assert archive.contenders(every(documents), 10) == list(range(200))
    assert archive.looked == 200


def test_the_best_of_a_common_word_spare_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "_WORTH", 1)
    monkeypatch.setattr(bounds, "_TIMES", 2)
    # All hold one word, nobody the other one: what is known of the best of the first is enough.
    archive = Archive(seeded(3), 2, 10_000, 1)
    archive.rows = np.zeros((2, 10_000))
    archive.rows[0] = np.linspace(0.9, 0.1, 10_000)
    archive.weights, archive.scores = [1.0, 1.0], archive.rows[0]
    archive.held = [Postings(np.arange(10_000), np.ones(10_000, np.uint8), peak=0.9)]
    archive.held.append(Postings(np.empty(0, np.int64), np.empty(0, np.uint8), peak=0.0))
    archive.best = [archive.best_of(archive.rows[0], np.arange(10_000), 512), None]
    assert archive.contenders(every(10_000), 10) == list(range(10))
    assert archive.looked == 512
