"""The names that a site knows besides those of the tables: its own rows of things under several names.

    >>> from search.kazakh import Analyzer
    >>> analyzer = Analyzer()
    >>> rows = [SiteName(("ЖИ", "жасанды интеллект"), ("ЖИ", "жасанды интеллект"), "site:ЖИ")]
    >>> names = SiteNames(analyzer.analyze, analyzer.synonyms, rows)
    >>> [other.text for span in names.find(analyzer.analyze("ЖИ-дің болашағы")) for other in span.others]
    ['жасанды интеллект']

A name of one word in capitals, at most six letters long, is an abbreviation: it is found whatever its case, but counts
only where it is spelled so. All others are compared by stem, so in every script and with every ending.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from .name_table import LONGEST_SHORT, Analyze, NameRow, NameTable, Short, is_shouted
from .names import NameFinder, Other, Span
from .script import has_kazakh_letters, script_of
from .token import Token


@dataclass(frozen=True, slots=True)
class SiteName:
    """A thing under several names: whoever types one of `typed` finds all of `others` too, each but itself.

    rule: what tells where it stands, for explanations.
    """

    typed: tuple[str, ...]
    others: tuple[str, ...]
    rule: str


class SiteNames:
    """Finds the site's names and those of `known` together; keeps nothing of the analysis. Safe to share."""

    def __init__(self, analyze: Analyze, known: NameFinder, rows: Iterable[SiteName]) -> None:
        self._known = known
        self._table = NameTable("site")
        names: list[NameRow] = []
        for row in rows:
            others = [Other(name, _lang(name), row.rule, spelled=is_short(name)) for name in row.others]
            for name in row.typed:
                further = tuple(other for other in others if other.text != name)
                if is_short(name) and further:
                    for key in {reading.key for token in analyze(name) for reading in token.readings}:
                        self._table.add_short(key, Short(name, further))
                else:
                    names.append(NameRow(name, _lang(name), "site", further))
        self._table.add_names(analyze, names)

    def find(self, tokens: Sequence[Token]) -> list[Span]:
        """The names in the tokens, from left to right, none over another: the longest first, the site's before others.

        Where both know the same words, the other names of both are looked for.
        """
        shouted = is_shouted(tokens)
        own = [span for at in range(len(tokens)) if (span := self._table.at(tokens, at, shouted))]
        if not own:
            return self._known.find(tokens)
        places = {(span.first, span.end): span for span in own}
        for span in self._known.find(tokens):
            same = places.get((span.first, span.end))
            places[span.first, span.end] = span if same is None else _joined(same, span)
        kept: list[Span] = []
        ours = {(span.first, span.end) for span in own}
        for place in sorted(places, key=lambda place: (place[0] - place[1], place not in ours, place)):
            if all(place[1] <= span.first or span.end <= place[0] for span in kept):
                kept.append(places[place])
        return sorted(kept, key=lambda span: span.first)


def _joined(own: Span, known: Span) -> Span:
    """What both know of the same words. The kind of the table stays: a date is one thing, however many words it is."""
    names = {other.text for other in own.others}
    return replace(known, others=(*own.others, *(other for other in known.others if other.text not in names)))


def is_short(name: str) -> bool:
    """Whether a name is an abbreviation."""
    return name.isupper() and name.isalpha() and len(name) <= LONGEST_SHORT


def _lang(name: str) -> str:
    """The language besides Kazakh that a name may be in, by its letters."""
    if has_kazakh_letters(name.lower()):
        return "kk"
    return "en" if any(script_of(word) == "Latn" for word in name.split()) else "ru"
