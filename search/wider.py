"""Where a query that found nothing might go: other readings of its text, and wider searches."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from .model import Correct, DateRange, Filter, Match, Query, Scope
from .query.parser import parse
from .query.syntax import InField, Part, Plain, Quoted, Without, leaves

Way = tuple[str, Query, tuple[str, str]]
"""Kind, query and what is left out, as `model.Suggestion` has them."""

MOST_CHARS = 500


def ways(query: Query) -> Iterable[Way]:
    """The searches that may find something where this one found nothing, the nearest first; the text is not empty."""
    query = replace(query, page=1)
    if query.match is Match.EXACT:
        yield "smart", replace(query, match=Match.SMART), ("", "")
    elif query.match is Match.SMART and query.correct is not Correct.OFF:
        yield "spelling", replace(query, match=Match.FUZZY), ("", "")
    if query.scope is not Scope.ALL:
        yield "scope", replace(query, scope=Scope.ALL), ("in", query.scope.value)
    yield from _looser_filters(query)
    text = _unquoted(query.text)
    if text != query.text:
        yield "quotes", replace(query, text=text), ("", "")
    if any_text := any_of(query.text):
        yield "any", replace(query, text=any_text, match=Match.SMART), ("", "")


def loosest(query: Query) -> Way:
    """The search for any of the words, everywhere: where nothing less helps."""
    text = any_of(query.text) or _unquoted(query.text)
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


def _unquoted(text: str) -> str:
    """The text without quotation marks, if any of it is a phrase."""
    root = parse(text).root
    if not any(isinstance(leaf, Quoted) for leaf in leaves(root)):
        return text
    return " ".join(text.translate(str.maketrans('"“”„‟', "     ")).split())


def any_of(text: str) -> str:
    """The words of a query joined by OR; empty if there are fewer than two, or if words alone ask for it already."""
    root = parse(text).root
    if root is None or isinstance(root, Plain):
        return ""
    words = [word for leaf in _wanted(root) for word in leaf.split()]
    joined = " НЕМЕСЕ ".join(dict.fromkeys(word.strip("()\"'") for word in words))
    joined = joined if any(map(str.islower, "".join(words))) else joined.lower().replace(" немесе ", " НЕМЕСЕ ")
    return joined if len(words) > 1 and len(joined) <= MOST_CHARS else ""


def _wanted(part: Part) -> Iterable[str]:
    """The texts of the leaves that are asked for: not those of a minus, nor of other fields than the text."""
    match part:
        case Without():
            return
        case InField(field=name) if name not in ("title", "body"):
            return
        case InField(part=inner):
            yield from _wanted(inner)
        case _ if hasattr(part, "parts"):
            for inner in part.parts:
                yield from _wanted(inner)
        case _:
            yield from (leaf.text for leaf in leaves(part))
