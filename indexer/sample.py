"""What a run keeps of the archive to learn stem vectors from: the stems of its newest articles, up to a limit."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.texts import Texts
from search.vectors import StemVectors, default_vectors

from .learn_vectors import MOST_TOKENS, learn_numbers

ENOUGH_TOKENS = 2_500_000
"""An archive of this size is learnt from alone; a smaller one is learnt on top of the shipped vectors."""

SHIPPED_SHARE = 0.7
"""What the shipped vectors count in a cosine where both are known; .5 to .85 measure the same on archives of news."""

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Sample:
    """The likeliest stems of the newest articles, in text order.

    flat, stem_of: see `search.texts.Texts.flat`, of whose numbers this gives the place of the stem in `stems`.
    lengths: how many tokens each title and each body has, in turn.
    """

    flat: Path
    stem_of: NDArray[np.uint32]
    stems: Sequence[str]
    lengths: NDArray[np.int64]

    @classmethod
    def of(cls, texts: Texts) -> "Sample":
        """The sample of an archive: titles and bodies until there are enough tokens."""
        numbers: dict[str, int] = {}
        stem_of = array("I", (numbers.setdefault(held[0], len(numbers)) for *_, held in texts.surfaces))
        bodies = np.diff(texts.starts) - texts.titles
        lengths = np.column_stack([texts.titles, bodies]).ravel().astype(np.int64)
        before = np.cumsum(lengths) - lengths
        return cls(texts.flat, np.array(stem_of, np.uint32), tuple(numbers), lengths[before < MOST_TOKENS])

    @property
    def tokens(self) -> int:
        """How many there are."""
        return int(self.lengths.sum())

    def vectors(self) -> StemVectors:
        """The vectors of a generation: what the archive teaches, on top of the shipped ones where it is small."""
        return together(default_vectors(), self)


def together(shipped: StemVectors, sample: Sample) -> StemVectors:
    """What the archive itself teaches, on top of the shipped vectors where it is small.

    Both sets of rows side by side, so that a cosine is the weighted mean of both cosines.
    """
    own = learn_numbers(
        sample.stem_of[np.fromfile(sample.flat, np.uint32, sample.tokens)], sample.lengths, sample.stems
    )
    if not own.stems:
        return shipped
    if sample.tokens >= ENOUGH_TOKENS:
        return own
    places = {stem: place for place, stem in enumerate(sorted({*shipped.stems, *own.stems}))}
    rows = np.zeros((len(places), shipped.dimensions + own.dimensions))
    both = {*shipped.stems} & {*own.stems}
    for vectors, share, columns in (
        (shipped, SHIPPED_SHARE, slice(0, shipped.dimensions)),
        (own, 1 - SHIPPED_SHARE, slice(shipped.dimensions, None)),
    ):
        for stem, row in zip(vectors.stems, vectors.rows, strict=True):
            rows[places[stem], columns] = row * np.sqrt(share if stem in both else 1.0)
    return StemVectors.of(list(places), rows)
