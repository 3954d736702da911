"""A table of names as they may be typed: by the stems of their words, or as an abbreviation by its key."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from .fold import fold, key_letters
from .names import NameKind, Other, Span
from .script import script_of
from .spans import spans
from .spellings import spellings
from .token import Reading, Token

LONGEST_SHORT: Final = 6
"""A query in capitals only that has a longer word is shouted: its capitals say nothing."""

_NOT_OF_NAMES: Final = re.compile("(?<!ск)и|си(?!з)|миз|низ|(?:л|д|т)[ае]р")
"""Keys of the possessive and plural endings: what has them is a common noun."""

_KAZAKH_ENDINGS: Final = ("да",)
_RUSSIAN_ENDINGS: Final = ("а", "е", "у", "ы", "ом", "ой")

Analyze = Callable[[str], Iterable[Token]]


@dataclass(frozen=True, slots=True)
class Short:
    """An abbreviation as it may be typed.

    capitals: only in capitals; spelled: a typed word with its key must also have its spelling, or Cyrillic capitals.
    """

    text: str
    others: tuple[Other, ...]
    capitals: bool = False
    spelled: bool = False

    def is_typed(self, token: Token, shouted: bool) -> bool:
        """Whether the token, which has its key, is the abbreviation."""
        in_capitals = token.text.isupper() and not shouted
        if self.capitals and not in_capitals:
            return False
        if not self.spelled or token.readings[0].exact == self.text.lower():
            return True
        return in_capitals and not self.capitals and script_of(token.text) == "Cyrl"


@dataclass(frozen=True, slots=True)
class _Name:
    """A name of one or more words: for each word the stems that it may have.

    key: what a typed form must begin with unless it is Russian or English; empty if stems are enough.
    """

    key: str
    words: tuple[frozenset[str], ...]
    kind: NameKind
    others: tuple[Other, ...]

    def stands(self, tokens: Sequence[Token], at: int) -> bool:
        """Whether the tokens from `at` on are the name."""
        following = tokens[at : at + len(self.words)]
        if len(following) < len(self.words):
            return False
        if self.key:
            return any(self._is(reading) for reading in following[0].readings)
        return not any(word.isdisjoint(token.stems) for word, token in zip(self.words, following, strict=True))

    def _is(self, reading: Reading) -> bool:
        """Whether a reading is this one word with endings that a name takes (астанасы is a capital, not Астана)."""
        if reading.stem not in self.words[0]:
            return False
        begins = reading.key.startswith(self.key)
        return reading.lang in ("ru", "en") or (begins and not _NOT_OF_NAMES.match(reading.key, len(self.key)))


@dataclass(frozen=True, slots=True)
class NameRow:
    """A name in words, in its language, and the other names of the same thing."""

    text: str
    lang: str
    kind: NameKind
    others: tuple[Other, ...]


class NameTable:
    """Names by what they begin with. It keeps nothing of the analysis that it was filled with. Safe to share.

    short_kind: the kind of what is found as an abbreviation.
    """

    def __init__(self, short_kind: NameKind = "abbreviation") -> None:
        self._short_kind = short_kind
        self._shorts: defaultdict[str, list[Short]] = defaultdict(list)
        self._names: dict[str, list[_Name]] = {}

    def add_short(self, key: str, short: Short) -> None:
        """An abbreviation under a fold key."""
        self._shorts[key].append(short)

    def add_names(self, analyze: Analyze, rows: Iterable[NameRow], letter: str = "") -> None:
        """Names in words: all that there are, or all that may begin with one letter; those under the same stems go.

        A place of one word stands only with the endings that a place takes. letter: only stems that begin with it
        count, so a name that may begin with two letters is added with both.
        """
        added: defaultdict[str, list[_Name]] = defaultdict(list)
        for row in rows:
            found = name_words(analyze, row.text, row.lang)
            words = tuple(frozenset(stems) for _, stems in found)
            if row.others and words:
                alone = row.kind == "place" and len(words) == 1
                name = _Name(found[0][0].readings[0].key if alone else "", words, row.kind, row.others)
                for stem in words[0]:
                    if not letter or first_letter(stem) == letter:
                        added[stem].append(name)
        self._names.update(added)

    def at(self, tokens: Sequence[Token], at: int, shouted: bool) -> Span | None:
        """The longest name that begins at this token."""
        token = tokens[at]
        names = [name for stem in token.stems for name in self._names.get(stem, ()) if name.stands(tokens, at)]
        if names:
            longest = max(len(name.words) for name in names)
            best = [name for name in names if len(name.words) == longest]
            others = _merged(name.others for name in best)
            if longest == 1:
                others = tuple(other for other in others if not _is_said(other, token))
            return Span(at, at + longest, best[0].kind, others, longest) if others else None
        keys = dict.fromkeys([reading.key for reading in token.readings])
        shorts = [short for key in keys for short in self._shorts.get(key, ()) if short.is_typed(token, shouted)]
        if not shorts or any(rule.startswith("unit:") for reading in token.readings for rule in reading.rules):
            return None
        return Span(at, at + 1, self._short_kind, _merged(short.others for short in shorts), 1)


def first_letter(stem: str) -> str:
    """What the key of every word with this stem begins with."""
    return _key_letters(stem.rpartition(":")[2][:1])


_key_letters = lru_cache(256)(key_letters)


def first_letters(text: str) -> frozenset[str]:
    """The first letters of all stems that the first word of a name may have, found without looking for any."""
    (_, _, form), *_ = spans(text)
    return frozenset(first_letter(spelling) for spelling in spellings(form))


def name_words(analyze: Analyze, text: str, lang: str) -> list[tuple[Token, tuple[str, ...]]]:
    """The words of a name with the stems by which it is found, in its language, and in Kazakh, which stands everywhere.

    A stemmer that does not know a name may take its end for an ending, and then Казахстан and Казахстанда, Казахстан
    and (в) Казахстане have different stems; so the last word has those of some inflected forms as well.
    """
    words = [(token, _stems_in(token, lang)) for token in analyze(text)]
    if not words or not words[-1][0].text.istitle():
        return words
    inflected = [text + ending for ending in _KAZAKH_ENDINGS]
    if lang == "ru":
        inflected += [text.removesuffix("а") + ending for ending in _RUSSIAN_ENDINGS]
    last, stems = words[-1]
    ends = [[*analyze(form)][-1] for form in inflected]
    # A Latin name with a Cyrillic ending may be torn elsewhere («Tü·rkiyeда»): that piece is no word of it.
    more = [stem for end in ends if end.start == last.start for stem in _stems_in(end, lang)]
    words[-1] = last, tuple(dict.fromkeys([*stems, *more]))
    return words


def is_shouted(tokens: Sequence[Token]) -> bool:
    """Whether a query is in capitals only and has a word that is too long for an abbreviation."""
    longest = 0
    for token in tokens:
        if any(map(str.isalpha, token.text)):
            if not token.text.isupper():
                return False
            longest = max(longest, len(token.text))
    return longest > LONGEST_SHORT


def _merged(groups: Iterable[Iterable[Other]]) -> tuple[Other, ...]:
    return tuple(dict.fromkeys(other for group in groups for other in group))


def _stems_in(token: Token, lang: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reading.stem for reading in token.readings if reading.lang in ("", "kk", lang)))


def _is_said(other: Other, token: Token) -> bool:
    """Whether the token is the name itself in another form of the same language."""
    return not other.told and token.readings[0].key.startswith(fold(other.text.lower()))
