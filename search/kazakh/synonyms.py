"""Abbreviations and places under all their names: `data/abbreviations.tsv` and `data/places.tsv`.

    >>> from search.kazakh import Analyzer
    >>> analyzer = Analyzer()
    >>> [other.text for span in analyzer.synonyms.find(analyzer.analyze("ҮЕҰ-ның қоры")) for other in span.others]
    ['үкіметтік емес ұйым', 'НПО']

Names are compared by stem, so in every script and with every ending. All of them together take a tenth of a second to
analyse, so those that begin with a letter are analysed when a word with that letter is first asked for.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

from .dates import Dates
from .fold import fold
from .name_table import Analyze, NameRow, NameTable, Short, first_letter, first_letters, is_shouted
from .names import Other, Span
from .tables import Row, rows
from .token import Token


class Synonyms:
    """Finds names by the stems of one analysis; safe to share between threads.

    analyze: kept until all names are analysed, so it must not hold the finder itself.
    """

    def __init__(self, analyze: Analyze) -> None:
        self._analyze = analyze
        self._dates = Dates(analyze)
        self._table = NameTable()
        self._ready: set[str] = set()
        for key, short in _shorts():
            self._table.add_short(key, short)

    def find(self, tokens: Sequence[Token]) -> list[Span]:
        """The names in the tokens, from left to right, none over another: dates first, then the longest."""
        self._prepare(tokens)
        dates = self._dates.find(tokens)
        shouted = is_shouted(tokens)
        spans: list[Span] = []
        bounds = [0, *(edge for span in dates for edge in (span.first, span.end)), len(tokens)]
        for number, (start, end) in enumerate(pairwise(bounds)):
            if number % 2:
                spans.append(dates[number // 2])
            else:
                spans.extend(self._between(tokens[:end], start, shouted))
        return spans

    def _prepare(self, tokens: Iterable[Token]) -> None:
        """Analyse the names that may begin with one of the tokens."""
        for token in tokens:
            for reading in token.readings:
                letter = first_letter(reading.stem)
                if letter not in self._ready:
                    self._table.add_names(self._analyze, _by_letter().get(letter, ()), letter)
                    self._ready.add(letter)

    def _between(self, tokens: Sequence[Token], at: int, shouted: bool) -> Iterable[Span]:
        while at < len(tokens):
            span = self._table.at(tokens, at, shouted)
            if span is not None:
                yield span
            at = at + 1 if span is None else span.end


@cache
def _by_letter() -> Mapping[str, Sequence[NameRow]]:
    """The names by the letters that a stem of their first word may begin with."""
    names: defaultdict[str, list[NameRow]] = defaultdict(list)
    for name in (*_long_names(), *_places()):
        for letter in first_letters(name.text):
            names[letter].append(name)
    return names


@cache
def _shorts() -> Sequence[tuple[str, Short]]:
    """The abbreviations under their fold keys."""
    found = []
    for row in rows("abbreviations"):
        flags = row["flags"].split()
        for short in _cells(row["shorts"]):
            others = tuple(other for other in _names_of(row) if other.text != short)
            found.append((fold(short.lower()), Short(short, others, "capitals" in flags, "exact" in flags)))
    return found


def _long_names() -> Iterator[NameRow]:
    """What abbreviations stand for."""
    for row in rows("abbreviations"):
        for full in _cells(row["fulls"]):
            others = tuple(other for other in _names_of(row) if other.text != full)
            yield NameRow(full, "kk", "abbreviation", others)


def _names_of(row: Row) -> list[Other]:
    shorts, fulls = _cells(row["shorts"]), _cells(row["fulls"])
    rule = f"abbreviations:{shorts[0]}"
    short_names = [Other(short, "kk", rule, spelled=True) for short in shorts if "away" not in row["flags"].split()]
    return [*(Other(full, "kk", rule) for full in fulls), *short_names]


def _places() -> Iterator[NameRow]:
    for row in rows("places"):
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
                yield NameRow(text, lang, "place", (*others, *(one_way if text == own[0] else [])))


def _cells(text: str) -> list[str]:
    return text.split("|") if text else []
