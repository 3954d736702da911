"""Writes one generation: a folder with the engine's files, and what Whoosh needs to find its way in it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from ...facets import FACETS, FacetSpec
from ...vectors import StemVectors
from ..articles import encode
from ..base import Document, newest_first
from .column_writer import ColumnsWriter
from .fields import write_fields
from .forward_writer import write_forward
from .spool import Spool
from .stored import StoredWriter

_PER_TOKEN: Final = 160
"""Bytes of memory that a token takes while a batch is inverted: the arrays of `inversion.py`, and their sorting."""


class WhooshBuilder:
    """Builds into an empty folder that is nobody else's.

    memory_mb: how much is inverted at a time.
    """

    def __init__(self, folder: Path, *, memory_mb: int, facets: Mapping[str, FacetSpec] = FACETS) -> None:
        self._folder = folder
        self._step = (max(1, memory_mb) << 20) // _PER_TOKEN
        self._columns = ColumnsWriter(facets)
        self._last: tuple[bool, int, str] | None = None
        self._articles = StoredWriter(folder)
        self._spool = Spool(folder)

    def add(self, document: Document) -> None:
        """Take one more document.

        Raises:
            ValueError: it is out of order (`newest_first`), its id was there before, or it is not valid Unicode.
        """
        article = document.article
        stored = encode(article)
        place = newest_first(article)
        if self._last is not None and place <= self._last:
            raise ValueError(f"article {article.id!r} is out of order: {place} after {self._last}")
        if article.id in self._columns:
            raise ValueError(f"article {article.id!r} was added before")
        self._articles.add(stored)
        self._columns.add(document)
        self._spool.add(document)
        self._last = place

    def finish(self, vectors: StemVectors | None = None) -> None:
        """Write what is left; afterwards the folder can be opened by the engine."""
        from . import toc  # it loads Whoosh, megabytes that a process which only serves never needs

        self._articles.finish()
        tokens = self._spool.finish(self._step)
        stems = write_fields(self._folder, tokens)
        write_forward(self._folder, tokens, self._spool.spans, vectors or StemVectors.none())
        self._spool.remove()
        self._columns.finish(self._folder, stems)
        toc.write(self._folder, len(self._columns))

    def abort(self) -> None:
        """Close all files."""
        self._articles.abort()
        self._spool.abort()
