"""The filters of a page of hits: lists of values to choose or leave out, and chips of what is chosen."""

from dataclasses import dataclass, replace

from search.facets import Table
from search.model import Collapse, Facet, FacetValue, Match, Query, Scope

from . import formats, labels
from .links import Neighbours
from .param_table import MOST_VALUES
from .translate import gettext

CHARTED = ("year", "month")
"""Facets without a list of values in the page: they are the bars."""

LONG = 10


@dataclass(frozen=True, slots=True)
class Value:
    """A value: `href` chooses it, or lets go of it if it is chosen or left out; `leave_out` leaves it out."""

    label: str
    count: str
    href: str
    leave_out: str
    leaving_out: str
    selected: bool
    excluded: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """A facet: its values, the address that lists more of them (or empty), hits with other values, and without any.

    long: whether it has so many values that one looks for them by typing.
    """

    name: str
    title: str
    values: tuple[Value, ...]
    more: str
    other: str
    missing: str
    long: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """A limit that is set, and the search without it."""

    text: str
    href: str


def shown(table: Table) -> tuple[str, ...]:
    """The facets with a list of values in the page: the site's own come last."""
    return tuple(name for name in table if name not in CHARTED)


def panels(facets: tuple[Facet, ...], query: Query, table: Table, locale: str, near: Neighbours) -> tuple[Panel, ...]:
    """The facets that can narrow anything, or that something is chosen of."""
    useful = [(facet, labels.field(table[facet.field])) for facet in facets if _useful(facet)]
    return tuple(_panel(facet, query, title, locale, near) for facet, title in useful)


def chips(query: Query, table: Table, locale: str, near: Neighbours) -> tuple[Chip, ...]:
    """Everything that narrows the search besides its text."""
    out = []
    for item in query.filters:
        name = labels.field(table[item.field])
        for value in item.include:
            shown = labels.value(item.field, value, locale)
            out.append(Chip(f"{name}: {shown}", near.without_value(item.field, value)))
        for value in item.exclude:
            shown = labels.value(item.field, value, locale)
            text = gettext("%(name)s: «%(value)s» емес", name=name, value=shown)
            out.append(Chip(text, near.without_value(item.field, value)))
    if query.dates:
        out.append(Chip(formats.period(query.dates, locale), near.changed(dates=None)))
    if query.scope is not Scope.ALL:
        text = gettext("Тек тақырыптан") if query.scope is Scope.TITLE else gettext("Тек мәтіннен")
        out.append(Chip(text, near.changed(scope=Scope.ALL)))
    if query.collapse is Collapse.NONE:
        text = gettext("Мәтіні бірдей мақалалар да көрсетілген")
        out.append(Chip(text, near.changed(collapse=Collapse.DUPLICATES)))
    if query.match is Match.EXACT:
        out.append(Chip(gettext("Тек дәл осы түрі"), near.changed(match=Match.SMART)))
    return tuple(out)


def cleared(query: Query) -> Query:
    """The query without anything that narrows it besides its text."""
    return replace(
        query,
        filters=(),
        dates=None,
        scope=Scope.ALL,
        match=Match.SMART,
        collapse=Collapse.DUPLICATES,
        page=1,
    )


def _useful(facet: Facet) -> bool:
    chosen = any(value.selected or value.excluded for value in facet.values)
    return chosen or len(facet.values) > 1 or bool(facet.values and facet.missing)


def _panel(facet: Facet, query: Query, title: str, locale: str, near: Neighbours) -> Panel:
    more = facet.other and query.facet_limit < MOST_VALUES
    leaving_out = gettext("Қоспау: %(value)s")
    return Panel(
        facet.field,
        title,
        tuple(_value(facet.field, value, locale, near, leaving_out) for value in facet.values),
        near.changed(facet_limit=MOST_VALUES, page=query.page) if more else "",
        formats.number(facet.other, locale) if facet.other else "",
        formats.number(facet.missing, locale) if facet.missing else "",
        bool(facet.other) or len(facet.values) > LONG,
    )


def _value(name: str, value: FacetValue, locale: str, near: Neighbours, leaving_out: str) -> Value:
    chosen = value.selected or value.excluded
    label = labels.value(name, value.value, locale)
    return Value(
        label,
        formats.number(value.count, locale),
        (near.without_value if chosen else near.with_value)(name, value.value),
        "" if chosen else near.with_value(name, value.value, exclude=True),
        leaving_out % {"value": label},
        value.selected,
        value.excluded,
    )
