"""The tokens of all articles on their way to disk: what postings and the forward index are made of."""

import os
from array import array
from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ...kazakh import Terms
from ...rows import rows_of
from ..batch import Batch
from .spans import SpanSpool
from .tokens import Surface, Tokens

_NAME: Final = "tokens.tmp"
_HELD: Final = 1 << 20
"""Surfaces of articles in memory before they go to disk."""


class Spool:
    """Numbers surfaces as they come; what it holds in memory grows with the vocabulary, hardly with the articles."""

    def __init__(self, folder: Path) -> None:
        self.spans = SpanSpool(folder)
        self._path = folder / _NAME
        self._file = self._path.open("wb")
        self._surfaces: defaultdict[Surface, int] = defaultdict()
        self._surfaces.default_factory = self._surfaces.__len__
        self._lengths = array("I")
        self._held = array("I")

    def add(self, title: Terms, body: Terms) -> None:
        """Take the analysis of one more article."""
        self._add(title)
        self._add(body)
        if len(self._held) > _HELD:
            self._flush()

    def take(self, batch: Batch) -> None:
        """Take some more articles; their numbers of words must be explained to `finish`."""
        self._file.write(np.ascontiguousarray(batch.words, np.uint32).data)
        self.spans.take(batch.starts, batch.sizes, batch.lengths)
        self._lengths.frombytes(batch.lengths.astype(np.uint32).tobytes())

    def finish(self, step: int, words: Iterable[Surface] | None = None) -> Tokens:
        """All tokens; their file stays until `remove`. step: see `Tokens`. words: for articles that came in batches."""
        self._flush()
        self._file.close()
        surfaces, numbers = rows_of(self._surfaces if words is None else words)
        self._surfaces.clear()
        self._renumber(numbers)
        lengths = np.array(self._lengths, np.int64)
        starts = np.concatenate([[0], np.cumsum(lengths[::2] + lengths[1::2])])
        return Tokens(self._path, surfaces, starts, lengths[::2].astype(np.uint32), step)

    def remove(self) -> None:
        """Remove the file of the tokens."""
        self._path.unlink()

    def abort(self) -> None:
        """Let go of the file; what a full disk could not take is lost."""
        with suppress(OSError):
            self._file.close()
        self.spans.abort()

    def _add(self, terms: Terms) -> None:
        self.spans.add(terms)
        rows = zip(terms.exacts, terms.keys, terms.stems, strict=True)
        self._held.extend(map(self._surfaces.__getitem__, rows))
        self._lengths.append(len(terms.exacts))

    def _renumber(self, numbers: NDArray[np.uint32]) -> None:
        with self._path.open("r+b") as file:
            while len(piece := np.fromfile(file, np.uint32, _HELD)):
                file.seek(-piece.nbytes, os.SEEK_CUR)
                file.write(numbers[piece].data)

    def _flush(self) -> None:
        self._held.tofile(self._file)
        del self._held[:]
