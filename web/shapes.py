"""The JSON objects that the API answers with; the API description is made from these classes.

Names are promises: they may be added to, never renamed. `docs/api.md` of the running service explains each.
"""

from datetime import date, datetime

import msgspec


class Note(msgspec.Struct, kw_only=True):
    """What was done with the query: `from` was read as `to`; `text` says it in the reader's language.

    undo: the search that takes the query as it was typed, where that differs.
    """

    kind: str
    from_: str = msgspec.field(name="from")
    to: str
    text: str
    undo: str | None = None


class AskedQuery(msgspec.Struct, kw_only=True):
    """The question as it was understood."""

    q: str
    used: str
    match: str
    notes: list[Note]
    filters: dict[str, list[str] | str]


class Suggestion(msgspec.Struct, kw_only=True):
    """Another search that may have been meant, the hits it has, and what it is in the reader's language.

    kind: `layout`, `spelling` (another reading of the text), or a wider search: `smart`, `scope`, `filter`,
    `filters`, `dates`, `quotes`, `fields`, `any`, `loosest`.
    """

    kind: str
    q: str
    text: str
    total: int
    href: str


class Ranges(msgspec.Struct, kw_only=True):
    """Text with the half-open ranges of code points that matched (`highlight=ranges`)."""

    text: str
    marks: list[tuple[int, int]]


class Duplicates(msgspec.Struct, kw_only=True):
    """Other matched articles with the same text, hidden behind a hit; `ids` names up to 20, the lead first."""

    count: int
    ids: list[str]


class Result(msgspec.Struct, kw_only=True):
    """A hit.

    With `highlight=html` `title_html` and `snippets` are safe HTML with `<mark>`; with `ranges` `title` and `snippets`
    are objects with ranges; with `none` they are text. `explanation` (`explain=1`) has the parts of `score`.
    """

    id: str
    url: str
    page_url: str
    title: str | Ranges
    title_html: str | msgspec.UnsetType = msgspec.UNSET
    snippets: list[str | Ranges]
    matched_forms: list[str]
    duplicates: Duplicates
    pinned: bool
    published: datetime | None
    date: date | None
    category: str
    source: str
    author: str
    lang: str
    script: str
    score: float
    explanation: dict[str, float] | msgspec.UnsetType = msgspec.UNSET


class FacetValue(msgspec.Struct, kw_only=True):
    """A value, the hits there would be if it were chosen, and the search that chooses it (or lets go of it)."""

    value: str
    label: str
    count: int
    selected: bool
    excluded: bool
    href: str


class FacetGroup(msgspec.Struct, kw_only=True):
    """A facet, counted without its own selection: `other` hits have unlisted values, `missing` ones none.

    truncated: there was no time to count it.
    """

    values: list[FacetValue]
    other: int
    missing: int
    truncated: bool


class Bucket(msgspec.Struct, kw_only=True):
    """Days `from` to `to`, both included: `count` hits of all `of` articles."""

    key: str
    from_: date = msgspec.field(name="from")
    to: date
    count: int
    of: int


class Histogram(msgspec.Struct, kw_only=True):
    """Hits by date."""

    interval: str
    buckets: list[Bucket]


class Links(msgspec.Struct, kw_only=True):
    """Absolute addresses of this answer, its neighbours, and the same search as a page, a feed and files.

    A harvest (`cursor`) has no last page to go to.
    """

    self: str
    first: str
    prev: str | None
    next: str | None
    last: str | None
    html: str
    feed: str
    csv: str
    jsonl: str


class Cursor(msgspec.Struct, kw_only=True):
    """Where a harvest goes on; null at its end."""

    next: str | None


class Index(msgspec.Struct, kw_only=True):
    """The generation of the index that answered; `degraded` says why it is not the newest, if it is not.

    stale: whether the last success of the indexer is longer ago than the site wants.
    """

    generation: str
    documents: int
    indexed_at: datetime
    degraded: str = ""
    stale: bool = False


class SearchAnswer(msgspec.Struct, kw_only=True):
    """A page of hits. `cursor` is there where one was asked for."""

    query: AskedQuery
    total: int
    total_all_words: int
    total_is_exact: bool
    duplicates_hidden: int
    timed_out: bool
    truncated: list[str]
    page: int
    per_page: int
    pages: int
    cursor: Cursor | msgspec.UnsetType = msgspec.UNSET
    results: list[Result]
    facets: dict[str, FacetGroup]
    histogram: Histogram | None
    suggestions: list[Suggestion]
    links: Links
    index: Index
    took_ms: float


class ArticleLinks(msgspec.Struct, kw_only=True):
    """Absolute addresses of this answer, of the article's page and of similar articles."""

    self: str
    html: str
    similar: str


class ArticleAnswer(msgspec.Struct, kw_only=True):
    """An article, its body as text with blank lines between paragraphs.

    rights: `full`, or `link` where the body is one passage and the whole text is to be read at `url`.
    duplicates: the ids of other articles with the same text: the one that leads them first, then the newest first.
    """

    id: str
    title: str
    body: str
    url: str
    page_url: str
    published: datetime | None
    date: date | None
    category: str
    source: str
    author: str
    lang: str
    script: str
    rights: str
    duplicates: list[str]
    links: ArticleLinks
    index: Index


class SimilarLinks(msgspec.Struct, kw_only=True):
    """Absolute addresses of this answer and of the article that it starts from."""

    self: str
    article: str


class SimilarAnswer(msgspec.Struct, kw_only=True):
    """Articles on the subject of an article, the nearest first, each with its beginning; nothing is marked in them."""

    results: list[Result]
    timed_out: bool
    links: SimilarLinks
    index: Index
    took_ms: float


class Health(msgspec.Struct, kw_only=True):
    """The process answers."""

    status: str


class Ready(msgspec.Struct, kw_only=True):
    """An index is served. last_success: when a run of the indexer last succeeded, `age_s` seconds ago.

    stale: whether that is longer ago than the site wants.
    """

    status: str
    index: Index
    stale: bool
    last_success: datetime | None
    age_s: int | None


class ProblemError(msgspec.Struct, kw_only=True):
    """What is wrong with one parameter, and the nearest right name or value."""

    parameter: str
    code: str
    detail: str
    did_you_mean: str | None


class Problem(msgspec.Struct, kw_only=True):
    """An error after RFC 9457; `instance` is the id of the request, also in the header `X-Request-Id`."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: list[ProblemError]
