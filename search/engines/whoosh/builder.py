"""Writes one generation: a folder with the engine's files, and what Whoosh needs to find its way in it."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from ...facets import FACETS, FacetSpec
from ...kazakh import Row
from ...vectors import StemVectors
from ..articles import encode
from ..base import Document, newest_first
from ..batch import Array, Batch
from .column_writer import ColumnsWriter
from .segment_writer import SegmentWriter
from .settled import write_settled
from .table import write_columns
from .tokens import Tokens

FIRST: Final = "s0"
"""The folder of the segment of a generation that was made in one go."""


class WhooshBuilder:
    """Builds into an empty folder that is nobody else's.

    memory_mb: how much is inverted at a time.
    """

    def __init__(self, folder: Path, *, memory_mb: int, facets: Mapping[str, FacetSpec] = FACETS) -> None:
        self._folder = folder
        self._columns = ColumnsWriter(facets)
        self._segment = SegmentWriter(folder / FIRST, memory_mb)

    def add(self, document: Document) -> None:
        """Take one more document.

        Raises:
            ValueError: it is out of order (`newest_first`), its id was there before, or it is not valid Unicode.
        """
        stored = encode(document.article)
        self._columns.follow(newest_first(document.article))
        self._segment.add(stored, document.title, document.body)
        self._columns.add(document)

    def take(self, batch: Batch) -> None:
        """Take some more articles; raises as `add`."""
        self._columns.follow_all(batch)
        self._segment.take(batch)
        self._columns.take(batch)

    def texts(self, words: Iterable[Row]) -> Tokens:
        """The texts of all batches, whose file stays until `finish`. words: what each number means; rows may repeat."""
        return self._segment.texts(words)

    def finish(
        self, vectors: StemVectors | Callable[[], StemVectors] | None = None, clusters: Array | None = None
    ) -> None:
        """Write what is left; afterwards the folder can be opened by the engine."""
        from . import toc  # it loads Whoosh, megabytes that a process which only serves never needs

        if clusters is not None:
            self._columns.say_the_same(clusters)
        known = vectors if callable(vectors) else partial(_given, vectors or StemVectors.none())
        facts, stems, settled = self._segment.finish(known)
        write_settled(self._folder, settled)
        write_columns(self._folder, self._columns.table(), stems, [facts], {})
        toc.write(self._folder)

    def abort(self) -> None:
        """Close all files."""
        self._segment.abort()


def _given(vectors: StemVectors) -> StemVectors:
    return vectors
