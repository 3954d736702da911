"""The only place that reads a request's parameters: the way to a Query; `links.py` goes back."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from typing import Any
from urllib.parse import parse_qsl

from search.errors import BadParameter
from search.facets import table
from search.model import Collapse, Correct, DateRange, FacetOrder, Filter, Interval, Match, Query, Scope, Sort
from search.query.days import days
from search.settings import Settings

from .param_table import MOST_VALUE_CHARS, Highlight, Param, search_params, usual_query

Pairs = Sequence[tuple[str, str]]

MOST_PAIRS = 200
BEFORE = "lies before date_from"

_DATE = re.compile("[0-9]{4}(-[0-9]{2}){0,2}")
_SURROGATE = re.compile("[\ud800-\udfff]")
"""What bytes that are not UTF-8 are read as."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asked for, and what was wrong with it (then the default stands in `query`)."""

    query: Query
    highlight: Highlight = Highlight.HTML
    problems: tuple[BadParameter, ...] = ()


@dataclass(slots=True)
class _Reading:
    params: Mapping[str, Param]
    facets: tuple[str, ...]
    given: dict[str, list[str]] = field(default_factory=dict)
    problems: list[BadParameter] = field(default_factory=list)

    def fail(self, name: str, detail: str, code: str = "bad-value", near: str = "") -> None:
        self.problems.append(BadParameter(name, detail, code=code, did_you_mean=near))

    def text(self, name: str) -> str:
        values = self.given.get(name)
        return (values[0] if values else "") or self.params[name].default

    def whole(self, name: str) -> int:
        try:
            return number(self.params[name], self.text(name))
        except BadParameter as problem:
            self.problems.append(problem)
            return int(self.params[name].default)

    def choice(self, name: str) -> str:
        param, text = self.params[name], self.text(name)
        if text in param.choices:
            return text
        self.fail(name, "must be one of: " + ", ".join(param.choices), near=nearest(text, param.choices))
        return param.default

    def cursor(self) -> str:
        text = self.text("cursor")
        if len(text) <= self.params["cursor"].high:
            return text
        self.fail("cursor", "is longer than any cursor", "bad-cursor")
        return ""

    def names(self, name: str) -> tuple[str, ...]:
        param, text = self.params[name], self.text(name)
        asked = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip() not in ("", "none")))
        for part in asked:
            if part not in param.choices:
                self.fail(name, "must name any of: " + ", ".join(param.choices), near=nearest(part, param.choices))
        return tuple(part for part in asked if part in param.choices)

    def day(self, name: str, *, last: bool) -> date | None:
        text = self.text(name)
        if not text:
            return None
        found = days(text) if _DATE.fullmatch(text) else None
        if found is None:
            self.fail(name, "must be a date such as 2018, 2018-10 or 2018-10-16", "bad-date")
            return None
        return found.last if last else found.first

    def filters(self) -> Iterable[Filter]:
        for name in self.facets:
            given = self.given.get(name)
            if given and (values := [value for value in given if value not in ("", "-")]):
                exclude = tuple(dict.fromkeys(value[1:] for value in values if value.startswith("-")))
                include = tuple(dict.fromkeys(unescaped(value) for value in values if not value.startswith("-")))
                yield Filter(name, include, exclude)


_FIELDS: Mapping[str, tuple[str, Callable[[_Reading], Any]]] = {
    "q": ("text", lambda reading: reading.text("q")),
    "match": ("match", lambda reading: Match(reading.choice("match"))),
    "in": ("scope", lambda reading: Scope(reading.choice("in"))),
    "page": ("page", lambda reading: reading.whole("page")),
    "per_page": ("per_page", lambda reading: reading.whole("per_page")),
    "facets": ("facets", lambda reading: reading.names("facets")),
    "facet_limit": ("facet_limit", lambda reading: reading.whole("facet_limit")),
    "facet_order": ("facet_order", lambda reading: FacetOrder(reading.choice("facet_order"))),
    "histogram": ("histogram", lambda reading: Interval(reading.choice("histogram"))),
    "snippets": ("snippets", lambda reading: reading.whole("snippets")),
    "snippet_length": ("snippet_length", lambda reading: reading.whole("snippet_length")),
    "correct": ("correct", lambda reading: Correct(reading.choice("correct"))),
    "collapse": ("collapse", lambda reading: Collapse(reading.choice("collapse"))),
    "half_life": ("half_life", lambda reading: reading.whole("half_life")),
    "explain": ("explain", lambda reading: reading.choice("explain") == "1"),
    "cursor": ("cursor", lambda reading: reading.cursor()),
}
"""Parameters with the field of a Query that each is, and how it is read; problems are told in this order."""


def number(param: Param, text: str) -> int:
    """The value of a parameter that is a whole number, its default where there is no text.

    Raises:
        BadParameter: it is none, or outside of the limits.
    """
    text = text or param.default
    if re.fullmatch(r"[0-9]{1,9}", text) and param.low <= int(text) <= param.high:
        return int(text)
    outside = param.name == "page" and re.fullmatch(r"[0-9]+", text) and int(text[:9])
    code = "outside-window" if outside else "bad-value"
    raise BadParameter(param.name, f"must be a whole number from {param.low} to {param.high}", code=code)


def escaped(value: str) -> str:
    """A value to filter by as a parameter holds it: one that begins with a minus gets a backslash before it."""
    return "\\" + value if value.lstrip("\\").startswith("-") else value


def unescaped(value: str) -> str:
    """The value that `escaped` wrote."""
    return value[1:] if value.startswith("\\") and value.lstrip("\\").startswith("-") else value


def pairs(query_string: bytes) -> Pairs:
    """The names and values of a query string, in order.

    Raises:
        BadParameter: bytes that are not UTF-8, NUL, or more pairs or characters than anyone needs.
    """
    if query_string.count(b"&") >= MOST_PAIRS:
        raise BadParameter("", f"more than {MOST_PAIRS} parameters", code="too-many")
    text = query_string.decode("utf-8", "surrogateescape")
    decoded = parse_qsl(text, keep_blank_values=True, errors="surrogateescape")
    for name, value in decoded:
        if _SURROGATE.search(name) or _SURROGATE.search(value):
            raise BadParameter(printable(name), "is not valid UTF-8", code="bad-encoding")
        if "\0" in name or "\0" in value:
            raise BadParameter(printable(name), "holds a NUL character", code="bad-encoding")
        if len(value) > MOST_VALUE_CHARS:
            raise BadParameter(printable(name), f"has more than {MOST_VALUE_CHARS} characters", code="too-long")
    return decoded


def read(given: Pairs, settings: Settings, *, strict: bool, without: Collection[str] = ()) -> Asked:
    """The request behind the pairs.

    strict: an unknown parameter is a problem (the JSON API); else it is passed over (the pages, with their utm_…).
    without: parameters that this end does not have.
    """
    harvest = strict and any(name == "cursor" and value for name, value in given)
    reading = _Reading(search_params(settings, harvest=harvest), (*table(settings.facets),))
    left_out = without if strict else (*without, "cursor")
    for name, value in given:
        if name in reading.params and name not in left_out:
            reading.given.setdefault(name, []).append(value)
        elif strict:
            known = [name for name in reading.params if name not in left_out]
            reading.problems.append(unknown(name, nearest(name, known)))
    for name, values in reading.given.items():
        if len(values) > 1 and reading.params[name].kind != "values":
            reading.problems.append(repeated(name))
    dates = DateRange(reading.day("date_from", last=False), reading.day("date_to", last=True))
    if dates.first and dates.last and dates.first > dates.last:
        reading.fail("date_to", BEFORE, "bad-date")
        dates = DateRange()
    sort = Sort(reading.choice("sort")) if reading.given.get("sort", [""])[0] else None
    usual = usual_query(settings, harvest=harvest)
    query = replace(
        usual,
        filters=tuple(reading.filters()),
        dates=dates if dates.first or dates.last else None,
        sort=sort,
        **{field: value(reading) for name, (field, value) in _FIELDS.items() if name in reading.given},
    )
    highlight = Highlight(reading.choice("highlight")) if "highlight" in reading.given else Highlight.HTML
    return Asked(query, highlight, tuple(reading.problems))


def unknown(name: str, near: str) -> BadParameter:
    """The problem of a parameter that there is not."""
    return BadParameter(printable(name), "there is no such parameter", code="unknown-parameter", did_you_mean=near)


def repeated(name: str) -> BadParameter:
    """The problem of a parameter that may be given once only."""
    return BadParameter(name, "may be given once only", code="repeated")


def nearest(text: str, names: Iterable[str]) -> str:
    """The name that `text` is most likely a slip for, or empty."""
    close = get_close_matches(text.lower()[:40], list(names), n=1, cutoff=0.5)
    return close[0] if close else ""


def printable(text: str, limit: int = 60) -> str:
    """`text` fit to be shown back: no control characters or broken code points, cut at `limit`."""
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)[:limit]
