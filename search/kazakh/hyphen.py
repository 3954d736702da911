"""The endings of `data/hyphen_suffixes.tsv` as parts of regular expressions."""

import re
from typing import Final, Literal

from .tables import rows


def kind(name: str) -> str:
    """The endings of one kind as an expression, the longest first."""
    words = [word for row in rows("hyphen_suffixes") if row["kind"] == name for word in row["suffixes"].split()]
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"


LETTER: Final = "[^\\W_ʼʻʹ]"
END: Final = f"(?!{LETTER})"
_INFLECTION = f"{kind('plural')}?{kind('possessive')}?{kind('case')}?"
SUFFIX: Final = f"(?i:(?:{_INFLECTION}|{kind('derivation')}{kind('case')}?){END})"
"""One whole ending up to the end of the word; it also matches the empty text."""

_ENDING = re.compile(SUFFIX)
_PARTICLE = re.compile(f"(?i:{kind('particle')})")


def fragment(form: str) -> Literal["ending", "particle", ""]:
    """What a piece that stands alone is a fragment of; empty for everything else.

    >>> fragment("ның"), fragment("ақ"), fragment("сөз")
    ('ending', 'particle', '')
    """
    if _PARTICLE.fullmatch(form):
        return "particle"
    return "ending" if form and _ENDING.fullmatch(form) else ""
