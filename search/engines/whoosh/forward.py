"""The forward index: the words of each article in text order, and what ranking needs to know of each word.

A surface is a word as the analysis left it: exact form, key and stems, a row of `kazakh.Terms`. Surfaces are numbered
as they come; articles are rows of their numbers, titles first.

    gap, size, …            where each token stands in its text, see `spans.py`
    flat, starts            surfaces of all articles, one after another; where each article's begin (one more)
    exact_…, exact_list     the exact forms, a lexicon; that of each surface
    stem_…, stem_from/list  the stems, a lexicon; which of them a surface has
    family_…, family_list   the families, a lexicon; that of each surface
    family_df               articles that have any word of each family
    triple_codes, …         letter triples as numbers, rising; triple_from, triple_list: which of them a surface has
    vector_of, vector_rows  place of a stem's vector (-1: none), the vectors
    article_rows, mean      the articles' vectors, and the mean that was taken off them

Opening reads none of it.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ...mapped import Mapped
from ...vectors import Vector, whole
from .lexicon import Lexicon
from .sidecar import OWN
from .spans import Spans

NAME: Final = "forward" + OWN
KIND: Final = "forward"
VERSION: Final = 1

Array = NDArray[Any]
Ints = NDArray[np.int64]

_CODE_BITS: Final = 21
"""A character of Unicode in bits; three of them fit into a number."""


class Forward:
    """The forward index of a generation, open for reading; every question may raise IndexCorrupt."""

    def __init__(self, folder: Path) -> None:
        self._file = Mapped(folder / NAME, KIND, VERSION)
        self.exacts = Lexicon(self._file, "exact")
        self.stems = Lexicon(self._file, "stem")
        self._families = Lexicon(self._file, "family")
        self._spans = Spans(self._file)

    @property
    def surfaces(self) -> int:
        """How many different surfaces there are."""
        return self._file.rows("exact_list")

    @property
    def mean(self) -> Vector:
        """What was taken off the vectors of the articles."""
        return self._file.whole("mean")

    def lengths(self, articles: Ints) -> Ints:
        """How many words these articles have."""
        counts: Ints = self._file.take("starts", articles + 1) - self._file.take("starts", articles)
        return counts

    def tokens(self, articles: Ints) -> Ints:
        """The surfaces of these articles' words, one article after another."""
        ends = self._file.take("starts", articles + 1).tolist()
        both = zip(self._file.take("starts", articles).tolist(), ends, strict=True)
        parts = [self._file.part("flat", start, end) for start, end in both]
        return np.concatenate([np.zeros(0, np.int64), *parts]).astype(np.int64)

    def ranges(self, articles: Ints, first: Ints, token: Ints) -> tuple[list[int], list[int]]:
        """Where tokens stand in the titles and bodies of these articles: half-open, in code points of that text.

        token: their numbers, from 0 through all of the articles; first: those of the first tokens of their texts.
        """
        starts, ends = self._file.take("starts", articles), self._file.take("starts", articles + 1)
        return self._spans.ranges(list(zip(starts.tolist(), ends.tolist(), strict=True)), first, token)

    def exact_of(self, surfaces: Ints) -> Ints:
        """The numbers of these surfaces' exact forms."""
        return self._file.take("exact_list", surfaces).astype(np.int64)

    def family(self, name: str) -> int:
        """The number of a family; -1 if no article has a word of it."""
        return self._families.find(name)

    def family_of(self, surfaces: Ints) -> Array:
        """The families of these surfaces."""
        return self._file.take("family_list", surfaces)

    def df(self, family: str) -> int:
        """How many articles have a word of this family."""
        place = self.family(family)
        return int(self._file.part("family_df", place, place + 1)[0]) if place >= 0 else 0

    def listed(self, name: str, surfaces: Ints) -> tuple[Ints, Ints]:
        """The stems or triples of surfaces, one after another, and whose they are."""
        places, owner = stretches(self._file.take(f"{name}_from", surfaces), self.counted(name, surfaces))
        return self._file.take(f"{name}_list", places).astype(np.int64), owner

    def counted(self, name: str, surfaces: Ints) -> Ints:
        """How many stems or triples each surface has."""
        starts = f"{name}_from"
        return (self._file.take(starts, surfaces + 1) - self._file.take(starts, surfaces)).astype(np.int64)

    def triples(self, threes: Iterable[str]) -> Ints:
        """The numbers of those of these triples that any surface has."""
        known, wanted = self._file.whole("triple_codes"), np.array(sorted(map(code, threes)), np.uint64)
        places = np.searchsorted(known, wanted)
        places = places[places < len(known)]
        found: Ints = places[known[places] == wanted[: len(places)]]
        return found

    def vector(self, stem: str) -> Vector | None:
        """The vector of a stem, of length 1; None if it has none."""
        place = self.stems.find(stem)
        row = int(self._file.part("vector_of", place, place + 1)[0]) if place >= 0 else -1
        return whole(self._file.part("vector_rows", row, row + 1)[0]) if row >= 0 else None

    def vector_of(self, stems: Ints) -> Array:
        """The places of these stems' vectors; -1 for one that has none."""
        return self._file.take("vector_of", stems)

    def vectors(self, places: Ints) -> Vector:
        """The vectors at these places as they are stored, of any length."""
        return self._file.take("vector_rows", places).astype(np.float64)

    def article_rows(self, articles: Ints) -> NDArray[np.int8]:
        """The stored vectors of these articles."""
        return self._file.take("article_rows", articles)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


def code(triple: str) -> int:
    """Three letters as one number; the order of the numbers is that of the letters."""
    number = 0
    for letter in triple:
        number = number << _CODE_BITS | ord(letter)
    return number


def gathered(flat: Ints, starts: Array, places: Array) -> tuple[Array, Ints]:
    """The entries of a list (`starts`, `places`) for each of `flat`, one after another, and whose they are."""
    at, owner = stretches(starts[flat], starts[flat + 1] - starts[flat])
    return places[at], owner


def stretches(starts: Array, counts: Ints) -> tuple[Ints, Ints]:
    """The places start, start + 1, … of each stretch, one stretch after another, and whose they are."""
    owner = np.repeat(np.arange(len(counts)), counts)
    first = np.repeat(starts.astype(np.int64) - np.cumsum(counts) + counts, counts)
    return first + np.arange(len(owner)), owner
