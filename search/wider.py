"""Where a query that found nothing might go: other readings of its text, and wider searches."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from .model import Correct, DateRange, Filter, Match, Query, Scope
from .query.parser import parse
from .query.rewrite import SCOPES
from .query.syntax import All, Any, Days, InField, Nearby, Part, Plain, Quoted, Sequence, Without, leaves
from .query.write import plain_words, written

Way = tuple[str, Query, tuple[str, str]]
"""Kind, query and what is left out, as `model.Suggestion` has them."""

MOST_CHARS = 500


def ways(query: Query, fields: Iterable[str] = ()) -> Iterable[Way]:
    """The searches that may find something where this one found nothing, the nearest first.

    fields: the facets that a site has besides the built-in ones.
    """
    query = replace(query, page=1)
    root = parse(query.text, fields=fields).root
    if query.match is Match.EXACT:
        yield "smart", replace(query, match=Match.SMART), ("", "")
    elif query.match is Match.SMART and query.correct is not Correct.OFF:
        yield "spelling", replace(query, match=Match.FUZZY), ("", "")
    if query.scope is not Scope.ALL:
        yield "scope", replace(query, scope=Scope.ALL), ("in", query.scope.value)
    yield from _looser_filters(query)
    for kind, other in (("quotes", root and _unquoted(root)), ("fields", _fieldless(root)), ("any", _any(root))):
        text = written(other)
        if other != root and 0 < len(text) <= MOST_CHARS:
            yield kind, replace(query, text=text, match=Match.SMART if kind == "any" else query.match), ("", "")


def loosest(query: Query, fields: Iterable[str] = ()) -> Way:
    """The search for any of the words, everywhere: where nothing less helps."""
    root = parse(query.text, fields=fields).root
    left = _any(root) or _fieldless(root)
    text = written(_unquoted(left) if left else None)
    text = text if len(text) <= MOST_CHARS else query.text
    free = replace(query, text=text, match=Match.SMART, scope=Scope.ALL, filters=(), dates=None, page=1)
    return "loosest", free, ("", "")


def _looser_filters(query: Query) -> Iterable[Way]:
    if query.dates and (wider := _whole_years(query.dates)) != query.dates:
        yield "dates", replace(query, dates=wider), ("", "")
    if query.dates:
        yield "dates", replace(query, dates=None), ("date", "")
    for one in query.filters:
        rest = tuple(other for other in query.filters if other is not one)
        yield "filter", replace(query, filters=rest), (one.field, ", ".join(_values(one)))
    if len(query.filters) + bool(query.dates) > 1:
        yield "filters", replace(query, filters=(), dates=None), ("", "")


def _values(one: Filter) -> Iterable[str]:
    return (*one.include, *(f"-{value}" for value in one.exclude))


def _whole_years(dates: DateRange) -> DateRange:
    first = date(dates.first.year, 1, 1) if dates.first else None
    return DateRange(first, date(dates.last.year, 12, 31) if dates.last else None)


def _unquoted(root: Part) -> Part:
    """The tree with the words of its phrases as plain words."""
    match root:
        case Quoted(text=text) | Nearby(text=text):
            return Plain(text)
        case Sequence() | All() | Any():
            return replace(root, parts=tuple(_unquoted(part) for part in root.parts))
        case _:
            return root


def _fieldless(root: Part | None) -> Part | None:
    """The tree without its conditions on fields and days; None if it has nothing else."""
    match root:
        case Days():
            return None
        case InField(field=name) if name not in SCOPES:
            return None
        case Without(part=part):
            return root if _fieldless(part) else None
        case Sequence() | All() | Any():
            parts = tuple(part for part in map(_fieldless, root.parts) if part)
            return replace(root, parts=parts) if len(parts) > 1 else next(iter(parts), None)
        case _:
            return root


def _any(root: Part | None) -> Part | None:
    """Any of the words that a tree asks for; None if it has fewer than two."""
    words = dict.fromkeys(word for text in _wanted(root) for word in plain_words(text))
    return Any(tuple(Plain(word.lower()) for word in words)) if len(words) > 1 else None


def _wanted(root: Part | None) -> Iterable[str]:
    """The texts of the leaves that are asked for: not those of a minus, nor of other fields than the text."""
    match root:
        case Without() | Days():
            return
        case InField(field=name) if name not in SCOPES:
            return
        case InField(part=part):
            yield from _wanted(part)
        case Sequence(parts=parts) | All(parts=parts) | Any(parts=parts):
            for part in parts:
                yield from _wanted(part)
        case _:
            yield from (leaf.text for leaf in leaves(root))
