"""The steps that turn one word into its readings; `Analyzer` runs them in order."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, Protocol

from .arabic import arabic_exact, arabic_keys
from .fold import fold
from .foreign import english, russian
from .homoglyphs import repair
from .latin import latin_keys, latin_letters
from .numerals import number_form, roman_form
from .script import Script, has_kazakh_letters, script_of
from .stem import Stem
from .token import Reading
from .tokenize import APOSTROPHES
from .units import joined_stem, unit_of, unit_of_key

# "" is any text that is neither Russian nor English; None is a query, or a text of unknown language.
Lang = Literal["ru", "en", ""] | None

# Х and І alone may be a Roman numeral.
_PLAIN = re.compile("(?![хіХІ]+\\Z)[А-ЯЁӘҒҚҢӨҰҮҺІа-яёәғқңөұүһі]++")
_NO_APOSTROPHES = str.maketrans(dict.fromkeys(APOSTROPHES))


class StemsKeys(Protocol):
    """What the analysis needs of a stemmer."""

    def stem(self, key: str) -> Stem:
        """The stem of a fold key; total on every text, the same key always has the same stem."""


@dataclass(slots=True)
class Word:
    """A word on its way through the steps; each step fills the next field.

    form: as it stands in the cleaned text, in its original case.
    plain: in nothing but letters of the Kazakh and the Russian alphabet, and no numeral, so nothing is to be repaired.
    keys: fold keys with the rules that made them, the likeliest first.
    """

    form: str
    lang: Lang
    script: Script | Literal["number", "roman"] = ""
    plain: bool = False
    exact: str = ""
    keys: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)


def plain_row(form: str, stemmer: StemsKeys) -> tuple[str, str, str] | None:
    """Exact form, key and stem of a form in nothing but Cyrillic letters in a Kazakh text; None for other forms.

    The same as the steps below come to, for most forms and in half of their time.
    """
    if not _PLAIN.fullmatch(form):
        return None
    exact = form.lower()
    key = fold(exact)
    if not key:  # of signs alone: ь
        return None
    unit = unit_of(form, exact)
    if unit:
        return exact, key, stemmer.stem(fold(unit)).value
    return exact, key, joined_stem(stemmer.stem(key).value)


def find_script(word: Word) -> None:
    """Numbers and Roman numerals first: letters of a numeral say nothing about the script."""
    if is_plain(word.form):
        word.script, word.plain = "Cyrl", True
    elif number_form(word.form) is not None:
        word.script = "number"
    elif roman_form(word.form):
        word.script = "roman"
    else:
        word.script = script_of(word.form)


def is_plain(form: str) -> bool:
    """Whether a word has nothing but letters of the Kazakh and the Russian alphabet, and is no numeral."""
    return _PLAIN.fullmatch(form) is not None


def find_exact(word: Word) -> None:
    """The spelling that exact search compares: lower case, look-alikes repaired, apostrophes gone."""
    if word.plain:
        word.exact = word.form.lower()
    elif word.script == "number":
        word.exact = number_form(word.form) or word.form
    elif roman := roman_form(word.form):
        word.exact = roman[0]
    else:
        plain = repair(word.form).translate(_NO_APOSTROPHES)
        word.exact = (arabic_exact(plain) if word.script == "Arab" else plain) or word.form


def find_keys(word: Word) -> None:
    """The fold keys; a query's э may stand for ә, whose key is а (эким for әкім)."""
    if word.script == "Cyrl":
        _cyrillic_keys(word)
    elif word.script == "Latn":
        _add_keys(word, latin_keys(repair(word.form)), "latin")
    elif word.script == "Arab":
        _add_keys(word, arabic_keys(word.exact), "arabic")
    elif word.script == "roman" and (roman := roman_form(word.form)):
        _add_keys(word, (roman[1],), "roman")
    elif word.script == "number":
        _add_keys(word, (word.exact,), "number")
    if not word.keys:  # another script, or nothing but signs that have no key
        _add_keys(word, (word.exact,), "as written")


def _cyrillic_keys(word: Word) -> None:
    repaired = not word.plain and word.exact != word.form.lower().translate(_NO_APOSTROPHES)
    rules = ["homoglyphs", "fold"] if repaired else ["fold"]
    key = fold(word.exact)
    if not word.plain and not key.isdecimal() and _has_latin(key):
        key = fold(latin_letters(key))
        rules.append("latin letters")
    _add_keys(word, (key,), *rules)
    if word.lang is None and "э" in word.exact:
        other = fold(latin_letters(word.exact.replace("э", "а")))
        _add_keys(word, (other,), *rules, "э for ә")


def _has_latin(key: str) -> bool:
    return any("a" <= char <= "\u024f" for char in key)


def _add_keys(word: Word, keys: Iterable[str], *rules: str) -> None:
    word.keys.extend((key, rules) for key in keys if key)


def find_stems(word: Word, stemmer: StemsKeys) -> None:
    """A Kazakh reading for each key; numbers and other signs are their own stems, units have those of their words."""
    for key, rules in word.keys:
        unit = unit_of(word.form, word.exact) or (unit_of_key(key) if word.script in ("Latn", "Arab") else None)
        if unit:
            stem = stemmer.stem(fold(unit)).value
            word.readings.append(Reading(word.exact, key, stem, "kk", (*rules, f"unit:{unit}")))
        elif word.script in ("Cyrl", "Latn", "Arab"):
            word.readings.append(_kazakh(word.exact, key, stemmer.stem(key), rules))
        else:
            word.readings.append(Reading(word.exact, key, key, "", rules))


def _kazakh(exact: str, key: str, stem: Stem, rules: tuple[str, ...]) -> Reading:
    joined = joined_stem(stem.value)
    more = (f"unit:{joined}",) if joined != stem.value else ()
    return Reading(exact, key, joined, "kk", (*rules, *stem.rules, *more))


def add_foreign(word: Word) -> None:
    """Russian and English readings; first in a text of that language, last elsewhere.

    Russian in Russian texts and in queries, for words that Kazakh letters do not rule out. English in every text,
    because names of firms and products are English everywhere.
    """
    if word.script == "Cyrl" and word.lang in ("ru", None) and not has_kazakh_letters(word.exact):
        _add_reading(word, russian(word.exact), "ru", "snowball russian")
    elif word.script == "Latn" and word.form.translate(_NO_APOSTROPHES).isascii():
        _add_reading(word, english(word.exact), "en", "snowball english")


def _add_reading(word: Word, stem: str | None, lang: Literal["ru", "en"], rule: str) -> None:
    if stem is None:
        return
    reading = Reading(word.exact, word.keys[0][0], stem, lang, (rule,))
    if word.lang == lang:
        word.readings.insert(0, reading)
    else:
        word.readings.append(reading)
