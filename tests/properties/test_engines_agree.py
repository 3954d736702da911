"""The embedded engine against the oracle, on generated archives and questions.

The seed is printed when a test fails; `SEED=` repeats it. `SCALE=` multiplies the number of questions.
"""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from questions import FIELDS, SPECS, Maker

from search.deadline import Deadline
from search.engines import ENGINES
from search.engines.base import RawPage, Request, newest_first
from search.engines.memory import MemoryEngine
from search.model import Sort
from search.query.nodes import Node
from search.ranking import LOWERED, PARTS

SEED = int(os.environ.get("SEED", "20240229"))
SIZES = {330: 100, 120: 200, 70: 400, 55: 400, 40: 300, 20: 300, 12: 200, 2: 100}
"""How many articles an archive has, and how many questions are asked of it."""
SCALE = int(os.environ.get("SCALE", "1"))
CLOSE = 1e-6
"""Scores that are nearer to each other than this may stand in either order."""


class Expected:
    """What the oracle says to a question, of every hit and not of one page only."""

    def __init__(self, oracle: MemoryEngine, node: Node, request: Request) -> None:
        whole = oracle.search(node, replace(request, offset=0, limit=10**6), Deadline.never())
        self.request = request
        self.whole = whole
        self.scores = dict(whole.hits)
        self.parts = dict(zip(self.scores, whole.parts, strict=bool(whole.parts)))
        self.hidden = dict(zip(self.scores, whole.duplicates, strict=bool(whole.duplicates)))
        """What hides behind each hit; of nearly equal articles of a group another one may stand for it."""
        self.stands = {one: hit for hit, others in self.hidden.items() for one in (hit, *others)}

    def check(self, found: RawPage) -> None:
        whole, request = self.whole, self.request
        hits = slice(request.offset, request.offset + request.limit)
        assert replace(found, hits=(), parts=(), duplicates=()) == replace(whole, hits=(), parts=(), duplicates=())
        expected = whole.hits[hits]
        assert len(found.hits) == len(expected)
        assert len(found.parts) == len(whole.parts[hits])
        assert len(found.duplicates) == len(whole.duplicates[hits])
        if request.sort is not Sort.RELEVANCE:
            assert (found.hits, found.duplicates) == (expected, whole.duplicates[hits])
            return
        for (one, score), (other, other_score) in zip(found.hits, expected, strict=True):
            assert score == pytest.approx(self.scores[self.stands.get(one, one)], abs=CLOSE)
            assert one == other or (abs(score - other_score) <= CLOSE and not {one, other} & set(request.pinned))
        assert len({self.stands.get(one, one) for one, _ in found.hits}) == len(found.hits)
        self._check_duplicates(found)
        self._check_parts(found)

    def _check_duplicates(self, found: RawPage) -> None:
        for (one, _), hidden in zip(found.hits, found.duplicates, strict=False):
            hit = self.stands[one]
            assert {one, *hidden} == {hit, *self.hidden[hit]}
            assert one != hit or hidden == self.hidden[hit]

    def _check_parts(self, found: RawPage) -> None:
        """The parts of each score are the oracle's and add up to it."""
        for (one, score), parts in zip(found.hits, found.parts, strict=False):
            assert tuple(parts) == (*PARTS, LOWERED)
            assert sum(parts.values()) == pytest.approx(score, abs=1e-9)
            assert parts == pytest.approx(self.parts.get(one, parts), abs=CLOSE)


@pytest.fixture(params=SIZES, ids=lambda size: f"{size}-articles")
def maker(request: pytest.FixtureRequest) -> Maker:
    print(f"SEED={SEED}")  # noqa: T201 - pytest shows it when the test fails
    return Maker(SEED + request.param, request.param)


@pytest.mark.parametrize("kind", ENGINES)
def test_engine_and_oracle_agree(maker: Maker, kind: str, tmp_path: Path) -> None:
    documents = [maker.document(f"а{n}") for n in range(maker.articles)]
    vectors = maker.vectors()
    oracle = MemoryEngine(documents, vectors, SPECS)
    builder = ENGINES[kind].builder(tmp_path, memory_mb=16, facets=SPECS)
    for document in sorted(documents, key=lambda one: newest_first(one.article)):
        builder.add(document)
    builder.finish(vectors)
    engine = ENGINES[kind].open(tmp_path)
    try:
        assert engine.stats() == oracle.stats()
        ids = [f"а{n}" for n in range(maker.articles + 1)]
        assert engine.duplicates(ids) == oracle.duplicates(ids)
        assert engine.get(ids) == oracle.get(ids)
        for name in FIELDS:
            assert engine.values(name) == oracle.values(name)
        for _ in range(SIZES[maker.articles] * SCALE):
            node, request = maker.node(), maker.request()
            Expected(oracle, node, request).check(engine.search(node, request, Deadline.never()))
            some, words = maker.random.sample(ids, min(3, len(ids))), maker.words()
            assert engine.located(some, words) == oracle.located(some, words)
    finally:
        engine.close()
