"""The tokens of all articles on their way to disk: what postings and the forward index are made of."""

from array import array
from collections import defaultdict
from contextlib import suppress
from pathlib import Path
from typing import Final

import numpy as np

from ...kazakh import Terms
from ..base import Document
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
        self._starts = array("q", [0])
        self._titles = array("I")
        self._held = array("I")

    def add(self, document: Document) -> None:
        """Take one more article."""
        self._add(document.title)
        self._add(document.body)
        self._titles.append(len(document.title.exacts))
        self._starts.append(self._starts[-1] + len(document.title.exacts) + len(document.body.exacts))
        if len(self._held) > _HELD:
            self._flush()

    def finish(self, step: int) -> Tokens:
        """All tokens; their file stays until `remove`. step: see `Tokens`."""
        self._flush()
        self._file.close()
        surfaces = list(self._surfaces)
        self._surfaces.clear()
        starts, titles = np.array(self._starts, np.int64), np.array(self._titles, np.int64)
        return Tokens(self._path, surfaces, starts, titles, step)

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

    def _flush(self) -> None:
        self._held.tofile(self._file)
        del self._held[:]
