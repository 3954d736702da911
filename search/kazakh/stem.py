"""The stemmer: all legal readings of a word, the stem chosen by the stem lexicon.

    >>> Stemmer().stem("форумина").value
    'форум'

Noun and verb stems are counted apart and kept apart (a verb stem ends in «-»), so that атау «name» is not ата
«grandfather» and білім «knowledge» is not біл- «know».
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import log

from .candidates import Candidate, candidates
from .lexicon import Lexicon, default_lexicon
from .suffixes import VOWELS

LONGEST_WORD = 40
"""Longer words pass unchanged: no Kazakh word is longer, and the search stays short whatever comes in."""

VERB_MARK = "-"
"""Ends the stem of a verb; no key has it, since words are split at hyphens."""

_VERB_NEEDED = 4  # a verbal noun is read as such when its verb has this much evidence of its own
_DOUBT = (
    0.25  # what the verb's evidence counts where the ending may as well be a noun's; measured with bench/conflation.py
)
_LETTERS = frozenset("абвгдежзийклмнопрстуфхчш")


@dataclass(frozen=True, slots=True)
class Stem:
    """A stem and how it came about.

    value: what is put into the index; a verb stem ends in «-».
    rules: the endings taken off, in order, as «slot:ending» in the letters of the key.
    """

    value: str
    rules: tuple[str, ...] = ()


def choose(readings: Iterable[Candidate], lexicon: Lexicon) -> Candidate | None:
    """The reading whose stem has the most evidence, longer stems (to five letters) preferred; `None` if none is known.

    Ties go to the shorter stem, then to the noun, then to the alphabet.
    """
    best: Candidate | None = None
    best_score = 0.0
    nouns = lexicon.nouns
    for reading in readings:
        weight = nouns.get(reading.stem, 0) if reading.kind == "noun" else _weight(reading, lexicon)
        if weight <= 0:
            continue
        score = log(weight) + 0.3 * min(max(len(reading.stem), 3), 5)
        if best is None or (score, *_rank(best)) > (best_score, *_rank(reading)):
            best, best_score = reading, score
    return best


def _rank(reading: Candidate) -> tuple[int, bool, str]:
    return len(reading.stem), reading.kind != "noun", reading.stem


def _weight(reading: Candidate, lexicon: Lexicon) -> float:
    """Of a verb."""
    weight = lexicon.verbs.get(reading.stem, 0)
    if reading.kind == "verb":
        return weight
    if reading.kind == "maybe":
        return weight * _DOUBT
    return weight + lexicon.nouns.get(reading.noun, 0) if weight >= _VERB_NEEDED else 0


def guess(readings: Iterable[Candidate]) -> Candidate:
    """The reading with the longest regular chain of endings, for words none of whose stems is known.

    Ties go to the longer stem, then to the noun.

    Raises:
        ValueError: there is no reading.
    """
    allowed = (reading for reading in readings if len(reading.stem) > 2 or not reading.rules)
    return max(allowed, key=lambda reading: (reading.gain, len(reading.stem), reading.kind == "noun", reading.stem))


class Stemmer:
    """Stems keys with one lexicon; total on any text, and the same key always has the same stem.

    lexicon: `None` is the shipped one; `Lexicon.empty()` leaves the choice to the rules.
    Safe to share between threads. Nothing is remembered here: the analysis remembers what became of a word.
    """

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        self.lexicon = default_lexicon() if lexicon is None else lexicon

    def __reduce__(self) -> tuple[type["Stemmer"], tuple[Lexicon]]:
        return Stemmer, (self.lexicon,)

    def stem(self, key: str) -> Stem:
        """The stem of a fold key; what is no word (digits, signs, two letters, over 40 letters) passes unchanged."""
        if not 3 <= len(key) <= LONGEST_WORD or not _LETTERS.issuperset(key):
            return Stem(key)
        readings = candidates(key)
        chosen = choose(readings, self.lexicon) or guess(readings)
        if chosen.kind != "noun":
            return Stem(chosen.stem + VERB_MARK, chosen.rules)
        return _noun_stem(chosen)


def _noun_stem(chosen: Candidate) -> Stem:
    """A final и of a long stem goes: a possessive, or the -и of ғылыми, тарихи, which belong to ғылым, тарих."""
    stem = chosen.stem
    if len(stem) >= 5 and stem[-1] == "и" and stem[-2] not in VOWELS:
        return Stem(stem[:-1], (*chosen.rules, "final:и"))
    return Stem(stem, chosen.rules)
