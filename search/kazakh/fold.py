"""The fold key: one spelling for all the ways a Kazakh word is written in Cyrillic letters.

Readers type Kazakh on Russian keyboards (қ as к, ә as а, і as и), so letters that stand in for each other share a key
letter. Latin and Arabic words come to the same keys by their own tables (`latin.py`, `arabic.py`).
"""

import re

from .tables import rows

_LETTERS = str.maketrans({row["letter"]: row["key"] for row in rows("fold")})
_DOUBLE_I = re.compile("ии+")
_DOUBLE_SH = re.compile("шш+")
# A look-behind, so that the е of one match is still the vowel before the next: folding twice changes nothing.
_IE_AFTER_VOWEL = re.compile("(?<=[аеоу])ие")


def fold(word: str) -> str:
    """The key of a lower-case Cyrillic word; characters that the table does not know stay as they are.

    >>> fold("қыркүйек") == fold("киркуиек")
    True
    """
    return settle(key_letters(word))


def key_letters(word: str) -> str:
    """The letters of the key as they stand in the word, before `settle` joins any: what spellings are compared by."""
    return word.translate(_LETTERS)


def settle(key: str) -> str:
    """The last step of every way to a key: «ии» is one и, «шш» one ш, «ие» after a vowel is е."""
    # An expression takes longer to find nothing than a text takes to be looked for.
    if "ии" in key:
        key = _DOUBLE_I.sub("и", key)
    if "шш" in key:
        key = _DOUBLE_SH.sub("ш", key)
    return _IE_AFTER_VOWEL.sub("е", key) if "ие" in key else key
