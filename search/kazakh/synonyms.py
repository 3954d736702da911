"""Abbreviations and places under all their names: `data/abbreviations.tsv` and `data/places.tsv`.

    >>> from search.kazakh import Analyzer
    >>> analyzer = Analyzer()
    >>> [other.text for span in analyzer.synonyms.find(analyzer.analyze("ҮЕҰ-ның қоры")) for other in span.others]
    ['үкіметтік емес ұйым', 'НПО']

Names are compared by stem, so in every script and with every ending.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from .dates import Dates
from .fold import fold
from .names import NameKind, Other, Span
from .script import script_of
from .tables import Row, rows
from .token import Reading, Token

_LONGEST_SHORT: Final = 6
"""A query in capitals only that has a longer word is shouted: its capitals say nothing."""

_NOT_OF_NAMES: Final = re.compile("(?<!ск)и|си(?!з)|миз|низ|(?:л|д|т)[ае]р")
"""Keys of the possessive and plural endings: what has them is a common noun."""

_KAZAKH_ENDINGS: Final = ("да",)
_RUSSIAN_ENDINGS: Final = ("а", "е", "у", "ы", "ом", "ой")

Analyze = Callable[[str], Iterable[Token]]


@dataclass(frozen=True, slots=True)
class _Short:
    """An abbreviation as it may be typed.

    capitals: only in capitals; spelled: a typed word with its key must also have its spelling, or Cyrillic capitals.
    """

    key: str
    exact: str
    capitals: bool
    spelled: bool
    others: tuple[Other, ...]

    def is_typed(self, token: Token, shouted: bool) -> bool:
        """Whether the token is the abbreviation."""
        in_capitals = token.text.isupper() and not shouted
        if self.capitals and not in_capitals:
            return False
        if not self.spelled or token.readings[0].exact == self.exact:
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


class Synonyms:
    """Finds names by the stems of one analysis; safe to share between threads."""

    def __init__(self, analyze: Analyze) -> None:
        self._analyze = analyze
        self._dates = Dates(analyze)
        self._shorts: defaultdict[str, list[_Short]] = defaultdict(list)
        self._names: defaultdict[str, list[_Name]] = defaultdict(list)
        for row in rows("abbreviations"):
            self._add_abbreviation(row)
        for row in rows("places"):
            self._add_place(row)
        # What is needed for building only would keep the analysis alive in a circle.
        del self._analyze

    def find(self, tokens: Sequence[Token]) -> list[Span]:
        """The names in the tokens, from left to right, none over another: dates first, then the longest."""
        dates = self._dates.find(tokens)
        shouted = _is_shouted(tokens)
        spans: list[Span] = []
        bounds = [0, *(edge for span in dates for edge in (span.first, span.end)), len(tokens)]
        for number, (start, end) in enumerate(pairwise(bounds)):
            if number % 2:
                spans.append(dates[number // 2])
            else:
                spans.extend(self._between(tokens[:end], start, shouted))
        return spans

    def _between(self, tokens: Sequence[Token], at: int, shouted: bool) -> Iterable[Span]:
        while at < len(tokens):
            span = self._at(tokens, at, shouted)
            if span is not None:
                yield span
            at = at + 1 if span is None else span.end

    def _at(self, tokens: Sequence[Token], at: int, shouted: bool) -> Span | None:
        token = tokens[at]
        names = [name for stem in token.stems for name in self._names.get(stem, ()) if name.stands(tokens, at)]
        if names:
            longest = max(len(name.words) for name in names)
            best = [name for name in names if len(name.words) == longest]
            others = _merged(name.others for name in best)
            if longest == 1:
                others = tuple(other for other in others if not _is_said(other, token))
            return Span(at, at + longest, best[0].kind, others, longest) if others else None
        keys = dict.fromkeys(reading.key for reading in token.readings)
        shorts = [short for key in keys for short in self._shorts.get(key, ()) if short.is_typed(token, shouted)]
        if any(rule.startswith("unit:") for reading in token.readings for rule in reading.rules) or not shorts:
            return None
        return Span(at, at + 1, "abbreviation", _merged(short.others for short in shorts), 1)

    def _add_abbreviation(self, row: Row) -> None:
        shorts, fulls = _cells(row["shorts"]), _cells(row["fulls"])
        flags = row["flags"].split()
        rule = f"abbreviations:{shorts[0]}"
        long_names = [Other(full, "kk", rule) for full in fulls]
        short_names = [Other(short, "kk", rule, spelled=True) for short in shorts if "away" not in flags]
        every = [*long_names, *short_names]
        for short in shorts:
            self._shorts[fold(short.lower())].append(
                _Short(
                    fold(short.lower()),
                    short.lower(),
                    "capitals" in flags,
                    "exact" in flags,
                    tuple(other for other in every if other.text != short),
                )
            )
        for full in fulls:
            self._add_name(full, "kk", "abbreviation", [other for other in every if other.text != full])

    def _add_place(self, row: Row) -> None:
        rule = f"places:{_cells(row['names'])[0]}"
        columns = {"kk": _cells(row["names"]), "ru": _cells(row["russian"]), "en": _cells(row["english"])}
        # A name that is spelled alike in two languages is looked for once, with the stems of both.
        own = columns["kk"]
        both_ways = {t: Other(t, lang, rule, told=t in own) for lang, texts in columns.items() for t in texts}
        one_way = [Other(name, "kk", rule) for name in _cells(row["one_way"])]
        for lang, texts in columns.items():
            for text in texts:
                others = [other for name, other in both_ways.items() if name != text]
                if lang == "ru" and text in own:  # «в Астане» has another stem than Астанада
                    others.append(Other(text, lang, rule, told=False))
                self._add_name(text, lang, "place", others + (one_way if text == own[0] else []))

    def _add_name(self, text: str, lang: str, kind: NameKind, others: Sequence[Other]) -> None:
        found = name_words(self._analyze, text, lang)
        words = tuple(frozenset(stems) for _, stems in found)
        if others and words:
            alone = kind == "place" and len(words) == 1
            name = _Name(found[0][0].readings[0].key if alone else "", words, kind, tuple(others))
            for stem in words[0]:
                self._names[stem].append(name)


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
    more = [stem for form in inflected for stem in _stems_in([*analyze(form)][-1], lang)]
    words[-1] = last, tuple(dict.fromkeys([*stems, *more]))
    return words


def _stems_in(token: Token, lang: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reading.stem for reading in token.readings if reading.lang in ("", "kk", lang)))


def _is_said(other: Other, token: Token) -> bool:
    """Whether the token is the name itself in another form of the same language."""
    return not other.told and token.readings[0].key.startswith(fold(other.text.lower()))


def _cells(text: str) -> list[str]:
    return text.split("|") if text else []


def _is_shouted(tokens: Sequence[Token]) -> bool:
    words = [token.text for token in tokens if any(char.isalpha() for char in token.text)]
    return all(word.isupper() for word in words) and any(len(word) > _LONGEST_SHORT for word in words)


def _merged(groups: Iterable[Iterable[Other]]) -> tuple[Other, ...]:
    return tuple(dict.fromkeys(other for group in groups for other in group))
