"""The JSON objects of `/facets/{name}` and `/stats`; like `shapes.py` they make the API description."""

from datetime import date

import msgspec

from .shapes import FacetGroup, Index


class FacetLinks(msgspec.Struct, kw_only=True):
    """Absolute addresses of this answer, of the search that it is counted in, and of that search as a page."""

    self: str
    search: str
    html: str


class FacetAnswer(msgspec.Struct, kw_only=True):
    """One facet of a search: the values that begin with `prefix`.

    `facet.other` counts hits whose value begins so and is not listed; `facet.missing` those of the search without any.
    """

    name: str
    prefix: str
    facet: FacetGroup
    links: FacetLinks
    index: Index
    took_ms: float


class Count(msgspec.Struct, kw_only=True):
    """A value, and the articles that have it."""

    value: str
    label: str
    count: int


class Counts(msgspec.Struct, kw_only=True):
    """The values of a field, the commonest first, years the latest first.

    `other` articles have a value that is not listed, `missing` ones none.
    """

    values: list[Count]
    other: int
    missing: int


class Sizes(msgspec.Struct, kw_only=True):
    """Articles, distinct stems, words in all, and bytes on disk."""

    articles: int
    stems: int
    tokens: int
    bytes: int


class StatsLinks(msgspec.Struct, kw_only=True):
    """The absolute address of this answer."""

    self: str


class StatsAnswer(msgspec.Struct, kw_only=True):
    """What there is in the archive: articles by field, sizes, the first and last day, and articles without a date.

    `duplicates`: articles that a search hides behind others which say the same; null if there was no time to count.
    """

    counts: dict[str, Counts]
    sizes: Sizes
    oldest: date | None
    newest: date | None
    undated: int
    duplicates: int | None
    links: StatsLinks
    index: Index
