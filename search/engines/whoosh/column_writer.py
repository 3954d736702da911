"""Collects the columns of articles while they are indexed; `table.py` writes them."""

from array import array
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...facets import FacetSpec
from ..base import Document, moment
from ..batch import Batch
from .ids import Ids
from .table import UNDATED, Table, cluster_hash

Array = NDArray[Any]


class ColumnsWriter:
    """Takes one article after another, newest first."""

    def __init__(self, facets: Mapping[str, FacetSpec]) -> None:
        self._facets = facets
        self._ids = Ids()
        self._last: tuple[bool, int, str] | None = None
        self._hash_of: dict[str, int] = {}
        self._days, self._moments = array("i"), array("q")
        self._titles, self._bodies, self._clusters = array("I"), array("I"), array("Q")
        self._codes: dict[str, array[int]] = {name: array("B") for name in facets}
        self._values: dict[str, dict[str, int]] = {name: {"": 0} for name in facets}

    def __len__(self) -> int:
        return len(self._ids)

    def follow(self, place: tuple[bool, int, str]) -> None:
        """Note that the article of this place in the house order (`newest_first`) comes next.

        Raises:
            ValueError: it does not come after the one before, or its id was there before.
        """
        self._check(place)
        if self._ids.known([place[2]]) is not None:
            raise ValueError(f"article {place[2]!r} was added before")

    def follow_all(self, batch: Batch) -> None:
        """The same of the articles of a batch."""
        if len(set(batch.ids)) < len(batch.ids):
            raise ValueError("a batch holds an id twice")
        for moment_of, article_id in zip(batch.moments, batch.ids, strict=True):
            self._check((moment_of is None, -(moment_of or 0), article_id))
        again = self._ids.known(batch.ids)
        if again is not None:
            raise ValueError(f"article {again!r} was added before")

    def add(self, document: Document) -> None:
        """Take one more article, whose id was not there before."""
        article = document.article
        when = moment(article)
        self._ids.add([article.id])
        self._days.append(article.date.toordinal() if article.date else 0)
        self._moments.append(UNDATED if when is None else when)
        self._titles.append(len(document.title.exacts))
        self._bodies.append(len(document.body.exacts))
        self._clusters.append(self._hash_of.setdefault(document.cluster, cluster_hash(document.cluster)))
        for name, facet in self._facets.items():
            self._add_values(name, [facet.value(article)])

    def take(self, batch: Batch) -> None:
        """Take some more articles, whose ids were not there before; each says something of its own until told."""
        self._ids.add(batch.ids)
        self._days.extend(batch.days)
        self._moments.extend(UNDATED if when is None else when for when in batch.moments)
        self._titles.frombytes(batch.lengths[::2].astype(np.uint32).tobytes())
        self._bodies.frombytes(batch.lengths[1::2].astype(np.uint32).tobytes())
        for name, values in zip(self._facets, batch.values, strict=True):
            self._add_values(name, values)

    def say_the_same(self, clusters: Array) -> None:
        """Which articles say the same: a number that they share, 0 for one that says something of its own."""
        self._clusters = array("Q", clusters.astype(np.uint64).tobytes())

    def table(self) -> Table:
        """What was collected."""
        return Table(
            ids=self._ids.names(),
            moments=_numbers(self._moments),
            days=_numbers(self._days),
            titles=_numbers(self._titles),
            bodies=_numbers(self._bodies),
            clusters=_numbers(self._clusters) if self._clusters else np.zeros(len(self), np.uint64),
            codes={name: _numbers(codes) for name, codes in self._codes.items()},
            values={name: list(values) for name, values in self._values.items()},
        )

    def _add_values(self, name: str, values: Sequence[str]) -> None:
        known = self._values[name]
        codes = [known.setdefault(value, len(known)) for value in values]
        held = self._codes[name]
        if len(known) > 1 << 8 * held.itemsize:
            held = self._codes[name] = array("H" if len(known) <= 1 << 16 else "I", held)
        held.extend(codes)

    def _check(self, place: tuple[bool, int, str]) -> None:
        if self._last is not None and place <= self._last:
            raise ValueError(f"article {place[2]!r} is out of order: {place} after {self._last}")
        self._last = place


def _numbers(held: "array[int]") -> Array:
    """The same numbers, not copied."""
    return np.frombuffer(held, np.dtype(held.typecode))
