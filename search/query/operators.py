"""The words of a query that join others: in capitals, in Kazakh, Russian and English, and NEAR."""

import re
from collections.abc import Mapping, Sequence
from enum import Enum, auto
from typing import Final

from .signs import number
from .tokens import Kind, Piece

NEAR_BY: Final = 5
"""How many positions are near where no number says it."""


class Operator(Enum):
    """What an operator asks for."""

    AND = auto()
    OR = auto()
    NOT = auto()
    NEAR = auto()


# ЖӘНЕ also with the Ə of another alphabet, and as Russian keyboards have it.
_WORDS: Final[Mapping[str, Operator]] = {
    word: operator
    for operator, words in (
        (Operator.AND, ("ЖӘНЕ", "Ж\u018fНЕ", "ЖАНЕ", "И", "AND")),
        (Operator.OR, ("НЕМЕСЕ", "ИЛИ", "OR")),
        (Operator.NOT, ("ЕМЕС", "НЕ", "NOT")),
        (Operator.NEAR, ("NEAR",)),
    )
    for word in words
}
_NEAR_SO_MANY: Final = re.compile(r"NEAR/[0-9]++")
_ANY: Final = re.compile(rf"(?<!\S)(?:{'|'.join(_WORDS)}|{_NEAR_SO_MANY.pattern})(?!\S)")
_NEVER_CAPITAL: Final = re.compile("[\u0621-\u064a\u066e-\u06d3]")


def operators(text: str, pieces: Sequence[Piece]) -> Mapping[int, Operator]:
    """The pieces of a text that are operators, by their place in the list."""
    found = {at: operator for at, piece in enumerate(pieces) if (operator := _operator_of(piece))}
    return found if found and may_have_operators(text) else {}


def has_operator_words(text: str) -> bool:
    """Whether a text without signs has a word that may be an operator."""
    return _ANY.search(text) is not None


def may_have_operators(text: str) -> bool:
    """Whether capitals mean operators: not in a text without a small letter («ҮКІМЕТТІК ЕМЕС ҰЙЫМДАР»).

    Arabic letters are neither, and count as small.
    """
    return any(map(str.islower, text)) or _NEVER_CAPITAL.search(text) is not None


def is_operator(word: str) -> bool:
    """Whether a word is one where capitals mean operators."""
    return word in _WORDS or _NEAR_SO_MANY.fullmatch(word) is not None


def _operator_of(piece: Piece) -> Operator | None:
    if piece.kind is not Kind.WORD:
        return None
    found = _WORDS.get(piece.inner)
    return Operator.NEAR if found is None and _NEAR_SO_MANY.fullmatch(piece.inner) else found


def positions(near: str) -> int:
    """How many positions `NEAR/3`, `NEAR` or `~3` means."""
    return number(near.lstrip("NEAR/~"), NEAR_BY)
