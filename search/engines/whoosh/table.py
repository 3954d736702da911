"""Everything about the articles that is not text, as arrays in memory, while a generation is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from ...mapped_writer import MappedWriter
from ...model import Scope
from ...names import Names, names_of
from ...ranking import norm
from . import sidecar
from .columns import KIND, VERSION, Columns, Facts, SegmentFacts
from .lexicon import encoded, lexicon_arrays

Array = NDArray[Any]
Ints = NDArray[np.int64]

UNDATED: Final = int(np.iinfo(np.int64).max)
"""The moment of an article without a date: after all others, so that it comes last, oldest first."""


@dataclass(frozen=True, slots=True)
class Table:
    """The articles in the house order, a value each.

    moments: microseconds since 1970 in UTC, or UNDATED. days: local dates as proleptic ordinals, 0 for none. titles,
    bodies: tokens. clusters: a hash of what articles that say the same share, 0 for none. codes, values: of each facet
    the number of each article's value, and the values; number 0 is the empty one.
    """

    ids: Names
    moments: Ints
    days: Array
    titles: Array
    bodies: Array
    clusters: NDArray[np.uint64]
    codes: Mapping[str, Array]
    values: Mapping[str, Sequence[str]]


def table_of(columns: Columns, numbers: Ints) -> Table:
    """These articles (rising) of a generation."""
    fields = {name: field for name in columns.facts.fields if (field := columns.field(name)) is not None}
    return Table(
        ids=names_of(columns.ids(numbers)),
        moments=columns.moments[numbers],
        days=columns.days[numbers],
        titles=columns.titles[numbers],
        bodies=columns.bodies[numbers],
        clusters=columns.cluster_hashes[numbers],
        codes={name: field.codes[numbers].astype(np.uint32) for name, field in fields.items()},
        values={name: field.values(np.arange(len(field))) for name, field in fields.items()},
    )


def joined(one: Table, other: Table) -> tuple[Table, Ints]:
    """The articles of both in the house order, and of each its place in the first and then the second."""
    ids = [text for held in (one.ids, other.ids) for text in held.strings(np.arange(len(held)))]
    moments = np.concatenate([one.moments, other.moments])
    # Those without a date have the greatest moment and come last; of the others the latest comes first.
    keys = np.where(moments == UNDATED, UNDATED, -moments).tolist()
    order = np.array(sorted(range(len(ids)), key=lambda at: (keys[at], ids[at])), np.int64)

    def both(name: str) -> Array:
        return np.concatenate([getattr(one, name), getattr(other, name)])[order]

    coded = {name: _coded(one, other, name, order) for name in one.codes}
    made = Table(
        ids=names_of([ids[at] for at in order.tolist()]),
        moments=moments[order],
        days=both("days"),
        titles=both("titles"),
        bodies=both("bodies"),
        clusters=both("clusters"),
        codes={name: codes for name, (codes, _) in coded.items()},
        values={name: values for name, (_, values) in coded.items()},
    )
    return made, order


def _coded(one: Table, other: Table, name: str, order: Ints) -> tuple[Array, list[str]]:
    """The values of both, numbered as they come; a value that no article has is left out."""
    codes = np.concatenate([one.codes[name], other.codes[name].astype(np.int64) + len(one.values[name])])[order]
    texts = [*one.values[name], *other.values[name]]
    held, first = np.unique(codes, return_index=True)
    numbers = {"": 0}
    new = np.zeros(len(texts), np.uint32)
    for at in np.argsort(first).tolist():
        code = int(held[at])
        new[code] = numbers.setdefault(texts[code], len(numbers))
    return new[codes], list(numbers)


def cluster_hash(cluster: str) -> int:
    """64 bits that stand for a cluster; 0 for none."""
    return int.from_bytes(blake2b(encoded(cluster), digest_size=8).digest(), "little") or 1 if cluster else 0


def write_columns(
    folder: Path, table: Table, stems: int, segments: Sequence[SegmentFacts], more: Mapping[str, Array]
) -> None:
    """Write the file of columns, when all others of the folder are written. more: arrays of the segments."""
    days, titles, bodies = table.days, table.titles, table.bodies
    in_titles, in_bodies = int(titles.sum(dtype=np.int64)), int(bodies.sum(dtype=np.int64))
    facts = Facts(
        documents=len(table.ids),
        stems=stems,
        tokens={Scope.ALL: in_titles + in_bodies, Scope.TITLE: in_titles, Scope.BODY: in_bodies},
        newest=int(days.max(initial=0)),
        fields=list(table.codes),
        files=sidecar.seal(folder),
        segments=list(segments),
    )
    average = (in_titles + in_bodies) / max(len(titles), 1)
    file = MappedWriter(folder / sidecar.NAME, KIND, VERSION)
    try:
        file.add("facts", np.frombuffer(msgspec.json.encode(facts), np.uint8))
        _add(file, lexicon_arrays("ids", table.ids))
        _add(file, {"days": days, "titles": titles, "bodies": bodies, "moments": table.moments})
        file.add("norms", norm(titles.astype(np.float64) + bodies, average))
        file.add("oldest", _ranks(table.moments))
        file.add("cluster_hashes", table.clusters)
        _add(file, _groups(_firsts(table.clusters)))
        dates, counts = np.unique(days[days > 0], return_counts=True)
        _add(file, {"dates": dates, "date_counts": counts.astype(np.uint32)})
        for name, codes in table.codes.items():
            _add(file, _field(name, codes, names_of(table.values[name])))
        _add(file, more)
        file.finish()
    finally:
        file.abort()


def _add(file: MappedWriter, arrays: Mapping[str, Array]) -> None:
    for name, one in arrays.items():
        file.add(name, one)


def _firsts(hashes: NDArray[np.uint64]) -> NDArray[np.uint32]:
    """The number of the first article with the same hash; its own for one that has none."""
    numbers = np.arange(len(hashes), dtype=np.uint32)
    held = np.flatnonzero(hashes)
    _, first, which = np.unique(hashes[held], return_index=True, return_inverse=True)
    numbers[held] = held[first][which]
    return numbers


def _ranks(moments: Array) -> Array:
    ranks = np.empty(len(moments), np.uint32)
    ranks[np.argsort(moments, kind="stable")] = np.arange(len(moments), dtype=np.uint32)
    return ranks


def _groups(clusters: Array) -> dict[str, Array]:
    shared = np.bincount(clusters, minlength=len(clusters))[clusters] > 1
    members = np.flatnonzero(shared)
    members = members[np.argsort(clusters[members], kind="stable")].astype(np.uint32)
    return {"clusters": clusters, "shared": shared, "members": members, "member_of": clusters[members]}


def _field(name: str, codes: Array, values: Names) -> Mapping[str, Array]:
    counts = np.bincount(codes, minlength=len(values)).astype(np.uint32)
    narrow = codes.astype(np.min_scalar_type(len(values) - 1))
    return {f"codes:{name}": narrow, f"counts:{name}": counts, **lexicon_arrays(f"values:{name}", values)}
