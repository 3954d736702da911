"""Writes one segment: a folder with its four files."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from ...kazakh import Row, Terms
from ...vectors import StemVectors
from ..batch import Batch
from .beside import Beside
from .columns import SegmentFacts
from .fields import write_fields
from .forward_writer import write_forward
from .spool import Spool
from .stored import StoredWriter
from .tokens import Tokens
from .words_writer import write_words

_PER_TOKEN: Final = 256
"""Tokens that are inverted together take about 55 bytes each (`inversion.py` and its sort). With so many reckoned they
take a fifth of the memory; the rest is for words and columns, which a million articles fill.
"""

_TOGETHER: Final = 50
"""Articles that are compressed together where they come one by one."""


class SegmentWriter:
    """Takes articles in the house order, one by one or in batches, not both.

    memory_mb: how much is inverted at a time.
    """

    def __init__(self, folder: Path, memory_mb: int) -> None:
        folder.mkdir()
        self._folder = folder
        self._step = (max(1, memory_mb) << 20) // _PER_TOKEN
        self._articles = StoredWriter(folder)
        # Compressing needs the interpreter only to begin and to end.
        self._storing = Beside(self._articles.add)
        self._held: list[bytes] = []
        self._spool = Spool(folder)
        self._tokens: Tokens | None = None

    def add(self, stored: bytes, title: Terms, body: Terms) -> None:
        """Take one more article, as `articles.encode` gives it, with its analysis."""
        self._held.append(stored)
        if len(self._held) >= _TOGETHER:
            self._storing.give(self._held)
            self._held = []
        self._spool.add(title, body)

    def take(self, batch: Batch) -> None:
        """Take some more articles."""
        self._storing.give(batch.stored)
        self._spool.take(batch)

    def texts(self, words: Iterable[Row]) -> Tokens:
        """The texts of all batches, whose file stays until `finish`. words: what each number means; rows may repeat."""
        self._tokens = self._spool.finish(self._step, words)
        return self._tokens

    def finish(self, vectors: Callable[[], StemVectors]) -> tuple[SegmentFacts, int, StemVectors]:
        """Write what is left: the segment, how many stems it has, and the vectors as they are settled.

        vectors: called as late as can be.
        """
        self._storing.give(self._held)
        self._storing.finish()
        self._articles.finish()
        tokens, self._tokens = self._tokens or self._spool.finish(self._step), None
        df = write_fields(self._folder, tokens)
        write_words(self._folder, tokens)
        settled = write_forward(self._folder, tokens, self._spool.spans, df, vectors())
        self._spool.remove()
        average = int(tokens.starts[-1]) / max(len(tokens.titles), 1)
        return SegmentFacts(self._folder.name, average, is_whole=True), len(df), settled

    def abort(self) -> None:
        """Close all files."""
        self._storing.stop()
        self._articles.abort()
        self._spool.abort()
