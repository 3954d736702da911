"""Numbers and Roman numerals: one form for all the ways of typing them."""

import re
import unicodedata

_NUMBER = re.compile(r"\d[\d .,:]*")
_DAY_FIRST = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_DECIMAL_POINT = re.compile(r"\d+\.\d+")
_GROUPED = re.compile(r"\d{1,3}(?:[ ]\d{3})+(?:[.,]\d+)?|\d{1,3}(?:,\d{3}){2,}|\d{1,3}(?:\.\d{3}){2,}")
# Only I, V and X: with L, C, D and M ordinary words (mix, civil) would turn into numerals.
_ROMAN = re.compile("x{0,3}(?:ix|iv|v?i{0,3})")
_TO_LATIN = str.maketrans({"х": "x", "і": "i"})
_TO_CYRILLIC = str.maketrans({"x": "х", "i": "і"})


def number_form(word: str) -> str | None:
    """The form of a number, date or time: ASCII digits, thousands joined, a decimal comma; None for anything else.

    A date in digits is written 05.03.2018, whatever order and signs it was typed in.

    >>> number_form("1 500 000"), number_form("814.8"), number_form("2018-03-05"), number_form("00:44")
    ('1500000', '814,8', '05.03.2018', '00:44')
    """
    if not word[:1].isdecimal():
        return None
    if not word.isascii():
        word = "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in word)
    date = date_form(word)
    if date:
        return date
    if not _NUMBER.fullmatch(word):
        return None
    if _DECIMAL_POINT.fullmatch(word):
        return word.replace(".", ",")
    if not _GROUPED.fullmatch(word):
        return word
    whole, point, decimals = word.partition(",") if " " in word else (word, "", "")
    if " " in word and "." in word:
        whole, point, decimals = word.partition(".")
    return re.sub("[ .,]", "", whole) + point.replace(".", ",") + decimals


def date_form(word: str) -> str | None:
    """A date in ASCII digits as dd.mm.yyyy; None where there is no such day or month.

    >>> date_form("5.3.2018"), date_form("16/10/2018"), date_form("45.10.2018")
    ('05.03.2018', '16.10.2018', None)
    """
    if match := _DAY_FIRST.fullmatch(word):
        day, month, year = match[1], match[3], match[4]
    elif match := _YEAR_FIRST.fullmatch(word):
        year, month, day = match.groups()
    else:
        return None
    if not (1 <= int(day) <= 31 and 1 <= int(month) <= 12):
        return None
    return f"{int(day):02}.{int(month):02}.{year}"


def roman_form(word: str) -> tuple[str, str] | None:
    """(exact form, key) of a Roman numeral up to 39, typed in Latin, Cyrillic or mixed letters; None for other words.

    The exact form is in Cyrillic where all its letters exist on a Kazakh keyboard (ххі), which is how newspapers type
    it, otherwise in Latin (viii); so each number has one form. The key is Latin.

    >>> roman_form("ХXІ"), roman_form("VІІI")
    (('ххі', 'xxi'), ('viii', 'viii'))
    """
    if len(word) > 7:
        return None
    latin = word.lower().translate(_TO_LATIN)
    if not latin or not _ROMAN.fullmatch(latin):
        return None
    return (latin if "v" in latin else latin.translate(_TO_CYRILLIC)), latin
