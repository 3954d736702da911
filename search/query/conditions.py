"""Conditions on the fields of an article, as a query words them: the values that its words name."""

from collections.abc import Callable

from .nodes import And, Field, Node, Not, Or
from .syntax import All, Any, Days, InField, Nearby, Part, Plain, Quoted, Sequence, Without, Word

Values = Callable[[str, str, bool], tuple[str, ...]]
"""From the name of a field and words to the values of the field that have them; or, if True, words that begin so."""


def conditions(name: str, part: Part, values: Values) -> Node:
    """The condition that a field has a value with the words of each leaf of `part`, joined as the part joins them."""
    match part:
        case Word(text=text, prefix=prefix):
            return Field(name, values(name, text, prefix))
        case Plain(text=text) | Quoted(text=text) | Nearby(text=text) | Days(text=text):
            return Field(name, values(name, text, False))
        case Without(part=inner):
            return Not(conditions(name, inner, values))
        case Any(parts=parts):
            return Or(tuple(conditions(name, inner, values) for inner in parts))
        case Sequence(parts=parts) | All(parts=parts):
            return And(tuple(conditions(name, inner, values) for inner in parts))
        case InField(part=inner):
            return conditions(name, inner, values)
