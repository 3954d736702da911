"""Texts that differ in their last word alone: what stands before it is read once for all of them.

So are the words read that the last one may become. Where anything but plain words that articles have says how a text is
to be read (a sign, a name, another keyboard layout), there is no short way, and it is read as any other.
"""

from ..kazakh import Token
from ..kazakh.indexed import indexed
from ..kazakh.layout import SPACES
from ..kazakh.script import has_kazakh_letters
from ..kazakh.spans import are_plain
from ..model import Match, Scope
from ..vocabulary import Form
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

    def read(self, form: Form) -> Words | None:
        """The tree of the text that ends with this word of the vocabulary as it is written; None: no short way."""
        word = form.written
        text = self._before + word
        if not self._is_plain or has_signs(text) or has_operator_words(text):
            return None
        token = indexed(word, form.key, form.stem) if len(word) > 1 else None
        if token is None or self._layouts.may_change_known(word) or self._names.find([*self._tokens, token]):
            return None
        letterless = not (self._has_letters or has_kazakh_letters(word))
        units = self._units.get(letterless)
        if units is None:
            units = self._units[letterless] = self._words.units(self._tokens, Scope.ALL, letterless=letterless)
        last = self._words.units([token], Scope.ALL, letterless=letterless)
        return joined([*units, *last], strict=self._strict, alone=True)

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
