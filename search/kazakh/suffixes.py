"""The endings of `data/suffixes.tsv` in the letters of the fold key, slot by slot, ready to be cut off a word.

An ending agrees with the letter before it (consonant assimilation): «-тар» follows к or т, never м. That
check keeps most false cuts away; vowel harmony is not checked, since the key has no front and back i and
foreign words break it (банктер).
"""

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from .fold import fold
from .tables import rows

VOWELS = frozenset("аеоиу")
"""The vowels of the fold key."""

_BITS = {name: 1 << place for place, name in enumerate("VGLNZJX")}
_FINAL_CLASSES = {
    **dict.fromkeys("аео", "V"),
    **dict.fromkeys("иу", "VG"),  # ы, і are vowels, й and the glide у are not: the key does not tell which
    "р": "G",
    "л": "L",
    **dict.fromkeys("мн", "N"),
    "з": "Z",
    "ж": "J",
    "г": "XZ",  # ғ is voiced (тағдан), г of loans is not (педагогтар)
}
_MASKS = {letter: sum(_BITS[name] for name in classes) for letter, classes in _FINAL_CLASSES.items()}
_VOICELESS = _BITS["X"]  # б в г д at a word's end are spoken without voice: клубтар, заводқа


class Cut(NamedTuple):
    """A word without one ending: what is left, what the ending is worth without a lexicon, its name «slot:ending»."""

    left: str
    gain: float
    rule: str


@dataclass(frozen=True, slots=True)
class Slot:
    """The endings that can stand in one place of a word: ending → (classes it may follow as a bit mask, gain, name).

    lengths: those of the endings with this last letter, the shortest first.
    """

    endings: dict[str, tuple[int, float, str]]
    lengths: dict[str, tuple[int, ...]]

    def cuts(self, word: str) -> list[Cut]:
        """Every legal cut: the class holds and at least two letters with a vowel are left."""
        out: list[Cut] = []
        known, make = self.endings.get, tuple.__new__
        for length in self.lengths.get(word[-1:], ()):
            entry = known(word[-length:])
            if entry is None or len(word) < length + 2:
                continue
            left = word[:-length]
            if _MASKS.get(left[-1], _VOICELESS) & entry[0] and not VOWELS.isdisjoint(left):
                out.append(make(Cut, (left, entry[1], entry[2])))
        return out


@cache
def slot(*names: str) -> Slot:
    """The endings of one slot of the table, or of several slots that stand in the same place.

    Raises:
        KeyError: no row of the table has that slot.
    """
    endings: dict[str, tuple[int, float, str]] = {}
    for name in names:
        found = [row for row in rows("suffixes") if row["slot"] == name]
        if not found:
            raise KeyError(name)
        for row in found:
            for ending in map(fold, row["endings"].split()):
                mask = sum(_BITS[letter] for letter in row["after"])
                gain = float(row["gain"]) if row["gain"] else 1 + len(ending) / 4
                older = endings.get(ending, (0, gain, ""))
                endings[ending] = (older[0] | mask, max(older[1], gain), older[2] or f"{name}:{ending}")
    lengths: dict[str, tuple[int, ...]] = {}
    for last in {ending[-1] for ending in endings}:
        lengths[last] = tuple(sorted({len(ending) for ending in endings if ending[-1] == last}))
    return Slot(endings, lengths)


@cache
def elided() -> dict[str, str]:
    """Shortened noun → full noun, both as keys, voiced forms included: халк and халг → халик."""
    voiced = {"к": "г", "п": "б"}
    out: dict[str, str] = {}
    for row in rows("elision"):
        short, full = fold(row["short"]), fold(row["stem"])
        out[short] = full
        if short[-1] in voiced:
            out[short[:-1] + voiced[short[-1]]] = full
    return out


@cache
def kept() -> frozenset[str]:
    """The nouns in -лық that stay whole, as keys, also with the final г that they have before a vowel."""
    keys = {fold(row["word"]) for row in rows("lyq_keep")}
    return frozenset(keys | {key[:-1] + "г" for key in keys})
