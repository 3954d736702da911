"""The values that cross the doors of the house: frozen, typed, without behaviour of their own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final


class Match(StrEnum):
    """How a query word meets a word of the text: by its stem, only in the very form typed, or by near words too."""

    SMART = "smart"
    EXACT = "exact"
    FUZZY = "fuzzy"


class Correct(StrEnum):
    """Whether a query may be read in another way than it was typed.

    SUGGEST and AUTO read unknown words as near known ones and look for names under their other names. The whole query
    is read as typed on another keyboard layout by SUGGEST where nothing in it is known or found, by AUTO wherever that
    is clearly better.
    """

    AUTO = "auto"
    SUGGEST = "suggest"
    OFF = "off"


class Scope(StrEnum):
    """The part of an article that is searched."""

    ALL = "all"
    TITLE = "title"
    BODY = "body"


class Sort(StrEnum):
    """The order of hits; ties are broken by date, newest first, then by id."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


class Collapse(StrEnum):
    """Whether articles that say the same are one hit."""

    DUPLICATES = "duplicates"
    NONE = "none"


class FacetOrder(StrEnum):
    """The order of a facet's values: the commonest first (years: the latest), or by the Kazakh alphabet."""

    COUNT = "count"
    ALPHABET = "alphabet"


class Interval(StrEnum):
    """The width of a histogram's buckets; AUTO takes the finest that gives a readable chart."""

    NONE = "none"
    AUTO = "auto"
    YEAR = "year"
    MONTH = "month"
    DAY = "day"


FULL: Final = "full"
LINK: Final = "link"
"""What readers may be shown of an article: all of it, or a passage and the link."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article of the archive.

    published: aware, in the time zone of its site or input, so `published.date()` is the local date; None if unknown.
    lang: `kk`, `ru`, `en`, … or empty; script: `Cyrl`, `Latn`, `Arab` or empty.
    rights: `full`, or `link` where readers may be shown a passage and the link, and no more.
    extra: whatever else the record held; kept, shown nowhere unless configured.
    """

    id: str
    title: str
    body: str
    url: str = ""
    published: datetime | None = None
    category: str = ""
    source: str = ""
    author: str = ""
    lang: str = ""
    script: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)
    rights: str = FULL

    @property
    def date(self) -> date | None:
        """The local date of publication."""
        return self.published.date() if self.published else None


@dataclass(frozen=True, slots=True)
class Filter:
    """Keep the articles whose `field` is one of `include` (if any are named) and none of `exclude`."""

    field: str
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DateRange:
    """Local dates, both ends included; None leaves an end open. An article without a date is in no range."""

    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """A reader's question, checked and typed, before the text is parsed.

    sort: None means relevance, or newest where there is no text.
    half_life: days after which an article counts half as new, see `ranking.recency`; 0 leaves age out of the score.
    explain: whether hits by relevance tell the parts of their scores.
    cursor: goes through all hits by date: `*`, then each time `Page.next_cursor` (`cursor.py`).
    """

    text: str = ""
    match: Match = Match.SMART
    scope: Scope = Scope.ALL
    filters: tuple[Filter, ...] = ()
    dates: DateRange | None = None
    sort: Sort | None = None
    page: int = 1
    per_page: int = 20
    facets: tuple[str, ...] = ("category", "source", "year")
    facet_limit: int = 10
    facet_order: FacetOrder = FacetOrder.COUNT
    histogram: Interval = Interval.NONE
    snippets: int = 2
    snippet_length: int = 200
    collapse: Collapse = Collapse.DUPLICATES
    half_life: int = 0
    correct: Correct = Correct.SUGGEST
    explain: bool = False
    cursor: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """What was done with the query that the reader should know.

    kind: one of `layout`, `typo`, `script`, `operator`, `dropped`, `stopwords`, `synonym`, `fallback`, `truncated`,
    `exact`.
    source, target: what was read, and as what.
    reason: a short code that tells why, for the sentence shown (`brackets`, `words`, `quotes`, …).
    """

    kind: str
    source: str = ""
    target: str = ""
    reason: str = ""


Place = tuple[int, int, int, int]
"""A token that is one of the words asked for: its place among the tokens of its part, from 0; the number of the word;
its range in the text of the part, half-open, in code points."""


@dataclass(frozen=True, slots=True)
class Located:
    """Where words stand in an article."""

    title: tuple[Place, ...] = ()
    body: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of original text and the half-open ranges in it (code points) that matched; never HTML.

    cut_before, cut_after: whether the piece begins and ends inside a sentence.
    """

    text: str
    marks: tuple[tuple[int, int], ...] = ()
    cut_before: bool = False
    cut_after: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that matched, with its whole title marked.

    matched_forms: the words and phrases found, as written, in small letters.
    explanation: the parts of the score by the names of `ranking.PARTS`, and `lowered`; None unless asked for.
    duplicates: ids of the matched articles that say the same and are hidden behind this one.
    pinned: the site put it here, whatever its score.
    """

    article: Article
    score: float
    title: Snippet
    snippets: tuple[Snippet, ...]
    matched_forms: tuple[str, ...]
    explanation: Mapping[str, float] | None = None
    duplicates: tuple[str, ...] = ()
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a facet and how many hits there would be if it were chosen."""

    value: str
    count: int
    selected: bool = False
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of a field among the hits, counted without the field's own selection.

    other: hits whose value is not listed; missing: hits that have no value.
    truncated: there was no time to count it, and nothing is listed.
    """

    field: str
    values: tuple[FacetValue, ...]
    other: int
    missing: int
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class Bucket:
    """A stretch of days of a histogram, with its hits (`count`) and all articles of those days (`of`)."""

    key: str
    first: date
    last: date
    count: int
    of: int


@dataclass(frozen=True, slots=True)
class Histogram:
    """Hits by date; `interval` is never AUTO: it is the width that was chosen."""

    interval: Interval
    buckets: tuple[Bucket, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Another search that may be what the reader wants, and how many hits it has; never one without hits.

    kind: `layout`, `spelling` (another reading of the text), or a wider search: `smart`, `scope`, `filter` (one of
    them left out), `filters`, `dates`, `quotes`, `fields`, `any` (of the words), `loosest` (without any limits).
    query: the whole search. dropped: what a wider search leaves out, as field and value.
    """

    kind: str
    query: Query
    total: int
    dropped: tuple[str, str] = ("", "")

    @property
    def text(self) -> str:
        """The text of the search."""
        return self.query.text


@dataclass(frozen=True, slots=True)
class Stale:
    """An index whose last success is too long ago. since: when that was, None if no run ever succeeded."""

    since: datetime | None


@dataclass(frozen=True, slots=True)
class IndexInfo:
    """The generation that answered; curation: the stamp of the synonyms, pins and withdrawn articles in use.

    stale: set where the last success of the indexer is too long ago.
    """

    generation: str
    documents: int
    indexed_at: datetime
    newest: date | None
    degraded: str = ""
    curation: str = ""
    stale: Stale | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """The answer to a Query.

    total: hits in the matched set after filters, with `collapse` each group of duplicates once; total_all_words: those
    of them that hold every word. duplicates_hidden: matched articles that are not counted in `total`.
    timed_out: the deadline passed; what is here was found before it, and the counts are not exact.
    truncated: what there was no time for: names of facets, `histogram`, `suggestions`, `snippets`.
    used: the text that was searched, after the corrections that `notes` tell of.
    next_cursor: goes on after these hits, if the query has a cursor and there are more.
    """

    query: Query
    hits: tuple[Hit, ...]
    total: int
    total_all_words: int
    facets: tuple[Facet, ...]
    histogram: Histogram | None
    notes: tuple[Note, ...]
    index: IndexInfo
    took_ms: float
    timed_out: bool = False
    used: str = ""
    suggestions: tuple[Suggestion, ...] = ()
    duplicates_hidden: int = 0
    truncated: tuple[str, ...] = ()
    next_cursor: str = ""

    @property
    def pages(self) -> int:
        """How many pages the hits fill."""
        return -(-self.total // self.query.per_page)


@dataclass(frozen=True, slots=True)
class FacetPage:
    """The values of one facet that begin as asked, counted in the search `query`."""

    query: Query
    prefix: str
    facet: Facet
    index: IndexInfo
    took_ms: float
