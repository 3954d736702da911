"""The order of the Kazakh alphabet, for sorting lists that people read."""

from typing import Final

ALPHABET: Final = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"

_PLACES: Final = {letter: place for place, letter in enumerate(ALPHABET)}


def sort_key(text: str) -> tuple[tuple[tuple[int, int], ...], str]:
    """A key for `sorted`: spaces and signs, digits, Kazakh letters, Latin letters, everything else.

    Capitals and small letters are equal unless nothing else differs.

    >>> sorted(["Ырғыз", "Zhanatas", "Әйтеке", "5-ауыл", "Ақсу", "Балқаш"], key=sort_key)
    ['5-ауыл', 'Ақсу', 'Әйтеке', 'Балқаш', 'Ырғыз', 'Zhanatas']
    """
    return tuple(_place(char) for char in text.lower()), text


def _place(char: str) -> tuple[int, int]:
    if char in _PLACES:
        return 2, _PLACES[char]
    if char.isdecimal():
        return 1, ord(char)
    if not char.isalpha():
        return 0, ord(char)
    return (3 if char < "\u0250" else 4), ord(char)
