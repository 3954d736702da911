"""Turns the clauses of a query into the tree that engines execute: words become analysed terms."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ..kazakh import Analyzer, Span, Token, is_stop
from ..kazakh.script import has_kazakh_letters
from ..model import Match, Note, Scope
from ..ranking import STOP_WEIGHT
from ..vocabulary import Vocabulary
from .correct import correct
from .either import Named, distinct, is_hyphenated, name
from .forms import exact_forms
from .nodes import And, MatchAll, Node, Not, Phrase, Term, Unit, Words
from .syntax import Parsed, Plain, Quoted, Without

NOTHING = Not(MatchAll())
"""What a text without any word asks for."""


@dataclass(frozen=True, slots=True)
class _Word:
    """A unit among the plain words, typed as `text`."""

    unit: Unit
    text: str
    stop: bool = False


class Rewriter:
    """Analyses the clauses of one query; `notes` gathers what the reader should know.

    vocabulary: the words that the index knows; unknown ones are read as those. `None` leaves every word as it is.
    as_typed: nothing is looked for under its other names.
    """

    def __init__(
        self,
        analyzer: Analyzer,
        match: Match,
        scope: Scope,
        max_words: int,
        vocabulary: Vocabulary | None = None,
        *,
        as_typed: bool = False,
    ) -> None:
        self._vocabulary = vocabulary
        self._analyzer = analyzer
        self._exact = match is Match.EXACT
        self._as_typed = as_typed or self._exact
        self._scope = scope
        self._room = max_words
        self._letterless = False
        self._dropped: list[str] = []
        self.notes: list[Note] = []

    def rewrite(self, parsed: Parsed) -> Node:
        """The tree of the clauses: plain words together, every phrase required, every minus forbidden."""
        self.notes.extend(parsed.notes)
        text = " ".join(clause.text for clause in parsed.clauses)
        self._letterless = not has_kazakh_letters(text)
        plain: list[_Word] = []
        required: list[Node] = []
        forbidden: list[Node] = []
        for clause in parsed.clauses:
            tokens = self._tokens(clause.text)
            if not isinstance(clause, Without):
                tokens = self._corrected(tokens)
            if not tokens:
                continue
            match clause:
                case Plain():
                    plain.extend(self._plain(clause.text, tokens))
                case Quoted():
                    required.append(self._quoted(clause.text, tokens))
                case Without():
                    forbidden.append(Not(self._phrase(tokens)))
        if self._dropped:
            self.notes.append(Note("truncated", " ".join(self._dropped), reason="words"))
        if plain:
            required[:0] = self._words(plain, alone=not required)
        return _joined(required, forbidden)

    def _tokens(self, text: str) -> list[Token]:
        tokens = self._analyzer.analyze(text)
        kept, rest = tokens[: self._room], tokens[self._room :]
        self._room -= len(kept)
        self._dropped.extend(token.text for token in rest)
        return kept

    def _corrected(self, tokens: list[Token]) -> list[Token]:
        """The tokens with unknown words read as near known ones, but those of names, which have other names."""
        if self._vocabulary is None or self._exact:
            return tokens
        named = {place for span in self._spans(tokens) for place in range(span.first, span.end)}
        corrected, notes = correct(tokens, self._vocabulary, keep=named)
        self.notes.extend(note for note in notes if note not in self.notes)
        both = zip(tokens, corrected, strict=True)
        return [after if after is before else self._in_every_language(after) for before, after in both]

    def _in_every_language(self, token: Token) -> Token:
        """A corrected word with all the readings that it would have if it had been typed so."""
        meant = self._analyzer.analyze(token.readings[0].exact)
        return replace(token, readings=(*token.readings, *meant[0].readings)) if len(meant) == 1 else token

    def _term(self, token: Token) -> Term:
        exacts = token.exacts
        if self._vocabulary is not None and not self._exact:
            exacts = exact_forms(token, self._vocabulary, letterless=self._letterless)
        return Term(token.text, token.stems, exacts, self._scope, self._exact, key=token.readings[0].key)

    def _phrase(self, tokens: Sequence[Token]) -> Term | Phrase:
        terms = tuple(self._term(token) for token in tokens)
        return terms[0] if len(terms) == 1 else Phrase(terms)

    def _quoted(self, text: str, tokens: Sequence[Token]) -> Node:
        """A phrase; one that is a name as a whole may stand under its other names."""
        phrase = self._phrase(tokens)
        for span in self._spans(tokens):
            if (span.first, span.end) == (0, len(tokens)) and (named := self._named(text, tokens, span)):
                return named.either(phrase)
        return phrase

    def _plain(self, text: str, tokens: Sequence[Token]) -> list[_Word]:
        """The units of plain words: each word is one, and so is a name that was typed as one word, or a date."""
        words: list[_Word] = []
        done = 0
        for span in self._spans(tokens):
            named = self._named(text, tokens, span)
            if named is None:
                continue
            words.extend(self._word(token) for token in tokens[done : span.first])
            inside = tokens[span.first : span.end]
            if span.kind == "date" or is_hyphenated(text, inside):
                words.append(_Word(named.either(self._phrase(inside)), named.text))
            else:
                words.extend(self._word(token, named) for token in inside)
            done = span.end
        words.extend(self._word(token) for token in tokens[done:])
        return words

    def _word(self, token: Token, named: Named | None = None) -> _Word:
        """A word; one of a long name that was typed word by word may be that name in short instead."""
        if is_stop(token, letterless=self._letterless):
            return _Word(self._term(token), token.text, stop=True)
        term = self._term(token)
        return _Word(term if named is None else named.either(term, token.text), token.text)

    def _spans(self, tokens: Sequence[Token]) -> list[Span]:
        return [] if self._as_typed else self._analyzer.synonyms.find(tokens)

    def _named(self, text: str, tokens: Sequence[Token], span: Span) -> Named | None:
        named = name(text, tokens, span, self._analyzer, self._scope)
        if named is not None and named.others:
            note = Note("synonym", named.text, " · ".join(named.others), span.kind)
            self.notes.extend([note] if note not in self.notes else [])
        return named

    def _words(self, words: Sequence[_Word], *, alone: bool) -> list[Node]:
        """The node of the plain words; none if they are stop words beside a phrase, all of them if they stand alone."""
        stop = [word.stop for word in words]
        if all(stop) and alone:
            stop = [False] * len(words)
        if any(stop):
            self.notes.append(Note("stopwords", _listed(w.text for w, s in zip(words, stop, strict=True) if s)))
        scored = tuple(_weighed(w.unit, STOP_WEIGHT) if s else w.unit for w, s in zip(words, stop, strict=True))
        content = distinct(unit for unit, s in zip(scored, stop, strict=True) if not s)
        return [Words(content, scored, strict=self._exact)] if content else []


def _weighed(unit: Unit, weight: float) -> Unit:
    return unit if isinstance(unit, Phrase) else replace(unit, weight=weight)


def _listed(words: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(words))


def _joined(required: list[Node], forbidden: list[Node]) -> Node:
    if not required and not forbidden:
        return NOTHING
    children = (*(required or [MatchAll()]), *forbidden)
    return children[0] if len(children) == 1 else And(children)
