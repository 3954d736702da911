"""The query tree that engines execute: engine-neutral, terms already analysed."""

from collections.abc import Iterator
from dataclasses import dataclass

from ..model import Scope


@dataclass(frozen=True, slots=True)
class Term:
    """A query word.

    It stands at every position inside `scope` where the text has one of `stems` (of `exacts`, if `exact` is set).
    weight: its share in the score; stop words weigh little.
    text: the word as typed, for notes and explanations.
    """

    text: str
    stems: tuple[str, ...]
    exacts: tuple[str, ...]
    scope: Scope = Scope.ALL
    exact: bool = False
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words at consecutive positions."""

    words: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One thing under several names: it stands wherever any of the children stands (a phrase where it begins).

    children: the first is what was typed; the others are its synonyms (ҮЕҰ, «үкіметтік емес ұйым»).
    text: what was typed, for notes and explanations.
    """

    text: str
    children: "tuple[Term | Phrase, ...]"
    weight: float = 1.0


Unit = Term | Phrase | Either
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
class Not:
    """The child does not match."""

    child: "Node"


@dataclass(frozen=True, slots=True)
class MatchAll:
    """Every article."""


Node = Term | Phrase | Either | Words | And | Not | MatchAll


def scored_terms(node: Node) -> Iterator[Term]:
    """The terms that make the score, in the order typed: everything outside a Not."""
    match node:
        case Term():
            yield node
        case Phrase(words):
            yield from words
        case Words(scored=scored):
            yield from scored
        case And(children):
            for child in children:
                yield from scored_terms(child)
        case Not() | MatchAll():
            return


def marked_sequences(node: Node) -> Iterator[tuple[Term, ...]]:
    """What is marked in the text of a hit, outside a Not: single content words, and phrases as a whole."""
    match node:
        case Term():
            yield (node,)
        case Phrase(words):
            yield words
        case Words(content=content):
            for term in content:
                yield (term,)
        case And(children):
            for child in children:
                yield from marked_sequences(child)
        case Not() | MatchAll():
            return
