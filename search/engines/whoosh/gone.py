"""What is gone with articles that are gone: from how many of them each exact form and each family is missing now."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .postings import starts_of
from .segment import Segment

Ints = NDArray[np.int64]
Numbers = NDArray[np.uint32]

_TOGETHER = 4096
"""Articles that are looked at together."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Numbers of forms, families or stems, rising, and how many of some articles have each."""

    numbers: Numbers
    df: Numbers


@dataclass(frozen=True, slots=True)
class Gone:
    """What some articles of a segment have."""

    exacts: Counted
    families: Counted
    stems: Counted


def gone_of(segment: Segment, articles: Ints) -> Gone:
    """Count what these articles (rising) have."""
    words, forward = segment.words, segment.forward
    counts = [np.zeros(size, np.int64) for size in (len(words.exacts), words.families, len(words.stems))]
    for first in range(0, len(articles), _TOGETHER):
        some = articles[first : first + _TOGETHER]
        owner = np.repeat(np.arange(len(some)), forward.lengths(some))
        surfaces = forward.tokens(some)
        stems, whose = words.listed("stem", surfaces)
        for count, numbers, owners in (
            (counts[0], words.exact_of(surfaces), owner),
            (counts[1], words.family_of(surfaces), owner),
            (counts[2], stems, owner[whose]),
        ):
            pairs = np.sort(owners << 32 | numbers.astype(np.int64))
            count += np.bincount(pairs[starts_of(pairs)] & 0xFFFFFFFF, minlength=len(count))
    return Gone(*map(_counted, counts))


def live_stems(segments: Iterable[tuple[Segment, Gone | None]]) -> int:
    """How many different stems the articles have that are not gone."""
    hashes = []
    for segment, gone in segments:
        df = segment.fields.dfs()[: len(segment.words.stems)]
        if gone is not None:
            df[gone.stems.numbers] -= gone.stems.df
        hashes.append(segment.words.stems.hashes(df > 0))
    return len(np.unique(np.concatenate([np.zeros(0, np.uint64), *hashes])))


def _counted(counts: Ints) -> Counted:
    held = np.flatnonzero(counts)
    return Counted(held.astype(np.uint32), counts[held].astype(np.uint32))
