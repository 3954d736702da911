"""Kazakh in Arabic letters (töte jazu), straight to the fold key."""

import re
import unicodedata

from .fold import settle
from .tables import rows

_KEYS = {row["letters"]: row["key"] for row in rows("arabic")}
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
    word = arabic_exact(word)
    key = settle(_LETTERS.sub(lambda match: _KEYS[match[0]], word))
    if "تش" not in word:
        return (key,)
    return key, settle("".join(_KEYS.get(letter, letter) for letter in word))
