"""Everything about the articles that is not text, as arrays by article number: loaded whole at open."""

from collections.abc import Mapping
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ...facets import FACETS
from ...model import Scope
from ..base import BODY_GAP, FILTER_FIELDS, Document, Stats, moment
from .sidecar import Sidecar

_UNDATED = np.iinfo(np.int64).max
"""The moment of an article without a date: after all others, so that it comes last, oldest first."""


class Columns:
    """The columns of one generation; nothing changes after it is made.

    days: local dates as proleptic ordinals, 0 for none. codes[field]: places in `values[field]`, where 0 is «no value».
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
        self.codes = {name: self._array(sidecar.codes[name], "<u4") for name in FILTER_FIELDS}
        self.values = {name: tuple(sidecar.values[name]) for name in FILTER_FIELDS}
        self.code = {name: {value: n for n, value in enumerate(self.values[name])} for name in FILTER_FIELDS}
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

    def count_days(self, numbers: NDArray[np.int64]) -> dict[date, int]:
        """How many of these articles there are by local date."""
        days, counts = np.unique(self.days[numbers], return_counts=True)
        pairs = zip(days.tolist(), counts.tolist(), strict=True)
        return {date.fromordinal(day): count for day, count in pairs if day}

    def _array(self, data: bytes, kind: str) -> NDArray[np.int64]:
        array = np.frombuffer(data, np.dtype(kind))
        if len(array) != self.documents:
            raise ValueError(f"a column of {len(array)} values for {self.documents} articles")
        return array


class ColumnsWriter:
    """Collects the columns while a generation is built."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self._numbers: dict[str, list[int]] = {"days": [], "moments": [], "titles": [], "bodies": []}
        self._codes: dict[str, list[int]] = {name: [] for name in FILTER_FIELDS}
        self._values: dict[str, dict[str, int]] = {name: {"": 0} for name in FILTER_FIELDS}

    def add(self, document: Document) -> None:
        """Take one more article."""
        article = document.article
        when = moment(article)
        self.ids.append(article.id)
        self._numbers["days"].append(article.date.toordinal() if article.date else 0)
        self._numbers["moments"].append(_UNDATED if when is None else when)
        self._numbers["titles"].append(len(document.title.exacts))
        self._numbers["bodies"].append(len(document.body.exacts))
        for name, codes in self._codes.items():
            known = self._values[name]
            codes.append(known.setdefault(FACETS[name].value(article), len(known)))

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
            codes={name: packed(codes, "<u4") for name, codes in self._codes.items()},
            values={name: list(known) for name, known in self._values.items()},
        )
