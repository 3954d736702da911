"""Reads a whole query as typed on another keyboard layout, if that makes known words of unknown ones.

What the words mean as they stand comes first, Latin spellings of Kazakh included: only a query whose own words no
article has, or hardly any, is read anew, and only as words that articles do have.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from math import prod
from typing import Final

from ..kazakh import Analyzer, Token, is_stop
from ..kazakh.layout import LAYOUTS, SPACES, Layout
from ..kazakh.script import CYRILLIC, script_of
from ..kazakh.spans import one_form, spans
from ..kazakh.unstemmed import exact_of, key_of
from ..vocabulary import Vocabulary

MOSTLY: Final = 0.8
"""Share of the words that articles must have as they were meant."""

CLEARLY: Final = 50
"""What was meant is clearly commoner in so many times as many articles as what was typed, all words multiplied."""

_LATER_READING: Final = 10
"""The readings of a word after its first are so many times less likely."""

_CYRILLIC: Final = re.compile(f"[{CYRILLIC}]")
_LATIN: Final = re.compile("[A-Za-z]")
_NINE: Final = str.maketrans("әғқңөұүһіы", "агкноуухии")


MOST_STRETCHES: Final = 32
"""Nobody types more words on the wrong layout without a look at them."""


def retype(text: str, analyzer: Analyzer, vocabulary: Vocabulary, least: float = 0.0) -> str | None:
    """What was meant by a query typed on another layout; None if it stands as it is.

    least: the share of its words that must be read anew; the others stand as they were typed.
    """
    return chosen(LayoutReader(analyzer, vocabulary).readings(text), least)


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
class Counted:
    """How many articles have a stretch as it was typed, and as it may have been meant; see `LayoutReader`."""

    typed: dict[str, float | None] = field(default_factory=dict)
    meant: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LayoutReader:
    """Reads texts as typed on other layouts.

    It counts the articles that have a stretch between two spaces: its rarest word, 0 for a piece of a word.
    counted: what it has counted, to be kept for the next text of the same question.
    """

    analyzer: Analyzer
    vocabulary: Vocabulary
    counted: Counted = field(default_factory=Counted)

    def readings(self, text: str) -> Readings:
        """The text as typed on each of the layouts that may have been meant; none of a text that nobody types so."""
        if len(text.split()) > MOST_STRETCHES:
            return ()
        parts = [part for part in SPACES.split(text) if part]
        read = (self._read(parts, layout) for layout in LAYOUTS if not layout.changed.isdisjoint(text))
        return tuple(stretches for stretches in read if stretches)

    def may_change(self, parts: Sequence[str]) -> bool:
        """Whether any stretch of a text without quotation marks may be read anew, on any layout."""
        return any(
            any(map(self._may_change, parts, layout.readings_of(parts)))
            for layout in LAYOUTS
            if any(not layout.changed.isdisjoint(part) for part in parts)
        )

    def may_change_known(self, word: str) -> bool:
        """The same of one word of several letters that articles have; most of them are nothing on another layout."""
        for layout in LAYOUTS:
            if layout.changed.isdisjoint(word):
                continue
            choices = (word.translate(layout.quoted),) if word.isalpha() else layout.readings_of([word])[0]
            if (len(choices) > 1 or self.meant(choices[0])) and self._may_change(word, choices):
                return True
        return False

    def _read(self, parts: Sequence[str], layout: Layout) -> Sequence[_Stretch]:
        """Each stretch read as the commonest word that it can be; one that is commoner as typed stays.

        Nothing if no stretch is read anew, or too few are known.
        """
        readings = layout.readings_of(parts)
        if not any(map(self._may_change, parts, readings)):
            return ()
        found = list(map(self._best, parts, readings))
        known = _share(best.count > 0 for best in found if best.is_word)
        if known < MOSTLY or not any(best.changed for best in found):
            return ()
        return [replace(best, meant=self._spelled(best.meant)) if best.changed else best for best in found]

    def _may_change(self, typed: str, choices: Sequence[str]) -> bool:
        """Whether a stretch may be read anew; a quick answer for those that are known as they stand."""
        if len(choices) > 1:
            return True
        (choice,) = choices
        return choice != typed and not self.meant(choice) <= (self.typed(typed) or -1.0)

    def _best(self, typed: str, choices: Sequence[str]) -> _Stretch:
        """A known word with its first letter comes before one without: a minus is less likely (өкіл, -кіл)."""
        if typed.isspace() or not self._has_word(typed, choices[0]):
            return _Stretch(typed, typed)
        counts = {choice: self.meant(choice) for choice in choices if choice != typed}
        typed_count = self.typed(typed) or 0.0
        best = max(counts, key=lambda one: (counts[one] > 0 and one[0] == choices[0][0], counts[one]), default=typed)
        if counts.get(best, 0.0) <= typed_count and (typed_count or best == typed):
            return _Stretch(typed, typed, True, typed_count, typed_count)
        return _Stretch(typed, best, True, typed_count, counts[best])

    def _has_word(self, typed: str, choice: str) -> bool:
        if typed[0].isalpha() and self.typed(typed) is not None:
            return True
        return not _is_number(typed) and any(exact_of(form)[1] for _, _, form in spans(f"{choice} {typed}"))

    def typed(self, stretch: str) -> float | None:
        """As the stretch was typed, None without a word.

        A single letter is no word but a piece of one, and so is what signs divide.
        """
        if stretch not in self.counted.typed:
            self.counted.typed[stretch] = self._typed_count(stretch)
        return self.counted.typed[stretch]

    def meant(self, stretch: str) -> float:
        """As it may have been meant: in one script, every word in the very form, or with none of the nine letters."""
        if stretch not in self.counted.meant:
            self.counted.meant[stretch] = self._meant_count(stretch)
        return self.counted.meant[stretch]

    def _typed_count(self, stretch: str) -> float | None:
        tokens = [token for token in self.analyzer.analyze(stretch) if _is_word(token)]
        if not tokens:
            return None
        if len(tokens) > 1 + stretch.count("-") or any(len(token.text) == 1 for token in tokens):
            return 0.0
        return min(map(self._typed, tokens))

    def _meant_count(self, stretch: str) -> float:
        # Kazakh words on English keys are no words, nearly all of them: the quick answer to that comes first.
        if stretch.isascii() and "-" not in stretch and (form := one_form(stretch)) is not None:
            if not form or not self.vocabulary.exact_df(form):
                return 0.0
        elif _CYRILLIC.search(stretch) and _LATIN.search(stretch):
            return 0.0
        tokens = spans(stretch)
        whole = len(tokens) <= 1 + stretch.count("-") and all(end - start > 1 for start, end, _ in tokens)
        if not whole or len({script_of(letter) for letter in stretch if letter.isalpha()}) > 1:
            return 0.0
        words = (form for _, _, form in tokens if exact_of(form)[1])
        return float(min(map(self._meant, words), default=0))

    def _spelled(self, stretch: str) -> str:
        """The stretch with words that the Russian keys left without the nine letters as articles spell them."""
        for start, end, form in reversed(spans(stretch)):
            known = "" if self.vocabulary.exact_df(exact_of(form)[0]) else self.vocabulary.commonest(key_of(form))
            if known:
                stretch = stretch[:start] + known + stretch[end:]
        return stretch

    def _typed(self, token: Token) -> float:
        first, *later = token.readings
        count = max([self.vocabulary.df(one.key) / _LATER_READING for one in later], default=0.0)
        return max(self.vocabulary.df(first.key), count, float(is_stop(token)))

    def _meant(self, form: str) -> int:
        exact, key = exact_of(form)[0], key_of(form)
        if self.vocabulary.exact_df(exact):
            return self.vocabulary.df(key)
        known = self.vocabulary.commonest(key)
        return self.vocabulary.df(key) if exact.translate(_NINE) == known.translate(_NINE) else 0


def _is_number(stretch: str) -> bool:
    """Digits without letters: the Kazakh letters on their keys make no word among themselves (2017 is no «әқ".»)."""
    return any(map(str.isdecimal, stretch)) and not any(map(str.isalpha, stretch))


def _is_word(token: Token) -> bool:
    return any(reading.lang for reading in token.readings)
