"""Turns the clauses of a query into the tree that engines execute: words become analysed terms."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..kazakh import Analyzer, Token, is_stop
from ..kazakh.script import has_kazakh_letters
from ..model import Match, Note, Scope
from ..ranking import STOP_WEIGHT
from .nodes import And, MatchAll, Node, Not, Phrase, Term, Words
from .syntax import Parsed, Plain, Quoted, Without

NOTHING = Not(MatchAll())
"""What a text without any word asks for."""


class Rewriter:
    """Analyses the clauses of one query; `notes` gathers what the reader should know."""

    def __init__(self, analyzer: Analyzer, match: Match, scope: Scope, max_words: int) -> None:
        self._analyzer = analyzer
        self._exact = match is Match.EXACT
        self._scope = scope
        self._room = max_words
        self._dropped: list[str] = []
        self.notes: list[Note] = []

    def rewrite(self, parsed: Parsed) -> Node:
        """The tree of the clauses: plain words together, every phrase required, every minus forbidden."""
        self.notes.extend(parsed.notes)
        text = " ".join(clause.text for clause in parsed.clauses)
        letterless = not has_kazakh_letters(text)
        plain: list[Token] = []
        required: list[Node] = []
        forbidden: list[Node] = []
        for clause in parsed.clauses:
            tokens = self._tokens(clause.text)
            if not tokens:
                continue
            match clause:
                case Plain():
                    plain.extend(tokens)
                case Quoted():
                    required.append(self._phrase(tokens))
                case Without():
                    forbidden.append(Not(self._phrase(tokens)))
        if self._dropped:
            self.notes.append(Note("truncated", " ".join(self._dropped), reason="words"))
        if plain:
            required[:0] = self._words(plain, letterless, alone=not required)
        return _joined(required, forbidden)

    def _tokens(self, text: str) -> list[Token]:
        tokens = self._analyzer.analyze(text)
        kept, rest = tokens[: self._room], tokens[self._room :]
        self._room -= len(kept)
        self._dropped.extend(token.text for token in rest)
        return kept

    def _term(self, token: Token, weight: float = 1.0) -> Term:
        return Term(token.text, token.stems, token.exacts, self._scope, self._exact, weight)

    def _phrase(self, tokens: Sequence[Token]) -> Node:
        terms = tuple(self._term(token) for token in tokens)
        return terms[0] if len(terms) == 1 else Phrase(terms)

    def _words(self, tokens: Sequence[Token], letterless: bool, *, alone: bool) -> list[Node]:
        """The node of the plain words; none if they are stop words beside a phrase, all of them if they stand alone."""
        stop = [is_stop(token, letterless=letterless) for token in tokens]
        if all(stop) and alone:
            stop = [False] * len(tokens)
        if any(stop):
            self.notes.append(Note("stopwords", _listed(t.text for t, s in zip(tokens, stop, strict=True) if s)))
        scored = tuple(self._term(t, STOP_WEIGHT if s else 1.0) for t, s in zip(tokens, stop, strict=True))
        content = _distinct(term for term, s in zip(scored, stop, strict=True) if not s)
        return [Words(content, scored, strict=self._exact)] if content else []


def _distinct(terms: Iterable[Term]) -> tuple[Term, ...]:
    """One term for each condition: words with the same likeliest stem are one, which any reading of any of them meets.

    In exact search the forms typed are the conditions.
    """
    seen: dict[tuple[str, ...], Term] = {}
    for term in terms:
        condition = term.exacts if term.exact else term.stems[:1]
        first = seen.setdefault(condition, term)
        seen[condition] = replace(
            first, stems=_union(first.stems, term.stems), exacts=_union(first.exacts, term.exacts)
        )
    return tuple(seen.values())


def _union(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *other)))


def _listed(words: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(words))


def _joined(required: list[Node], forbidden: list[Node]) -> Node:
    if not required and not forbidden:
        return NOTHING
    children = (*(required or [MatchAll()]), *forbidden)
    return children[0] if len(children) == 1 else And(children)
