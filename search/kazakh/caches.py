"""What is remembered of words, within bounds: a small and a large vocabulary are both read at speed."""

from collections.abc import Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Cache(Generic[K, V]):
    """Values of words, apart for each kind K of text. Safe to share between threads.

    most: entries held at the most, of all kinds together.

    Two generations: entries are added to the young one; when half of all entries are in it, it becomes the old one,
    and the old one is dropped. What is asked for in the old one moves to the young one. So the latest words stay,
    and never are all words forgotten at once.
    """

    def __init__(self, most: int) -> None:
        self._half = max(1, most // 2)
        self._young: dict[K, dict[str, V]] = {}
        self._old: dict[K, dict[str, V]] = {}

    def __len__(self) -> int:
        return _count(self._young) + _count(self._old)

    def young(self, kind: K) -> dict[str, V]:
        """Some of the values, for reading many at once; for each that it lacks ask `get`."""
        return self._young.get(kind) or {}

    def get(self, kind: K, word: str) -> V | None:
        """The value of a word, or None if it is not remembered."""
        value = self.young(kind).get(word)
        if value is None and kind in self._old:
            value = self._old[kind].get(word)
            if value is not None:
                self.put(kind, word, value)
        return value

    def put(self, kind: K, word: str, value: V) -> None:
        """Remember a value."""
        if _count(self._young) >= self._half:
            self._old, self._young = self._young, {}
        self._young.setdefault(kind, {})[word] = value


def _count(generation: dict[K, dict[str, V]]) -> int:
    return sum(map(len, tuple(generation.values())))
