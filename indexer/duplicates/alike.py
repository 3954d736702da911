"""Whether two bodies say the same: most of their shingles are shared, and so are the facts in what is shared."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from .shingles import shingles
from .words import FACT, Keys

NEAR: Final = 0.6
"""The part of all shingles of both (Jaccard) that alike bodies share."""

INSIDE: Final = (0.9, 0.45)
"""Or of the shorter body this part, if it is this part of all: a reprint that was cut, a text with an addition. A text
that holds two others, as a survey of the week does, is like neither unless each is nearly half of it."""

SHORT: Final = (40, 0.8)
"""Bodies of fewer words share so much: in a few lines of a form, a name or two is all that differs."""

SURE: Final = 0.9
"""Bodies that share so much are alike although one or two figures were corrected, and if these are all."""

OTHERS: Final = 3
"""So many figures are not corrected; they are news."""

_TIMES: Final = np.uint64(0x94D049BB133111EB)
_HALF: Final = np.uint64(31)
_EDGE: Final = np.uint64(2)

_KEPT: Final = 4_000_000
"""Words of texts that are remembered while others are compared with them: some 80 MB."""


class Text:
    """A body, ready to be compared."""

    def __init__(self, words: Keys) -> None:
        self._words = words
        self.size = len(words)
        self.shingles = _rising(shingles(words))
        self._facts: tuple[Keys, Keys] | None = None

    @property
    def facts(self) -> tuple[Keys, Keys]:
        """Of each fact what stands around it, and that together with the fact.

        A fact beside a fact is a fact, whichever: so a date in other numbers stands in the same place.
        """
        if self._facts is None:
            words = self._words
            are_facts = (words & FACT).astype(np.bool_)
            padded = np.concatenate([[_EDGE], np.where(are_facts, FACT, words), [_EDGE]])
            places = np.flatnonzero(are_facts)
            around = padded[places] * _TIMES + padded[places + 2]
            self._facts = around, (around ^ (around >> _HALF)) * _TIMES + words[places]
        return self._facts


def alike(one: Text, other: Text) -> bool:
    """Whether two bodies are the same text, reprinted or edited; the order of the two does not matter."""
    least = min(len(one.shingles), len(other.shingles))
    if not least:
        return False
    shared = _shared(one.shingles, other.shingles)
    share = shared / (len(one.shingles) + len(other.shingles) - shared)
    if min(one.size, other.size) < SHORT[0]:
        is_near = share >= SHORT[1]
    else:
        is_near = share >= NEAR or (shared >= INSIDE[0] * least and share >= INSIDE[1])
    return is_near and not _has_other_facts(one, other, share)


def _has_other_facts(one: Text, other: Text, share: float) -> bool:
    """Whether of the facts that stand in the same words half are others, or several: a form that was filled in anew.

    Reports of the weather and of exchange rates, announcements, monthly figures.
    """
    if share == 1.0:
        return False
    (places, changed), (other_places, other_changed) = _changed(one, other), _changed(other, one)
    most = min(changed, other_changed)
    return most >= OTHERS or (share < SURE and 2 * most >= max(1, min(places, other_places)))


def _changed(one: Text, other: Text) -> tuple[int, int]:
    """How many facts of the first stand in places that the second has too, and how many of them are not its facts."""
    (around, facts), (other_around, other_facts) = one.facts, other.facts
    common = np.isin(around, other_around)
    return int(common.sum()), int((common & ~np.isin(facts, other_facts)).sum())


def _shared(one: Keys, other: Keys) -> int:
    """How many numbers two rising arrays have in common."""
    if not len(one) or not len(other):
        return 0
    both = np.concatenate([one, other])
    both.sort(kind="stable")
    return int(np.count_nonzero(both[1:] == both[:-1]))


def _rising(numbers: Keys) -> Keys:
    """These numbers in order, each once."""
    numbers.sort()
    if len(numbers) < 2:
        return numbers
    found: Keys = numbers[np.append(True, numbers[1:] != numbers[:-1])]
    return found


class Judge:
    """Compares bodies by the numbers of their articles. words: the key hashes of a body (`words.key_hashes`)."""

    def __init__(self, words: Callable[[int], Keys]) -> None:
        self._words = words
        self._texts: OrderedDict[int, Text] = OrderedDict()
        self._held = 0

    def __call__(self, ones: NDArray[Any], others: NDArray[Any]) -> NDArray[np.bool_]:
        """Of each pair of articles whether they are alike."""
        pairs = zip(ones.tolist(), others.tolist(), strict=True)
        return np.fromiter((alike(self._text(one), self._text(other)) for one, other in pairs), np.bool_, len(ones))

    def _text(self, number: int) -> Text:
        text = self._texts.get(number)
        if text is None:
            text = self._texts[number] = Text(self._words(number))
            self._held += text.size
            while self._held > _KEPT and len(self._texts) > 2:
                self._held -= self._texts.popitem(last=False)[1].size
        return text
