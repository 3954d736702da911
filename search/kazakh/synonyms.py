"""Abbreviations and places under all their names: `data/abbreviations.tsv` and `data/places.tsv`.

    >>> from search.kazakh import Analyzer
    >>> analyzer = Analyzer()
    >>> [other.text for span in analyzer.synonyms.find(analyzer.analyze("ҮЕҰ-ның қоры")) for other in span.others]
    ['үкіметтік емес ұйым', 'НПО']

Names are compared by stem, so in every script and with every ending.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from .dates import Dates
from .fold import fold
from .name_table import Analyze, NameTable, Short, is_shouted
from .names import Other, Span
from .tables import Row, rows
from .token import Token


class Synonyms:
    """Finds names by the stems of one analysis, which it does not keep; safe to share between threads."""

    def __init__(self, analyze: Analyze) -> None:
        self._dates = Dates(analyze)
        self._table = NameTable()
        for row in rows("abbreviations"):
            self._add_abbreviation(row, analyze)
        for row in rows("places"):
            self._add_place(row, analyze)

    def find(self, tokens: Sequence[Token]) -> list[Span]:
        """The names in the tokens, from left to right, none over another: dates first, then the longest."""
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

    def _between(self, tokens: Sequence[Token], at: int, shouted: bool) -> Iterable[Span]:
        while at < len(tokens):
            span = self._table.at(tokens, at, shouted)
            if span is not None:
                yield span
            at = at + 1 if span is None else span.end

    def _add_abbreviation(self, row: Row, analyze: Analyze) -> None:
        shorts, fulls = _cells(row["shorts"]), _cells(row["fulls"])
        flags = row["flags"].split()
        rule = f"abbreviations:{shorts[0]}"
        long_names = [Other(full, "kk", rule) for full in fulls]
        short_names = [Other(short, "kk", rule, spelled=True) for short in shorts if "away" not in flags]
        every = [*long_names, *short_names]
        for short in shorts:
            others = tuple(other for other in every if other.text != short)
            self._table.add_short(fold(short.lower()), Short(short, others, "capitals" in flags, "exact" in flags))
        for full in fulls:
            self._table.add_name(analyze, full, "kk", "abbreviation", [other for other in every if other.text != full])

    def _add_place(self, row: Row, analyze: Analyze) -> None:
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
                self._table.add_name(analyze, text, lang, "place", others + (one_way if text == own[0] else []))


def _cells(text: str) -> list[str]:
    return text.split("|") if text else []
