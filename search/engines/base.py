"""The contract between the house and its engines, in prose; `tests/contract` holds every engine to it.

An engine answers questions about one generation, which never changes while it is open. It knows nothing of HTTP, of
query syntax or of snippets: it gets a tree of analysed terms and gives back ids, scores and counts.

Matching
    An article's text is its title, then its body, analysed into tokens. Title tokens stand at positions 0, 1, …; the
    body starts at the number of title tokens + BODY_GAP, so no phrase reaches across. A Term stands at every position
    whose stems (or exact form) it names, inside its scope; its tf is the number of such positions (one position counts
    once, however many of its stems are named), its df the number of articles that have any; a Prefix goes by its exact
    forms in the same way. A Phrase matches where its words stand at consecutive positions, an Either where any of its
    children does. Near stands wherever one of its words begins a stretch that holds all of them: one position may be
    that of several words. And of nothing matches every article, Or of nothing none. Phrase, Near, Either and Words
    have at least one word.
Words
    An article matches if the summed idf of the content words that it holds reaches `ranking.enough` of the sum over
    all content words. If fewer than `request.grow_below` articles do, any content word is enough, and `grown` says so
    if that made the matched set of the tree larger. The count is taken for this node alone, over the whole generation
    and before filters, so paging, filtering and the rest of the tree never change it. Strict words never grow, nor do
    words inside a Not. An article «holds every content word» of an And if it does of all its children, of an Or if it
    does of one of them; for the other nodes that is the same as to match.
Scoring
    `ranking.py`, over `scoring.scored`, in float64. The stem part counts the positions of the unit's stems (of a phrase
    or a synonym: where it matches), the exact part those of its exact forms, both inside the unit's scope and whatever
    `exact` says; df, lengths and the average length are those of the scope over the whole generation. Families,
    likeness and kinship look at the words of the scope, the topic at the whole article; a stem that no article has
    has no vector. Ties: newest first, articles without a date last, then by id (`newest_first`). The order of a stage
    decides who enters the next one.
Recency
    With `request.half_life` (days) every stage's score is multiplied by `ranking.recency` of the article's age: days
    from its local date to the newest one of the generation; an article without a date is infinitely old.
Explanations
    With `request.explain` and sorted by relevance, `parts` has for each hit every part of its score by name
    (`ranking.explanation`): what the stage that gave it its place did not look at counts 0, `lowered` is what was taken
    off. They add up to the score within 1e-9. Asking for them changes nothing else.
Filters
    All of them hold at once, several on the same field too. The value of an article that has none is the empty
    string, which can be included and excluded like any other, by a Filter as by a Field; `values` does not name it. A
    field that the generation does not have is one of which no article has a value.
Facets
    Each facet is counted over the matched set with every filter but those on its own field; the date range always
    applies.
Duplicates
    Articles of the same `Document.cluster` (but the empty one) say the same. With `request.collapse` filters come
    first, then of each group only the article that is first in the order of the hits stays, with its place, its score
    and its parts. All are ranked before any is hidden, so hiding changes no score. Sorted by relevance, the group is
    shown by its lead if that is matched and passes the filters too, in the place and with the score of the one that
    stayed. The lead of a group is the oldest of the first publication of `prefer` (values of the field `source`) that
    it has an article of, else the oldest of all, in the order OLDEST. `duplicates` names the others that the filters
    leave: the lead if it is one of them, then the rest in the house order.
    `total`, `total_all_words`, facets and `days` then count groups: those that have an article that holds every content
    word, with the value (or with none), or in the bucket, among what the filters leave. `articles` counts articles
    whatever is asked.
Pinned
    Ids of `request.pinned` that are matched and pass the filters come first, in the order given, if the sort is by
    relevance; their score is 0.0 and their parts are all 0. A pinned article stands for its group, whatever leads it:
    of two in the same one, the first. All are ranked as if none were pinned, so pinning changes no other score.
Histogram
    With `request.histogram` the hits are counted by the first day of their bucket, of the width that
    `histogram.fitting` chooses between the first and the last day of what the filters leave; `interval` names it, and
    is NONE where no hit has a date, or where there was no time.
Places
    `located` says where words stand in the texts of articles: of each word (a Term as it asks to be matched, a Prefix)
    every token of the title and of the body inside its scope, in the order of the tokens, then of the words.
Sort
    NEWEST is `newest_first`; OLDEST begins with the earliest moment, equal moments by id. Articles without a date come
    last in both.
Totals
    `totals` says of each of many trees what `search` gives as `total` and `total_all_words`, without filters; None for
    those that there was no time for, the first of which is followed by no others. Trees that begin with the same words
    are counted together faster than one by one.
Newest
    `newest` gives the first hits of what `search` gives by NEWEST with `collapse`, without growth and filters, and does
    not look any further. If the time is up before it has as many as asked for, those that it has.
Deadline
    Looked at between steps. Facets and then the histogram come last, and also end `request.facet_ms` after they began:
    there is time for all of one or for none of it, and those that there was none for are named in `truncated`, in the
    order asked for, the histogram as `histogram`. Where the deadline passes before the hits are ranked to the end, they
    come in the order of the last stage that was done (those pinned still first), `timed_out` says so, and everything
    after is left out. The counts that it does give are right.
Threads
    Every method may be called from several threads at once. After `close` none may be called.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Protocol

from ..deadline import Deadline
from ..kazakh import Terms
from ..model import Article, DateRange, Filter, Interval, Located, Sort
from ..query.nodes import Node, Prefix, Term

BODY_GAP = 100

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
    """An article with its analysis, ready to be indexed; articles of the same non-empty `cluster` say the same."""

    article: Article
    title: Terms
    body: Terms
    cluster: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """What to do with the matched set. `offset` and `limit` cut the sorted hits; `facets` names fields to count.

    Raises:
        ValueError: an offset, limit or half-life below 0.
    """

    filters: tuple[Filter, ...] = ()
    dates: DateRange | None = None
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int = 20
    facets: tuple[str, ...] = ()
    facet_ms: float = float("inf")
    histogram: Interval = Interval.NONE
    grow_below: int = 100
    collapse: bool = False
    half_life: int = 0
    pinned: tuple[str, ...] = ()
    explain: bool = False
    prefer: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if min(self.offset, self.limit, self.half_life) < 0:
            raise ValueError(f"offset {self.offset}, limit {self.limit}, half_life {self.half_life} must be 0 or more")


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
    total: matched articles (or groups) after filters; total_all_words: those of them that hold every content word.
    articles: matched articles after filters, groups or not.
    days, interval: hits by the first day of their bucket, and the width of the buckets, if asked for.
    parts: for each hit the parts of its score, if asked for and sorted by relevance.
    duplicates: for each hit the ids that are hidden behind it; () unless collapsed.
    truncated: facets, and `histogram`, that there was no time for.
    """

    hits: tuple[tuple[str, float], ...]
    total: int
    total_all_words: int
    grown: bool = False
    facets: tuple[RawFacet, ...] = ()
    days: Mapping[date, int] = field(default_factory=dict)
    interval: Interval = Interval.NONE
    timed_out: bool = False
    parts: tuple[Mapping[str, float], ...] = ()
    articles: int = 0
    duplicates: tuple[tuple[str, ...], ...] = ()
    truncated: tuple[str, ...] = ()


Totals = tuple[int, int]
"""`RawPage.total` and `RawPage.total_all_words`."""


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

    def totals(
        self, nodes: Sequence[Node], deadline: Deadline, *, grow_below: int = 100, collapse: bool = False
    ) -> list[Totals | None]:
        """How many hits each of these trees has, and how many of them hold every content word."""

    def newest(self, node: Node, limit: int, deadline: Deadline) -> tuple[str, ...]:
        """The ids of the newest articles that match, of those that say the same the newest one, at most `limit`."""

    def get(self, ids: Sequence[str]) -> list[Article | None]:
        """The articles with these ids, in the same order; None for an id that there is not."""

    def values(self, field: str) -> Mapping[str, int]:
        """Every value of a field but the empty one, and the number of articles that have it."""

    def located(self, ids: Sequence[str], words: Sequence[Term | Prefix]) -> list[Located]:
        """Where the words stand in these articles; nowhere in one that there is not."""

    def duplicates(self, ids: Sequence[str], prefer: Sequence[str] = ()) -> list[tuple[str, ...]]:
        """For each article the ids of the others that say the same, as a page names them; empty for an unknown id."""

    def stats(self) -> Stats:
        """Sizes, computed once."""

    def close(self) -> None:
        """Let go of files and memory."""
