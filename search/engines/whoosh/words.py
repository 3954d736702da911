"""The words of the articles: every surface with what the search needs to know of it, in one mapped file.

A surface is a word as the analysis left it: exact form, key and stems, a row of `kazakh.Terms`. Surfaces are numbered
in the order of their exact forms, so those of an exact form, and those of all forms that begin alike, are neighbours.

    exact_…, exact_list     the exact forms, a lexicon in the order of their bytes; that of each surface
    exact_from              the first surface of each exact form (one more)
    exact_df                articles that have each exact form
    stem_…, stem_from/list  the stems, a lexicon; which of them a surface has
    stem_held, …_from       the other way: the surfaces that have each stem; after all stems, those that have none
    key_text, key_ends      the keys of the surfaces, one after another, and where each begins (one more)
    family_…, family_list   the families, a lexicon; that of each surface
    family_held, …_from     the other way
    family_df               articles that have any word of each family
    triple_codes, …         letter triples as numbers, rising; triple_from, triple_list: which of them a surface has
    triple_signs, …_again   of each surface a bit for each of its triples, see `sign`

Opening reads none of it.
"""

from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ...mapped import Mapped
from .lexicon import Lexicon
from .sidecar import OWN
from .tokens import Surface

NAME: Final = "words" + OWN
KIND: Final = "words"
VERSION: Final = 2

Array = NDArray[Any]
Ints = NDArray[np.int64]

SIGNS: Final = ("triple_signs", "triple_signs_again")

CODE_BITS: Final = 21
"""A character of Unicode in bits; three of them fit into a number."""


class Words:
    """The words of a segment, open for reading; every question may raise IndexCorrupt."""

    def __init__(self, folder: Path) -> None:
        self._file = Mapped(folder / NAME, KIND, VERSION)
        self.exacts = Lexicon(self._file, "exact")
        self.stems = Lexicon(self._file, "stem")
        self._families = Lexicon(self._file, "family")

    @property
    def surfaces(self) -> int:
        """How many different surfaces there are."""
        return self._file.rows("exact_list")

    def exact_of(self, surfaces: Ints) -> Array:
        """The numbers of these surfaces' exact forms."""
        return self._file.take("exact_list", surfaces)

    def of_exact(self, number: int, end: int | None = None) -> tuple[int, int]:
        """The surfaces of an exact form, or of those from `number` to before `end`: the first one, and what follows."""
        starts = self._file.whole("exact_from")
        return int(starts[number]), int(starts[number + 1 if end is None else end])

    def of_exacts(self, numbers: Ints) -> Ints:
        """The surfaces of several exact forms, one form after another."""
        starts = self._file.whole("exact_from")
        first = starts.take(numbers).astype(np.int64)
        return stretches(first, starts.take(numbers + 1).astype(np.int64) - first)[0]

    def key(self, surface: int) -> str:
        """The key of a surface."""
        start, end = self._file.part("key_ends", surface, surface + 2).tolist()
        return self._file.part("key_text", start, end).tobytes().decode("utf-8", "surrogatepass")

    def exact_df(self, number: int) -> int:
        """How many articles have an exact form."""
        return int(self._file.part("exact_df", number, number + 1)[0])

    def rows(self) -> list[Surface]:
        """Every surface: exact form, key and stems."""
        exacts = self.exacts.texts(self._file.whole("exact_list").astype(np.int64))
        ends, keys = self._file.whole("key_ends").tolist(), self._file.whole("key_text").tobytes()
        stems = self.stems.texts(self._file.whole("stem_list").astype(np.int64))
        froms = self._file.whole("stem_from").tolist()
        return [
            (exact, keys[start:end].decode("utf-8", "surrogatepass"), tuple(stems[first:last]))
            for exact, (start, end), (first, last) in zip(exacts, pairwise(ends), pairwise(froms), strict=True)
        ]

    def holders(self, stems: Ints) -> Array:
        """How many surfaces have each of these stems."""
        starts = "stem_held_from"
        return self._file.take(starts, stems + 1) - self._file.take(starts, stems)

    def held(self, name: str, number: int) -> Array:
        """The surfaces that have the stem or family of this number, rising."""
        start, end = self._file.part(f"{name}_held_from", number, number + 2).tolist()
        return self._file.part(f"{name}_held", start, end)

    def first_stems(self, surfaces: Ints) -> Ints:
        """The first stem of each of these surfaces; for one that has none the number after all stems."""
        counts = self.counted("stem", surfaces)
        places = self._file.take("stem_from", surfaces).astype(np.int64)
        stems = np.full(len(surfaces), len(self.stems), np.int64)
        stems[counts > 0] = self._file.take("stem_list", places[counts > 0])
        return stems

    def listed(self, name: str, surfaces: Ints) -> tuple[Ints, Ints]:
        """The stems or triples of surfaces, one after another, and whose they are."""
        starts, ends = self._file.take(f"{name}_from", surfaces), self._file.take(f"{name}_from", surfaces + 1)
        places, owner = stretches(starts, ends - starts)
        return self._file.take(f"{name}_list", places).astype(np.int64), owner

    def triples_of(self, surfaces: Ints) -> tuple[Ints, Ints, Ints]:
        """The triples of surfaces, one after another; where those of each begin, and how many they are."""
        first = self._file.take("triple_from", surfaces).astype(np.int64)
        stops = self._file.take("triple_from", surfaces + 1).astype(np.int64)
        counts = stops - first
        return self._file.joined("triple_list", first, stops, np.int64), counts.cumsum() - counts, counts

    def counted(self, name: str, surfaces: Ints) -> Ints:
        """How many stems or triples each surface has."""
        starts = f"{name}_from"
        return (self._file.take(starts, surfaces + 1) - self._file.take(starts, surfaces)).astype(np.int64)

    @property
    def families(self) -> int:
        """How many families there are."""
        return len(self._families)

    def family(self, name: str) -> int:
        """The number of a family; -1 if no article has a word of it."""
        return self._families.find(name)

    def family_of(self, surfaces: Ints) -> Array:
        """The families of these surfaces."""
        return self._file.take("family_list", surfaces)

    def family_df(self, number: int) -> int:
        """How many articles have a word of the family of this number; 0 for -1."""
        return int(self._file.part("family_df", number, number + 1)[0]) if number >= 0 else 0

    def signs(self, surfaces: Ints, which: int = 0) -> NDArray[np.uint64]:
        """Of each surface a bit for each of its triples; several may share one. which: of the two signs."""
        return self._file.take(SIGNS[which], surfaces)

    @property
    def different_triples(self) -> int:
        """How many different triples there are."""
        return self._file.rows("triple_codes")

    def triples(self, threes: Iterable[str]) -> Ints:
        """The numbers of those of these triples that any surface has."""
        known, wanted = self._file.whole("triple_codes"), np.array(sorted(map(code, threes)), np.uint64)
        places = np.searchsorted(known, wanted)
        places = places[places < len(known)]
        found: Ints = places[known[places] == wanted[: len(places)]]
        return found

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


def code(triple: str) -> int:
    """Three letters as one number; the order of the numbers is that of the letters."""
    number = 0
    for letter in triple:
        number = number << CODE_BITS | ord(letter)
    return number


SIGN_FACTOR: Final = 0x9E3779B97F4A7C15
"""2⁶⁴ ÷ the golden ratio: Fibonacci hashing (Knuth, «The Art of Computer Programming» 3, 6.4)."""


def sign(codes: Iterable[int], which: int = 0) -> int:
    """A bit of 64 for each of these triples: words whose signs have few bits in common have few triples in common.

    which: 0 or 1; those that share a bit in one sign seldom do so in the other.
    """
    bits = 0
    for one in codes:
        bits |= 1 << ((one * SIGN_FACTOR & 0xFFFFFFFFFFFFFFFF) >> 58 - 6 * which & 63)
    return bits


def stretches(starts: Array, counts: Ints) -> tuple[Ints, Ints]:
    """The places start, start + 1, … of each stretch, one stretch after another, and whose they are."""
    counts = counts.astype(np.int64, copy=False)
    owner = np.repeat(np.arange(len(counts)), counts)
    first = starts.astype(np.int64) - np.cumsum(counts) + counts
    return first.take(owner) + np.arange(len(owner)), owner
