"""The articles themselves, each compressed on its own, in a mapped file.

    dictionary      what many articles hold; may be empty
    blob, ends      the articles, one after another, and where each begins (one more)

zlib (RFC 1951, without its frame: the file has checksums) with a preset dictionary: alone, an article is too short to
repeat much of itself. The dictionary is made of the articles that come first: words and runs of words that stand in
several of them, those that save most at its end, which costs the fewest bits to point to.
"""

import re
import zlib
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final

import numpy as np

from ...errors import IndexCorrupt
from ...mapped import Mapped, MappedWriter
from .sidecar import OWN

NAME: Final = "articles" + OWN
KIND: Final = "articles"
VERSION: Final = 1

DICTIONARY: Final = 1 << 15
"""Bytes that zlib can look back; no dictionary is longer."""

SAMPLE: Final = 1 << 20
"""Bytes of articles that the dictionary is made of; an archive with less than a quarter of it has none."""

_LEVEL: Final = 5
_RUN: Final = 4
_BEGINNINGS: Final = (8, 10, 12, 14, 16)
_SHORTEST: Final = 5
_POINTER: Final = 3
"""Bytes that pointing into the dictionary costs, about."""
_WORD: Final = re.compile(rb" ?[^ ]+")
_RAW: Final = -zlib.MAX_WBITS


class StoredWriter:
    """Takes one article after another; holds a sample of them until there is a dictionary, and then none."""

    def __init__(self, folder: Path) -> None:
        self._file = MappedWriter(folder / NAME, KIND, VERSION)
        self._open = ExitStack()
        self._sample: list[bytes] = []
        self._held = 0
        self._ends = array("Q", [0])

    def add(self, article: bytes) -> None:
        """Take one more article."""
        if self._held >= SAMPLE:
            self._put(article)
            return
        self._sample.append(article)
        self._held += len(article)
        if self._held >= SAMPLE:
            self._begin()

    def finish(self) -> None:
        """Write what is left, and close the file."""
        if self._held < SAMPLE:
            self._begin()
        self._open.close()
        self._file.add("ends", np.array(self._ends, np.uint64))
        self._file.finish()

    def abort(self) -> None:
        """Let go of the file."""
        self._file.abort()

    def _begin(self) -> None:
        made = dictionary(self._sample) if 4 * self._held >= SAMPLE else b""
        self._file.add("dictionary", np.frombuffer(made, np.uint8))
        # A copy of this is much cheaper than to read the dictionary for every article.
        self._primed = zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW, zdict=made)
        self._blob = self._open.enter_context(self._file.array("blob", np.uint8))
        for article in self._sample:
            self._put(article)
        self._sample.clear()

    def _put(self, article: bytes) -> None:
        squeezed = self._primed.copy()
        data = squeezed.compress(article) + squeezed.flush()
        self._blob(np.frombuffer(data, np.uint8))
        self._ends.append(self._ends[-1] + len(data))


class Stored:
    """The articles of one generation by their number; safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        self._file = Mapped(folder / NAME, KIND, VERSION)

    def article(self, number: int) -> bytes:
        """The article, as it was handed in.

        Raises:
            IndexCorrupt: there is none of this number, or it is not what was written.
        """
        file = self._file
        start, end = file.part("ends", number, number + 2).tolist()
        unpacked = zlib.decompressobj(_RAW, file.whole("dictionary").data)
        try:
            data = unpacked.decompress(file.part("blob", start, end).data)
        except zlib.error as error:
            raise IndexCorrupt(file.path, f"article number {number} cannot be read ({error})") from error
        if not unpacked.eof:
            raise IndexCorrupt(file.path, f"article number {number} is cut short")
        return data

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


def dictionary(sample: Sequence[bytes]) -> bytes:
    """A preset dictionary for articles like these; the same articles give the same bytes."""
    counts: Counter[bytes] = Counter()
    for article in sample:
        counts.update(_pieces(article))
    worth = [((count - 1) * (len(piece) - _POINTER), piece) for piece, count in counts.items() if count > 1]
    chosen, held = [], b""
    for _, piece in sorted(worth, key=lambda one: (-one[0], one[1])):
        if len(held) + len(piece) > DICTIONARY:
            break
        if piece not in held:
            chosen.append(piece)
            held += piece
    return b"".join(reversed(chosen))


def _pieces(article: bytes) -> Iterable[bytes]:
    """The words of an article, their beginnings, and runs of words, each once."""
    words = _WORD.findall(article)
    runs = {b"".join(words[at : at + n]) for n in range(1, _RUN + 1) for at in range(len(words) - n + 1)}
    beginnings = {word[:length] for word in set(words) for length in _BEGINNINGS if len(word) > length}
    return (piece for piece in runs | beginnings if len(piece) >= _SHORTEST)
