"""Whether two bodies say the same: most of their shingles are shared, and so are the facts in what is shared."""

from collections import OrderedDict
from collections.abc import Callable
from functools import cached_property
from math import inf
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from .shingles import shingles
from .words import FACT, Keys

NEAR: Final = ((40, 0.8), (80, 0.62), (inf, 0.55))
"""The part of all shingles of both (Jaccard) that alike bodies share, where the shorter one has fewer words than this.

In a few lines of a form, a name or two is all that differs. In a long text .55 is left where one word in ten is another
one; news on one subject that were written twice share up to .5."""

INSIDE: Final = (0.9, 0.45)
"""Or of the shorter body this part, if it is this part of all: a reprint that was cut, a text with an addition. A text
that holds two others, as a survey of the week does, is like neither unless each is nearly half of it."""

SURE: Final = 0.9
"""Bodies that share so much are alike although one or two figures were corrected, and if these are all."""

FEW_WORDS: Final = 80
"""In texts that are longer, one of two figures may have been corrected."""

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

    @cached_property
    def facts(self) -> tuple[list[tuple[int, int]], frozenset[int], frozenset[int]]:
        """Of each fact what stands around it, and that together with the fact; and both as sets.

        A fact beside a fact is a fact, whichever: so a date in other numbers stands in the same place.
        """
        words = self._words
        are_facts = (words & FACT).astype(np.bool_)
        padded = np.concatenate([[_EDGE], np.where(are_facts, FACT, words), [_EDGE]])
        places = np.flatnonzero(are_facts)
        around = padded[places] * _TIMES + padded[places + 2]
        whole = (around ^ (around >> _HALF)) * _TIMES + words[places]
        pairs = list(zip(around.tolist(), whole.tolist(), strict=True))
        return pairs, frozenset(around.tolist()), frozenset(whole.tolist())


def alike(one: Text, other: Text) -> bool:
    """Whether two bodies are the same text, reprinted or edited; the order of the two does not matter."""
    least = min(len(one.shingles), len(other.shingles))
    if not least:
        return False
    shared = _shared(one.shingles, other.shingles)
    share = shared / (len(one.shingles) + len(other.shingles) - shared)
    size = min(one.size, other.size)
    near = next(near for words, near in NEAR if size < words)
    is_inside = size >= NEAR[0][0] and shared >= INSIDE[0] * least and share >= INSIDE[1]
    return (share >= near or is_inside) and not _has_other_facts(one, other, share)


def _has_other_facts(one: Text, other: Text, share: float) -> bool:
    """Whether of the facts that stand in the same words most are others, or several: a form that was filled in anew.

    Reports of the weather and of exchange rates, announcements, monthly figures. In few words half of them are enough.
    """
    if share == 1.0:
        return False
    (places, changed), (other_places, other_changed) = _changed(one, other), _changed(other, one)
    most = min(changed, other_changed)
    if share >= SURE or not most:
        return most >= OTHERS
    half = min(places, other_places) / 2
    return most >= OTHERS or most > half or (most == half and min(one.size, other.size) < FEW_WORDS)


def _changed(one: Text, other: Text) -> tuple[int, int]:
    """How many facts of the first stand in places that the second has too, and how many of them are not its facts."""
    _, other_places, other_facts = other.facts
    common = [fact not in other_facts for around, fact in one.facts[0] if around in other_places]
    return len(common), sum(common)


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
