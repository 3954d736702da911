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
from numpy.typing import NDArray

from ..mapped import Mapped
from ..mapped_writer import MappedWriter
from ..names import Names, names_of
from .capitals import case_of
from .columns import merged
from .strings import Strings

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

    def cases(self, words: Iterable[str], count: int) -> NDArray[np.uint8]:
        """The same of so many words."""
        if not (self._names or self._capitals):
            return np.zeros(count, np.uint8)
        return np.fromiter(map(self.case, words), np.uint8, count)

    def write(self, path: Path) -> None:
        """Write the file; the same counts give the same bytes.

        Raises:
            OSError: it cannot be written.
        """
        words = sorted(self.words())
        _write(path, names_of(words), np.array([self.counts(word) for word in words], np.int64).reshape(-1, 3))

    def words(self) -> set[str]:
        """The words that are counted, in small letters."""
        every = (self._small, self._names, self._capitals)
        return {word for counts in every for word, count in counts.items() if count}

    def counts(self, word: str) -> tuple[int, int, int]:
        """In how many articles a word is written so, with one capital, and in capitals."""
        return self._small[word], self._names[word], self._capitals[word]


class Cases:
    """How words are written, as a file says."""

    def __init__(self, names: Names, counts: NDArray[np.int64]) -> None:
        self._strings, self._counts = Strings(names.text, names.ends), counts

    def case(self, word: str) -> int:
        """See `Written.case`."""
        at = self._strings.find(word)
        return case_of(0, 0, 0) if at is None else case_of(*self._counts[at].tolist())


def patched(old: Path, new: Path, changed: Written) -> Cases:
    """Write the file `new`: the counts of the old one and what changed of them, which is negative where articles went.

    Raises:
        IndexCorrupt: the old one is not what was written.
        OSError: it cannot be written.
    """
    with closing(Mapped(old, KIND, VERSION)) as file:
        names = Names(file.whole("text"), file.whole("ends").astype(np.int64))
        counts = np.column_stack([file.whole(way).astype(np.int64) for way in _WAYS])
        names, counts, _ = merged(names, counts, {word: changed.counts(word) for word in changed.words()})
    _write(new, names, counts)
    return Cases(names, counts)


def _write(path: Path, names: Names, counts: NDArray[np.int64]) -> None:
    file = MappedWriter(path, KIND, VERSION)
    try:
        file.add("text", names.text)
        file.add("ends", names.ends.astype(np.uint64))
        for way, held in zip(_WAYS, counts.T, strict=True):
            file.add(way, held.astype(np.uint32))
        file.finish()
    finally:
        file.abort()
