"""Words of an index as tokens, without a new look for their stems: for the many that a half-typed word may become."""

from .foreign import russian
from .readings import is_plain
from .script import has_kazakh_letters
from .token import Reading, Token
from .units import unit_of


def indexed(word: str, key: str, stem: str) -> Token | None:
    """The token of a word that an index of the same analysis has with this key and stem; None if that does not tell.

    As `Analyzer.analyze` gives it for a query, but for the rules of its readings.
    """
    exact = word.lower()
    # A stem with a mark is that of a Russian or an English text, and э may stand for another letter.
    if ":" in stem or "э" in exact or not is_plain(word) or unit_of(exact, exact):
        return None
    readings = [Reading(exact, key, stem, "kk")]
    if not has_kazakh_letters(exact) and (other := russian(exact)):
        readings.append(Reading(exact, key, other, "ru"))
    return Token(word, 0, len(word), 0, tuple(readings))
