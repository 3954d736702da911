"""The order of the Kazakh alphabet, for sorting lists that people read."""

from typing import Final

ALPHABET: Final = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"

_KINDS: Final = 0x110000
"""More than there are characters: apart by so much lie signs, digits, Kazakh letters, Latin letters and the others."""

_COMMON: Final = "\u2000"


class _Places(dict[str, int]):
    """The place of each small letter in the order; those of common scripts are remembered."""

    def __missing__(self, char: str) -> int:
        place = _place(char)
        if char < _COMMON:
            self[char] = place
        return place


def sort_key(text: str) -> tuple[tuple[int, ...], str]:
    """A key for `sorted`: spaces and signs, digits, Kazakh letters, Latin letters, everything else.

    Capitals and small letters are equal unless nothing else differs.

    >>> sorted(["Ырғыз", "Zhanatas", "Әйтеке", "5-ауыл", "Ақсу", "Балқаш"], key=sort_key)
    ['5-ауыл', 'Ақсу', 'Әйтеке', 'Балқаш', 'Ырғыз', 'Zhanatas']
    """
    return tuple(map(_PLACES.__getitem__, text.lower())), text


def _place(char: str) -> int:
    if char.isdecimal():
        return _KINDS + ord(char)
    if not char.isalpha():
        return ord(char)
    return (3 if char < "\u0250" else 4) * _KINDS + ord(char)


_PLACES: Final = _Places({letter: 2 * _KINDS + place for place, letter in enumerate(ALPHABET)})
