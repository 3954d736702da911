"""Stop words: words that say little by themselves. They stay tokens; what to do with them is the caller's business."""

from typing import Final

from .fold import fold
from .script import has_kazakh_letters, script_of
from .tables import rows
from .token import Token


def _words(lang: str) -> frozenset[str]:
    return frozenset(row["word"] for row in rows("stop") if row["lang"] == lang)


_KAZAKH: Final = _words("kk")
_KAZAKH_KEYS: Final = frozenset(fold(word) for word in _KAZAKH)
_OTHER: Final = {"ru": _words("ru"), "en": _words("en")}


def is_stop(token: Token, letterless: bool = False) -> bool:
    """Whether a token is a stop word in one of the languages it may be in.

    Kazakh ones in Cyrillic count by exact spelling, because keys confuse them with other words (тым and тыйым, кім and
    киім). In Latin and Arabic letters only the key is known.

    letterless: the text is typed without the nine Kazakh letters, so Cyrillic words without them count by key as well.
    """
    exact = token.readings[0].exact
    if exact in _KAZAKH:
        return True
    if any(exact in _OTHER[reading.lang] for reading in token.readings if reading.lang in _OTHER):
        return True
    script = script_of(exact)
    by_key = script in ("Latn", "Arab") or (letterless and script == "Cyrl" and not has_kazakh_letters(exact))
    return by_key and any(reading.key in _KAZAKH_KEYS for reading in token.readings if reading.lang == "kk")
