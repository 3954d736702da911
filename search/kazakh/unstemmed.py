"""What a word of a query is without its stem: all that a look into a vocabulary needs, at a fraction of the cost."""

from functools import lru_cache

from .readings import Word, find_exact, find_keys, find_script
from .units import unit_of


@lru_cache(1024)
def exact_of(form: str) -> tuple[str, bool]:
    """The exact form of a token's form, and whether it is a word: numbers and other signs are none.

    >>> exact_of("Мектеп"), exact_of("2018")
    (('мектеп', True), ('2018', False))
    """
    word = Word(form, None)
    find_script(word)
    find_exact(word)
    return word.exact, word.script in ("Cyrl", "Latn", "Arab") or unit_of(form, word.exact) is not None


@lru_cache(1024)
def key_of(form: str) -> str:
    """The likeliest fold key of a token's form."""
    word = Word(form, None)
    find_script(word)
    find_exact(word)
    find_keys(word)
    return word.keys[0][0]
