"""A cache that is bounded by the memory of what it holds, and shared between threads."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")

_OVERHEAD = 500
"""Bytes that an entry costs besides what it says: key, objects, links."""


class MemoryCache(Generic[Value]):
    """Keeps the entries used last, in at most `limit` bytes; one that is larger than a quarter of it is not kept."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._size = 0
        self._entries: OrderedDict[Hashable, tuple[Value, int]] = OrderedDict()
        self._lock = Lock()

    @property
    def size(self) -> int:
        """The bytes that are held now."""
        return self._size

    def get(self, key: Hashable) -> Value | None:
        """The entry, which becomes the one used last."""
        with self._lock:
            found = self._entries.get(key)
            if found is None:
                return None
            self._entries.move_to_end(key)
            return found[0]

    def put(self, key: Hashable, value: Value, size: int = 0) -> None:
        """Keep an entry of so many bytes, and let go of the oldest ones that no longer fit."""
        cost = size + _OVERHEAD
        if cost > self._limit // 4:
            return
        with self._lock:
            if key in self._entries:
                return
            while self._size + cost > self._limit:
                _, (_, dropped) = self._entries.popitem(last=False)
                self._size -= dropped
            self._entries[key] = (value, cost)
            self._size += cost

    def clear(self) -> None:
        """Let go of everything."""
        with self._lock:
            self._entries.clear()
            self._size = 0
