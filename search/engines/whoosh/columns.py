"""Everything about the articles that is not text, as arrays by article number: loaded whole at open."""

from collections.abc import Mapping
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ...facets import FacetSpec
from ...model import Scope
from ..base import BODY_GAP, Document, Stats, moment
from .sidecar import Sidecar

Ints = NDArray[np.int64]

_UNDATED = np.iinfo(np.int64).max
"""The moment of an article without a date: after all others, so that it comes last, oldest first."""


class Columns:
    """The columns of one generation; nothing changes after it is made.

    days: local dates as proleptic ordinals, 0 for none. codes[field]: places in `values[field]`, where 0 is «no value».
    clusters: the number of the first article that says the same; shared: whether any other does.
    titles: tokens of the titles. lengths[scope]: tokens as float64; averages[scope]: their mean, 0.0 in an empty index.
    oldest_rank: the place of each article in the order that begins with the oldest.
    """

    def __init__(self, sidecar: Sidecar) -> None:
        self.documents = len(sidecar.ids)
        self.ids = sidecar.ids
        self.number: Mapping[str, int] = {one: n for n, one in enumerate(sidecar.ids)}
        self.days = self._array(sidecar.days, "<i4")
        moments = self._array(sidecar.moments, "<i8")
        titles = self._array(sidecar.titles, "<u4").astype(np.int64)
        bodies = self._array(sidecar.bodies, "<u4").astype(np.int64)
        self.titles = titles
        self.body_starts = titles + BODY_GAP
        self.codes = {name: self._array(codes, "<u4") for name, codes in sidecar.codes.items()}
        self.values = {name: tuple(values) for name, values in sidecar.values.items()}
        self.code = {name: {value: n for n, value in enumerate(values)} for name, values in self.values.items()}
        self.clusters = self._array(sidecar.clusters, "<u4").astype(np.int64)
        self.shared = np.bincount(self.clusters, minlength=self.documents)[self.clusters] > 1
        self.age = int(self.days.max(initial=0)) - self.days.astype(np.float64)
        self.age[self.days == 0] = np.inf
        self.oldest_rank = np.empty(self.documents, np.int64)
        self.oldest_rank[np.argsort(moments, kind="stable")] = np.arange(self.documents)
        tokens = {Scope.ALL: titles + bodies, Scope.TITLE: titles, Scope.BODY: bodies}
        self.lengths = {scope: lengths.astype(np.float64) for scope, lengths in tokens.items()}
        self.averages = {scope: int(t.sum()) / self.documents if self.documents else 0.0 for scope, t in tokens.items()}
        self.stats = Stats(
            documents=self.documents,
            terms=sidecar.stems,
            tokens=int(tokens[Scope.ALL].sum()),
            days=self.count_days(np.arange(self.documents)),
        )

    def members(self, number: int) -> NDArray[np.int64]:
        """The articles that say the same as this one, itself among them."""
        if not self.shared[number]:
            return np.array([number])
        return np.flatnonzero(self.clusters == self.clusters[number])

    def firsts(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """The places in `numbers` of the first article of each group, in order."""
        together = np.flatnonzero(self.shared[numbers])
        _, first = np.unique(self.clusters[numbers[together]], return_index=True)
        later = np.delete(together, first)
        return np.delete(np.arange(len(numbers)), later)

    def counted(self, codes: NDArray[np.int64], numbers: NDArray[np.int64], size: int, groups: bool) -> Ints:
        """How many of the articles `numbers` have each of the codes 0 … size − 1; of a group one for each code."""
        if groups:
            together = self.shared[numbers]
            alone = np.bincount(codes[~together], minlength=size)
            pairs = np.unique(codes[together].astype(np.int64) << 32 | self.clusters[numbers[together]])
            return alone + np.bincount(pairs >> 32, minlength=size)
        return np.bincount(codes, minlength=size)

    def count_days(self, numbers: NDArray[np.int64]) -> dict[date, int]:
        """How many of these articles there are by local date."""
        days, counts = np.unique(self.days[numbers], return_counts=True)
        pairs = zip(days.tolist(), counts.tolist(), strict=True)
        return {date.fromordinal(day): count for day, count in pairs if day}

    def values_of(self, name: str) -> dict[str, int]:
        """The values of a field, and how many articles have each."""
        if name not in self.codes:
            return {}
        counts = np.bincount(self.codes[name], minlength=len(self.values[name])).tolist()
        pairs = zip(self.values[name], counts, strict=True)
        return {value: count for value, count in pairs if value and count}

    def _array(self, data: bytes, kind: str) -> NDArray[np.int64]:
        array = np.frombuffer(data, np.dtype(kind))
        if len(array) != self.documents:
            raise ValueError(f"a column of {len(array)} values for {self.documents} articles")
        return array


class ColumnsWriter:
    """Collects the columns while a generation is built."""

    def __init__(self, facets: Mapping[str, FacetSpec]) -> None:
        self.ids: list[str] = []
        self._facets = facets
        self._clusters: dict[str, int] = {}
        self._numbers: dict[str, list[int]] = {"days": [], "moments": [], "titles": [], "bodies": [], "clusters": []}
        self._codes: dict[str, list[int]] = {name: [] for name in facets}
        self._values: dict[str, dict[str, int]] = {name: {"": 0} for name in facets}

    def add(self, document: Document) -> None:
        """Take one more article."""
        article = document.article
        when = moment(article)
        self.ids.append(article.id)
        self._numbers["days"].append(article.date.toordinal() if article.date else 0)
        self._numbers["moments"].append(_UNDATED if when is None else when)
        self._numbers["titles"].append(len(document.title.exacts))
        self._numbers["bodies"].append(len(document.body.exacts))
        number = len(self.ids) - 1
        cluster = self._clusters.setdefault(document.cluster, number) if document.cluster else number
        self._numbers["clusters"].append(cluster)
        for name, codes in self._codes.items():
            known = self._values[name]
            codes.append(known.setdefault(self._facets[name].value(article), len(known)))

    def finish(self, segment: str, stems: int, files: dict[str, tuple[int, int]]) -> Sidecar:
        """The columns as they are stored."""

        def packed(numbers: list[int], kind: str) -> bytes:
            return np.array(numbers, np.dtype(kind)).tobytes()

        return Sidecar(
            segment=segment,
            stems=stems,
            files=files,
            ids=self.ids,
            days=packed(self._numbers["days"], "<i4"),
            moments=packed(self._numbers["moments"], "<i8"),
            titles=packed(self._numbers["titles"], "<u4"),
            bodies=packed(self._numbers["bodies"], "<u4"),
            clusters=packed(self._numbers["clusters"], "<u4"),
            codes={name: packed(codes, "<u4") for name, codes in self._codes.items()},
            values={name: list(known) for name, known in self._values.items()},
        )
