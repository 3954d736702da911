"""From a Query back to a URL: every link to a search is made here."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from operator import attrgetter
from typing import Any, Final, TypedDict, Unpack
from urllib.parse import quote_plus

from search.cursor import START
from search.model import Collapse, Correct, DateRange, FacetOrder, Filter, Match, Query, Scope, Sort
from search.settings import Settings

from .param_table import Highlight, usual_query
from .params import escaped

Writer = Callable[[Any], str]

_ROWS: Final[tuple[tuple[str, str, Writer], ...]] = (
    ("q", "text", str),
    ("match", "match", str),
    ("correct", "correct", str),
    ("in", "scope", str),
    ("date_from", "dates", lambda dates: dates.first.isoformat() if dates and dates.first else ""),
    ("date_to", "dates", lambda dates: dates.last.isoformat() if dates and dates.last else ""),
    ("sort", "sort", lambda sort: sort or ""),
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
_NAMES: Final = [name for name, _ in _WRITTEN]
_PLACES: Final = {
    field: tuple(_NAMES.index(name) for name, other, _ in _ROWS if other == field) for _, field, _ in _ROWS
}
"""Where the parameters of a field of a Query stand among `_WRITTEN`."""
_PAGE, _CURSOR = _NAMES.index("page"), _NAMES.index("cursor")

_LONGEST_KEPT: Final = 300
"""Characters of a text whose written form is kept: a value of a facet has no more."""


def fresh(settings: Settings, text: str = "") -> Query:
    """The search for a text that a reader begins with under these settings."""
    return replace(usual_query(settings), text=text)


def query_string(query: Query, settings: Settings, highlight: Highlight = Highlight.HTML) -> str:
    """The canonical query string of a Query: the same for the same question, without what is default anyway."""
    parts = [f"{name}={_quoted(text)}" for name, text in _texts(query, settings, highlight)]
    return "&".join(parts + _filters(query.filters))


def parameters(query: Query, settings: Settings) -> list[tuple[str, str]]:
    """The same as names and values."""
    filters = [
        (item.field, value)
        for item in query.filters
        for value in (*map(escaped, item.include), *("-" + value for value in item.exclude))
    ]
    return [*_texts(query, settings, Highlight.HTML), *filters]


class Changes(TypedDict, total=False):
    """Fields of a Query that a link may change."""

    match: Match
    scope: Scope
    filters: tuple[Filter, ...]
    dates: DateRange | None
    sort: Sort | None
    page: int
    per_page: int
    facet_limit: int
    facet_order: FacetOrder
    correct: Correct
    collapse: Collapse


class Neighbours:
    """The addresses of the searches that differ from one in a few things: they share most of their parts.

    They begin at the first page, those of a harvest at its beginning. path: what stands before the query string.
    """

    __slots__ = ("_fields", "_filters", "_more", "_parts", "_path", "_tail", "_usual")

    def __init__(self, path: str, query: Query, settings: Settings, highlight: Highlight = Highlight.HTML) -> None:
        self._path, self._filters, self._tail = path, query.filters, _filters(query.filters)
        self._fields = frozenset(item.field for item in query.filters)
        self._usual = _usual_values(query, settings)
        values = _values(query, highlight)
        values[_PAGE], values[_CURSOR] = 1, START if query.cursor else ""
        self._parts = [_part(*row) for row in zip(_WRITTEN, values, self._usual, strict=True)]
        whole = self.changed()
        self._more = f"{whole}{'&' if len(whole) > len(path) else '?'}"

    def changed(self, **changes: Unpack[Changes]) -> str:
        """The address of the search with these fields instead of its own."""
        parts, tail = self._parts, self._tail
        if changes:
            parts = parts.copy()
            for name, value in changes.items():
                for place in _PLACES.get(name, ()):
                    parts[place] = _part(_WRITTEN[place], value, self._usual[place])
            tail = _filters(changes["filters"]) if "filters" in changes else tail
        return address(self._path, "&".join([part for part in parts if part] + tail))

    def with_value(self, name: str, value: str, *, exclude: bool = False) -> str:
        """The address of the search with one more chosen (or excluded) value; its field comes last."""
        if name not in self._fields:
            written = _kept_value if len(value) <= _LONGEST_KEPT else _value
            return f"{self._more}{written(name, value, exclude)}"
        filters = _without(self._filters, name, value)
        old = next((item for item in filters if item.field == name), Filter(name))
        new = replace(old, exclude=(*old.exclude, value)) if exclude else replace(old, include=(*old.include, value))
        return self.changed(filters=(*(item for item in filters if item.field != name), new))

    def without_value(self, name: str, value: str) -> str:
        """The address of the search without this value of a filter, chosen or excluded."""
        return self.changed(filters=_without(self._filters, name, value))


def address(path: str, query: str) -> str:
    """An address of a path and a query string, which may be empty."""
    return f"{path}?{query}" if query else path


def _without(filters: Iterable[Filter], name: str, value: str) -> tuple[Filter, ...]:
    kept = []
    for item in filters:
        if item.field == name:
            include = tuple(other for other in item.include if other != value)
            exclude = tuple(other for other in item.exclude if other != value)
            item = Filter(name, include, exclude)
        if item.include or item.exclude:
            kept.append(item)
    return tuple(kept)


def _values(query: Query, highlight: Highlight) -> list[object]:
    """The values of a query in the order of `_WRITTEN`."""
    values: list[object] = [*_VALUES(query)]
    values.insert(_HIGHLIGHT, highlight)
    return values


def _usual_values(query: Query, settings: Settings) -> list[object]:
    """The values that need not be written, in the order of `_WRITTEN`; a cursor brings its own."""
    return _values(usual_query(settings, harvest=bool(query.cursor)), Highlight.HTML)


def _texts(query: Query, settings: Settings, highlight: Highlight) -> Iterator[tuple[str, str]]:
    """The names and texts of the parameters that are not as usual, without filters."""
    for (name, write), value, usual in zip(
        _WRITTEN, _values(query, highlight), _usual_values(query, settings), strict=True
    ):
        if value != usual and (text := write(value)):
            yield name, text


def _part(written: tuple[str, Writer], value: object, usual: object) -> str:
    """A parameter as it stands in a query string, empty where it need not."""
    name, write = written
    return f"{name}={_quoted(text)}" if value != usual and (text := write(value)) else ""


def _filters(filters: Iterable[Filter]) -> list[str]:
    parts = []
    for item in filters:
        parts += [_value(item.field, value, False) for value in item.include]
        parts += [_value(item.field, value, True) for value in item.exclude]
    return parts


def _value(name: str, value: str, exclude: bool) -> str:
    return f"{name}={quote_plus('-' + value if exclude else escaped(value))}"


_kept_value = lru_cache(2048)(_value)
"""The same values of facets are written again and again."""


def _quoted(text: str) -> str:
    return _kept(text) if len(text) <= _LONGEST_KEPT else quote_plus(text)


_kept = lru_cache(256)(quote_plus)
"""The same text stands in most links of an answer."""
