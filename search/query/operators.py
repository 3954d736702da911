"""The words of a query that join others: in capitals, in Kazakh, Russian and English, and NEAR."""

import re
from collections.abc import Mapping
from enum import Enum, auto
from typing import Final

from .signs import number

NEAR_BY: Final = 5
"""How many positions are near where no number says it."""


class Operator(Enum):
    """What an operator asks for."""

    AND = auto()
    OR = auto()
    NOT = auto()
    NEAR = auto()


_WORDS: Final[Mapping[str, Operator]] = {
    word: operator
    for operator, words in (
        (Operator.AND, ("ЖӘНЕ", "И", "AND")),
        (Operator.OR, ("НЕМЕСЕ", "ИЛИ", "OR")),
        (Operator.NOT, ("ЕМЕС", "НЕ", "NOT")),
        (Operator.NEAR, ("NEAR",)),
    )
    for word in words
}
_NEAR_SO_MANY: Final = re.compile(r"NEAR/[0-9]++")
_NEVER_CAPITAL: Final = re.compile("[\u0621-\u064a\u066e-\u06d3]")


def operator_of(word: str) -> Operator | None:
    """The operator that a word would be where there are any (`has_operators`)."""
    found = _WORDS.get(word)
    if found is None and word.startswith("NEAR/") and _NEAR_SO_MANY.fullmatch(word):
        return Operator.NEAR
    return found


def has_operators(text: str) -> bool:
    """Whether words in capitals are operators: not in a text that has no small letter («ҮКІМЕТТІК ЕМЕС ҰЙЫМДАР»).

    Arabic letters are neither, and count as small.
    """
    return any(map(str.islower, text)) or bool(_NEVER_CAPITAL.search(text))


def positions(near: str) -> int:
    """How many positions `NEAR/3`, `NEAR` or `~3` means."""
    return number(near.lstrip("NEAR/~"), NEAR_BY)
