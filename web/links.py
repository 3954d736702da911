"""From a Query back to a URL: every link to a search is made here."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any, Final
from urllib.parse import quote_plus

from search.cursor import START
from search.model import Collapse, Filter, Query
from search.settings import Settings

from .params import Highlight, escaped

Writer = Callable[[Any], str]

_ROWS: Final[tuple[tuple[str, str, Writer], ...]] = (
    ("q", "text", str),
    ("match", "match", str),
    ("correct", "correct", str),
    ("in", "scope", str),
    ("date_from", "dates", lambda dates: dates.first.isoformat() if dates.first else ""),
    ("date_to", "dates", lambda dates: dates.last.isoformat() if dates.last else ""),
    ("sort", "sort", str),
    ("half_life", "half_life", str),
    ("collapse", "collapse", str),
    ("cursor", "cursor", str),
    ("page", "page", str),
    ("per_page", "per_page", str),
    ("facets", "facets", lambda names: ",".join(names) or "none"),
    ("facet_limit", "facet_limit", str),
    ("facet_order", "facet_order", str),
    ("histogram", "histogram", str),
    ("snippets", "snippets", str),
    ("snippet_length", "snippet_length", str),
    ("explain", "explain", lambda asked: "1" if asked else "0"),
)
"""The parameters of a canonical query string in their order, each with the field of a Query that it is and its text."""

_VALUES: Final = attrgetter(*(field for _, field, _ in _ROWS))
_WRITTEN: Final = [(name, write) for name, _, write in _ROWS]
_HIGHLIGHT: Final = [name for name, _ in _WRITTEN].index("snippets")
_WRITTEN.insert(_HIGHLIGHT, ("highlight", str))
_BEFORE_PAGE: Final = frozenset(name for name, _ in _WRITTEN[: [name for name, _ in _WRITTEN].index("page")])

_LONGEST_KEPT: Final = 300
"""Characters of a text whose quoted form is kept: a value of a facet has no more."""


def fresh(settings: Settings, text: str = "") -> Query:
    """The search for a text that a reader begins with under these settings."""
    return Query(text, per_page=settings.per_page, facet_limit=settings.facet_limit, half_life=settings.half_life_days)


def query_string(query: Query, settings: Settings, highlight: Highlight = Highlight.HTML) -> str:
    """The canonical query string of a Query: the same for the same question, without what is default anyway."""
    return "&".join([*_scalars(query, settings, highlight).values(), *_filters(query.filters)])


class Neighbours:
    """The addresses of the searches next to one: another page, a value more or less. They share most of their parts.

    path: what stands before the query string.
    """

    __slots__ = ("_after", "_before", "_fields", "_filters", "_more", "_path", "_scalars", "_whole")

    def __init__(self, path: str, query: Query, settings: Settings, highlight: Highlight = Highlight.HTML) -> None:
        scalars = _scalars(query, settings, highlight)
        scalars.pop("page", None)
        if query.cursor:
            scalars["cursor"] = f"cursor={_quoted(START)}"
        filters = _filters(query.filters)
        self._path, self._filters = path, query.filters
        self._fields = frozenset(item.field for item in query.filters)
        self._scalars = [*scalars.values()]
        self._whole = [*self._scalars, *filters]
        self._more = f"{self._with(self._whole)}{'&' if self._whole else '?'}"
        self._before = [text for name, text in scalars.items() if name in _BEFORE_PAGE]
        self._after = self._whole[len(self._before) :]

    def page(self, number: int) -> str:
        """The address of a page of the search; of a harvest that of its beginning."""
        return self._with(self._whole if number == 1 else [*self._before, f"page={number}", *self._after])

    def with_value(self, name: str, value: str, *, exclude: bool = False) -> str:
        """The address of the search with one more chosen (or excluded) value, its first page; the field comes last."""
        if name not in self._fields:
            return f"{self._more}{_value(name, value, exclude=exclude)}"
        filters = _without(self._filters, name, value)
        old = next((item for item in filters if item.field == name), Filter(name))
        new = replace(old, exclude=(*old.exclude, value)) if exclude else replace(old, include=(*old.include, value))
        return self._filtered((*(item for item in filters if item.field != name), new))

    def without_value(self, name: str, value: str) -> str:
        """The address of the search without this value of a filter, chosen or excluded, its first page."""
        return self._filtered(_without(self._filters, name, value))

    def _filtered(self, filters: Iterable[Filter]) -> str:
        return self._with([*self._scalars, *_filters(filters)])

    def _with(self, parts: list[str]) -> str:
        return address(self._path, "&".join(parts))


def address(path: str, query: str) -> str:
    """An address of a path and a query string, which may be empty."""
    return f"{path}?{query}" if query else path


def _without(filters: Iterable[Filter], name: str, value: str) -> list[Filter]:
    kept = []
    for item in filters:
        if item.field == name:
            include = tuple(other for other in item.include if other != value)
            exclude = tuple(other for other in item.exclude if other != value)
            item = Filter(name, include, exclude)
        if item.include or item.exclude:
            kept.append(item)
    return kept


def _scalars(query: Query, settings: Settings, highlight: Highlight) -> dict[str, str]:
    """The parts of a query string before the filters, by the names of the parameters."""
    usual = _usual(settings.per_page, settings.facet_limit, settings.half_life_days, bool(query.cursor))
    values = [*_VALUES(query)]
    values.insert(_HIGHLIGHT, highlight)
    return {
        name: f"{name}={_quoted(text)}"
        for (name, write), value, default in zip(_WRITTEN, values, usual, strict=True)
        if value != default and (text := write(value))
    }


@cache
def _usual(per_page: int, facet_limit: int, half_life: int, harvest: bool) -> list[object]:
    """The values that need not be written, in the order of `_WRITTEN`; a cursor brings its own."""
    query = Query(per_page=per_page, facet_limit=facet_limit, half_life=half_life)
    if harvest:
        query = replace(query, facets=(), collapse=Collapse.NONE)
    values = [*_VALUES(query)]
    values.insert(_HIGHLIGHT, Highlight.HTML)
    return values


def _filters(filters: Iterable[Filter]) -> list[str]:
    parts = []
    for item in filters:
        parts += [_value(item.field, value) for value in item.include]
        parts += [_value(item.field, value, exclude=True) for value in item.exclude]
    return parts


def _value(name: str, value: str, *, exclude: bool = False) -> str:
    return f"{name}={_quoted('-' + value if exclude else escaped(value))}"


def _quoted(text: str) -> str:
    return _kept(text) if len(text) <= _LONGEST_KEPT else quote_plus(text)


_kept = lru_cache(2048)(quote_plus)
"""The same values of facets are written again and again."""
