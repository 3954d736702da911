"""In how many articles each word is written in which way: what the cases of the vocabulary are counted from.

A mapped file beside the vocabulary, which only the indexer reads: `text`, `ends` are the words in small letters in the
order of their bytes, `small`, `names`, `capitals` (u32) the counts of each.
"""

from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Final

import numpy as np

from ..mapped import Mapped
from ..mapped_writer import MappedWriter
from ..names import Names, in_order
from .capitals import case_of

KIND: Final = "written"
VERSION: Final = 1

_WAYS: Final = ("small", "names", "capitals")


class Written:
    """Counts by word in small letters: of articles that write it so, with one capital, and in capitals."""

    def __init__(self) -> None:
        self._small: Counter[str] = Counter()
        self._names: Counter[str] = Counter()
        self._capitals: Counter[str] = Counter()

    def add(self, word: str, articles: int) -> str:
        """So many more articles (fewer if negative) write a word in this way; the word in small letters."""
        counts = self._small if word.islower() else self._capitals if word.isupper() else self._names
        small = word.lower()
        counts[small] += articles
        return small

    def case(self, word: str) -> int:
        """How most articles write a word, see `capitals.case_of`."""
        return case_of(self._small[word], self._names[word], self._capitals[word])

    def cases(self, words: Iterable[str], count: int) -> "np.ndarray[tuple[int], np.dtype[np.uint8]]":
        """The same of so many words."""
        if not (self._names or self._capitals):
            return np.zeros(count, np.uint8)
        return np.fromiter(map(self.case, words), np.uint8, count)

    def write(self, path: Path) -> None:
        """Write the file; the same counts give the same bytes.

        Raises:
            OSError: it cannot be written.
        """
        words = [word for word in {*self._small, *self._names, *self._capitals} if self._is_counted(word)]
        names, places = in_order({word: number for number, word in enumerate(words)})
        order = np.empty(len(words), np.int64)
        order[places] = np.arange(len(words))
        in_place = [words[at] for at in order.tolist()]
        file = MappedWriter(path, KIND, VERSION)
        try:
            file.add("text", names.text)
            file.add("ends", names.ends.astype(np.uint64))
            for way, counts in zip(_WAYS, (self._small, self._names, self._capitals), strict=True):
                file.add(way, np.fromiter((counts[word] for word in in_place), np.uint32, len(in_place)))
            file.finish()
        finally:
            file.abort()

    @classmethod
    def read(cls, path: Path) -> "Written":
        """The counts of a file.

        Raises:
            IndexCorrupt: it is not what was written.
        """
        found = cls()
        with closing(Mapped(path, KIND, VERSION)) as file:
            words = list(Names(file.whole("text").copy(), file.whole("ends").astype(np.int64)).each())
            for way, counts in zip(_WAYS, (found._small, found._names, found._capitals), strict=True):
                held = file.whole(way)
                some = np.flatnonzero(held)
                counts.update(dict(zip(map(words.__getitem__, some.tolist()), held[some].tolist(), strict=True)))
        return found

    def _is_counted(self, word: str) -> bool:
        return bool(self._small[word] or self._names[word] or self._capitals[word])
