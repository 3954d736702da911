"""Names in a query become `Either`: what was typed first, then the other names of the same thing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..kazakh import Analyzer, Other, Span, Token
from ..kazakh.name_table import name_words
from ..model import Scope
from .nodes import Either, Near, Phrase, Prefix, Term, Unit

Single = Term | Phrase


@dataclass(frozen=True, slots=True)
class Named:
    """A name that was found in a query: its typed text, its other names, and those names analysed.

    others: those that are worth telling, as people read them.
    children: all of them; never empty.
    words: how many words it is, see `Span`.
    """

    text: str
    others: tuple[str, ...]
    children: tuple[Single, ...]
    words: int

    def either(self, typed: Single, text: str | None = None) -> Either:
        """The unit for what was typed; it weighs as much as the words that it stands for."""
        weight = float(self.words) if text is None else 1.0
        return Either(self.text if text is None else text, (typed, *self.children), weight)


def name(text: str, tokens: Sequence[Token], span: Span, analyzer: Analyzer, scope: Scope) -> Named | None:
    """The name at `span` of the tokens of `text`; None if all its other names are the same after analysis."""
    typed = [_term(token, token.stems, scope) for token in tokens[span.first : span.end]]
    known: list[tuple[Term, ...]] = [tuple(typed)]
    others: list[str] = []
    children: list[Single] = []
    for other in span.others:
        words = _words(other, analyzer, scope)
        if not any(_covers(earlier, words) for earlier in known):
            known.append(words)
            children.append(words[0] if len(words) == 1 else Phrase(words))
            others.extend([other.text] if other.told else [])
    if not children:
        return None
    typed_text = text[tokens[span.first].start : tokens[span.end - 1].end]
    return Named(typed_text, tuple(others), tuple(children), span.words)


def is_hyphenated(text: str, tokens: Sequence[Token]) -> bool:
    """Whether hyphens and nothing else join the tokens of `text` (Алма-Ата): then they are one word."""
    return all(text[left.end : right.start] in ("-", "\u2010", "\u2011") for left, right in pairwise(tokens))


def distinct(units: Iterable[Unit]) -> tuple[Unit, ...]:
    """The units without those that ask for the same again."""
    seen: dict[object, Unit] = {}
    for unit in units:
        seen.setdefault(_asked(unit), unit)
    return tuple(seen.values())


def _asked(unit: Unit) -> object:
    match unit:
        case Term():
            # By its likeliest stem: мектеп and мектептер differ in their Russian readings only.
            return unit.exacts if unit.exact else unit.stems[:1], unit.scope, unit.exact, unit.weight
        case Prefix():
            return unit.exacts, unit.scope
        case Phrase(words):
            return tuple(_asked(word) for word in words)
        case Near(words, within):
            return within, *(_asked(word) for word in words)
        case Either(children=children):
            return tuple(_asked(child) for child in children)


def _words(other: Other, analyzer: Analyzer, scope: Scope) -> tuple[Term, ...]:
    words = name_words(analyzer.analyze, other.text, other.lang)
    return tuple(_term(token, stems, scope, exact=other.spelled) for token, stems in words)


def _term(token: Token, stems: tuple[str, ...], scope: Scope, *, exact: bool = False) -> Term:
    return Term(token.text, stems, token.exacts, scope, exact, key=token.readings[0].key)


def _covers(earlier: Sequence[Term], words: Sequence[Term]) -> bool:
    """Whether everything that `words` finds is found by `earlier` as well."""
    return len(earlier) == len(words) and all(
        set(b.exacts) <= set(a.exacts) if b.exact else not a.exact and set(b.stems) <= set(a.stems)
        for a, b in zip(earlier, words, strict=True)
    )
