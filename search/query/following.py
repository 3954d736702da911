"""Texts that differ in their last word alone: what stands before it is read once for all of them.

So are the words read that the last one may become. Where anything but plain words that articles have says how a text is
to be read (a sign, a name, another keyboard layout), there is no short way, and it is read as any other.
"""

from ..kazakh import Token
from ..kazakh.layout import SPACES
from ..kazakh.script import has_kazakh_letters
from ..kazakh.spans import are_plain
from ..model import Match, Scope
from .correct import is_known
from .nodes import Words
from .operators import has_operator_words
from .retype import MOST_STRETCHES, LayoutReader
from .tokens import has_signs
from .words import Sources, WordReader, WordUnit, joined


class Following:
    """Reads texts that begin with `before`, which is empty or ends with a space. strict: every word is required."""

    def __init__(self, before: str, sources: Sources, layouts: LayoutReader, *, strict: bool) -> None:
        self._before, self._sources, self._layouts, self._strict = before, sources, layouts, strict
        self._words = WordReader(sources, Match.SMART)
        self._names = sources.names or sources.analyzer.synonyms
        self._has_letters = has_kazakh_letters(before)
        self._tokens: list[Token] = []
        self._units: dict[bool, list[WordUnit]] = {}
        self._is_plain = self._looked_at()

    def read(self, word: str) -> Words | None:
        """The tree of the text that ends with this word; None if there is no short way."""
        text = self._before + word
        if not self._is_plain or " " in word or not are_plain(text) or has_signs(text):
            return None
        if has_operator_words(text):
            return None
        tokens = self._sources.analyzer.analyze(word)
        if len(tokens) != 1 or not self._stands(word, tokens[0]) or self._names.find([*self._tokens, *tokens]):
            return None
        letterless = not (self._has_letters or has_kazakh_letters(word))
        units = self._units.get(letterless)
        if units is None:
            units = self._units[letterless] = self._words.units(self._tokens, Scope.ALL, letterless=letterless)
        return joined(
            [*units, *self._words.units(tokens, Scope.ALL, letterless=letterless)], strict=self._strict, alone=True
        )

    def _looked_at(self) -> bool:
        """Whether the words before the last one are plain words as they stand."""
        before, sources = self._before, self._sources
        parts = [part for part in SPACES.split(before) if part]
        if (before and not before.endswith(" ")) or not are_plain(before) or len(parts) >= MOST_STRETCHES:
            return False
        self._tokens = sources.analyzer.analyze(before)
        if sources.vocabulary is None or len(self._tokens) >= sources.max_words:
            return False
        known = all(is_known(token, sources.vocabulary) for token in self._tokens)
        return known and not self._layouts.may_change(parts)

    def _stands(self, word: str, token: Token) -> bool:
        """Whether articles have the word, and it is not rather one of another keyboard layout."""
        vocabulary = self._sources.vocabulary
        if vocabulary is None or not is_known(token, vocabulary):
            return False
        return not self._layouts.may_change([word])
