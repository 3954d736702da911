"""The embedded engine against the oracle, on generated archives and questions.

The seed is printed when a test fails; `SEED=` repeats it. `SCALE=` multiplies the number of questions.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import Any

import pytest
from questions import FIELDS, SPECS, Maker

from search import ranking
from search.deadline import Deadline
from search.engines import ENGINES, oracle
from search.engines.base import Engine, RawPage, Request, newest_first
from search.engines.memory import MemoryEngine
from search.engines.whoosh import best_shares, bounds, first_stage, inversion
from search.engines.whoosh import score as scoring
from search.engines.whoosh.first_stage import FirstStage
from search.engines.whoosh.sets import Articles
from search.model import Sort
from search.query.nodes import Node, Or, Words
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


@contextmanager
def both(maker: Maker, kind: str, folder: Path) -> Iterator[tuple[Engine, MemoryEngine]]:
    """An engine and the oracle over the same archive."""
    documents = [maker.document(f"а{n}") for n in range(maker.articles)]
    vectors = maker.vectors()
    builder = ENGINES[kind].builder(folder, memory_mb=16, facets=SPECS)
    for document in sorted(documents, key=lambda one: newest_first(one.article)):
        builder.add(document)
    builder.finish(vectors)
    engine = ENGINES[kind].open(folder)
    try:
        yield engine, MemoryEngine(documents, vectors, SPECS)
    finally:
        engine.close()


@pytest.mark.parametrize("kind", ENGINES)
def test_engine_and_oracle_agree(maker: Maker, kind: str, tmp_path: Path) -> None:
    with both(maker, kind, tmp_path) as (engine, oracle):
        assert engine.stats() == oracle.stats()
        ids = [f"а{n}" for n in range(maker.articles + 1)]
        for prefer in ((), ("б",), ("жоқ", "а")):
            assert engine.duplicates(ids, prefer) == oracle.duplicates(ids, prefer)
        assert engine.get(ids) == oracle.get(ids)
        for name in FIELDS:
            assert engine.values(name) == oracle.values(name)
        for _ in range(SIZES[maker.articles] * SCALE):
            node, request = maker.node(), maker.request()
            Expected(oracle, node, request).check(engine.search(node, request, Deadline.never()))
            some, words = maker.random.sample(ids, min(3, len(ids))), maker.words()
            assert engine.located(some, words) == oracle.located(some, words)


def first_hits(maker: Maker) -> tuple[Node, Request]:
    """A question for the best hits, mostly of a few words."""
    asked = replace(maker.request(), sort=Sort.RELEVANCE, half_life=0, pinned=(), limit=maker.random.choice([1, 2, 5]))
    units = maker.some(maker.random.choice([1, 3, 12]), maker.unit, 1)
    node = maker.random.choice([units[0], Or(units), Words(tuple(dict.fromkeys(units)), units), maker.node()])
    return node, replace(asked, offset=maker.random.choice([0, 0, 3]), collapse=maker.chance(0.2))


@pytest.mark.parametrize("stage", [1, 4])
def test_they_agree_where_most_articles_are_never_scored(
    maker: Maker, stage: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What only pays off in large archives, done in small ones: articles are told apart by bounds and by their tops."""
    for module in (ranking, oracle, scoring):
        monkeypatch.setattr(module, "FIRST_STAGE", stage)
        monkeypatch.setattr(module, "SECOND_STAGE", (stage + 1) // 2)
    monkeypatch.setattr(inversion, "TOPS", 8)
    monkeypatch.setattr(bounds, "_WORTH", 1)
    monkeypatch.setattr(bounds, "_TIMES", 2)
    monkeypatch.setattr(best_shares, "_WORTH", 8)
    monkeypatch.setattr(best_shares, "_MOST", 8)
    spared: Counter[str] = Counter()

    def watched(name: str, choose: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(choose)
        def chosen(*arguments: Any, **options: Any) -> Any:
            found = choose(*arguments, **options)
            spared[name] += len(found[0]) < len(next(one for one in arguments if isinstance(one, Articles)))
            return found

        return chosen

    monkeypatch.setattr(first_stage.FirstStage, "contenders", watched("any way", FirstStage.contenders))
    monkeypatch.setattr(first_stage, "contenders", watched("by bounds", bounds.contenders))
    count = SIZES[maker.articles] // 2
    with both(maker, "whoosh", tmp_path) as (engine, plain):
        for _ in range(count * SCALE):
            node, request = first_hits(maker)
            Expected(plain, node, request).check(engine.search(node, request, Deadline.never()))
    if maker.articles >= 40:
        assert spared["by bounds"] > count / 10
        assert spared["any way"] > spared["by bounds"] + 1, "by the tops"
