"""Kazakh in Arabic letters (töte jazu), straight to the fold key."""

import re
import unicodedata

from .fold import settle
from .tables import rows

_KEYS = {row["letters"]: row["key"] for row in rows("arabic")}
LETTER_GROUPS = tuple(letters for letters in _KEYS if len(letters) > 1)
"""What is written with two letters for one of the key."""

_LETTERS = re.compile("|".join(sorted(_KEYS, key=len, reverse=True)))
# Letters drawn in their joined forms are characters of their own in old files.
_JOINED = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")


def arabic_exact(word: str) -> str:
    """The word in basic letters, without the sign that only stretches it."""
    if _JOINED.search(word):
        word = unicodedata.normalize("NFKC", word)
    return word.replace("ـ", "")


def arabic_keys(word: str) -> tuple[str, ...]:
    """The fold keys of an Arabic word, the likeliest first; signs that the table does not know stay as they are.

    «تش» is one letter ч in some spellings and т + ш at a seam in others, so such a word has two keys.

    >>> arabic_keys("قازاقستان"), arabic_keys("داۋلەتشە")
    (('казакстан',), ('даулече', 'даулетше'))
    """
    return tuple(dict.fromkeys(map(settle, arabic_spellings(word))))


def arabic_spellings(word: str) -> tuple[str, ...]:
    """The key letters of an Arabic word as they stand in it, before any are joined, the likeliest first."""
    word = arabic_exact(word)
    letters = _LETTERS.sub(lambda match: _KEYS[match[0]], word)
    if "تش" not in word:
        return (letters,)
    return letters, "".join(_KEYS.get(letter, letter) for letter in word)
