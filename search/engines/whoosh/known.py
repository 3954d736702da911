"""What the segments know of a word of a query: its numbers and figures there, looked up once and kept for a while."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...query.nodes import Term
from ...ranking import family, triples
from ...vectors import Vector, whole
from .segment import Segment
from .segments import Segments
from .words import code, sign

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Known:
    """What one segment knows.

    stems, exacts: the numbers of those that there are.
    family: its number, -1 if there is none.
    triples: the numbers of those that there are; of how many; sign: see `words.sign`; hidden: how many of them share a
    bit of the sign with another one.
    vector: that of its first stem as it is stored.
    """

    stems: tuple[int, ...]
    exacts: tuple[int, ...]
    family: int
    triples: Ints
    of: int
    sign: np.uint64
    hidden: int
    vector: NDArray[np.int8] | None


@dataclass(frozen=True, slots=True)
class KnownWord:
    """What all segments know.

    parts: of each segment. exact_df: articles that have its form, -1 if it has several. family_df: articles that have a
    word of its family. direction: the vector of its first stem, of length 1.
    """

    parts: tuple[Known, ...]
    exact_df: int
    family_df: int
    direction: Vector | None

    @property
    def nbytes(self) -> int:
        """The memory that it takes, about."""
        return 1000 + 1000 * len(self.parts)


def known(segments: Segments, word: Term) -> KnownWord:
    """Look a word up."""
    parts = tuple(_known(part.segment, word) for part in segments)
    forms = {part.segment.words.exacts.text(at) for part, one in zip(segments, parts, strict=True) for at in one.exacts}
    exact_df = family_df = 0
    for part, one in zip(segments, parts, strict=True):
        words = part.segment.words
        exact_df += sum(words.exact_df(number) - part.gone("exact", number) for number in one.exacts)
        if one.family >= 0:
            family_df += words.family_df(one.family) - part.gone("family", one.family)
    vector = next((one.vector for one in parts if one.vector is not None), None)
    return KnownWord(parts, exact_df if len(forms) < 2 else -1, family_df, None if vector is None else whole(vector))


def _known(segment: Segment, word: Term) -> Known:
    words = segment.words
    stems = _found(words.stems.find, word.stems)
    exacts = _found(words.exacts.find, word.exacts)
    own = words.family(family(word.key)) if word.key else -1
    wanted = triples(word.key) if word.key else frozenset[str]()
    bits = sign(map(code, wanted))
    first = words.stems.find(word.stems[0]) if word.stems else -1
    return Known(
        stems=stems,
        exacts=exacts,
        family=own,
        triples=words.triples(wanted),
        of=len(wanted),
        sign=np.uint64(bits),
        hidden=len(wanted) - bits.bit_count(),
        vector=segment.forward.vector(first) if first >= 0 else None,
    )


def _found(find: Any, texts: tuple[str, ...]) -> tuple[int, ...]:
    return tuple(number for text in dict.fromkeys(texts) if (number := find(text)) >= 0)
