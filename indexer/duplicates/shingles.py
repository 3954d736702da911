"""Shingles: the stretches of so many words of a text, as numbers (Broder, «On the resemblance», 1997)."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from .words import Keys

WIDTH: Final = 3
"""Words of a shingle. Of two, too many stand in other texts as well; of four, one edited word spoils too many."""

_TIMES: Final = np.uint64(0x9E3779B97F4A7C15)
_MORE: Final = np.uint64(0xBF58476D1CE4E5B9)
_HALF: Final = np.uint64(32)


def shingles(words: Keys) -> Keys:
    """The shingles of a text, one for each word but the last two, in its order."""
    if len(words) < WIDTH:
        return np.zeros(0, np.uint64)
    mixed = words[: len(words) - WIDTH + 1].copy()
    for at in range(1, WIDTH):
        mixed *= _TIMES
        mixed += words[at : len(words) - WIDTH + 1 + at]
    mixed ^= mixed >> _HALF
    mixed *= _MORE
    mixed ^= mixed >> _HALF
    return mixed


def shingles_of(words: Keys, starts: NDArray[Any]) -> tuple[Keys, NDArray[np.int64]]:
    """The shingles of many texts that follow each other, and where those of each begin (one more).

    starts: where the words of each text begin (one more), from 0 on.
    """
    counts = np.maximum(np.diff(starts).astype(np.int64) - (WIDTH - 1), 0)
    begins = np.concatenate([[0], np.cumsum(counts)])
    inside = np.repeat(starts[:-1].astype(np.int64) - begins[:-1], counts) + np.arange(begins[-1])
    return shingles(words)[inside] if len(inside) else np.zeros(0, np.uint64), begins
