"""The embedded engine against the oracle, on generated archives and questions.

The seed is printed when a test fails; `SEED=` repeats it. `SCALE=` multiplies the number of questions.
"""

import os
import random
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from search.deadline import Deadline
from search.engines import ENGINES
from search.engines.base import FILTER_FIELDS, Document, RawPage, Request, newest_first
from search.engines.memory import MemoryEngine
from search.kazakh import Terms
from search.model import Article, DateRange, Filter, Scope, Sort
from search.query.nodes import And, Either, MatchAll, Node, Not, Phrase, Term, Unit, Words
from search.ranking import LOWERED, PARTS
from search.vectors import StemVectors

SEED = int(os.environ.get("SEED", "20240229"))
QUESTIONS = 500 * int(os.environ.get("SCALE", "1"))
SIZES = (90, 60, 40, 20, 2)

# Each stem has a few forms; the first stems are common, the last ones rare. One form in ten has two stems.
STEMS = ["ауыл", "ауа", "қала", "қалам", "қалта", "су", "суат", "той", "тойхана", "жер", "жаз", "жазба", "көл", "көлік"]
ENDINGS = ["", "", "да", "ға", "лардың"]
VALUES = {
    "category": ["", "а", "ә", "б"],
    "source": ["а", "б"],
    "author": [""] * 5 + ["а", "б", "в"],
    "lang": ["kk", "ru"],
}


class Maker:
    """Makes articles and questions from a seeded generator."""

    def __init__(self, seed: int, articles: int) -> None:
        self.articles = articles
        self.random = random.Random(seed)

    def stem(self) -> str:
        return STEMS[min(int(self.random.expovariate(0.3)), len(STEMS) - 1)]

    def terms(self, longest: int) -> Terms:
        count = self.random.randint(0, longest)
        stems = [tuple({self.stem() for _ in range(self.random.choice([1] * 9 + [2]))}) for _ in range(count)]
        exacts = [f"{held[0]}{self.random.choice(ENDINGS)}" for held in stems]
        places = list(range(count))
        return Terms(
            places, [place + 1 for place in places], exacts, [form.replace("қ", "к") for form in exacts], stems
        )

    def document(self, article_id: str) -> Document:
        published = None
        if self.random.random() < 0.85:
            zone = timezone(timedelta(hours=self.random.choice([0, 5, 6])))
            published = datetime(2022, 12, 25, tzinfo=zone) + timedelta(hours=12 * self.random.randint(0, 40))
        fields: dict[str, Any] = {name: self.random.choice(values) for name, values in VALUES.items()}
        article = Article(article_id, "", "", published=published, **fields)
        return Document(article, self.terms(5), self.terms(self.random.choice([4, 15, 40])))

    def term(self) -> Term:
        stems = tuple(
            self.random.choice([self.stem(), self.stem(), "жоқ"]) for _ in range(self.random.choice([1, 1, 1, 2, 3]))
        )
        exacts = tuple({f"{stem}{self.random.choice(ENDINGS)}" for stem in stems})
        scope = self.random.choice([Scope.ALL] * 4 + [Scope.TITLE, Scope.BODY])
        key = self.random.choice([exacts[0], exacts[0].replace("қ", "к"), ""])
        weight = self.random.choice([1.0, 1.0, 0.1])
        return Term(stems[0], stems, exacts, scope, self.random.random() < 0.2, weight, key)

    def unit(self) -> Unit:
        if self.random.random() < 0.8:
            return self.term()
        children = (self.term(), Phrase((self.term(), self.term())), self.term())
        return Either("x", tuple(self.random.sample(children, 2)), self.random.choice([1.0, 0.1]))

    def vectors(self) -> StemVectors:
        known = sorted(self.random.sample(STEMS, 9))
        return StemVectors.of(known, np.array([[self.random.gauss(0, 1) for _ in range(5)] for _ in known]))

    def node(self, depth: int = 0) -> Node:
        kind = self.random.choice(
            ["term", "phrase", "either", "words", "words", "words", "all"] + ["and", "and", "not"] * (depth < 3)
        )
        terms = tuple(self.term() for _ in range(self.random.randint(1, 6)))
        if kind == "term":
            return terms[0]
        if kind == "phrase":
            return Phrase(terms[:3])
        if kind == "words":
            units = tuple(self.unit() for _ in range(self.random.randint(1, 6)))
            return Words(tuple(dict.fromkeys(units)), units + units[:1], self.random.random() < 0.15)
        if kind == "either":
            return Either("x", (self.term(), Phrase(terms[:2])))
        if kind == "and":
            return And(tuple(self.node(depth + 1) for _ in range(self.random.randint(0, 3))))
        return Not(self.node(depth + 1)) if kind == "not" else MatchAll()

    def filter(self) -> Filter:
        name = self.random.choice(FILTER_FIELDS)
        values = ["", "а", "ә", "б", "kk", "ru", "2022", "2023", "жоқ"]
        return Filter(name, *(tuple(self.random.sample(values, self.random.choice([0, 0, 1, 3, 6]))) for _ in range(2)))

    def request(self) -> Request:
        first, last = (
            self.random.choice([None, date(2022, 12, 24) + timedelta(days=self.random.randint(0, 22))])
            for _ in range(2)
        )
        return Request(
            filters=tuple(self.filter() for _ in range(self.random.choice([0, 0, 1, 2, 3]))),
            dates=self.random.choice([None, None, DateRange(first, last)]),
            sort=self.random.choice([Sort.RELEVANCE, Sort.RELEVANCE, Sort.NEWEST, Sort.OLDEST]),
            offset=self.random.choice([0, 0, 0, 3, 30]),
            limit=self.random.choice([0, 1, 10, 1000]),
            facets=tuple(self.random.sample(FILTER_FIELDS, self.random.randint(0, 3))),
            days=self.random.random() < 0.5,
            grow_below=self.random.choice([0, 2, 5, 100]),
            explain=self.random.random() < 0.5,
        )


def check(found: RawPage, expected: RawPage, every: dict[str, float]) -> None:
    """`every`: the oracle's score of every article that is left after filters."""
    assert (found.total, found.total_all_words, found.grown) == (
        expected.total, expected.total_all_words, expected.grown,
    )  # fmt: skip
    assert (found.facets, found.days, found.timed_out) == (expected.facets, expected.days, False)
    assert len(found.hits) == len(expected.hits)
    for (article_id, score), (other_id, other_score) in zip(found.hits, expected.hits, strict=True):
        assert score == pytest.approx(every[article_id], abs=1e-9)
        assert article_id == other_id or abs(score - other_score) <= 1e-9
    check_parts(found, expected)


def check_parts(found: RawPage, expected: RawPage) -> None:
    """The parts of each score are the oracle's and add up to it; articles of equal scores may have changed places."""
    assert len(found.parts) == len(expected.parts)
    theirs = {article_id: parts for (article_id, _), parts in zip(expected.hits, expected.parts, strict=False)}
    for (article_id, score), parts in zip(found.hits, found.parts, strict=False):
        assert tuple(parts) == (*PARTS, LOWERED)
        assert sum(parts.values()) == pytest.approx(score, abs=1e-9)
        assert parts == pytest.approx(theirs.get(article_id, parts), abs=1e-9)


def scores(oracle: MemoryEngine, node: Node, request: Request) -> dict[str, float]:
    whole = Request(request.filters, request.dates, request.sort, limit=10**6, grow_below=request.grow_below)
    return dict(oracle.search(node, whole, Deadline.never()).hits)


@pytest.fixture(params=range(len(SIZES)), ids=[f"{size}-articles" for size in SIZES])
def maker(request: pytest.FixtureRequest) -> Maker:
    seed = SEED + request.param
    print(f"SEED={seed}")  # noqa: T201 - pytest shows it when the test fails
    return Maker(seed, SIZES[request.param])


@pytest.mark.parametrize("kind", ENGINES)
def test_engine_and_oracle_agree(maker: Maker, kind: str, tmp_path: Path) -> None:
    documents = [maker.document(f"а{n}") for n in range(maker.articles)]
    vectors = maker.vectors()
    oracle = MemoryEngine(documents, vectors)
    builder = ENGINES[kind].builder(tmp_path, memory_mb=16)
    for document in sorted(documents, key=lambda one: newest_first(one.article)):
        builder.add(document)
    builder.finish(vectors)
    engine = ENGINES[kind].open(tmp_path)
    try:
        assert engine.stats() == oracle.stats()
        for _ in range(QUESTIONS // len(SIZES)):
            node, request = maker.node(), maker.request()
            found = engine.search(node, request, Deadline.never())
            expected = oracle.search(node, request, Deadline.never())
            check(found, expected, scores(oracle, node, request))
    finally:
        engine.close()
