"""Queries as other people would type them: the spellings that `bench/variants.py` measures.

Letter tables come from `../shared/kazakh`, not from the program's own ones, so that the two can be held against each
other. A spelling keeps capitals, punctuation and every letter that its table does not know.
"""

import csv
import random
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from search.kazakh import Analyzer, is_stop

Typed = Callable[[str], str]
"""From a query in canonical Cyrillic to another spelling of it."""

NOTHING = "∅"
NINE = "әғқңөұүһі"
CYRILLIC = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"

LATIN = {
    "Latin 2017": "latin_2017_apostrophe",
    "Latin 2018": "latin_2018_acute",
    "Latin 2019": "latin_2019",
    "Latin 2021": "latin_2021",
    "QazAqparat": "qazaqparat_mediawiki",
    "ASCII, Kazakh habit": "ascii_qaz",
    "ASCII, Russian habit": "ascii_rus",
}
"""Spellings and their columns of `latin_from_cyrillic.tsv`."""

LATIN_2019 = dict(zip("ийіңчуұцёюя", "ı ı i ŋ ç w u ts ıo ıw ıa".split(), strict=True))
"""The letters of the draft of 2019 that are others in that of 2021."""

SAME_SHAPE = "əihaeopcxy"
"""The look-alikes that nobody can tell from the Cyrillic letter."""

_WORD = re.compile(r"\w+")
_ROMAN = re.compile(r"\b[IІVXХ]+\b")
_FRONT, _SOFT_ANYWAY = frozenset("әөүі"), frozenset("еэгғкқ")
_HAMZA = "\u0674"


def spellings(shared: Path) -> dict[str, Typed]:
    """The spellings that keep every word what it is, by name.

    Raises:
        OSError: a table is not there.
    """
    keys = _letters(shared, "fold_cyrillic", "letter", "fold_key")
    nine = {letter: keys[letter] for letter in NINE}
    found = {"no Kazakh letters": lettered(nine), "the same, і as ы": lettered(nine | {"і": "ы"})}
    found |= {name: lettered(_latin(shared, column)) for name, column in LATIN.items()}
    found["töte jazu"] = arabic(_letters(shared, "arabic_from_cyrillic", "cyrillic", "arabic"))
    found["look-alikes, same shape"] = look_alikes(shared, SAME_SHAPE)
    found["look-alikes, any"] = look_alikes(shared)
    return found


def lettered(letters: Mapping[str, str]) -> Typed:
    """Letter by letter. In alphabets that have both ı and i the capital of i is İ."""
    dotted = "ı" in letters.values()
    table: dict[str, str | int | None] = {}
    for letter, other in letters.items():
        table[letter] = other
        table[letter.upper()] = "İ" if dotted and other == "i" else other[:1].upper() + other[1:]
    return lambda text: roman(text).translate(str.maketrans(table))


def arabic(letters: Mapping[str, str]) -> Typed:
    """In Arabic letters, with the sign before front words that no other letter shows to be such."""
    table = str.maketrans(dict(letters))

    def word(found: re.Match[str]) -> str:
        if found[0].isascii():
            return found[0]
        letters = found[0].lower()
        sign = _HAMZA if not _FRONT.isdisjoint(letters) and _SOFT_ANYWAY.isdisjoint(letters) else ""
        return sign + letters.translate(table)

    return lambda text: _WORD.sub(word, roman(text))


def roman(text: str) -> str:
    """The text with its Roman numerals in Latin letters, as all but writers of Cyrillic type them."""
    return _ROMAN.sub(lambda found: found[0].translate(str.maketrans("ІХ", "IX")), text)


def look_alikes(shared: Path, only: str = "") -> Typed:
    """Half of the letters that have Latin or Greek look-alikes replaced, by those seen in real text, or `only` these.

    Every word keeps a Cyrillic letter without any, or its last letter.
    """
    alike: dict[str, list[str]] = {}
    for char, letter, seen, rule in _rows(shared, "homoglyphs", "char", "kazakh", "seen_in_6.1M_tokens", "rule"):
        if seen and char in (only or char) and rule.startswith("only inside"):
            alike.setdefault(letter, []).append(char)

    def word(found: re.Match[str]) -> str:
        chance = random.Random(found[0])
        letters = [
            chance.choice(alike[letter]) if letter in alike and chance.random() < 0.5 else letter for letter in found[0]
        ]
        kept = any(one == other for one, other in zip(letters, found[0], strict=True))
        return "".join(letters if kept else [*letters[:-1], found[0][-1]])

    return lambda text: _WORD.sub(word, text)


def one_typo(text: str, analyzer: Analyzer, seed: int) -> str:
    """The query with one letter left out, put in, replaced or swapped with the next, in one of its words.

    The word is no stop word and has five letters or more; a query without any stays as it is.
    """
    chance = random.Random(f"{seed} {text}")
    words = [
        token
        for token in analyzer.analyze(text)
        if len(token.text) >= 5 and token.text.isalpha() and not is_stop(token)
    ]
    if not words:
        return text
    token = chance.choice(words)
    return text[: token.start] + _slip(token.text, chance) + text[token.end :]


def _slip(word: str, chance: random.Random) -> str:
    kind, letter = chance.choice(("delete", "insert", "replace", "swap")), chance.choice(CYRILLIC)
    at = chance.randrange(len(word))
    if kind == "insert":
        return word[:at] + letter + word[at:]
    if kind == "delete":
        return word[:at] + word[at + 1 :]
    pairs = [place for place in range(len(word) - 1) if word[place] != word[place + 1]]
    if kind == "swap" and pairs:
        at = chance.choice(pairs)
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + chance.choice(CYRILLIC.replace(word[at].lower(), "")) + word[at + 1 :]


def _latin(shared: Path, column: str) -> dict[str, str]:
    if column == "latin_2019":
        return _latin(shared, "latin_2021") | LATIN_2019
    return _letters(shared, "latin_from_cyrillic", "cyrillic", column)


def _letters(shared: Path, table: str, letter: str, other: str) -> dict[str, str]:
    return {row[0]: row[1] for row in _rows(shared, table, letter, other)}


def _rows(shared: Path, table: str, *columns: str) -> Iterator[tuple[str, ...]]:
    with (shared / "kazakh" / f"{table}.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            yield tuple("" if row[column] == NOTHING else row[column] for column in columns)
