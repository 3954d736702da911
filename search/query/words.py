"""The words of a query become terms: analysed, corrected, under all their names, expanded."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from ..deadline import Deadline
from ..kazakh import Analyzer, NameFinder, Span, Token, is_stop
from ..kazakh.script import has_kazakh_letters, script_of
from ..model import Match, Note, Scope
from ..ranking import STOP_WEIGHT
from ..vocabulary import Vocabulary
from .conditions import Values
from .correct import correct, is_known
from .either import Named, distinct, is_hyphenated, name
from .expand import Bounds, Expander
from .forms import exact_forms
from .nodes import Near, Node, Phrase, Prefix, Term, Unit, Words
from .syntax import Parsed, Plain, Word, leaves


def no_values(name: str, words: str, beginning: bool) -> tuple[str, ...]:
    """The values that words name where no field has any."""
    del name, words, beginning
    return ()


@dataclass(frozen=True, slots=True)
class Sources:
    """What a query is read with: that of one generation and one site.

    vocabulary: the words that the index knows; None leaves every word as it is.
    names: other names of things; None for those that the analysis knows.
    max_words: words that are read; the rest is dropped with a note.
    as_typed: nothing is corrected or looked for under its other names.
    """

    analyzer: Analyzer
    vocabulary: Vocabulary | None = None
    names: NameFinder | None = None
    values: Values = no_values
    max_words: int = 32
    as_typed: bool = False
    bounds: Bounds = field(default_factory=Bounds)
    deadline: Deadline = field(default_factory=Deadline.never)


@dataclass(frozen=True, slots=True)
class WordUnit:
    """A unit among the plain words, typed as `text`."""

    unit: Unit
    text: str
    stop: bool = False


class WordReader:
    """Reads the words of one query; `notes` gathers what the reader should know."""

    def __init__(self, sources: Sources, match: Match) -> None:
        self._sources = sources
        self._analyzer = sources.analyzer
        self._vocabulary = sources.vocabulary
        self._names = sources.names or sources.analyzer.synonyms
        self._match = match
        self._as_typed = sources.as_typed or match is Match.EXACT
        self._expander = Expander(sources.vocabulary, sources.bounds, sources.deadline)
        self._room = sources.max_words
        self._letterless = False
        self._last: object = None
        self._notes: list[Note] = []
        self._dropped: list[str] = []

    @property
    def notes(self) -> list[Note]:
        """What was read otherwise than typed."""
        dropped = [Note("truncated", " ".join(self._dropped), reason="words")] if self._dropped else []
        return [*self._notes, *self._expander.notes, *dropped]

    def prepare(self, parsed: Parsed) -> None:
        """Look at the whole query first: does it have Kazakh letters, which of its words may be half typed."""
        every = list(leaves(parsed.root))
        self._letterless = not has_kazakh_letters(" ".join(leaf.text for leaf in every))
        self._last = every[-1] if every else None

    @contextmanager
    def as_typed(self) -> Iterator[None]:
        """Inside, words are neither corrected nor looked for under other names."""
        before, self._as_typed = self._as_typed, True
        yield
        self._as_typed = before

    def together(self, parts: Sequence[Plain | Word], scope: Scope, *, strict: bool, alone: bool) -> Node | None:
        """The node of plain words; None if they are stop words beside something else (not `alone`)."""
        units = [unit for part in parts for unit in self._units(part, scope)]
        stop = [unit.stop for unit in units]
        if any(stop) and not (all(stop) and alone):
            words = dict.fromkeys(unit.text for unit in units if unit.stop)
            self._notes.append(Note("stopwords", ", ".join(words)))
        return joined(units, strict=strict, alone=alone)

    def units(self, tokens: Iterable[Token], scope: Scope, *, letterless: bool) -> list[WordUnit]:
        """The units of words that are no part of a name, as they stand in a text with or without Kazakh letters."""
        self._letterless = letterless
        return [self._word(token, scope) for token in tokens]

    def quoted(self, text: str, scope: Scope, *, exact: bool) -> Node | None:
        """The words of a text one after another; a name as a whole may stand under its other names."""
        tokens = self._corrected(self._tokens(text), exact)
        if not tokens:
            return None
        terms = tuple(self._term(token, scope, exact) for token in tokens)
        phrase = terms[0] if len(terms) == 1 else Phrase(terms)
        if exact:
            self._notes.append(Note("exact", text))
            return phrase
        for span in self._spans(tokens):
            if (span.first, span.end) == (0, len(tokens)) and (named := self._named(text, tokens, span, scope)):
                return named.either(phrase)
        return phrase

    def terms(self, text: str, scope: Scope) -> Iterable[Term]:
        """The words of a text, each by itself."""
        return [self._term(token, scope) for token in self._corrected(self._tokens(text))]

    def _units(self, part: Plain | Word, scope: Scope) -> list[WordUnit]:
        tokens = self._tokens(part.text)
        if isinstance(part, Plain):
            tokens = self._corrected(tokens, half_typed=part is self._last)
            return [self._fuzzy(unit, token) for unit, token in self._plain(part.text, tokens, scope)]
        terms = [self._term(token, scope, part.exact) for token in tokens]
        units = [WordUnit(term, term.text) for term in terms]
        if terms:
            units[-1] = WordUnit(self._expanded(part, terms[-1], tokens[-1]), terms[-1].text)
        return units

    def _expanded(self, part: Word, term: Term, token: Token) -> Unit:
        if part.prefix:
            return self._expander.prefix(term.text + "*", token, term.scope, exact=term.exact)
        return self._expander.fuzzy(term, token, part.fuzzy)

    def _fuzzy(self, unit: WordUnit, token: Token | None) -> WordUnit:
        if self._match is not Match.FUZZY or unit.stop or token is None or not isinstance(unit.unit, Term):
            return unit
        return replace(unit, unit=self._expander.fuzzy(unit.unit, token, 2))

    def _tokens(self, text: str) -> list[Token]:
        tokens = self._analyzer.analyze(text)
        kept, rest = tokens[: self._room], tokens[self._room :]
        self._room -= len(kept)
        self._dropped.extend(token.text for token in rest)
        return kept

    def _corrected(self, tokens: list[Token], exact: bool = False, *, half_typed: bool = False) -> list[Token]:
        """The tokens with unknown words read as near known ones, but those of names, which have other names."""
        vocabulary = self._vocabulary
        if vocabulary is None or self._as_typed or exact or all(is_known(token, vocabulary) for token in tokens):
            return tokens
        named = {place for span in self._spans(tokens) for place in range(span.first, span.end)}
        corrected, notes = correct(tokens, vocabulary, keep=named, half_typed=half_typed)
        self._notes.extend(notes)
        both = zip(tokens, corrected, strict=True)
        return [after if after is before else self._in_every_language(after) for before, after in both]

    def _in_every_language(self, token: Token) -> Token:
        """A corrected word with all the readings that it would have if it had been typed so."""
        meant = self._analyzer.analyze(token.readings[0].exact)
        return replace(token, readings=(*token.readings, *meant[0].readings)) if len(meant) == 1 else token

    def _term(self, token: Token, scope: Scope, exact: bool = False) -> Term:
        exact = exact or self._match is Match.EXACT
        exacts = token.exacts
        if self._vocabulary is not None and not self._as_typed and not exact:
            exacts = exact_forms(token, self._vocabulary, letterless=self._letterless)
            self._notes.extend(_in_other_letters(token, self._vocabulary))
        return Term(token.text, token.stems, exacts, scope, exact, key=token.readings[0].key)

    def _plain(self, text: str, tokens: Sequence[Token], scope: Scope) -> list[tuple[WordUnit, Token | None]]:
        """The units of plain words: each word is one, and so is a name that was typed as one word, or a date."""
        units: list[tuple[WordUnit, Token | None]] = []
        done = 0
        for span in self._spans(tokens):
            named = self._named(text, tokens, span, scope)
            if named is None:
                continue
            units.extend((self._word(token, scope), token) for token in tokens[done : span.first])
            inside = tokens[span.first : span.end]
            if span.kind == "date" or is_hyphenated(text, inside):
                terms = tuple(self._term(token, scope) for token in inside)
                typed = terms[0] if len(terms) == 1 else Phrase(terms)
                units.append((WordUnit(named.either(typed), named.text), None))
            else:
                units.extend((self._word(token, scope, named), None) for token in inside)
            done = span.end
        units.extend((self._word(token, scope), token) for token in tokens[done:])
        return units

    def _word(self, token: Token, scope: Scope, named: Named | None = None) -> WordUnit:
        """A word; one of a long name that was typed word by word may be that name in short instead."""
        term = self._term(token, scope)
        if is_stop(token, letterless=self._letterless):
            return WordUnit(term, token.text, stop=True)
        return WordUnit(term if named is None else named.either(term, token.text), token.text)

    def _spans(self, tokens: Sequence[Token]) -> list[Span]:
        return [] if self._as_typed else self._names.find(tokens)

    def _named(self, text: str, tokens: Sequence[Token], span: Span, scope: Scope) -> Named | None:
        named = name(text, tokens, span, self._analyzer, scope)
        if named is not None and named.others:
            self._notes.append(Note("synonym", named.text, " · ".join(named.others), span.kind))
        return named


def joined(units: Sequence[WordUnit], *, strict: bool, alone: bool) -> Words | None:
    """The node of plain words, see `WordReader.together`."""
    stop = [unit.stop for unit in units]
    if alone and all(stop):
        stop = [False] * len(units)
    scored = tuple(_weighed(u.unit, STOP_WEIGHT) if s else u.unit for u, s in zip(units, stop, strict=True))
    content = distinct(unit for unit, s in zip(scored, stop, strict=True) if not s)
    return Words(content, scored, strict=strict) if content else None


def _in_other_letters(token: Token, vocabulary: Vocabulary) -> Iterator[Note]:
    """What is told of a word in Latin or Arabic letters that articles have in Cyrillic ones only."""
    first = token.readings[0]
    typed = first.exact
    if first.lang == "kk" and script_of(typed) != "Cyrl" and not vocabulary.exact_df(typed):
        meant = vocabulary.commonest(first.key)
        if meant and script_of(meant) == "Cyrl":
            yield Note("script", token.text, meant)


def _weighed(unit: Unit, weight: float) -> Unit:
    return unit if isinstance(unit, Phrase | Near | Prefix) else replace(unit, weight=weight)
