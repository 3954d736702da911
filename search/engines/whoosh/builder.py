"""Writes one generation: a folder with the engine's files, and what Whoosh needs to find its way in it."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from ...facets import FACETS, FacetSpec
from ...kazakh import Row
from ...vectors import StemVectors
from ..articles import encode
from ..base import Document, newest_first
from ..batch import Array, Batch
from .beside import Beside
from .column_writer import ColumnsWriter
from .fields import write_fields
from .forward_writer import write_forward
from .spool import Spool
from .stored import StoredWriter
from .tokens import Tokens

_PER_TOKEN: Final = 160
"""Bytes of memory that a token takes while a batch is inverted: the arrays of `inversion.py`, and their sorting."""

_TOGETHER: Final = 50
"""Articles that are compressed together where they come one by one."""


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
        # Compressing takes as long as all else that is done here, and needs the interpreter only to begin and to end.
        self._storing = Beside(self._store)
        self._held: list[bytes] = []
        self._spool = Spool(folder)
        self._tokens: Tokens | None = None

    def add(self, document: Document) -> None:
        """Take one more document.

        Raises:
            ValueError: it is out of order (`newest_first`), its id was there before, or it is not valid Unicode.
        """
        article = document.article
        stored = encode(article)
        self._follow(newest_first(article))
        self._held.append(stored)
        if len(self._held) >= _TOGETHER:
            self._storing.give(self._held)
            self._held = []
        self._columns.add(document)
        self._spool.add(document)

    def take(self, batch: Batch) -> None:
        """Take some more articles; raises as `add`."""
        if len(set(batch.ids)) < len(batch.ids):
            raise ValueError("a batch holds an id twice")
        for moment, article_id in zip(batch.moments, batch.ids, strict=True):
            self._follow((moment is None, -(moment or 0), article_id))
        self._storing.give(batch.stored)
        self._columns.take(batch)
        self._spool.take(batch)

    def texts(self, words: Sequence[Row]) -> Tokens:
        """The texts of all batches, whose file stays until `finish`. words: what each number means; rows may repeat."""
        self._tokens = self._spool.finish(self._step, words)
        return self._tokens

    def finish(
        self, vectors: StemVectors | Callable[[], StemVectors] | None = None, clusters: Array | None = None
    ) -> None:
        """Write what is left; afterwards the folder can be opened by the engine."""
        from . import toc  # it loads Whoosh, megabytes that a process which only serves never needs

        self._storing.give(self._held)
        self._storing.finish()
        self._articles.finish()
        tokens = self._tokens or self._spool.finish(self._step)
        if clusters is not None:
            self._columns.say_the_same(clusters)
        stems = write_fields(self._folder, tokens)
        known = vectors() if callable(vectors) else vectors or StemVectors.none()
        write_forward(self._folder, tokens, self._spool.spans, known)
        self._spool.remove()
        self._columns.finish(self._folder, stems)
        toc.write(self._folder, len(self._columns))

    def abort(self) -> None:
        """Close all files."""
        self._storing.stop()
        self._articles.abort()
        self._spool.abort()

    def _store(self, articles: Sequence[bytes]) -> None:
        for article in articles:
            self._articles.add(article)

    def _follow(self, place: tuple[bool, int, str]) -> None:
        """Note that the article of this place comes next."""
        if self._last is not None and place <= self._last:
            raise ValueError(f"article {place[2]!r} is out of order: {place} after {self._last}")
        if place[2] in self._columns:
            raise ValueError(f"article {place[2]!r} was added before")
        self._last = place
