"""The articles themselves, each compressed on its own, in a mapped file.

    dictionary      what many articles hold; may be empty
    blob, ends      the articles, one after another, and where each begins (one more)

Zstandard (RFC 8878) with a dictionary, which is trained on the articles that come first: alone, an article is too short
to repeat much of itself. The file has checksums, so the frames have none.
"""

from array import array
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from threading import local
from typing import Any, Final

import numpy as np
import zstandard

from ...errors import IndexCorrupt
from ...mapped import Mapped
from ...mapped_writer import MappedWriter
from .sidecar import OWN

NAME: Final = "articles" + OWN
KIND: Final = "articles"
VERSION: Final = 2

DICTIONARY: Final = 110 << 10
"""Bytes of a dictionary at most; what Zstandard advises."""

SAMPLE: Final = 1 << 20
"""Bytes of articles that the dictionary is made of; an archive with less than a quarter of it has none."""

_LEVEL: Final = 3
"""A tenth more bytes than level 9, which takes five times as long; both are read as fast."""

_TOGETHER: Final = 128
"""Articles that are compressed together."""


class StoredWriter:
    """Takes one article after another; holds a sample of them until there is a dictionary, and then none."""

    def __init__(self, folder: Path) -> None:
        self._file = MappedWriter(folder / NAME, KIND, VERSION)
        self._open = ExitStack()
        self._sample: list[bytes] = []
        self._held = 0
        self._sizes = array("I")

    def add(self, articles: Sequence[bytes]) -> None:
        """Take some more articles."""
        for at, article in enumerate(articles):
            if self._held >= SAMPLE:
                self._put(articles[at:])
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
        self._file.add("ends", np.cumsum(np.append(0, self._sizes), dtype=np.uint64))
        self._file.finish()

    def abort(self) -> None:
        """Let go of the file."""
        self._file.abort()

    def _begin(self) -> None:
        made = dictionary(self._sample) if 4 * self._held >= SAMPLE else b""
        self._file.add("dictionary", np.frombuffer(made, np.uint8))
        self._compressor = zstandard.ZstdCompressor(_LEVEL, _loaded(made), write_dict_id=False)
        self._blob = self._open.enter_context(self._file.array("blob", np.uint8))
        self._put(self._sample)
        self._sample.clear()

    def _put(self, articles: Sequence[bytes]) -> None:
        """Each is a frame of its own; many at once, so that other threads run meanwhile."""
        for first in range(0, len(articles), _TOGETHER):
            some: list[Any] = [*articles[first : first + _TOGETHER]]
            if any(some):
                made = self._compressor.multi_compress_to_buffer(some)
                frames = [made[at].tobytes() for at in range(len(made))]
            else:  # of nothing at all it makes no frames
                frames = list(map(self._compressor.compress, some))
            self._blob(np.frombuffer(b"".join(frames), np.uint8))
            self._sizes.extend(map(len, frames))


class Stored:
    """The articles of one generation by their number; safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        self._file = Mapped(folder / NAME, KIND, VERSION)
        self._own = local()

    def article(self, number: int) -> bytes:
        """The article, as it was handed in.

        Raises:
            IndexCorrupt: there is none of this number, or it is not what was written.
        """
        return self.articles([number])[0]

    def articles(self, numbers: Sequence[int]) -> list[bytes]:
        """Some articles, as they were handed in; raises as `article`."""
        file, count, found = self._file, len(numbers), list[bytes]()
        ends = file.take("ends", np.array([*numbers, *(number + 1 for number in numbers)], np.int64)).tolist()
        decompress = self._decompressor.decompress
        for number, block in zip(numbers, file.stretches("blob", ends[:count], ends[count:]), strict=True):
            try:
                found.append(decompress(block.tobytes(), allow_extra_data=False))
            except zstandard.ZstdError as error:
                raise IndexCorrupt(file.path, f"article number {number} cannot be read ({error})") from error
        return found

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    @property
    def _decompressor(self) -> zstandard.ZstdDecompressor:
        """That of this thread: no two may use one at once."""
        found: zstandard.ZstdDecompressor | None = getattr(self._own, "decompressor", None)
        if found is None:
            dictionary = _loaded(self._file.whole("dictionary").tobytes())
            found = self._own.decompressor = zstandard.ZstdDecompressor(dictionary)
        return found


def dictionary(sample: Sequence[bytes]) -> bytes:
    """A dictionary for articles like these, empty if they are too few; the same articles give the same bytes."""
    try:
        return zstandard.train_dictionary(DICTIONARY, list(sample), level=_LEVEL).as_bytes()
    except zstandard.ZstdError:
        return b""


def _loaded(made: bytes) -> zstandard.ZstdCompressionDict | None:
    return zstandard.ZstdCompressionDict(made) if made else None
