"""The exact forms of words that were not typed in the letters of the articles.

The exact part of a score compares spellings, so for a word in Latin or Arabic letters, or typed without the nine
Kazakh letters, it asks for the form of its key that most articles have, beside the one that was typed. Without this
queries without the nine letters lost .017 of nDCG@10 on short queries (docs/quality.md).
"""

from typing import Final

from ..kazakh import Token
from ..kazakh.script import has_kazakh_letters, script_of
from ..vocabulary import Vocabulary

_WITHOUT: Final = tuple(str.maketrans("әғқңөұүһі", typed) for typed in ("агкноуухи", "агкноуухы"))
"""What stands for the nine letters on a Russian keyboard; for і it is и or ы."""


def exact_forms(token: Token, vocabulary: Vocabulary, *, letterless: bool) -> tuple[str, ...]:
    """The exact forms of a word: those typed, and the commonest ones that they may stand for.

    letterless: the whole query has none of the nine letters. In a query that has some, Cyrillic words without them are
    meant as they stand.
    """
    typed = token.readings[0].exact
    script = script_of(typed)
    if script == "Cyrl" and (not letterless or has_kazakh_letters(typed)):
        return token.exacts
    keys = dict.fromkeys(reading.key for reading in token.readings if reading.lang == "kk")
    forms = [form for form in map(vocabulary.commonest, keys) if form]
    if script == "Cyrl":
        forms = [form for form in forms if typed in [form.translate(table) for table in _WITHOUT]]
    return tuple(dict.fromkeys((*token.exacts, *forms)))
