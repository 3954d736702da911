"""Kazakh in any Latin alphabet, straight to the fold key; what alphabets read differently has several keys."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import product

from .fold import settle
from .foreign import ascii_letters
from .tables import rows

MAX_READINGS = 4

_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼʻʹ`´", "'"))
_KEYS = {(row["letters"], row["where"]): tuple(row["keys"].split("|")) for row in rows("latin")}
_GROUPS = sorted({letters for letters, where in _KEYS if where != "start"}, key=len, reverse=True)
_AT_START = [letters for letters, where in _KEYS if where == "start"]
LETTER_GROUPS = tuple(letters for letters in (*_GROUPS, *_AT_START) if len(letters) > 1)
"""What is written with two letters or more for one of the key."""

_GROUP = re.compile("|".join([*(rf"\A{letters}" for letters in _AT_START), *_GROUPS, "(?s:.)"]))
# A word with more ambiguous letter groups than this is not worth more readings: the rest keep their likeliest key.
_MAX_AMBIGUOUS = 4


def latin_keys(word: str) -> tuple[str, ...]:
    """The fold keys of a lower-case Latin word, at most `MAX_READINGS`, the likeliest first; none without letters.

    Foreign letters are first written in ASCII (Łódź), digits and letters of other scripts stay.

    >>> latin_keys("qazaqstan"), latin_keys("şaxmat")
    (('казакстан',), ('шахмат', 'шаксмат'))
    """
    keys: dict[str, None] = {}
    for spelling in latin_spellings(word):
        if key := settle(spelling):
            keys[key] = None
        if len(keys) == MAX_READINGS:
            break
    return tuple(keys)


def latin_spellings(word: str) -> Iterator[str]:
    """The key letters of a lower-case Latin word as they stand in it, before any are joined, the likeliest first."""
    groups = [_choices(*group) for group in _split(word.translate(_APOSTROPHES))]
    # A letter that occurs twice is read in one way in one word.
    ambiguous = list(dict.fromkeys(choice for choice in groups if len(choice) > 1))[:_MAX_AMBIGUOUS]
    picks = sorted(product(*(range(len(choice)) for choice in ambiguous)), key=lambda pick: (sum(pick), pick[::-1]))
    for pick in picks:
        chosen = dict(zip(ambiguous, pick, strict=True))
        yield "".join(choice[chosen.get(choice, 0)] for choice in groups)


def latin_letters(word: str) -> str:
    """The likeliest key letters of the Latin letters in a word of mixed scripts; the others stay."""
    return "".join(_choices(group, "any")[0] for group in _GROUP.findall(word))


def completed(word: str) -> tuple[str, ...]:
    """A word that is being typed, and the word with each letter group that its end may become: zh for z.

    >>> completed("mys")
    ('mys', "mys'", 'mysh', 'myshch')
    """
    ends = {word[:-size] + group for group in _GROUPS for size in range(1, len(group)) if word.endswith(group[:size])}
    return (word, *sorted(ends))


def _split(word: str) -> list[tuple[str, str]]:
    """Letter groups, each with its place in the word: start, end or any."""
    groups: list[str] = _GROUP.findall(word)
    places = ["any"] * len(groups)
    if groups:
        places[0] = "start"
        places[-1] = "end"
    return list(zip(groups, places, strict=True))


@cache
def _choices(group: str, place: str) -> tuple[str, ...]:
    keys = _KEYS.get((group, place)) or _KEYS.get((group, "any"))
    if keys:
        return keys
    if group == "'":
        return ("",)
    if group.isdecimal() or "а" <= group <= "я":
        return (group,)
    return ("".join(_choices(letter, "any")[0] for letter in ascii_letters(group)),)
