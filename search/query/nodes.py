"""The query tree that engines execute: engine-neutral, terms already analysed."""

from collections.abc import Iterator
from dataclasses import dataclass

from ..model import DateRange, Scope


@dataclass(frozen=True, slots=True)
class Term:
    """A query word.

    It stands at every position inside `scope` where the text has one of `stems` (of `exacts`, if `exact` is set).
    weight: its share in the score; stop words weigh little.
    text: the word as typed, for notes and explanations.
    key: its likeliest fold key, for what only ranks (family, likeness); empty where there is none.
    """

    text: str
    stems: tuple[str, ...]
    exacts: tuple[str, ...]
    scope: Scope = Scope.ALL
    exact: bool = False
    weight: float = 1.0
    key: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words at consecutive positions."""

    words: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Prefix:
    """All words that begin alike, as the exact forms that they have in the articles (`мектеп*`).

    It stands at every position inside `scope` where the text has one of `exacts`.
    """

    text: str
    exacts: tuple[str, ...]
    scope: Scope = Scope.ALL
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Near:
    """Words within so many positions of one another, in any order.

    It stands at every position where one of the words stands, and all of them stand at this position or at most
    `within` after it. within: 1 to MOST_WITHIN, so that it never reaches from a title into a body.
    """

    words: tuple[Term, ...]
    within: int


MOST_WITHIN = 50


@dataclass(frozen=True, slots=True)
class Either:
    """One thing under several names: it stands wherever any of the children stands (a phrase where it begins).

    children: the first is what was typed; the others are its synonyms (ҮЕҰ, «үкіметтік емес ұйым»).
    text: what was typed, for notes and explanations.
    """

    text: str
    children: "tuple[Term | Phrase, ...]"
    weight: float = 1.0


Unit = Term | Prefix | Phrase | Near | Either
"""What a word of a query asks for."""


@dataclass(frozen=True, slots=True)
class Words:
    """Plain words, of which an article must hold a part by idf mass (`ranking.enough`); all of them if `strict`.

    content: the distinct words that decide about a match, at least one; scored: every word that counts in the score,
    in the order typed, repeats and stop words included.
    """

    content: tuple[Unit, ...]
    scored: tuple[Unit, ...]
    strict: bool = False


@dataclass(frozen=True, slots=True)
class And:
    """All children match."""

    children: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Or:
    """Any of the children matches; Or of nothing matches no article."""

    children: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Field:
    """The article's value of the facet `name` is one of `values`; an empty one stands for articles without a value."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dates:
    """The article's local date is in the range; an article without a date is in none."""

    dates: DateRange


@dataclass(frozen=True, slots=True)
class Ids:
    """The articles with these ids."""

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The child does not match."""

    child: "Node"


@dataclass(frozen=True, slots=True)
class MatchAll:
    """Every article."""


Node = Unit | Words | And | Or | Field | Dates | Ids | Not | MatchAll


def scored_sequences(node: Node) -> Iterator[tuple[Unit, ...]]:
    """The units that make the score, in the order typed: all outside a Not. Those of a sequence are neighbours."""
    match node:
        case Term() | Prefix() | Either():
            yield (node,)
        case Phrase(words=words) | Near(words=words):
            yield words
        case Words(scored=scored):
            yield scored
        case And(children=children) | Or(children=children):
            for child in children:
                yield from scored_sequences(child)
        case Field() | Dates() | Ids() | Not() | MatchAll():
            return


def lead(unit: Unit) -> Term | None:
    """The word that was typed for a unit; None where that was a phrase, or only the beginning of a word."""
    match unit:
        case Term():
            return unit
        case Either(children=children):
            return lead(children[0])
        case Prefix() | Phrase() | Near():
            return None


def weight_of(unit: Unit) -> float:
    """The share of a unit in the score."""
    return 1.0 if isinstance(unit, Phrase | Near) else unit.weight


def scope_of(unit: Unit) -> Scope:
    """The part of an article where a unit is looked for: that of its first word."""
    match unit:
        case Term() | Prefix():
            return unit.scope
        case Phrase(words=words) | Near(words=words):
            return words[0].scope
        case Either(children=children):
            return scope_of(children[0])


Marked = Term | Prefix | Phrase | Near


def marked(node: Node) -> Iterator[Marked]:
    """What is marked in the text of a hit, outside a Not: content words, and phrases and near words as a whole."""
    match node:
        case Term() | Prefix() | Phrase() | Near():
            yield node
        case Either(children=children) | Words(content=children) | And(children=children) | Or(children=children):
            for child in children:
                yield from marked(child)
        case Field() | Dates() | Ids() | Not() | MatchAll():
            return
