"""The order of the Kazakh alphabet, for sorting lists that people read."""

from typing import Final

ALPHABET: Final = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"

_COMMON: Final = "\u2000"

# What the place of a character begins with; a Kazakh letter's whole place is one character between _DIGIT and _LATIN.
_SIGN, _DIGIT, _LATIN, _OTHER = "\x01", "\x02", "\x60", "\x61"


class _Places(dict[str, str]):
    """The place of each small letter, as text to compare; those of common scripts are remembered."""

    def __missing__(self, char: str) -> str:
        place = _place(char)
        if char < _COMMON:
            self[char] = place
        return place


def sort_key(text: str) -> tuple[str, str]:
    """A key for `sorted`: spaces and signs, digits, Kazakh letters, Latin letters, everything else.

    Capitals and small letters are equal unless nothing else differs.

    >>> sorted(["Ырғыз", "Zhanatas", "Әйтеке", "5-ауыл", "Ақсу", "Балқаш"], key=sort_key)
    ['5-ауыл', 'Ақсу', 'Әйтеке', 'Балқаш', 'Ырғыз', 'Zhanatas']
    """
    return "".join(map(_PLACES.__getitem__, text.lower())), text


def _place(char: str) -> str:
    if char.isdecimal():
        return _DIGIT + char
    if not char.isalpha():
        return _SIGN + char
    return (_LATIN if char < "\u0250" else _OTHER) + char


_PLACES: Final = _Places({letter: chr(3 + place) for place, letter in enumerate(ALPHABET)})
