"""What the analysis gives back: tokens that point into the original text, each with one or more readings."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a token.

    exact: the cleaned, lower-cased spelling in the script it was written in, homoglyphs repaired (Latin ə in «жəне»
        becomes Cyrillic ә, in Cyrillic words only); compared in exact search.
    key: the fold key, the same for every way of writing the word (see `fold.py`).
    stem: what postings are made of; a Kazakh stem is bare, a Russian or English one carries a mark (`ru:новост`).
    lang: `kk`, `ru`, `en`, or empty for numbers and other signs.
    rules: the names of the rules that gave the reading, in order, for people who ask why.
    """

    exact: str
    key: str
    stem: str
    lang: str
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: `text == original[start:end]`, never empty; positions count up from 0.

    `readings` is never empty; the first is the likeliest.
    """

    text: str
    start: int
    end: int
    position: int
    readings: tuple[Reading, ...]

    @property
    def stems(self) -> tuple[str, ...]:
        """The stems of all readings, without repeats, the likeliest first."""
        if len(self.readings) == 1:
            return (self.readings[0].stem,)
        return tuple(dict.fromkeys([reading.stem for reading in self.readings]))

    @property
    def exacts(self) -> tuple[str, ...]:
        """The exact forms of all readings, without repeats."""
        if len(self.readings) == 1:
            return (self.readings[0].exact,)
        return tuple(dict.fromkeys([reading.exact for reading in self.readings]))
