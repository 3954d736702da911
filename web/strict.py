"""The strict reading of a query: the same words, every one of them required."""

from collections.abc import Iterable

from search.model import Note
from search.query.fields import BODY, TITLE
from search.query.levels import joined
from search.query.operators import may_have_operators
from search.query.parser import parse
from search.query.syntax import All, Any, InField, Part, Plain, Quoted, Sequence, Word
from search.query.write import plain_words, written

Words = frozenset[str]


def strict(text: str, notes: Iterable[Note], most: int = 500, fields: Iterable[str] = ()) -> str:
    """The query with each of its plain words in quotation marks, without the stop words that `notes` name.

    Operators, fields and what is left out stay. Empty if no text of at most `most` characters asks so.
    fields: names of further facets, see `search.query.parser`.
    """
    root = parse(text, fields=fields).root
    stop = frozenset(word for note in notes if note.kind == "stopwords" for word in note.source.split(", "))
    required = _required(root, stop) if root else None
    asked = written(required)
    if len(asked) > most or (_has_operators(required) and not may_have_operators(asked)):
        return ""
    return asked


def _required(part: Part, stop: Words) -> Part | None:
    """The part with every word required; None if it has only stop words."""
    match part:
        case Plain(text):
            return joined(Sequence, [Quoted(word) for word in plain_words(text) if word not in stop])
        case Sequence(parts):
            # Words with a star or a tilde are searched together like plain ones, unless AND joins them.
            loose = sum(isinstance(inner, Word) and (inner.prefix or inner.fuzzy > 0) for inner in parts)
            return joined(All if loose > 1 else Sequence, _each(parts, stop))
        case All(parts):
            return joined(All, _each(parts, stop))
        case Any(parts):
            return joined(Any, [inner for one in parts if (inner := _required(one, stop) or _required(one, Words()))])
        case InField(field, inner, typed) if field in (TITLE, BODY):
            value = _required(inner, stop) or _required(inner, Words())
            return InField(field, value, typed) if value else None
        case _:
            return part


def _each(parts: Iterable[Part], stop: Words) -> list[Part]:
    return [inner for part in parts if (inner := _required(part, stop))]


def _has_operators(part: Part | None) -> bool:
    match part:
        case All() | Any():
            return True
        case Sequence(parts):
            return any(map(_has_operators, parts))
        case InField(part=inner):
            return _has_operators(inner)
        case _:
            return False
