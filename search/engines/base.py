"""The contract between the house and its engines, in prose; `tests/contract` holds every engine to it.

An engine answers questions about one generation, which never changes while it is open. It knows nothing of HTTP, of
query syntax or of snippets: it gets a tree of analysed terms and gives back ids, scores and counts.

Matching
    An article's text is its title, then its body, analysed into tokens. Title tokens stand at positions 0, 1, …; the
    body starts at the number of title tokens + BODY_GAP, so no phrase reaches across. A Term stands at every position
    whose stems (or exact form) it names, inside its scope; its tf is the number of such positions (one position counts
    once, however many of its stems are named), its df the number of articles that have any. A Phrase matches where
    its words stand at consecutive positions, an Either where any of its children does. And of nothing matches every
    article.
Words
    An article matches if the summed idf of the content words that it holds reaches `ranking.enough` of the sum over
    all content words. If fewer than `request.grow_below` articles do, any content word is enough, and `grown` says so
    if that made the matched set of the tree larger. The count is taken for this node alone, over the whole generation
    and before filters, so paging, filtering and the rest of the tree never change it. Strict words never grow, nor do
    words inside a Not.
Scoring
    `ranking.py`, over `scoring.scored`, in float64. The stem part counts the positions of the unit's stems (of a phrase
    or a synonym: where it matches), the exact part those of its exact forms, both inside the unit's scope and whatever
    `exact` says; df, lengths and the average length are those of the scope over the whole generation. Families,
    likeness and kinship look at the words of the scope, the topic at the whole article; a stem that no article has
    has no vector. Ties: newest first, articles without a date last, then by id (`newest_first`). The order of a stage
    decides who enters the next one.
Explanations
    With `request.explain` and sorted by relevance, `parts` has for each hit every part of its score by name
    (`ranking.explanation`): what the stage that gave it its place did not look at counts 0, `lowered` is what was taken
    off. They add up to the score within 1e-9. Asking for them changes nothing else.
Filters
    All of them hold at once, several on the same field too. The value of an article that has none is the empty
    string, which can be included and excluded like any other.
Facets
    Each facet is counted over the matched set with every filter but those on its own field; the date range always
    applies.
Sort
    NEWEST is `newest_first`; OLDEST begins with the earliest moment, equal moments by id. Articles without a date come
    last in both.
Deadline
    Looked at between steps. Once it has passed an engine leaves out what is left to do and says so in `timed_out`;
    what it does give is right.
Threads
    Every method may be called from several threads at once. After `close` none may be called.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Protocol

from ..deadline import Deadline
from ..facets import FACETS
from ..kazakh import Terms
from ..model import Article, DateRange, Filter, Sort
from ..query.nodes import Node
from ..vectors import StemVectors

BODY_GAP = 100

FILTER_FIELDS = tuple(FACETS)
"""Fields that can be filtered and counted: `FACETS[name].value(article)` gives an article's value."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def moment(article: Article) -> int | None:
    """When the article was published: microseconds since 1970 in UTC, None if unknown."""
    return None if article.published is None else (article.published - _EPOCH) // timedelta(microseconds=1)


def newest_first(article: Article) -> tuple[bool, int, str]:
    """The sort key of the house order: newest first, articles without a date last, then by id in code points."""
    when = moment(article)
    return (when is None, -(when or 0), article.id)


@dataclass(frozen=True, slots=True)
class Document:
    """An article with its analysis, ready to be indexed."""

    article: Article
    title: Terms
    body: Terms


@dataclass(frozen=True, slots=True)
class Request:
    """What to do with the matched set. `offset` and `limit` cut the sorted hits; `facets` names fields to count.

    Raises:
        ValueError: a field that is not in FILTER_FIELDS, or an offset or limit below 0.
    """

    filters: tuple[Filter, ...] = ()
    dates: DateRange | None = None
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int = 20
    facets: tuple[str, ...] = ()
    days: bool = False
    grow_below: int = 100
    explain: bool = False

    def __post_init__(self) -> None:
        for name in (*self.facets, *(one.field for one in self.filters)):
            if name not in FILTER_FIELDS:
                raise ValueError(f"no field {name!r} to filter or count by; there are {', '.join(FILTER_FIELDS)}")
        if self.offset < 0 or self.limit < 0:
            raise ValueError(f"offset {self.offset} and limit {self.limit} must be 0 or more")


@dataclass(frozen=True, slots=True)
class RawFacet:
    """Counts of every value that occurs, in no order, and of the articles that have no value."""

    field: str
    counts: Mapping[str, int]
    missing: int


@dataclass(frozen=True, slots=True)
class RawPage:
    """An engine's answer.

    hits: (id, score) in order, at most `request.limit`; the score is 0.0 where the sort is not by relevance.
    total: matched articles after filters; total_all_words: those of them that hold every content word.
    days: matched articles by local date, if asked for.
    parts: for each hit the parts of its score, if asked for and sorted by relevance.
    """

    hits: tuple[tuple[str, float], ...]
    total: int
    total_all_words: int
    grown: bool = False
    facets: tuple[RawFacet, ...] = ()
    days: Mapping[date, int] = field(default_factory=dict)
    timed_out: bool = False
    parts: tuple[Mapping[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Stats:
    """Sizes of a generation: articles, distinct stems, tokens, and articles by local date."""

    documents: int
    terms: int
    tokens: int
    days: Mapping[date, int]


class Engine(Protocol):
    """Answers questions about one generation."""

    def search(self, node: Node, request: Request, deadline: Deadline) -> RawPage:
        """The matched set of `node`, filtered, sorted, cut and counted as `request` says."""

    def get(self, ids: Sequence[str]) -> list[Article | None]:
        """The articles with these ids, in the same order; None for an id that there is not."""

    def stats(self) -> Stats:
        """Sizes, computed once."""

    def close(self) -> None:
        """Let go of files and memory."""


class IndexBuilder(Protocol):
    """Writes one generation into an empty folder. Documents come newest first, then by id; ids are unique."""

    def add(self, document: Document) -> None:
        """Take one more document.

        Raises:
            ValueError: it is out of order (`newest_first`), its id was there before, or it is not valid Unicode.
        """

    def finish(self, vectors: StemVectors | None = None) -> None:
        """Write what is left; afterwards the folder can be opened by the engine.

        vectors: for the parts of the score that need them; without them those count nothing.
        """

    def abort(self) -> None:
        """Give up and let go of locks and files; the folder is left for the caller to remove."""


class EngineKind(Protocol):
    """How an engine is made: one object per kind, found by name in `engines.ENGINES`."""

    name: str

    def builder(self, folder: Path, *, memory_mb: int) -> IndexBuilder:
        """A builder that writes into `folder`, holding at most about `memory_mb` of postings at a time."""

    def open(self, folder: Path) -> Engine:
        """The engine over a finished folder. Its `search` and `get` raise IndexCorrupt for damage that shows later.

        Raises:
            IndexCorrupt: the folder cannot be read as an index.
        """
