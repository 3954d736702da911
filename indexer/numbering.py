"""Words as numbers: what is sent between processes is a number for each word, and each word itself only once."""

from array import array
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count, islice
from operator import itemgetter
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

K = TypeVar("K")

Numbers = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class News(Generic[K]):
    """The words that came since the last time. anew: whether all were forgotten before, so that numbers began at 0."""

    anew: bool
    words: list[tuple[K, str]]


class Local(Generic[K]):
    """Numbers the words of one process as they come, apart for each kind K."""

    def __init__(self) -> None:
        self.forget()

    def __len__(self) -> int:
        """How many words are held."""
        return self._told

    def forget(self) -> None:
        """Forget all: they come as new again. What came last must have been told."""
        self._told = 0
        self._told_of: dict[K, int] = {}
        self._next = count().__next__
        self._words: dict[K, defaultdict[str, int]] = {}

    def of(self, words: Iterable[str], kind: K) -> "map[int]":
        """The number of each word."""
        return map(self._known(kind).__getitem__, words)

    def news(self) -> News[K]:
        """What came since the last time."""
        fresh = [
            (number, kind, word)
            for kind, known in self._words.items()
            for word, number in islice(reversed(known.items()), len(known) - self._told_of.get(kind, 0))
        ]
        fresh.sort(key=itemgetter(0))
        news = News(not self._told, [(kind, word) for _, kind, word in fresh])
        self._told += len(fresh)
        self._told_of = {kind: len(known) for kind, known in self._words.items()}
        return news

    def _known(self, kind: K) -> defaultdict[str, int]:
        known = self._words.get(kind)
        if known is None:
            known = self._words[kind] = defaultdict(self._next)
        return known


class Shared(Generic[K]):
    """The numbers of all processes as one: words are numbered in the order in which what they send is taken.

    words, kinds: of each number the word and its kind.
    """

    def __init__(self, processes: int) -> None:
        self.words: list[str] = []
        self.kinds: list[K] = []
        self._numbers: dict[K, dict[str, int]] = {}
        self._of_process = [array("I") for _ in range(processes)]
        self._count = 0

    def __len__(self) -> int:
        """How many words there are."""
        return self._count

    def take(self, process: int, news: News[K], numbers: Numbers) -> Numbers:
        """What a process sent, in our numbers."""
        its = self._of_process[process]
        if news.anew:
            del its[:]
        for kind, word in news.words:
            known = self._numbers.setdefault(kind, {})
            number = known.get(word)
            if number is None:
                number = known[word] = self._count
                self._count += 1
                self.words.append(word)
                self.kinds.append(kind)
            its.append(number)
        return self.known(process, numbers)

    def known(self, process: int, numbers: Numbers) -> Numbers:
        """Words that a process sent before, in our numbers."""
        found: Numbers = np.frombuffer(self._of_process[process], np.uint32)[numbers]
        return found

    def close(self) -> None:
        """Let go of what is needed to take more; `words` and `kinds` stay."""
        self._numbers.clear()
        self._of_process.clear()


class Counts:
    """How often each number came."""

    def __init__(self) -> None:
        self._counts = np.zeros(1 << 16, np.int64)

    def add(self, numbers: Numbers) -> None:
        """Take some more."""
        more = np.bincount(numbers)
        if len(more) > len(self._counts):
            self._counts = np.append(self._counts, np.zeros(len(more) + len(self._counts), np.int64))
        self._counts[: len(more)] += more

    def of(self, count: int) -> NDArray[np.int64]:
        """The counts of the first so many numbers."""
        found = np.zeros(count, np.int64)
        some = self._counts[:count]
        found[: len(some)] = some
        return found
