"""Counting many trees that begin alike, and looking for the newest: as the oracle says, on generated archives.

The seed is printed when a test fails; `SEED=` repeats it. `SCALE=` multiplies the number of questions.
"""

import os
from pathlib import Path

import pytest
from questions import Maker
from test_engines_agree import both

from search.deadline import Deadline
from search.engines.base import Request
from search.engines.whoosh import newest as looking
from search.engines.whoosh import totals as counting
from search.model import Scope, Sort
from search.query.nodes import And, Node, Prefix, Term, Words

SEED = int(os.environ.get("SEED", "20240302"))
SCALE = int(os.environ.get("SCALE", "1"))
ARTICLES = (330, 120, 40, 12, 2)
ROUNDS = 25


def family(maker: Maker) -> list[Node]:
    """Trees that begin with the same words, some that do not, and any other ones."""
    first = maker.some(maker.random.choice([0, 1, 1, 1, 2, 3, 8]), maker.unit)
    strict = maker.chance(0.15)
    nodes: list[Node] = []
    for _ in range(maker.random.randint(0, 12)):
        units = maker.some(2, maker.unit, 1) if maker.chance(0.15) else (*first, maker.unit())
        content = tuple(dict.fromkeys(units))
        nodes.append(maker.node() if maker.chance(0.1) else Words(content, units, strict))
    return nodes


def of_titles(maker: Maker) -> Node:
    """What is asked of titles: words, and the beginning of one."""
    terms = tuple(Term(one.text, one.stems, one.exacts, Scope.TITLE) for one in maker.some(2, maker.term))
    parts: list[Node] = [Words(terms, terms, strict=maker.chance(0.9))] if terms else []
    if maker.chance(0.3):
        parts.append(maker.unit())
    if not parts or maker.chance(0.8):
        parts.append(Prefix("x", maker.some(30, maker.form), Scope.TITLE))
    return And(tuple(parts))


@pytest.mark.parametrize("articles", ARTICLES)
def test_trees_that_begin_alike_are_counted_as_the_oracle_does(
    articles: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    print(f"SEED={SEED}")  # noqa: T201 - pytest shows it when the test fails
    maker = Maker(SEED + articles, articles)
    with both(maker, "whoosh", tmp_path) as (engine, oracle):
        for _ in range(ROUNDS * SCALE):
            nodes, collapse = family(maker), maker.chance(0.5)
            grow = maker.random.choice([0, 2, 5, 100])
            monkeypatch.setattr(counting, "_FEWER", maker.random.choice([1, 8, 1000]))
            found = engine.totals(nodes, Deadline.never(), grow_below=grow, collapse=collapse)
            assert found == oracle.totals(nodes, Deadline.never(), grow_below=grow, collapse=collapse)
            for node, counts in list(zip(nodes, found, strict=True))[:2]:
                page = engine.search(node, Request(grow_below=grow, collapse=collapse, limit=0), Deadline.never())
                assert counts == (page.total, page.total_all_words)


@pytest.mark.parametrize("articles", ARTICLES)
def test_the_newest_are_those_of_the_oracle(articles: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What only pays off in large archives, done in small ones: a few articles at a time, a few titles at a time."""
    print(f"SEED={SEED}")  # noqa: T201 - pytest shows it when the test fails
    maker = Maker(SEED - articles, articles)
    with both(maker, "whoosh", tmp_path) as (engine, oracle):
        for _ in range(4 * ROUNDS * SCALE):
            monkeypatch.setattr(looking, "_STEPS", tuple(sorted(maker.some(3, lambda: maker.random.randint(1, 90)))))
            monkeypatch.setattr(looking, "_FEW", maker.random.choice([1, 3, 512]))
            node = maker.node() if maker.chance(0.2) else of_titles(maker)
            limit = maker.random.choice([1, 3, 4, 1000])
            found = engine.newest(node, limit, Deadline.never())
            assert found == oracle.newest(node, limit, Deadline.never()), node
            asked = Request(sort=Sort.NEWEST, limit=limit, collapse=True, grow_below=0)
            assert found == tuple(one for one, _ in engine.search(node, asked, Deadline.never()).hits)
