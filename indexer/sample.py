"""What a run keeps of the archive to learn stem vectors from: the stems of its newest articles, up to a limit."""

from array import array
from collections.abc import Iterator

import numpy as np

from search.engines.base import Document
from search.kazakh import Terms
from search.vectors import StemVectors

MOST_TOKENS = 5_000_000
"""Four bytes each in memory."""

ENOUGH_TOKENS = 2_500_000
"""An archive of this size is learnt from alone; a smaller one is learnt on top of the shipped vectors."""

SHIPPED_SHARE = 0.7
"""What the shipped vectors count in a cosine where both are known; .5 to .85 measure the same on archives of news."""


class Sample:
    """Collects the likeliest stems of documents in text order."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._flat = array("I")
        self._ends = array("Q")

    @property
    def tokens(self) -> int:
        """How many there are."""
        return len(self._flat)

    def add(self, document: Document) -> None:
        """Take one more document, if there is room."""
        for terms in (document.title, document.body):
            if self.tokens < MOST_TOKENS:
                self._add(terms)

    def texts(self) -> Iterator[list[str]]:
        """The stems of each title and each body."""
        names = list(self._numbers)
        start = 0
        for end in self._ends:
            yield [names[number] for number in self._flat[start:end]]
            start = end

    def _add(self, terms: Terms) -> None:
        numbers = self._numbers
        self._flat.extend(numbers.setdefault(stems[0], len(numbers)) for stems in terms.stems)
        self._ends.append(len(self._flat))


def together(shipped: StemVectors, sample: Sample) -> StemVectors:
    """The vectors of a generation: what the archive itself teaches, on top of the shipped ones where it is small.

    Both sets of rows side by side, so that a cosine is the weighted mean of both cosines.
    """
    from .learn_vectors import learn_vectors  # SciPy takes a third of a second to load, which only a build should wait

    own = learn_vectors(sample.texts())
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
