"""Where words and lines begin and end in the original text, whatever characters it holds."""

import unicodedata
from typing import Final

_JOINING: Final = frozenset({"Mn", "Mc", "Me", "Cf"})
"""Accents, soft hyphens and what else is written in a word and is no letter."""

_TORN_BY: Final = " \t\r-\u00ad\u00ac\u2010\u2011\u2012\u2013"


def in_word(char: str) -> bool:
    """Whether a character may be part of a written word."""
    return _carries(char) or unicodedata.category(char) in _JOINING


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The range, widened to the borders of the written words that it touches.

    A token may be less than what is written as one word: БАҚ in «БАҚта», or one of two words that were glued.
    """
    first, last = start, end
    if in_word(text[start]):
        while first > 0 and in_word(text[first - 1]):
            first -= 1
        while first < start and not _carries(text[first]):
            first += 1
    if in_word(text[end - 1]):
        while last < len(text) and in_word(text[last]):
            last += 1
        while last > end and unicodedata.category(text[last - 1]) == "Cf":
            last -= 1
    return first, last


def lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The parts of a written word that stand on different lines, without the hyphens and spaces where it was torn."""
    if "\n" not in text[start:end]:
        return [(start, end)]
    parts = []
    for line in text[start:end].split("\n"):
        first, last = start + len(line) - len(line.lstrip(_TORN_BY)), start + len(line.rstrip(_TORN_BY))
        if first < last:
            parts.append((first, last))
        start += len(line) + 1
    return parts


def _carries(char: str) -> bool:
    return char.isalnum() or char == "_"
