"""Units and other short forms that mean the same as a longer word: they get its stem, and keep their own exact form."""

from typing import Final

from .fold import fold
from .hyphen import fragment
from .tables import rows


def _forms(*kinds: str) -> dict[str, str]:
    return {row["form"]: row["word"] for row in rows("units") if row["kind"] in kinds}


SIGNS: Final = "".join(form for form in _forms("form") if not form.isalpha())
"""The signs that are tokens wherever they stand."""

_SPELLED: Final = _forms("form", "small")
_SMALL: Final = _forms("small")
# By key only what is long enough not to be something else in another alphabet.
_BY_KEY: Final = {fold(form): word for form, word in _forms("form").items() if form.isalpha() and len(form) > 2}
_BY_STEM: Final = {fold(form): fold(word) for form, word in _forms("stem").items()}
# Forms without a vowel, to which an ending may be written without a hyphen: no word begins so.
_BARE: Final = ("млн", "млрд", "трлн")
_LONGEST: Final = 16
SHORT_FORMS: Final = tuple(form for form in _SPELLED if form.isalpha())


def unit_of(form: str, exact: str) -> str | None:
    """The word that a form stands for, None for every other form.

    form: as typed, with its capitals; exact: the same in small letters, look-alikes repaired.

    >>> unit_of("млн", "млн"), unit_of("млнға", "млнға"), unit_of("КМ", "км"), unit_of("қала", "қала")
    ('миллион', 'миллион', None, None)
    """
    word = _SPELLED.get(exact)
    if word is None and exact.startswith(_BARE) and len(exact) < _LONGEST:
        short = next(form for form in _BARE if exact.startswith(form))
        return _SPELLED[short] if fragment(exact[len(short) :]) == "ending" else None
    return None if word is None or (exact in _SMALL and form.isupper()) else word


def unit_of_key(key: str) -> str | None:
    """The same for a word in Latin or Arabic letters, by its fold key."""
    return _BY_KEY.get(key)


def joined_stem(stem: str) -> str:
    """The stem under which a stem is indexed: пайыз for процент, every other one for itself."""
    return _BY_STEM.get(stem, stem)
