"""Kazakh texts in other scripts, as newspapers print them."""

import re

_WORD = re.compile(r"\w+")
_LATIN = {
    "а": "a", "ә": "ä", "б": "b", "в": "v", "г": "g", "ғ": "ğ", "д": "d", "е": "e", "ё": "io", "ж": "j", "з": "z",
    "и": "i", "й": "i", "к": "k", "қ": "q", "л": "l", "м": "m", "н": "n", "ң": "ñ", "о": "o", "ө": "ö", "п": "p",
    "р": "r", "с": "s", "т": "t", "у": "u", "ұ": "ū", "ү": "ü", "ф": "f", "х": "h", "һ": "h", "ц": "ts", "ч": "ch",
    "ш": "ş", "щ": "ştş", "ъ": "", "ы": "y", "і": "ı", "ь": "", "э": "e", "ю": "iu", "я": "ia",
}  # fmt: skip
_ARABIC = {
    "а": "ا", "ә": "ا", "б": "ب", "в": "ۆ", "г": "گ", "ғ": "ع", "д": "د", "е": "ە", "ё": "يو", "ж": "ج", "з": "ز",
    "и": "ي", "й": "ي", "к": "ك", "қ": "ق", "л": "ل", "м": "م", "н": "ن", "ң": "ڭ", "о": "و", "ө": "و", "п": "پ",
    "р": "ر", "с": "س", "т": "ت", "у": "ۋ", "ұ": "ۇ", "ү": "ۇ", "ф": "ف", "х": "ح", "һ": "ھ", "ц": "تس", "ч": "چ",
    "ш": "ش", "щ": "شش", "ъ": "", "ы": "ى", "і": "ى", "ь": "", "э": "ە", "ю": "يۋ", "я": "يا",
}  # fmt: skip
_MARKS = str.maketrans({",": "،", ";": "؛", "?": "؟"})


_ALIKE = str.maketrans("iIəƏ", "іІәӘ")
"""Latin letters that the sample has among Cyrillic ones."""


def in_latin(text: str) -> str:
    """The text in the alphabet of 2021; capitals stay capitals."""
    text = text.translate(_ALIKE)
    return "".join(_latin(letter) for letter in text)


def in_arabic(text: str) -> str:
    """The text in töte jazu; a hamza stands before words with soft vowels and neither е, к nor г."""
    return _WORD.sub(lambda word: _arabic(word[0].lower()), text.translate(_ALIKE)).translate(_MARKS)


def _latin(letter: str) -> str:
    made = _LATIN.get(letter.lower(), letter)
    return made if letter.islower() else made.capitalize()


def _arabic(word: str) -> str:
    hamza = "ٴ" if set(word) & set("әөүі") and not set(word) & set("екг") else ""
    return hamza + "".join(_ARABIC.get(letter, letter) for letter in word)
