"""Whether a word is a name or an abbreviation: how articles write it inside their sentences.

Only words after a small letter or a comma count: at the beginning of a sentence a capital says nothing.
"""

import re
from typing import Final

SMALL: Final = 0
NAME: Final = 1
CAPITALS: Final = 2

_CAPITALISED: Final = re.compile('(?<=[a-zа-яёәғқңөұүһі,] )[«“"]?([A-ZА-ЯЁӘҒҚҢӨҰҮҺІ][^\\W\\d_]+)')
_OFTEN: Final = 0.4
"""Of the articles that have a name at least so many write it inside a sentence; the others only begin one with it."""


def capitalised(text: str) -> set[str]:
    """The words of a text with a capital inside sentences, as written.

    >>> sorted(capitalised("Алматы көп. Бүгін Алматыда, Қазақстанда АҚШ елшісі болды."))
    ['Алматыда', 'АҚШ', 'Қазақстанда']
    """
    return set(_CAPITALISED.findall(text))


def case_of(df: int, names: int, capitals: int) -> int:
    """The case of a form in `df` articles, of which so many write it as a name inside a sentence, or in capitals."""
    if names + capitals < _OFTEN * df:
        return SMALL
    return CAPITALS if capitals > names else NAME


def spelled(word: str, case: int) -> str:
    """A word in small letters as it is written; never longer or shorter.

    >>> spelled("алматы", NAME), spelled("ақш", CAPITALS)
    ('Алматы', 'АҚШ')
    """
    written = word.upper() if case == CAPITALS else word[:1].upper() + word[1:] if case == NAME else word
    return written if len(written) == len(word) else word
