"""Generations made of older ones and what changed answer as those that are built of the same articles in one go.

The seed is printed when a test fails; `SEED=` repeats it. `SCALE=` multiplies the number of rounds.
"""

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from questions import FIELDS, SPECS, Maker

from search.deadline import Deadline
from search.engines.base import Document, RawPage, newest_first
from search.engines.whoosh import WHOOSH, WhooshEngine
from search.engines.whoosh.assembly import Assembly
from search.engines.whoosh.merging import to_merge
from search.engines.whoosh.settled import read_settled
from search.model import Scope
from search.query.nodes import And, Prefix
from search.vectors import StemVectors

SEED = int(os.environ.get("SEED", "20240301"))
SCALE = int(os.environ.get("SCALE", "1"))
ROUNDS, QUESTIONS = 8, 40

Policy = Callable[[Sequence[int], Sequence[int]], Sequence[int]]


def never(live: Sequence[int], gone: Sequence[int]) -> list[int]:
    return []


def always(live: Sequence[int], gone: Sequence[int]) -> list[int]:
    return list(range(len(live)))


def ordered(documents: Sequence[Document]) -> list[Document]:
    return sorted(documents, key=lambda one: newest_first(one.article))


def built(folder: Path, documents: Sequence[Document], vectors: StemVectors) -> WhooshEngine:
    folder.mkdir()
    builder = WHOOSH.builder(folder, memory_mb=16, facets=SPECS)
    for document in ordered(documents):
        builder.add(document)
    builder.finish(vectors)
    return WHOOSH.open(folder)


def same(one: RawPage, other: RawPage) -> None:
    assert replace(one, hits=(), parts=()) == replace(other, hits=(), parts=())
    assert [hit for hit, _ in one.hits] == [hit for hit, _ in other.hits]
    assert [score for _, score in one.hits] == pytest.approx([score for _, score in other.hits], abs=1e-9)
    for parts, others in zip(one.parts, other.parts, strict=True):
        assert parts == pytest.approx(others, abs=1e-9)


def segments(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.glob("s*/*")}


@pytest.mark.parametrize("policy", [never, always, to_merge])
@pytest.mark.parametrize("articles", [3, 60, 150])
def test_it_answers_as_one_that_was_built_in_one_go(articles: int, policy: Policy, tmp_path: Path) -> None:
    print(f"SEED={SEED}")  # noqa: T201 - pytest shows it when the test fails
    maker = Maker(SEED + articles, articles)
    random = maker.random
    there = {f"а{n}": maker.document(f"а{n}") for n in range(articles) if n % 3}
    built(tmp_path / "0", list(there.values()), maker.vectors()).close()
    settled = read_settled(tmp_path / "0")
    for number in range(1, ROUNDS * SCALE + 1):
        base, folder = tmp_path / str(number - 1), tmp_path / str(number)
        folder.mkdir()
        gone = random.sample(sorted(there), min(len(there), random.choice((0, 0, 1, articles // 8, articles))))
        changed = random.sample([f"а{n}" for n in range(articles)], random.choice((0, 1, articles // 6)))
        fresh = {name: maker.document(name) for name in changed}
        assembly = Assembly(folder, base, memory_mb=16, facets=SPECS)
        assert assembly.remove([*gone, *gone, "жоқ"]) == len(gone)
        for document in ordered(list(fresh.values())):
            assembly.add(document)
        assembly.finish(policy=policy)
        there = {name: one for name, one in there.items() if name not in gone} | fresh
        whole = built(tmp_path / f"whole{number}", list(there.values()), settled)
        engine = WHOOSH.open(folder)
        try:
            assert engine.stats() == whole.stats()
            ids = [f"а{n}" for n in range(articles + 1)]
            assert engine.get(ids) == whole.get(ids)
            assert engine.duplicates(ids) == whole.duplicates(ids)
            for name in FIELDS:
                assert engine.values(name) == whole.values(name)
            for _ in range(QUESTIONS):
                node, request = maker.node(), maker.request()
                same(*(of.search(node, request, Deadline.never()) for of in (engine, whole)))
                some, words = random.sample(ids, min(3, len(ids))), maker.words()
                assert engine.located(some, words) == whole.located(some, words)
        finally:
            engine.close()
            whole.close()
        if policy is always:
            assert segments(folder) == segments(tmp_path / f"whole{number}")


@pytest.mark.parametrize("articles", [3, 60, 150])
def test_it_counts_and_finds_the_newest_as_one_that_was_built_in_one_go(articles: int, tmp_path: Path) -> None:
    print(f"SEED={SEED}")  # noqa: T201 - pytest shows it when the test fails
    maker = Maker(SEED - articles, articles)
    there = {f"а{n}": maker.document(f"а{n}") for n in range(articles)}
    built(tmp_path / "base", list(there.values()), maker.vectors()).close()
    gone = maker.random.sample(sorted(there), articles // 4)
    changed = {name: maker.document(name) for name in sorted(there)[: articles // 3]}
    (tmp_path / "new").mkdir()
    assembly = Assembly(tmp_path / "new", tmp_path / "base", memory_mb=16, facets=SPECS)
    assembly.remove(gone)
    for document in ordered(list(changed.values())):
        assembly.add(document)
    assembly.finish(policy=never)
    there = {name: one for name, one in there.items() if name not in gone} | changed
    whole = built(tmp_path / "whole", list(there.values()), read_settled(tmp_path / "base"))
    engine, never_late = WHOOSH.open(tmp_path / "new"), Deadline.never()
    for _ in range(QUESTIONS * SCALE):
        nodes, collapse = [maker.node() for _ in range(4)], maker.chance(0.5)
        assert engine.totals(nodes, never_late, collapse=collapse) == whole.totals(nodes, never_late, collapse=collapse)
        words = [replace(one, scope=Scope.TITLE, exact=False) for one in maker.some(1, maker.term)]
        titles = And((Prefix("x", maker.some(9, maker.form), Scope.TITLE), *words))
        for node in (titles, nodes[0]):
            assert engine.newest(node, 4, never_late) == whole.newest(node, 4, never_late)
    engine.close()
    whole.close()
