"""The bodies of all articles of an index that is being built, as hashes of their fold keys."""

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from search.texts import Texts, steps

from .words import Keys, key_hashes

_STEP: Final = 1 << 17
"""Tokens that are read together, if no article has more."""


class Bodies:
    """Of each article the words of its body, by its number; and of all of them, some articles at a time."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._hashes = key_hashes(key for _, key, _ in texts.surfaces)
        self._starts = texts.starts.astype(np.int64)
        self._bodies = self._starts[:-1] + texts.titles
        self._flat: NDArray[np.uint32] = np.zeros(0, np.uint32)
        if self._starts[-1]:
            self._flat = np.memmap(texts.flat, np.uint32, "r")

    def __call__(self, number: int) -> Keys:
        """The words of one body."""
        return self._hashes[self._flat[self._bodies[number] : self._starts[number + 1]]]

    def steps(self) -> Iterator[tuple[Keys, NDArray[np.int64]]]:
        """The words of some bodies that follow each other, and where those of each begin (one more)."""
        for first, tokens, starts in steps(self._texts, _STEP):
            titles = self._texts.titles[first : first + len(starts) - 1].astype(np.int64)
            sizes = np.diff(starts) - titles
            inside = np.repeat(np.tile([False, True], len(sizes)), np.column_stack([titles, sizes]).ravel())
            yield self._hashes[tokens[inside]], np.concatenate([[0], np.cumsum(sizes)])
