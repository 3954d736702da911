"""Generated archives and questions over every node, filter, sort and option of the contract."""

import random
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from itertools import accumulate
from typing import Any, TypeVar

import numpy as np

from search.engines.base import Document, Request
from search.facets import FACETS, FacetSpec
from search.kazakh import Terms
from search.model import Article, DateRange, Filter, Interval, Scope, Sort
from search.query.nodes import (
    And,
    Dates,
    Either,
    Field,
    Ids,
    MatchAll,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Term,
    Unit,
    Words,
)
from search.vectors import StemVectors

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
        starts = list(accumulate(self.random.choice([0, 1, 1, 9, 254, 255, 256, 70_000]) for _ in range(count)))
        ends = [start + self.random.choice([1, 5, 254, 255, 300]) for start in starts]
        return Terms(starts, ends, exacts, [form.replace("қ", "к") for form in exacts], stems)

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

    def words(self) -> tuple[Term | Prefix, ...]:
        """Words to be located."""
        prefix = Prefix("x*", self.some(4, self.form), self.scope())
        return tuple(self.random.sample((prefix, self.term(), self.term(), self.term()), self.random.randint(0, 4)))

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
            prefer=self.prefer(),
        )

    def prefer(self) -> tuple[str, ...]:
        """Publications that lead, some of which there are not."""
        return self.random.choice([(), ("б",), ("жоқ", "а", "б")])
