"""The advanced search: a form that writes the query language and the filters, and reads an existing search back."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from flask import redirect, request
from werkzeug.wrappers import Response as AnyResponse

from search.errors import BadParameter
from search.facets import own, table
from search.model import Collapse, DateRange, Facet, Match, Query, Scope, Sort
from search.query.days import days
from search.settings import Settings

from . import composed, formats, labels, locale, panels, param_table, params, wording
from .addresses import Addresses
from .api import Room
from .caching import Made
from .composed import Fields
from .frame import hidden, in_a_field, render
from .paging import PER_PAGE
from .translate import gettext

MOST_BOXES = 12
"""Values of a facet that are listed as boxes to tick; of more there is a field that offers them as one types."""

DATES = ("date_from", "date_to")
WORDS = ("all-words", "exact-phrase", "any-words", "no-words", "near-words")
"""Fields of the form that become the text of the query. No facet of a site can have such a name."""
EVERY, WITHIN, SEARCH = "every-word", "near-within", "go"
_OWN = ("q", "correct", "match", "in", "date_from", "date_to", "sort", "per_page", "collapse")
"""Parameters of a search that the form has fields for, filters aside."""


@dataclass(frozen=True, slots=True)
class Option:
    """A value to choose."""

    value: str
    label: str
    chosen: bool
    count: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A facet: values as boxes to tick, and values that its field offers, if it has one."""

    name: str
    title: str
    boxes: tuple[Option, ...]
    offered: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A list of which one value is chosen."""

    name: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """Everything the page shows. problems: sentences by the name of the field that they are about.

    written: the query that the fields make; results: where it leads.
    """

    fields: Fields
    within: str
    most_near: int
    dates: Mapping[str, str]
    choices: tuple[Choice, ...]
    groups: tuple[Group, ...]
    each: bool
    hidden: tuple[tuple[str, str], ...]
    problems: Mapping[str, str]
    written: str
    results: str


def page(language: str) -> AnyResponse:
    """The form, or where it was sent and can be: the way to the results."""
    room = Room.current()
    settings = room.settings
    given = [*_with_whole_dates(params.pairs(request.query_string))]
    asked = params.read(given, settings, strict=False)
    first = dict(reversed(given))
    fields, problems = _fields(first, asked.query, settings)
    query = _plain(replace(asked.query, text=composed.text(fields, language, own(settings.facets)), page=1))
    problems |= _problems(asked.problems, query, settings)
    problems = {name: problems[name] for name in (*WORDS, WITHIN, *DATES) if name in problems}  # as they stand
    address = Addresses("", language, settings).page(query)
    if first.get(SEARCH) and not problems:
        return redirect(address, 303)

    def made() -> Made:
        names = panels.shown(table(settings.facets))
        found = room.service.search(Query(facets=names, facet_limit=param_table.MOST_VALUES, per_page=1, snippets=0))
        form = Form(
            fields=fields,
            within=first.get(WITHIN, "") or str(fields.within),
            most_near=composed.MOST_NEAR,
            dates={name: first.get(name, "") for name in DATES},
            choices=tuple(_choices(query, settings)),
            groups=tuple(_groups(found.facets, query, language, settings)),
            each=query.collapse is Collapse.NONE,
            hidden=hidden(query, settings, *_OWN, *table(settings.facets)),
            problems=problems,
            written=query.text,
            results=address,
        )
        kept = query if len(query.text) <= settings.max_query_chars else replace(query, text="")
        response = render("advanced.html", query=kept, form=form)
        return Made(response, found.index, keep=not found.timed_out and not found.truncated)

    return room.caching.answered((request.path, request.query_string.decode("latin-1")), made)


def _fields(first: Mapping[str, str], query: Query, settings: Settings) -> tuple[Fields, dict[str, str]]:
    """What is in the fields, as sent or as they make the query that was asked, and what is wrong with them."""
    if first.keys().isdisjoint(WORDS):
        text = in_a_field(query.text[: param_table.MOST_VALUE_CHARS])
        return (composed.fields_of(text, own(settings.facets)) if text.strip() else Fields(every=True)), {}
    words, phrase, anyway, without, near = (" ".join(first.get(name, "").split()) for name in WORDS)
    problems = {}
    within = first.get(WITHIN, "").strip() or str(composed.NEAR_BY)
    if near and len(near.split()) < 2:
        problems[WORDS[-1]] = gettext("Мұнда кемінде екі сөз керек.")
    if not (within.isascii() and within.isdigit() and 1 <= int(within[:9]) <= composed.MOST_NEAR):
        problems[WITHIN] = gettext(
            "%(low)s мен %(high)s аралығындағы бүтін сан болуы керек.", low=1, high=composed.MOST_NEAR
        )
        within = str(composed.NEAR_BY)
    return Fields(words, bool(first.get(EVERY)), phrase, anyway, without, near, int(within)), problems


def _problems(found: Iterable[BadParameter], query: Query, settings: Settings) -> dict[str, str]:
    """Sentences about fields; what is wrong with parameters that have none is passed over, as on every page."""
    out: dict[str, str] = {}
    for problem in found:
        if problem.parameter in DATES:
            out.setdefault(problem.parameter, wording.wrong(problem, settings))
    if len(query.text) > settings.max_query_chars:
        out[WORDS[0]] = gettext(
            "Мәтінде %(length)s таңба бар, шегі – %(limit)s. Қысқартып көріңіз.",
            length=formats.number(len(query.text), locale.current(settings)),
            limit=formats.number(settings.max_query_chars, locale.current(settings)),
        )
    return out


def _with_whole_dates(given: params.Pairs) -> Iterator[tuple[str, str]]:
    """The pairs, with dates as people write them (`16.10.2018`) in the form that a search takes."""
    for name, value in given:
        whole = days(value.strip()) if name in ("date_from", "date_to") and ".." not in value else None
        yield name, _iso(whole, last=name == "date_to") if whole and "." in value else value.strip(" ")


def _iso(dates: DateRange, *, last: bool) -> str:
    end = dates.last if last else dates.first
    return end.isoformat() if end else ""


def _plain(query: Query) -> Query:
    """The query without what goes without saying: the order that its text has anyway, or relevance to no text."""
    usual = (param_table.usual_sort(query), Sort.RELEVANCE if not query.text.strip() else None)
    return replace(query, sort=None) if query.sort in usual else query


def _choices(query: Query, settings: Settings) -> Iterator[Choice]:
    order = query.sort or Sort.RELEVANCE  # also of the empty form: words are going to be typed
    yield _choice("in", query.scope, ((scope, labels.scope(scope)) for scope in Scope))
    yield _choice("match", query.match, ((match, labels.match(match)) for match in Match))
    yield _choice("sort", order, ((sort, labels.sort(sort)) for sort in Sort))
    sizes = sorted(size for size in {*PER_PAGE, query.per_page} if size <= settings.max_per_page)
    yield _choice("per_page", str(query.per_page), ((str(size), str(size)) for size in sizes))


def _choice(name: str, chosen: str, options: Iterable[tuple[str, str]]) -> Choice:
    listed = tuple(Option(value, label, value == chosen) for value, label in options)
    return Choice(name, labels.parameter(name), listed)


def _groups(facets: Iterable[Facet], query: Query, language: str, settings: Settings) -> Iterator[Group]:
    """The facets that have values to choose, and those that something is chosen of, such as a year."""
    counted = {facet.field: facet for facet in facets}
    chosen = {item.field: item for item in query.filters}
    for name, spec in table(settings.facets).items():
        item, facet = chosen.get(name), counted.get(name)
        listed = [value for value in facet.values if value.value.strip()] if facet else []
        many = bool(facet and facet.other) or len(listed) > MOST_BOXES
        wanted = dict.fromkeys(item.include, True) if item else {}
        values = {} if many else {value.value: formats.number(value.count, language) for value in listed}
        values |= {value: "" for value in wanted if value not in values}
        boxes = [
            Option(params.escaped(value), labels.value(name, value, language), value in wanted, count)
            for value, count in values.items()
        ]
        for value in item.exclude if item else ():
            label = gettext("Қоспау: %(value)s", value=labels.value(name, value, language))
            boxes.append(Option(f"-{value}", label, chosen=True))
        offered = [
            Option(params.escaped(value.value), labels.value(name, value.value, language), chosen=False)
            for value in (listed if many else ())
        ]
        if offered or len(boxes) > 1 or wanted or (item and item.exclude):
            yield Group(name, labels.field(spec), tuple(boxes), tuple(offered))
