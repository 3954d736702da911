"""Answers that a worker keeps in its memory to give them again: bounded, the least recently used ones leave first."""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Final

from search.querylog import Asked

MOST_ENTRIES: Final = 10_000
LARGEST_SHARE: Final = 16
"""An answer larger than this part of the room is not kept: it would push out too many others."""

_OVERHEAD: Final = 1_000
"""Bytes of an entry besides its texts, generously."""


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """The bytes of an answer with its own headers, and what the query log says of it, if anything."""

    body: bytes
    headers: tuple[tuple[str, str], ...]
    asked: Asked | None = None


class KeptAnswers:
    """At most `most_bytes` of answers; 0 keeps none. Safe to share between threads."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self._lock = Lock()
        self._entries: OrderedDict[str, KeptAnswer] = OrderedDict()
        self._bytes = 0

    @property
    def bytes(self) -> int:
        """How much memory the answers take, estimated from above."""
        return self._bytes

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: str) -> KeptAnswer | None:
        """The answer under this key, which counts as used now."""
        with self._lock:
            answer = self._entries.get(key)
            if answer is not None:
                self._entries.move_to_end(key)
            return answer

    def put(self, key: str, answer: KeptAnswer) -> None:
        """Keep an answer, unless it is too large."""
        size = _size(key, answer)
        if size > self.most_bytes // LARGEST_SHARE:
            return
        with self._lock:
            old = self._entries.pop(key, None)
            self._bytes += size - (_size(key, old) if old else 0)
            self._entries[key] = answer
            while self._bytes > self.most_bytes or len(self._entries) > MOST_ENTRIES:
                gone, answer = self._entries.popitem(last=False)
                self._bytes -= _size(gone, answer)


def _size(key: str, answer: KeptAnswer) -> int:
    """In bytes; a character of a text takes up to four."""
    asked = len(answer.asked.text) if answer.asked else 0
    return len(answer.body) + 4 * (len(key) + asked + sum(len(n) + len(v) for n, v in answer.headers)) + _OVERHEAD
