"""Letters that look like Kazakh ones: Latin and Greek ones in a Cyrillic word, and traces of old 8-bit fonts."""

from .script import script_of
from .tables import rows


def _table(*rules: str) -> dict[int, str]:
    """Small letters stand for their capitals too, unless the capital has a row of its own (h is һ, but H is Н)."""
    pairs = {row["letter"]: row["kazakh"] for row in rows("homoglyphs") if row["rule"] in rules}
    capitals = {letter.upper(): kazakh for letter, kazakh in pairs.items() if len(letter.upper()) == 1}
    return str.maketrans(capitals | pairs)


_ALWAYS = _table("always")
_IN_CYRILLIC = _table("always", "in_cyrillic")


def repair(word: str) -> str:
    """The word in lower case with its look-alikes replaced; Latin and Greek ones only beside a Cyrillic letter.

    Takes the word in its original case, because a capital may look like another letter than the small one.

    >>> repair("vлкен")
    'үлкен'
    >>> repair("Instagram")
    'instagram'
    """
    if not word.isascii():
        word = word.translate(_IN_CYRILLIC if script_of(word) == "Cyrl" else _ALWAYS)
    return word.lower().replace("\u0307", "")
