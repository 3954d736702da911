"""The Kazakh analysis: text in, tokens with stems out. Stands on nothing else of ours.

>>> [(token.text, token.stems[0]) for token in analyze("Мектептерде")]
[('Мектептерде', 'мектеп')]
"""

from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

from .alphabet import sort_key
from .clean import clean
from .language import Detected, detect
from .lexicon import Lexicon
from .names import Other, Span
from .readings import Lang, StemsKeys, Word, add_foreign, find_exact, find_keys, find_script, find_stems
from .slug import slug
from .stem import Stemmer
from .stop import is_stop
from .synonyms import Synonyms
from .token import Reading, Token
from .tokenize import tokenize

__all__ = [
    "Analyzer",
    "Detected",
    "Other",
    "Reading",
    "Span",
    "Stemmer",
    "Synonyms",
    "Terms",
    "Token",
    "analyze",
    "detect",
    "is_stop",
    "slug",
    "sort_key",
]

# In each of the four ways a word can be read (Russian text, English text, other text, query).
_MAX_CACHED: Final = 50_000


@dataclass(frozen=True, slots=True)
class Terms:
    """What `Analyzer.analyze` finds, as columns without an object for each token; all columns have the same length.

    starts, ends: the tokens' ranges in the original text, in characters.
    exacts, keys: the exact form and the key of each token's first reading.
    stems: the stems of all its readings, the likeliest first, without repeats.
    """

    starts: list[int]
    ends: list[int]
    exacts: list[str]
    keys: list[str]
    stems: list[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Entry:
    """What is remembered of a word."""

    readings: tuple[Reading, ...]
    exact: str
    key: str
    stems: tuple[str, ...]


class Analyzer:
    """The chain from text to terms, the same for articles and queries. Safe to share between threads.

    stemmer: the stemmer with the lexicon of the index; `None` is the shipped one.
    """

    def __init__(self, stemmer: StemsKeys | None = None) -> None:
        self._stemmer: StemsKeys = Stemmer() if stemmer is None else stemmer
        self._known: dict[Lang, dict[str, _Entry]] = {"ru": {}, "en": {}, "": {}, None: {}}

    def __reduce__(self) -> tuple[type["Analyzer"], tuple[StemsKeys]]:
        return Analyzer, (self._stemmer,)

    @property
    def lexicon(self) -> Lexicon | None:
        """The stem lexicon of its stemmer, None if that has none."""
        return self._stemmer.lexicon if isinstance(self._stemmer, Stemmer) else None

    @cached_property
    def synonyms(self) -> Synonyms:
        """The names of abbreviations, places and dates, as this analysis sees them."""
        return Synonyms(self.analyze)

    # The chain: clean → tokens for a text, then script → exact → key → stem → readings for each of its words.

    def analyze(self, text: str, lang: str | None = None) -> list[Token]:
        """The tokens of a text with all their readings.

        lang: the language of the text (`kk`, `ru`, `en`, …, empty if unknown); `None` for a query: then every reading
            that a word may have, so that a query finds a word whatever the language of the article.
        """
        cleaned = clean(text)
        tokens = []
        for position, (start, end, form) in enumerate(tokenize(cleaned.text)):
            begin, finish = cleaned.original(start, end)
            readings = self._word(form, lang).readings
            tokens.append(Token(text[begin:finish], begin, finish, position, readings))
        return tokens

    def terms(self, text: str, lang: str | None = None) -> Terms:
        """The same as `analyze`, as columns: several times faster, for indexing."""
        cleaned = clean(text)
        spans = tokenize(cleaned.text)
        known = self._known[_reading_lang(lang)]
        entries = [known.get(form) or self._word(form, lang) for _, _, form in spans]
        starts = [start for start, _, _ in spans]
        ends = [end for _, end, _ in spans]
        if cleaned.begins:
            starts = [cleaned.begins[start] for start in starts]
            ends = [cleaned.ends[end - 1] for end in ends]
        return Terms(
            starts,
            ends,
            [entry.exact for entry in entries],
            [entry.key for entry in entries],
            [entry.stems for entry in entries],
        )

    def _word(self, form: str, lang: str | None) -> _Entry:
        """A word's readings, which depend on nothing but the word and the language of its text."""
        reading_lang = _reading_lang(lang)
        known = self._known[reading_lang]
        entry = known.get(form)
        if entry is None:
            word = Word(form, reading_lang)
            find_script(word)
            find_exact(word)
            find_keys(word)
            find_stems(word, self._stemmer)
            add_foreign(word)
            entry = _entry(word)
            if len(known) >= _MAX_CACHED:
                known.clear()
            known[form] = entry
        return entry


def _reading_lang(lang: str | None) -> Lang:
    if lang == "ru":
        return "ru"
    if lang == "en":
        return "en"
    return None if lang is None else ""


def _entry(word: Word) -> _Entry:
    readings = tuple(word.readings)
    first = readings[0]
    return _Entry(readings, first.exact, first.key, tuple(dict.fromkeys(reading.stem for reading in readings)))


@cache
def _default() -> Analyzer:
    return Analyzer()


def analyze(text: str, lang: str | None = None) -> list[Token]:
    """The tokens of a text by the shipped lexicon; see `Analyzer.analyze`."""
    return _default().analyze(text, lang)
