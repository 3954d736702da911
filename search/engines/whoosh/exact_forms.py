"""Where exact forms stand: among the tokens of their stems, told apart by the forward index.

Each surface is looked for under its first stem alone, so that no token is found twice. Where all surfaces of a stem are
wanted, its postings are the answer as they are; that is nearly always so for the beginning of a word.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..base import BODY_GAP
from .fields import Fields
from .forward import Forward
from .lexicon import Lexicon, encoded
from .postings import EMPTY, Postings, from_keys, starts_of, summed
from .words import Words, stretches

Ints = NDArray[np.int64]


class ExactForms:
    """Looks exact forms up in one segment."""

    def __init__(self, words: Words, fields: Fields, forward: Forward) -> None:
        self._words, self._fields, self._forward = words, fields, forward

    def postings(self, exacts: Sequence[str]) -> Postings:
        """The positions that have any of these forms."""
        surfaces = self._surfaces(exacts)
        if not len(surfaces):
            return EMPTY
        stems, counts = self._stems(surfaces)
        whole = counts == self._words.holders(stems)
        if len(stems) == 1 and whole[0]:
            return self._fields.postings(int(stems[0]))
        ids, tf = self._fields.lists(stems[whole])
        if not whole.all():
            checked = from_keys(self._keys(surfaces, stems[~whole], None))
            ids, tf = np.concatenate([ids, checked.ids]), np.concatenate([tf, checked.tf])
        return summed(ids, tf)

    def keys(self, exacts: Sequence[str], among: Ints | None = None) -> Ints:
        """Each of these positions as one number, rising: article << 32 | position.

        among: only those in these articles (rising).
        """
        surfaces = self._surfaces(exacts)
        if not len(surfaces):
            return np.empty(0, np.int64)
        return self._keys(surfaces, self._stems(surfaces)[0], among)

    def _surfaces(self, exacts: Sequence[str]) -> Ints:
        """The surfaces that have any of these forms, rising."""
        lexicon = self._words.exacts
        names = sorted({encoded(one) for one in exacts})
        first = lexicon.find_encoded(names[0]) if names else -1
        if len(names) > 1 and first >= 0 and _follow(lexicon, first, names):
            return np.arange(*self._words.of_exact(first, first + len(names)))
        numbers = [number for one in names if (number := lexicon.find_encoded(one)) >= 0]
        return np.concatenate([np.zeros(0, np.int64), *(np.arange(*self._words.of_exact(one)) for one in numbers)])

    def _stems(self, surfaces: Ints) -> tuple[Ints, Ints]:
        """The first stems of surfaces, each once, rising, and how many of the surfaces have each."""
        stems = np.sort(self._words.first_stems(surfaces))
        first = starts_of(stems)
        return stems[first], np.diff(first, append=len(stems))

    def _keys(self, surfaces: Ints, stems: Ints, among: Ints | None) -> Ints:
        held = self._fields.several(stems)
        tf, at, articles, term = held.tf, held.at, held.ids, held.term
        if among is not None:
            kept = np.isin(articles, among)
            tf, at, articles, term = tf[kept], at[kept], articles[kept], term[kept]
        places, owner = stretches(at, tf)
        positions = self._fields.positions(places).astype(np.int64)
        articles = articles[owner]
        shift = np.where(positions < self._forward.titles(articles), 0, BODY_GAP)
        found = self._forward.surfaces(self._forward.starts(articles) + positions - shift)
        first_stem = np.full(self._words.surfaces, -1, np.int64)
        first_stem[surfaces] = self._words.first_stems(surfaces)
        wanted = first_stem[found] == stems[term[owner]]
        keys: Ints = articles[wanted] << 32 | positions[wanted]
        if len(stems) > 1:
            keys.sort()
        return keys


def _follow(lexicon: Lexicon, first: int, names: Sequence[bytes]) -> bool:
    """Whether these names follow one another in the lexicon."""
    numbers = np.arange(first, first + len(names))
    return (
        numbers[-1] < len(lexicon)
        and lexicon.encoded(int(numbers[-1])) == names[-1]
        and ([encoded(text) for text in lexicon.texts(numbers)] == list(names))
    )
