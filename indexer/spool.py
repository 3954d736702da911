"""The articles of a run on disk, in the order they were read; in memory only what sorting and finding them needs."""

from array import array
from collections.abc import Iterator
from contextlib import suppress
from itertools import groupby
from pathlib import Path
from types import TracebackType

import numpy as np

from search.engines.articles import decode
from search.model import Article
from search.names import Names

from .ledger.columns import UNDATED, Ints

Place = tuple[int, int]
"""Where an article lies in the spool: its offset and its length."""


class Spool:
    """A file of articles, each as `articles.encode` gives it.

    numbers: of the record that each was made of. bytes: of all of them.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.numbers = array("I")
        self.bytes = 0
        self._offsets, self._lengths, self._moments = array("Q"), array("I"), array("q")
        self._file = path.open("wb")

    def __enter__(self) -> "Spool":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):  # what a full disk could not take is not wanted any more
            self._file.close()

    def __len__(self) -> int:
        return len(self.numbers)

    def add(self, number: int, data: bytes, moment: int | None) -> None:
        """Take one more article. number: of its record. moment: `base.moment`.

        Raises:
            OSError: the disk is full.
        """
        self._file.write(data)
        self.numbers.append(number)
        self._offsets.append(self.bytes)
        self._lengths.append(len(data))
        self._moments.append(UNDATED if moment is None else moment)
        self.bytes += len(data)

    def flush(self) -> None:
        """Write what is left, so that all that was taken can be read.

        Raises:
            OSError: the disk is full.
        """
        self._file.flush()

    def newest_first(self, ids: Names, chosen: Ints | None = None) -> Ints:
        """The places in the spool in the house order (`base.newest_first`). ids: of all records, by their numbers.

        chosen: of these articles only; of all if None.
        """
        moments = np.array(self._moments, np.int64)
        numbers = np.array(self.numbers, np.int64)
        places = np.arange(len(moments)) if chosen is None else chosen
        # The latest comes first; those without a date, whose moment is the greatest number, come last.
        keys = np.where(moments == UNDATED, UNDATED, -moments)[places]
        order = np.argsort(keys, kind="stable")
        sorted_keys = keys[order]
        for start, end in _equal(sorted_keys):
            texts = ids.strings(numbers[places[order[start:end]]])
            order[start:end] = order[start:end][sorted(range(end - start), key=texts.__getitem__)]
        return places[order]

    def at(self, places: Ints) -> Iterator[Place]:
        """Where these articles lie."""
        offsets, lengths = np.array(self._offsets, np.int64)[places], np.array(self._lengths, np.int64)[places]
        return zip(offsets.tolist(), lengths.tolist(), strict=True)


def articles(path: Path, places: "Iterator[Place] | list[Place]") -> Iterator[Article]:
    """The articles at these places.

    Raises:
        OSError: the spool cannot be read.
    """
    return map(decode, stored(path, places))


def stored(path: Path, places: "Iterator[Place] | list[Place]") -> Iterator[bytes]:
    """The same, as they were encoded.

    Raises:
        OSError: the spool cannot be read.
    """
    with path.open("rb") as file:
        for offset, length in places:
            file.seek(offset)
            yield file.read(length)


def _equal(rising: Ints) -> list[tuple[int, int]]:
    """The stretches of more than one equal number."""
    again = np.flatnonzero(rising[1:] == rising[:-1])
    stretches = [list(group) for _, group in groupby(enumerate(again.tolist()), key=lambda pair: pair[1] - pair[0])]
    return [(group[0][1], group[-1][1] + 2) for group in stretches]
