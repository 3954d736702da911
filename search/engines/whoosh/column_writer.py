"""Collects the columns while a generation is built, and writes their file; see `columns.py` for what they mean."""

from array import array
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from ...facets import FacetSpec
from ...mapped import MappedWriter
from ...model import Scope
from ..base import Document, moment
from ..batch import Batch
from . import sidecar
from .columns import KIND, VERSION, Facts
from .lexicon import encoded, lexicon_arrays

_UNDATED = np.iinfo(np.int64).max
"""The moment of an article without a date: after all others, so that it comes last, oldest first."""

Array = NDArray[Any]


class ColumnsWriter:
    """Takes one article after another, newest first."""

    def __init__(self, facets: Mapping[str, FacetSpec]) -> None:
        self._facets = facets
        self._ids: dict[str, None] = {}
        self._cluster_of: dict[str, int] = {}
        self._days, self._moments = array("i"), array("q")
        self._titles, self._bodies, self._clusters = array("I"), array("I"), array("I")
        self._codes: dict[str, array[int]] = {name: array("I") for name in facets}
        self._values: dict[str, dict[str, int]] = {name: {"": 0} for name in facets}

    def __len__(self) -> int:
        return len(self._ids)

    def __contains__(self, article_id: str) -> bool:
        return article_id in self._ids

    def add(self, document: Document) -> None:
        """Take one more article, whose id was not there before."""
        article, number = document.article, len(self._ids)
        when = moment(article)
        self._ids[article.id] = None
        self._days.append(article.date.toordinal() if article.date else 0)
        self._moments.append(_UNDATED if when is None else when)
        self._titles.append(len(document.title.exacts))
        self._bodies.append(len(document.body.exacts))
        cluster = self._cluster_of.setdefault(document.cluster, number) if document.cluster else number
        self._clusters.append(cluster)
        for name, codes in self._codes.items():
            known = self._values[name]
            codes.append(known.setdefault(self._facets[name].value(article), len(known)))

    def take(self, batch: Batch) -> None:
        """Take some more articles, whose ids were not there before; each says something of its own until told."""
        first = len(self._ids)
        self._ids.update(dict.fromkeys(batch.ids))
        self._days.extend(batch.days)
        self._moments.extend(_UNDATED if when is None else when for when in batch.moments)
        self._titles.frombytes(batch.lengths[::2].astype(np.uint32).tobytes())
        self._bodies.frombytes(batch.lengths[1::2].astype(np.uint32).tobytes())
        self._clusters.extend(range(first, len(self._ids)))
        for (name, codes), values in zip(self._codes.items(), batch.values, strict=True):
            known = self._values[name]
            codes.extend([known.setdefault(value, len(known)) for value in values])

    def say_the_same(self, clusters: Array) -> None:
        """Which articles say the same: of each, the number of the first that does."""
        self._clusters = array("I", clusters.astype(np.uint32).tobytes())

    def finish(self, folder: Path, stems: int) -> None:
        """Write the file, when all others of the folder are written."""
        days = np.array(self._days, np.int32)
        titles, bodies = np.array(self._titles, np.uint32), np.array(self._bodies, np.uint32)
        in_titles, in_bodies = int(titles.sum(dtype=np.int64)), int(bodies.sum(dtype=np.int64))
        facts = Facts(
            documents=len(self._ids),
            stems=stems,
            tokens={Scope.ALL: in_titles + in_bodies, Scope.TITLE: in_titles, Scope.BODY: in_bodies},
            newest=int(days.max(initial=0)),
            fields=list(self._codes),
            files=sidecar.seal(folder),
        )
        arrays: dict[str, Array] = {"facts": np.frombuffer(msgspec.json.encode(facts), np.uint8)}
        arrays |= lexicon_arrays("ids", list(map(encoded, self._ids)))
        arrays |= {"days": days, "titles": titles, "bodies": bodies, "oldest": _ranks(np.array(self._moments))}
        arrays |= _groups(np.array(self._clusters, np.uint32))
        arrays["dates"], counts = np.unique(days[days > 0], return_counts=True)
        arrays["date_counts"] = counts.astype(np.uint32)
        for name, codes in self._codes.items():
            arrays |= _field(name, np.array(codes, np.uint32), list(map(encoded, self._values[name])))
        file = MappedWriter(folder / sidecar.NAME, KIND, VERSION)
        try:
            for name, column in arrays.items():
                file.add(name, column)
            file.finish()
        finally:
            file.abort()


def _ranks(moments: Array) -> Array:
    ranks = np.empty(len(moments), np.uint32)
    ranks[np.argsort(moments, kind="stable")] = np.arange(len(moments), dtype=np.uint32)
    return ranks


def _groups(clusters: Array) -> dict[str, Array]:
    shared = np.bincount(clusters, minlength=len(clusters))[clusters] > 1
    members = np.flatnonzero(shared)
    members = members[np.argsort(clusters[members], kind="stable")].astype(np.uint32)
    return {"clusters": clusters, "shared": shared, "members": members, "member_of": clusters[members]}


def _field(name: str, codes: Array, values: list[bytes]) -> Mapping[str, Array]:
    counts = np.bincount(codes, minlength=len(values)).astype(np.uint32)
    narrow = codes.astype(np.min_scalar_type(len(values) - 1))
    return {f"codes:{name}": narrow, f"counts:{name}": counts, **lexicon_arrays(f"values:{name}", values)}
