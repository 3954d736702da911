"""Where the tokens of articles stand in their texts, in two bytes a token.

gap, size            of each token: characters from the start of the token before it in its part (of the first one,
from the start of the title or the body), and its length; FULL where that is FULL or more
gap_big, gap_bigs    the numbers of those tokens, rising, and the real values; size_big, size_bigs alike
"""

from array import array
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ...kazakh import Terms
from ...mapped import Mapped
from ...mapped_writer import MappedWriter

FULL: Final = 255
_COPIED: Final = 1 << 20
_HELD: Final = 1 << 16
"""Tokens that come one by one and are held until there are so many."""

Ints = NDArray[np.int64]


class SpanSpool:
    """Takes the ranges of tokens while an index is built; in memory is only what does not fit into a byte."""

    def __init__(self, folder: Path) -> None:
        self._paths = {name: folder / f"{name}.tmp" for name in ("gap", "size")}
        self._files = {name: path.open("wb") for name, path in self._paths.items()}
        self._big = {name: (array("Q"), array("I")) for name in self._paths}
        self._count = 0
        self._starts, self._ends, self._lengths = array("I"), array("I"), array("I")

    def add(self, terms: Terms) -> None:
        """The tokens of a title or a body."""
        self._starts.extend(terms.starts)
        self._ends.extend(terms.ends)
        self._lengths.append(len(terms.starts))
        if len(self._starts) > _HELD:
            self._flush()

    def take(self, starts: NDArray[Any], sizes: NDArray[Any], lengths: NDArray[Any]) -> None:
        """The tokens of many parts, so many in each."""
        gaps = starts.astype(np.uint32)
        np.subtract(starts[1:], starts[:-1], out=gaps[1:], casting="unsafe")
        first = (np.cumsum(lengths) - lengths)[lengths > 0]
        gaps[first] = starts[first]
        self._put("gap", gaps)
        self._put("size", sizes)
        self._count += len(starts)

    def finish(self, file: MappedWriter) -> None:
        """Write the arrays, and let go of what is on disk."""
        self._flush()
        for file_of in self._files.values():
            file_of.close()
        for name, path in self._paths.items():
            with file.array(name, np.uint8) as put, path.open("rb") as held:
                while len(piece := np.fromfile(held, np.uint8, _COPIED)):
                    put(piece)
            numbers, values = self._big[name]
            file.add(f"{name}_big", np.array(numbers, np.uint64))
            file.add(f"{name}_bigs", np.array(values, np.uint32))
            path.unlink()

    def abort(self) -> None:
        """Close the files."""
        for file in self._files.values():
            with suppress(OSError):  # what a full disk could not take
                file.close()

    def _flush(self) -> None:
        starts, ends, lengths = (np.array(held, np.int64) for held in (self._starts, self._ends, self._lengths))
        for held in (self._starts, self._ends, self._lengths):
            del held[:]
        self.take(starts, ends - starts, lengths)

    def _put(self, name: str, values: NDArray[Any]) -> None:
        small = values.astype(np.uint8)
        large = np.flatnonzero(values >= FULL)
        if len(large):
            small[large] = FULL
            numbers, real = self._big[name]
            numbers.extend((large + self._count).tolist())
            real.extend(values[large].tolist())
        self._files[name].write(small.data)


class Spans:
    """The ranges of tokens in a mapped file; every question may raise IndexCorrupt."""

    def __init__(self, file: Mapped) -> None:
        self._file = file

    def ranges(self, texts: Sequence[tuple[int, int]], first: Ints, token: Ints) -> tuple[list[int], list[int]]:
        """Starts and ends of some tokens of texts that are stretches [start, end) of the tokens.

        token: their numbers, which go through all of the texts; first: those of the first tokens of their parts.
        """
        if not len(token):
            return [], []
        gap = self.values("gap", texts)
        run = np.cumsum(gap, dtype=np.int64)
        start = run[token] - run[first] + gap[first]
        return start.tolist(), (start + self.values("size", texts)[token]).tolist()

    def values(self, name: str, texts: Sequence[tuple[int, int]]) -> NDArray[Any]:
        """`gap` or `size` of the tokens of such stretches."""
        values = np.concatenate(self._file.stretches(name, *zip(*texts, strict=True)))
        if values.tobytes().find(FULL) >= 0:
            values = values.astype(np.int64)
            big, at = self._file.whole(f"{name}_big").astype(np.int64), 0
            for start, end in texts:
                low, high = np.searchsorted(big, (start, end)).tolist()
                values[at + big[low:high] - start] = self._file.part(f"{name}_bigs", low, high)
                at += end - start
        return values
