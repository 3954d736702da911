"""Reads a whole query as typed on another keyboard layout, if that makes known words of unknown ones.

What the words mean as they stand comes first, Latin spellings of Kazakh included: only a query whose own words no
article has, or hardly any, is read anew, and only as words that articles do have.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import prod
from typing import Final

from ..kazakh import Analyzer, Token, is_stop
from ..kazakh.layout import LAYOUTS, SPACES, Layout
from ..kazakh.script import script_of
from ..vocabulary import Vocabulary

MOSTLY: Final = 0.8
"""Share of the words that articles must have as they were meant."""

CLEARLY: Final = 50
"""What was meant is clearly commoner in so many times as many articles as what was typed, all words multiplied."""

_LATER_READING: Final = 10
"""The readings of a word after its first are so many times less likely."""

_NINE: Final = str.maketrans("әғқңөұүһіы", "агкноуухии")


MOST_STRETCHES: Final = 32
"""Nobody types more words on the wrong layout without a look at them."""


def retype(text: str, analyzer: Analyzer, vocabulary: Vocabulary, least: float = 0.0) -> str | None:
    """What was meant by a query typed on another layout; None if it stands as it is.

    least: the share of its words that must be read anew; the others stand as they were typed.
    """
    return chosen(layouts(text, analyzer, vocabulary), least)


def layouts(text: str, analyzer: Analyzer, vocabulary: Vocabulary) -> "Readings":
    """The text as typed on each of the layouts; none of a text that nobody types so."""
    if len(text.split()) > MOST_STRETCHES:
        return ()
    reader = _Reader(analyzer, vocabulary)
    return tuple(reader.read(text, layout) for layout in LAYOUTS)


def chosen(readings: "Readings", least: float = 0.0) -> str | None:
    """The reading that was meant, see `retype`; None if none was."""
    best: tuple[tuple[float, float], str] | None = None
    for stretches in readings:
        words = [stretch for stretch in stretches if stretch.is_word]
        score = _share(word.count > 0 for word in words), sum(word.count for word in words)
        if score[0] >= MOSTLY and (best is None or score > best[0]) and _is_clear(words, least):
            best = score, "".join(stretch.meant for stretch in stretches)
    return best[1] if best else None


@dataclass(frozen=True, slots=True)
class _Stretch:
    """What stands between two spaces, or the spaces themselves: as typed and as meant, and how many articles have each.

    is_word: it has a word; spaces and numbers say nothing.
    """

    typed: str
    meant: str
    is_word: bool = False
    typed_count: float = 0.0
    count: float = 0.0

    @property
    def changed(self) -> bool:
        """Whether it is read anew."""
        return self.typed != self.meant


Readings = tuple[Sequence[_Stretch], ...]
"""A text between its spaces, as typed on each layout."""


def _is_clear(words: Sequence[_Stretch], least: float) -> bool:
    """Whether enough words are read anew, and known words of unknown ones, or of much rarer ones."""
    changed = [word for word in words if word.changed]
    if not changed or _share(word.changed for word in words) < least:
        return False
    if not any(word.typed_count for word in changed):
        return True
    return prod(word.count + 0.5 for word in changed) >= CLEARLY * prod(word.typed_count + 0.5 for word in changed)


def _share(values: Iterable[bool]) -> float:
    """The share of the values that hold; 0 of none."""
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0


@dataclass(frozen=True, slots=True)
class _Reader:
    """Counts the articles that have a stretch between two spaces: its rarest word, 0 for a piece of a word."""

    analyzer: Analyzer
    vocabulary: Vocabulary
    known: dict[str, float] = field(default_factory=dict)

    def read(self, text: str, layout: Layout) -> list[_Stretch]:
        """Each stretch read as the commonest word that it can be; one that is commoner as typed stays."""
        parts = [part for part in SPACES.split(text) if part]
        return [self._stretch(*both) for both in zip(parts, layout.readings(text), strict=True)]

    def _stretch(self, typed: str, choices: Sequence[str]) -> _Stretch:
        """A known word with its first letter comes before one without: a minus is less likely (өкіл, -кіл)."""
        if _is_number(typed) or not any(map(_is_word, self.analyzer.analyze(choices[0] + " " + typed))):
            return _Stretch(typed, typed)
        counts = {choice: self.meant(choice) for choice in choices if choice != typed}
        typed_count = self.typed(typed)
        best = max(counts, key=lambda one: (counts[one] > 0 and one[0] == choices[0][0], counts[one]), default=typed)
        if counts.get(best, 0.0) <= typed_count and (typed_count or best == typed):
            return _Stretch(typed, typed, True, typed_count, typed_count)
        return _Stretch(typed, self._spelled(best), True, typed_count, counts[best])

    def typed(self, stretch: str) -> float:
        """As the stretch was typed. A single letter is no word but a piece of one, and so is what signs divide."""
        if stretch not in self.known:
            self.known[stretch] = self._typed_count(stretch)
        return self.known[stretch]

    def _typed_count(self, stretch: str) -> float:
        tokens = [token for token in self.analyzer.analyze(stretch) if _is_word(token)]
        if len(tokens) > 1 + stretch.count("-") or any(len(token.text) == 1 for token in tokens):
            return 0.0
        return min((self._typed(token) for token in tokens), default=0.0)

    def meant(self, stretch: str) -> float:
        """As it may have been meant: in one script, every word in the very form, or with none of the nine letters."""
        tokens = self.analyzer.analyze(stretch)
        whole = len(tokens) <= 1 + stretch.count("-") and all(len(token.text) > 1 for token in tokens)
        if not whole or len({script_of(letter) for letter in stretch if letter.isalpha()}) > 1:
            return 0.0
        return float(min((self._meant(token) for token in tokens if _is_word(token)), default=0))

    def _spelled(self, stretch: str) -> str:
        """The stretch with words that the Russian keys left without the nine letters as articles spell them."""
        for token in reversed(self.analyzer.analyze(stretch)):
            exact = token.readings[0].exact
            if not self.vocabulary.exact_df(exact) and (known := self.vocabulary.commonest(token.readings[0].key)):
                stretch = stretch[: token.start] + known + stretch[token.end :]
        return stretch

    def _typed(self, token: Token) -> float:
        first, *later = token.readings
        count = max([self.vocabulary.df(one.key) / _LATER_READING for one in later], default=0.0)
        return max(self.vocabulary.df(first.key), count, float(is_stop(token)))

    def _meant(self, token: Token) -> int:
        first = token.readings[0]
        known = self.vocabulary.commonest(first.key)
        if first.exact.translate(_NINE) == known.translate(_NINE) or self.vocabulary.exact_df(first.exact):
            return self.vocabulary.df(first.key)
        return 0


def _is_number(stretch: str) -> bool:
    """Digits without letters: the Kazakh letters on their keys make no word among themselves (2017 is no «әқ".»)."""
    return any(map(str.isdecimal, stretch)) and not any(map(str.isalpha, stretch))


def _is_word(token: Token) -> bool:
    return any(reading.lang for reading in token.readings)
