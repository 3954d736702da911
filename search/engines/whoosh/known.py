"""What the segments know of a word of a query: its numbers and figures there, looked up once and kept for a while."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ...query.nodes import Term
from ...ranking import family, triples
from ...vectors import Vector, whole
from .postings import starts_of
from .segment import Segment
from .segments import Segments
from .words import SIGNS, Words, code, sign

Array = NDArray[Any]
Ints = NDArray[np.int64]

STEM: Final = 0
EXACT: Final = 1
FAMILY: Final = 2
KEY: Final = 3
KINDS: Final = 4
"""What a surface may have of a word: any of its stems, one of its exact forms, its family, its key."""


@dataclass(frozen=True, slots=True)
class Known:
    """What one segment knows.

    surfaces: those that have anything of it. has: what each of them has, as bits 1 << STEM, …
    triples: the numbers of those that there are; of how many; signs: see `words.sign`; hidden: how many of them share
    a bit of each sign with another one.
    rows: the places of the vectors of its stems.
    """

    surfaces: Ints
    has: NDArray[np.uint8]
    triples: Ints
    of: int
    signs: tuple[int, ...]
    hidden: tuple[int, ...]
    rows: Ints

    @property
    def nbytes(self) -> int:
        """The memory that it takes, about."""
        return 1000 + self.surfaces.nbytes + self.has.nbytes


@dataclass(frozen=True, slots=True)
class KnownWord:
    """What all segments know.

    parts: of each segment. exact_df: articles that have its form, -1 if it has several. family_df: articles that have a
    word of its family. vector: that of its first stem, as whole numbers; direction: the same, of length 1.
    """

    parts: tuple[Known, ...]
    exact_df: int
    family_df: int
    vector: NDArray[np.float32] | None
    direction: Vector | None

    @property
    def nbytes(self) -> int:
        """The memory that it takes, about."""
        return 1000 + sum(part.nbytes for part in self.parts)


def known(segments: Segments, word: Term) -> KnownWord:
    """Look a word up."""
    parts: list[Known] = []
    forms: set[str] = set()
    exact_df = family_df = 0
    for part in segments:
        words = part.segment.words
        exacts = _found(words.exacts.find, word.exacts)
        own = words.family(family(word.key)) if word.key else -1
        parts.append(_known(part.segment, word, exacts, own))
        forms.update(map(words.exacts.text, exacts))
        exact_df += sum(words.exact_df(number) - part.gone("exact", number) for number in exacts)
        if own >= 0:
            family_df += words.family_df(own) - part.gone("family", own)
    vector = next((row for part in segments if (row := _vector(part.segment, word)) is not None), None)
    return KnownWord(
        parts=tuple(parts),
        exact_df=exact_df if len(forms) < 2 else -1,
        family_df=family_df,
        vector=None if vector is None else vector.astype(np.float32),
        direction=None if vector is None else whole(vector),
    )


def _known(segment: Segment, word: Term, exacts: Sequence[int], own: int) -> Known:
    words, forward = segment.words, segment.forward
    stems = _found(words.stems.find, word.stems)
    wanted = triples(word.key) if word.key else frozenset[str]()
    codes = list(map(code, wanted))
    signs = tuple(sign(codes, which) for which in range(len(SIGNS)))
    rows = forward.vector_of(np.array(stems, np.int64))
    lists: list[tuple[Array, int]] = [(words.held("stem", number), STEM) for number in stems]
    lists += [(np.arange(*words.of_exact(number)), EXACT) for number in exacts]
    if own >= 0:
        related = words.held("family", own)
        lists += [(related, FAMILY), (_with_key(words, related, word.key, signs[0]), KEY)]
    surfaces, has = _together(lists)
    return Known(
        surfaces=surfaces,
        has=has,
        triples=words.triples(wanted),
        of=len(wanted),
        signs=signs,
        hidden=tuple(len(wanted) - bits.bit_count() for bits in signs),
        rows=rows[rows >= 0].astype(np.int64),
    )


def _vector(segment: Segment, word: Term) -> NDArray[np.int8] | None:
    """The vector of its first stem; all segments that have it have the same."""
    first = segment.words.stems.find(word.stems[0]) if word.stems else -1
    return segment.forward.vector(first) if first >= 0 else None


def _with_key(words: Words, surfaces: Array, key: str, bits: int) -> Array:
    """Those of these surfaces that have this key, and so its sign."""
    alike = surfaces[words.signs(surfaces) == np.uint64(bits)]
    same: Array = alike[[words.key(number) == key for number in alike.tolist()]]
    return same


def _together(lists: Sequence[tuple[Array, int]]) -> tuple[Ints, NDArray[np.uint8]]:
    """The surfaces that lists have, rising, and of each the kinds of these lists as bits."""
    # Kinds below the surface: what sorts together is then one surface.
    every = np.concatenate([np.zeros(0, np.int64), *(of.astype(np.int64) << KINDS | 1 << kind for of, kind in lists)])
    every.sort()
    surfaces = every >> KINDS
    first = starts_of(surfaces)
    has = np.bitwise_or.reduceat(every & (1 << KINDS) - 1, first) if len(first) else every
    return surfaces[first], has.astype(np.uint8)


def _found(find: Any, texts: tuple[str, ...]) -> tuple[int, ...]:
    return tuple(number for text in dict.fromkeys(texts) if (number := find(text)) >= 0)
