"""The Kazakh analysis: text in, tokens with stems out. Stands on nothing else of ours.

>>> [(token.text, token.stems[0]) for token in analyze("Мектептерде")]
[('Мектептерде', 'мектеп')]
"""

from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

from .alphabet import sort_key
from .caches import Cache
from .clean import clean
from .language import Detected, detect
from .lexicon import Lexicon
from .names import NameFinder, Other, Span
from .readings import Lang, StemsKeys, Word, add_foreign, find_exact, find_keys, find_script, find_stems, plain_row
from .slug import slug
from .spans import spans
from .stem import Stemmer
from .stop import is_stop
from .synonyms import Synonyms
from .token import Reading, Token
from .tokenize import columns

__all__ = [
    "Analyzer",
    "Detected",
    "Lang",
    "NameFinder",
    "Other",
    "Reading",
    "Row",
    "Span",
    "Stemmer",
    "Synonyms",
    "Terms",
    "Token",
    "analyze",
    "detect",
    "is_stop",
    "reading_lang",
    "slug",
    "sort_key",
    "split",
]

# Words remembered, of texts of all languages together. Half the columns just fit a table of 32,768 places.
_MAX_COLUMNS: Final = 43_600
_MAX_READINGS: Final = 4_000
_MAX_STEMS: Final = 10_000

Row = tuple[str, str, tuple[str, ...]]
"""What is found of a word: the exact form, the key, the stems. A bare tuple, because it is half as large as an object
and several times faster to take apart."""


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


class Analyzer:
    """The chain from text to terms, the same for articles and queries. Safe to share between threads.

    stemmer: the stemmer with the lexicon of the index; `None` is the shipped one.
    """

    def __init__(self, stemmer: StemsKeys | None = None) -> None:
        self._stemmer: StemsKeys = Stemmer() if stemmer is None else stemmer
        self._columns: Cache[Lang, Row] = Cache(_MAX_COLUMNS)
        self._readings: Cache[Lang, tuple[Reading, ...]] = Cache(_MAX_READINGS)
        self._stems: dict[tuple[str, ...], tuple[str, ...]] = {}

    def __reduce__(self) -> tuple[type["Analyzer"], tuple[StemsKeys]]:
        return Analyzer, (self._stemmer,)

    @property
    def lexicon(self) -> Lexicon | None:
        """The stem lexicon of its stemmer, None if that has none."""
        return self._stemmer.lexicon if isinstance(self._stemmer, Stemmer) else None

    @property
    def remembered(self) -> int:
        """How many words are held for the next text; never above what 16 MB hold."""
        return len(self._columns) + len(self._readings)

    @cached_property
    def synonyms(self) -> Synonyms:
        """The names of abbreviations, places and dates, as this analysis sees them."""
        return Synonyms(Analyzer(self._stemmer).analyze)

    # The chain: clean → tokens for a text, then script → exact → key → stem → readings for each of its words.

    def analyze(self, text: str, lang: str | None = None) -> list[Token]:
        """The tokens of a text with all their readings.

        lang: the language of the text (`kk`, `ru`, `en`, …, empty if unknown); `None` for a query: then every reading
            that a word may have, so that a query finds a word whatever the language of the article.
        """
        reading = reading_lang(lang)
        tokens = []
        for position, (start, end, form) in enumerate(spans(text)):
            readings = self._readings.get(reading, form)
            if readings is None:
                readings = self._read(form, reading)
                self._readings.put(reading, form, readings)
            tokens.append(Token(text[start:end], start, end, position, readings))
        return tokens

    def terms(self, text: str, lang: str | None = None) -> Terms:
        """The same as `analyze`, as columns: several times faster, for indexing."""
        starts, ends, forms = split(text)
        found = self._found(forms, reading_lang(lang))
        return Terms(
            starts, ends, [word[0] for word in found], [word[1] for word in found], [word[2] for word in found]
        )

    def row(self, form: str, lang: Lang) -> Row:
        """What `terms` finds of a form that `split` gave; nothing is remembered, so ask for each only once."""
        plain = plain_row(form, self._stemmer) if lang == "" else None
        if plain is None:
            return self._made(form, self._read(form, lang))
        exact, key, stem = plain
        exact = form if exact == form else exact
        key = exact if key == exact else key
        return exact, key, (key if stem == key else stem,)

    def _found(self, forms: list[str], lang: Lang) -> list[Row]:
        found = list(map(self._columns.young(lang).get, forms))
        return [self._column(form, lang) if word is None else word for form, word in zip(forms, found, strict=True)]

    def _column(self, form: str, lang: Lang) -> Row:
        column = self._columns.get(lang, form)
        if column is None:
            column = self._made(form, self._read(form, lang))
            self._columns.put(lang, form, column)
        return column

    def _made(self, form: str, readings: tuple[Reading, ...]) -> Row:
        """Equal strings and equal stems become one, which saves a quarter of the memory."""
        exact, key = readings[0].exact, readings[0].key
        same = {key: key, exact: exact, form: form}
        stems = tuple(dict.fromkeys(same.get(reading.stem, reading.stem) for reading in readings))
        if len(self._stems) >= _MAX_STEMS:
            self._stems.clear()
        return same[exact], same[key], self._stems.setdefault(stems, stems)

    def _read(self, form: str, lang: Lang) -> tuple[Reading, ...]:
        """A word's readings, which depend on nothing but the word and the language of its text."""
        word = Word(form, lang)
        find_script(word)
        find_exact(word)
        find_keys(word)
        find_stems(word, self._stemmer)
        add_foreign(word)
        return tuple(word.readings)


def split(text: str) -> tuple[list[int], list[int], list[str]]:
    """The tokens of a text as columns: their ranges in it, in characters, and their forms.

    The form and `reading_lang` of the text are all that a token's readings depend on.
    """
    cleaned = clean(text)
    starts, ends, forms = columns(cleaned.text)
    if cleaned.begins:
        starts = [cleaned.begins[start] for start in starts]
        ends = [cleaned.ends[end - 1] for end in ends]
    return starts, ends, forms


def reading_lang(lang: str | None) -> Lang:
    """What the language of a text decides of the readings of its words."""
    if lang == "ru":
        return "ru"
    if lang == "en":
        return "en"
    return None if lang is None else ""


@cache
def _default() -> Analyzer:
    return Analyzer()


def analyze(text: str, lang: str | None = None) -> list[Token]:
    """The tokens of a text by the shipped lexicon; see `Analyzer.analyze`."""
    return _default().analyze(text, lang)
