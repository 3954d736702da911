"""Writes one generation: a Whoosh index of a single segment, and our own files."""

from collections.abc import Mapping
from pathlib import Path

from ...facets import FACETS, FacetSpec
from ...kazakh import Terms
from ...vectors import StemVectors
from ..articles import encode
from ..base import BODY_GAP, Document, newest_first
from .column_writer import ColumnsWriter
from .forward_writer import write_forward
from .schema import EXACT, INDEX_NAME, STEM, codec, schema
from .spool import Spool
from .stock import FileIndex, SegmentWriter
from .storage import Storage
from .stored import StoredWriter

Places = dict[str, list[int]]


class WhooshBuilder:
    """Builds into an empty folder that is nobody else's, so Whoosh's lock is not taken and none can be left behind.

    memory_mb: when so much is held, Whoosh sorts it out to disk.
    """

    def __init__(self, folder: Path, *, memory_mb: int, facets: Mapping[str, FacetSpec] = FACETS) -> None:
        self._folder = folder
        self._spool = Spool(folder)
        self._articles = StoredWriter(folder)
        self._storage = Storage(folder)
        self._columns = ColumnsWriter(facets)
        self._stems: set[str] = set()
        self._last: tuple[bool, int, str] | None = None
        index = FileIndex.create(self._storage, schema(), INDEX_NAME)
        self._writer = SegmentWriter(index, _lk=False, limitmb=max(1, memory_mb), codec=codec(), compound=False)

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
        stems: Places = {}
        exacts: Places = {}
        _place(document.title, 0, stems, exacts)
        _place(document.body, len(document.title.exacts) + BODY_GAP, stems, exacts)
        self._writer.add_document(**{STEM: stems, EXACT: exacts})
        self._articles.add(stored)
        self._columns.add(document)
        self._spool.add(document)
        self._stems.update(stems)
        self._last = place

    def finish(self, vectors: StemVectors | None = None) -> None:
        """Write what is left; afterwards the folder can be opened by the engine."""
        segment = self._writer.newsegment.segid if len(self._columns) else ""
        self._writer.commit(merge=False)
        self._storage.close()
        write_forward(self._folder, self._spool.finish(), vectors or StemVectors.none())
        self._spool.remove()
        self._articles.finish()
        self._columns.finish(self._folder, segment, len(self._stems))

    def abort(self) -> None:
        """Close all files. Whoosh's own way to cancel writes first, which fails on a full disk, so it is not used."""
        self._storage.close()
        self._spool.abort()
        self._articles.abort()


def _place(terms: Terms, start: int, stems: Places, exacts: Places) -> None:
    """Add the positions of a text that begins at position `start`."""
    for position, (exact, readings) in enumerate(zip(terms.exacts, terms.stems, strict=True), start):
        exacts.setdefault(exact, []).append(position)
        for stem in dict.fromkeys(readings):
            stems.setdefault(stem, []).append(position)
