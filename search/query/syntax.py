"""The text of a query taken apart, before any word is analysed."""

from dataclasses import dataclass

from ..model import Note


@dataclass(frozen=True, slots=True)
class Plain:
    """A stretch of text whose words are searched in any order."""

    text: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """Text whose words must follow one another."""

    text: str


@dataclass(frozen=True, slots=True)
class Without:
    """A word or a phrase that must not occur: the words of `text` one after another."""

    text: str


Clause = Plain | Quoted | Without


@dataclass(frozen=True, slots=True)
class Parsed:
    """The clauses in the order typed, and what was left out of them."""

    clauses: tuple[Clause, ...]
    notes: tuple[Note, ...]
