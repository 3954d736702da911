"""The table of the parameters of a search: what each is, its limits and defaults; `params.py` reads them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from search.cursor import LONGEST
from search.facets import DEFAULT_FACETS, table
from search.model import Collapse, Correct, FacetOrder, Interval, Match, Query, Scope, Sort
from search.settings import Settings

MOST_VALUE_CHARS = 4000
MOST_HALF_LIFE = 36_500
MOST_VALUES = 100
"""Of a facet, that are listed at once."""


class Highlight(StrEnum):
    """How the words found are shown in JSON."""

    HTML = "html"
    RANGES = "ranges"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Param:
    """A row of the table.

    kind: `text`, `whole` (number), `choice`, `list` (names with commas), `values` (may be repeated), `date`.
    """

    name: str
    kind: str
    help: str
    default: str = ""
    choices: tuple[str, ...] = ()
    low: int = 0
    high: int = 0


SIMILAR = Param("limit", "whole", "Similar articles at most.", "5", low=1, high=20)
SUGGESTIONS = Param("limit", "whole", "Suggestions at most; words first, then titles.", "12", low=1, high=20)


def search_params(settings: Settings, *, harvest: bool = False) -> Mapping[str, Param]:
    """The parameters of a search under these settings, by name. harvest: with the defaults that a cursor brings."""
    return _search_params(
        settings.max_query_chars,
        settings.half_life_days,
        settings.window,
        settings.per_page,
        settings.max_per_page,
        settings.facet_limit,
        settings.facets,
        harvest,
    )


@cache
def _search_params(
    max_query_chars: int,
    half_life_days: int,
    window: int,
    per_page: int,
    max_per_page: int,
    facet_limit: int,
    site_facets: str,
    harvest: bool,
) -> Mapping[str, Param]:
    """Made once: every link of an answer asks for the defaults."""
    facets = table(site_facets)
    own = (
        Param(
            "q",
            "text",
            'The query: words, "phrases", -word, operators, fields, dates. Empty asks for everything.',
            high=max_query_chars,
        ),
        Param(
            "match",
            "choice",
            "Words by their stem, only in the very form typed, or spelled nearly so too.",
            Match.SMART,
            (*Match,),
        ),
        Param(
            "correct",
            "choice",
            "Unknown words, other names and keyboard layouts: read, offer, or leave as typed.",
            Correct.SUGGEST,
            (*Correct,),
        ),
        Param("in", "choice", "The part of an article that is searched.", Scope.ALL, (*Scope,)),
        Param("date_from", "date", "First day: 2018, 2018-10 or 2018-10-16, local date."),
        Param("date_to", "date", "Last day, included: 2018, 2018-10 or 2018-10-16, local date."),
        Param("sort", "choice", "Order of the hits; newest where q is empty.", Sort.RELEVANCE, (*Sort,)),
        Param(
            "half_life",
            "whole",
            "Days after which an article counts half as new; 0: age does not count.",
            str(half_life_days),
            low=0,
            high=MOST_HALF_LIFE,
        ),
        Param(
            "collapse",
            "choice",
            "Articles that say the same as one hit; with cursor the default is none.",
            Collapse.NONE if harvest else Collapse.DUPLICATES,
            (*Collapse,),
        ),
        Param("page", "whole", "Page, from 1.", "1", low=1, high=window),
        Param("per_page", "whole", "Hits a page.", str(per_page), low=1, high=max_per_page),
        Param("cursor", "text", "All hits by date: * begins, then cursor.next of the answer before.", high=LONGEST),
        Param(
            "facets",
            "list",
            "Facets to count, or none; with cursor the default is none.",
            "none" if harvest else ",".join(DEFAULT_FACETS),
            (*facets,),
        ),
        Param("facet_limit", "whole", "Values a facet lists.", str(facet_limit), low=1, high=MOST_VALUES),
        Param(
            "facet_order",
            "choice",
            "Values by count (years and months: the latest first), or by the Kazakh alphabet.",
            FacetOrder.COUNT,
            (*FacetOrder,),
        ),
        Param("histogram", "choice", "Hits by date.", Interval.NONE, (*Interval,)),
        Param("highlight", "choice", "How the words found are shown.", Highlight.HTML, (*Highlight,)),
        Param("snippets", "whole", "Passages a hit.", "2", low=0, high=5),
        Param("snippet_length", "whole", "Longest passage, in characters.", "200", low=80, high=400),
        Param("explain", "choice", "1: the parts of each score, where the order is relevance.", "0", ("0", "1")),
    )
    filters = (
        Param(
            spec.name, "values", f"Filter: {spec.help}. Repeat for OR, -value excludes, \\-value begins with a minus."
        )
        for spec in facets.values()
    )
    return MappingProxyType({param.name: param for param in (*own, *filters)})


def usual_query(settings: Settings, *, harvest: bool = False) -> Query:
    """The search of a request without parameters. harvest: but for a cursor, which brings its own defaults."""
    return _usual_query(settings.per_page, settings.facet_limit, settings.half_life_days, harvest)


@cache
def _usual_query(per_page: int, facet_limit: int, half_life: int, harvest: bool) -> Query:
    query = Query(per_page=per_page, facet_limit=facet_limit, half_life=half_life, facets=DEFAULT_FACETS)
    return replace(query, facets=(), collapse=Collapse.NONE) if harvest else query


def usual_sort(query: Query) -> Sort:
    """The order of the hits where the query names none."""
    return Sort.RELEVANCE if query.text.strip() else Sort.NEWEST
