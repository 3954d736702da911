"""Whether a word is a name or an abbreviation: how articles write it inside their sentences.

Only words after a small letter or a comma count: at the beginning of a sentence a capital says nothing.
"""

import re
from typing import Final

SMALL: Final = 0
NAME: Final = 1
CAPITALS: Final = 2

# It begins with a space and not with what must be before it, because so it is searched several times as fast.
_CAPITALISED: Final = re.compile(' (?<=[a-zа-яёәғқңөұүһі,] )[«“"]?([A-ZА-ЯЁӘҒҚҢӨҰҮҺІ][^\\W\\d_]+)')


def written(text: str) -> set[str]:
    """The words of a text as they are written where that says something, most of those in small letters among them.

    >>> sorted(written("Алматы көп. Бүгін Алматыда, Қазақстанда АҚШ елшісі болды."))
    ['Алматыда', 'АҚШ', 'елшісі', 'Қазақстанда']
    """
    words = set(text.split())
    return {word for word in words if word.islower() and word.isalpha()} | capitalised(text)


def capitalised(text: str) -> set[str]:
    """Those of them with capitals; the others are `alone` among the tokens of `kazakh.pieces`."""
    return set(_CAPITALISED.findall(text))


def case_of(small: int, names: int, capitals: int) -> int:
    """The case of a form that so many articles write in small letters, with one capital, or in capitals."""
    if names + capitals <= small:
        return SMALL
    return CAPITALS if capitals > names else NAME


def spelled(word: str, case: int) -> str:
    """A word in small letters as it is written; never longer or shorter.

    >>> spelled("алматы", NAME), spelled("ақш", CAPITALS)
    ('Алматы', 'АҚШ')
    """
    written = word.upper() if case == CAPITALS else word[:1].upper() + word[1:] if case == NAME else word
    return written if len(written) == len(word) else word
