"""Reads Whoosh's files into arrays. Whoosh's searcher, matchers and query parser are not used."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

from ...errors import IndexCorrupt
from .postings import EMPTY, Postings, postings_of
from .schema import INDEX_NAME, POSITION_BYTES, codec, schema, term_bytes
from .stock import SegmentReader, TermNotFound, W3LeafMatcher, W3Segment
from .storage import Storage


class WhooshReader:
    """The postings of one segment; `segment` is empty in an index without articles.

    Whoosh moves one file position per file, so its calls take turns under a lock; the arrays they give are free.
    """

    def __init__(self, folder: Path, segment: str, documents: int) -> None:
        self._folder = folder
        self._documents = documents
        self._lock = Lock()
        self._storage = Storage(folder)
        self._reader: Any = None
        if segment:
            try:
                with self._reading():
                    made = W3Segment(codec(), INDEX_NAME, documents, segment)
                    self._reader = SegmentReader(self._storage, schema(), made)
            except IndexCorrupt:
                self._storage.close()
                raise

    def postings(self, field: str, term: str) -> Postings:
        """Where the term stands; EMPTY if it is not in the index."""
        if self._reader is None:
            return EMPTY
        with self._lock, self._reading():
            try:
                matcher = self._reader.postings(field, term_bytes(term))
            except TermNotFound:
                return EMPTY
            return self._checked(_arrays(matcher))

    def close(self) -> None:
        """Close all files."""
        self._storage.close()

    def _checked(self, postings: Postings) -> Postings:
        ids, tf = postings.ids, postings.tf
        if ids[0] < 0 or ids[-1] >= self._documents or (np.diff(ids) <= 0).any() or tf.sum() != len(postings.positions):
            raise ValueError("a posting list does not add up")
        return postings

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Whatever Whoosh stumbles over (it has no errors of its own for it) means a damaged index."""
        try:
            yield
        except Exception as error:
            raise IndexCorrupt(self._folder, f"reading failed with {type(error).__name__}: {error}") from error


def _arrays(matcher: W3LeafMatcher) -> Postings:
    """All blocks of a posting list at once. A block holds (differences of ids, weights, values)."""
    ids: list[Any] = []
    values: list[bytes] = []
    while matcher.is_active():
        matcher._read_data()
        differences, _, held = matcher._data
        ids.append(np.cumsum(np.array(differences, np.int64)))
        values.extend(held)
        matcher._next_block()
    tf = np.fromiter((len(value) // POSITION_BYTES for value in values), np.int64, len(values))
    positions = np.frombuffer(b"".join(values), "<u4").astype(np.uint32)
    return postings_of(np.concatenate(ids), tf, positions)
