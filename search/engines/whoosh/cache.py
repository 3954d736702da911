"""A cache of posting lists that is bounded by their memory and shared between threads."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock

from .postings import Postings

_OVERHEAD = 500
"""Bytes that an entry costs besides its arrays: key, objects, links."""


class PostingCache:
    """Keeps the entries used last, in at most `limit` bytes; one that is larger than a quarter of it is not kept."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._size = 0
        self._entries: OrderedDict[Hashable, Postings] = OrderedDict()
        self._lock = Lock()

    @property
    def size(self) -> int:
        """The bytes that are held now."""
        return self._size

    def get(self, key: Hashable) -> Postings | None:
        """The entry, which becomes the one used last."""
        with self._lock:
            found = self._entries.get(key)
            if found is not None:
                self._entries.move_to_end(key)
            return found

    def put(self, key: Hashable, postings: Postings) -> None:
        """Keep an entry and let go of the oldest ones that no longer fit."""
        cost = postings.nbytes + _OVERHEAD
        if cost > self._limit // 4:
            return
        with self._lock:
            if key in self._entries:
                return
            self._entries[key] = postings
            self._size += cost
            while self._size > self._limit:
                _, dropped = self._entries.popitem(last=False)
                self._size -= dropped.nbytes + _OVERHEAD

    def clear(self) -> None:
        """Let go of everything."""
        with self._lock:
            self._entries.clear()
            self._size = 0
