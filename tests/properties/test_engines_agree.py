"""The embedded engine against the oracle, on generated archives and questions.

The seed is printed when a test fails; `SEED=` repeats it. `SCALE=` multiplies the number of questions.
"""

import os
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pytest

from search.deadline import Deadline
from search.engines import ENGINES
from search.engines.base import Document, RawPage, Request, newest_first
from search.engines.memory import MemoryEngine
from search.facets import FACETS, FacetSpec
from search.kazakh import Terms
from search.model import Article, DateRange, Filter, Interval, Scope, Sort
from search.query.nodes import (
    And, Dates, Either, Field, Ids, MatchAll, Near, Node, Not, Or, Phrase, Prefix, Term, Unit, Words,
)  # fmt: skip
from search.ranking import LOWERED, PARTS, SECOND_STAGE
from search.vectors import StemVectors

SEED = int(os.environ.get("SEED", "20240229"))
SIZES = {330: 100, 120: 200, 70: 400, 55: 400, 40: 300, 20: 300, 12: 200, 2: 100}
"""How many articles an archive has, and how many questions are asked of it."""
SCALE = int(os.environ.get("SCALE", "1"))
CLOSE = 1e-6
"""Scores that are nearer to each other than this may stand in either order."""

# Each stem has a few forms; the first stems are common, the last ones rare. One form in ten has two stems.
STEMS = ["ауыл", "ауа", "қала", "қалам", "қалта", "су", "суат", "той", "тойхана", "жер", "жаз", "жазба", "көл", "көлік"]
ENDINGS = ["", "", "да", "ға", "лардың"]
VALUES = {
    "category": ["", "а", "ә", "б"],
    "source": ["а", "б"],
    "author": [""] * 5 + ["а", "б", "в"],
    "lang": ["kk", "ru"],
    "region": ["", "а", "б"],
}
SPECS = {**FACETS, "region": FacetSpec("region", lambda article: str(article.extra.get("region", "")), "the region")}
FIELDS = (*SPECS, "жоқ")
INTERVALS = (Interval.NONE, Interval.AUTO, Interval.DAY, Interval.MONTH, Interval.YEAR)

Choice = TypeVar("Choice")


class Maker:
    """Makes articles and questions from a seeded generator."""

    def __init__(self, seed: int, articles: int) -> None:
        self.articles = articles
        self.random = random.Random(seed)
        self.years = self.random.choice([1, 1, 3, 60])

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def some(self, most: int, make: Callable[[], Choice], least: int = 0) -> tuple[Choice, ...]:
        return tuple(make() for _ in range(self.random.randint(least, most)))

    def stem(self) -> str:
        return STEMS[min(int(self.random.expovariate(0.3)), len(STEMS) - 1)]

    def form(self) -> str:
        return f"{self.stem()}{self.random.choice(ENDINGS)}"

    def day(self) -> date:
        """A day about the days of the articles."""
        return date(2022, 12, 24) + timedelta(days=self.random.randint(0, 22) * self.years)

    def article_id(self) -> str:
        return f"а{self.random.randint(0, self.articles)}"

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
        if self.chance(0.85):
            zone = timezone(timedelta(hours=self.random.choice([0, 5, 6])))
            hours = 12 * self.random.randint(0, 40) * self.years
            published = datetime(2022, 12, 25, tzinfo=zone) + timedelta(hours=hours)
        fields: dict[str, Any] = {name: self.random.choice(values) for name, values in VALUES.items()}
        extra = {"region": fields.pop("region")}
        article = Article(article_id, "", "", published=published, extra=extra, **fields)
        cluster = self.random.choice(["", "", "", "A", "B", article_id, f"{self.random.randint(0, 9)}"])
        return Document(article, self.terms(5), self.terms(self.random.choice([4, 15, 40])), cluster)

    def scope(self) -> Scope:
        return self.random.choice([Scope.ALL] * 4 + [Scope.TITLE, Scope.BODY])

    def term(self) -> Term:
        stems = tuple(
            self.random.choice([self.stem(), self.stem(), "жоқ"]) for _ in range(self.random.choice([1, 1, 1, 2, 3]))
        )
        exacts = tuple({f"{stem}{self.random.choice(ENDINGS)}" for stem in stems})
        key = self.random.choice([exacts[0], exacts[0].replace("қ", "к"), ""])
        weight = self.random.choice([1.0, 1.0, 0.1])
        return Term(stems[0], stems, exacts, self.scope(), self.chance(0.2), weight, key)

    def unit(self) -> Unit:
        match self.random.choice(["term"] * 8 + ["prefix", "phrase", "near", "either"]):
            case "prefix":
                return Prefix("x", self.some(5, self.form), self.scope(), self.random.choice([1.0, 0.1]))
            case "phrase":
                return Phrase(self.some(3, self.term, 1))
            case "near":
                return Near(self.some(3, self.term, 1), self.random.choice([1, 2, 5, 50]))
            case "either":
                children = (self.term(), Phrase((self.term(), self.term())), self.term())
                return Either("x", tuple(self.random.sample(children, 2)), self.random.choice([1.0, 0.1]))
            case _:
                return self.term()

    def vectors(self) -> StemVectors:
        known = sorted(self.random.sample(STEMS, 9))
        return StemVectors.of(known, np.array([[self.random.gauss(0, 1) for _ in range(5)] for _ in known]))

    def node(self, depth: int = 0) -> Node:
        deeper = ["and", "and", "or", "or", "not"] * (depth < 3)
        plain = ["unit"] * 3 + ["words"] * 4 + ["field", "dates", "ids", "all"]
        match self.random.choice(plain + deeper):
            case "unit":
                return self.unit()
            case "words":
                units = self.some(5, self.unit, 1)
                return Words(tuple(dict.fromkeys(units)), units + units[:1], self.chance(0.15))
            case "field":
                name = self.random.choice(FIELDS)
                return Field(name, self.values(name))
            case "dates":
                return Dates(self.dates())
            case "ids":
                return Ids(self.some(self.articles, self.article_id))
            case "and":
                return And(self.some(3, lambda: self.node(depth + 1)))
            case "or":
                return Or(self.some(3, lambda: self.node(depth + 1)))
            case "not":
                return Not(self.node(depth + 1))
            case _:
                return MatchAll()

    def values(self, name: str) -> tuple[str, ...]:
        known = {*VALUES.get(name, ["", "2022", "2023", "2024", "2030"]), "жоқ"}
        return tuple(self.random.sample(sorted(known), self.random.randint(0, len(known))))

    def filter(self) -> Filter:
        name = self.random.choice(FIELDS)
        return Filter(name, *(self.values(name) if self.chance(0.4) else () for _ in range(2)))

    def dates(self) -> DateRange:
        return DateRange(*(self.random.choice([None, self.day()]) for _ in range(2)))

    def request(self) -> Request:
        return Request(
            filters=tuple(self.filter() for _ in range(self.random.choice([0, 0, 0, 1, 1, 2, 3]))),
            dates=self.random.choice([None, None, None, self.dates()]),
            sort=self.random.choice([Sort.RELEVANCE] * 3 + [Sort.NEWEST, Sort.OLDEST]),
            offset=self.random.choice([0] * 6 + [3, 30, 300]),
            limit=self.random.choice([0, 1, 10, 10, 60, 1000]),
            facets=tuple(self.random.sample(FIELDS, self.random.randint(0, 3))),
            facet_ms=self.random.choice([float("inf")] * 9 + [0]),
            histogram=self.random.choice(INTERVALS),
            grow_below=self.random.choice([0, 2, 5, 100]),
            collapse=self.chance(0.5),
            half_life=self.random.choice([0, 0, 1, 7, 365, 10**7]),
            pinned=self.random.choice([(), (), self.some(5, self.article_id)]),
            explain=self.chance(0.4),
        )


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
    finally:
        engine.close()
