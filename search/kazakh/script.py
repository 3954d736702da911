"""Which script a word is written in, by its letters."""

import re
from typing import Final, Literal

Script = Literal["Cyrl", "Latn", "Arab", ""]

CYRILLIC: Final = "\u0400-\u052f"
LATIN: Final = "A-Za-zªºÀ-ÖØ-öø-ʯ\u1e00-\u1eff"
ARABIC: Final = "\u0620-\u064a\u066e-\u06d3\u06d5\u06ee-\u06ef\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc"

# The nine letters of the Kazakh Cyrillic alphabet that the Russian one lacks.
KAZAKH_LETTERS: Final = frozenset("әғқңөұүһі")

_CYRILLIC = re.compile(f"[{CYRILLIC}]")
_ARABIC = re.compile(f"[{ARABIC}]")
_LATIN = re.compile(f"[{LATIN}]")


def script_of(word: str) -> Script:
    """The script of a word, empty for numbers and for scripts that Kazakh is not written in.

    One Cyrillic letter makes the word Cyrillic: Latin letters beside it are look-alikes (see `homoglyphs.py`).
    """
    if _CYRILLIC.search(word):
        return "Cyrl"
    if _LATIN.search(word):
        return "Latn"
    if _ARABIC.search(word):
        return "Arab"
    return ""


def has_kazakh_letters(word: str) -> bool:
    """Whether a lower-case word has one of the nine letters, which rules out Russian."""
    return not KAZAKH_LETTERS.isdisjoint(word)
