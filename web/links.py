"""From a Query back to a URL: every link to a search is made here."""

from dataclasses import replace
from urllib.parse import urlencode

from search.model import DateRange, Filter, Query
from search.settings import Settings

from .params import Highlight, escaped, search_params


def fresh(settings: Settings, text: str = "") -> Query:
    """The search for a text that a reader begins with under these settings."""
    return Query(text, per_page=settings.per_page, facet_limit=settings.facet_limit, half_life=settings.half_life_days)


def query_string(query: Query, settings: Settings, highlight: Highlight = Highlight.HTML) -> str:
    """The canonical query string of a Query: the same for the same question, without what is default anyway."""
    known = search_params(settings, harvest=bool(query.cursor))
    defaults = {name: param.default for name, param in known.items()}
    dates = query.dates or DateRange()
    scalars = {
        "q": query.text,
        "match": query.match.value,
        "correct": query.correct.value,
        "in": query.scope.value,
        "date_from": dates.first.isoformat() if dates.first else "",
        "date_to": dates.last.isoformat() if dates.last else "",
        "sort": query.sort.value if query.sort else "",
        "half_life": str(query.half_life),
        "collapse": query.collapse.value,
        "cursor": query.cursor,
        "page": str(query.page),
        "per_page": str(query.per_page),
        "facets": ",".join(query.facets) or "none",
        "facet_limit": str(query.facet_limit),
        "facet_order": query.facet_order.value,
        "histogram": query.histogram.value,
        "highlight": highlight.value,
        "snippets": str(query.snippets),
        "snippet_length": str(query.snippet_length),
        "explain": "1" if query.explain else "0",
    }
    always = {"sort"}
    out = [(k, v) for k, v in scalars.items() if v and (v != defaults[k] or k in always)]
    for item in query.filters:
        out += [(item.field, escaped(value)) for value in item.include]
        out += [(item.field, "-" + value) for value in item.exclude]
    return urlencode(out)


def with_value(query: Query, name: str, value: str, *, exclude: bool = False) -> Query:
    """The query with one more chosen (or excluded) value, from its first page."""
    filters = without_value(query, name, value).filters
    old = next((item for item in filters if item.field == name), Filter(name))
    new = replace(old, exclude=(*old.exclude, value)) if exclude else replace(old, include=(*old.include, value))
    return replace(query, filters=(*(item for item in filters if item.field != name), new), page=1)


def without_value(query: Query, name: str, value: str) -> Query:
    """The query without this value of a filter, chosen or excluded, from its first page."""
    kept = []
    for item in query.filters:
        if item.field == name:
            include = tuple(other for other in item.include if other != value)
            exclude = tuple(other for other in item.exclude if other != value)
            item = Filter(name, include, exclude)
        if item.include or item.exclude:
            kept.append(item)
    return replace(query, filters=tuple(kept), page=1)


def without_values(query: Query, name: str) -> Query:
    """The query without any value of a filter, from its first page."""
    return replace(query, filters=tuple(item for item in query.filters if item.field != name), page=1)
