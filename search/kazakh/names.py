"""One thing under several names in the words of a query: what was found, and what else it is called."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from .token import Token

NameKind = Literal["abbreviation", "place", "date", "site"]


@dataclass(frozen=True, slots=True)
class Other:
    """Another name of a thing.

    text: the name, to be analysed like a query.
    lang: the language it is in; readings in other languages are no names of the thing.
    rule: the table row that knows it, «table:first name», or the name of the rule.
    told: whether it is worth telling the reader; a translation is not.
    spelled: it counts only where it is spelled so, because its stem is shared with other words.
    """

    text: str
    lang: str
    rule: str
    spelled: bool = False
    told: bool = True


@dataclass(frozen=True, slots=True)
class Span:
    """The tokens [first, end) of a query are a name; `others` are the further names of the same thing, never empty.

    Those that are the same after analysis as what was typed may be among them.
    words: how many words it is, the day, month and year of a date in digits counted.
    """

    first: int
    end: int
    kind: NameKind
    others: tuple[Other, ...]
    words: int


class NameFinder(Protocol):
    """Whatever finds names in the words of a query."""

    def find(self, tokens: Sequence[Token]) -> list[Span]:
        """The names in the tokens, from left to right, none over another."""
