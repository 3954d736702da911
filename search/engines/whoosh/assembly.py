"""A generation made of an older one and of what changed since, without a look at what did not.

Segments of the older one are taken over as they are (`carry.py`); articles that are gone from them
lose their numbers; new articles get a segment of their own. When there are many segments, or much is gone, some are
written anew as one. Whatever comes of that, it answers as a generation that was built of the same articles in one go
with the same vectors.
"""

import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from ...facets import FACETS, FacetSpec
from ...kazakh import Row
from ..articles import encode
from ..base import Document, newest_first
from ..batch import Array, Batch
from ..building import Clusters
from .carry import carry
from .column_writer import ColumnsWriter
from .columns import Columns, SegmentFacts
from .gone import Gone, gone_of, live_stems
from .merging import to_merge
from .rewriting import rewrite
from .segment import Segment
from .segment_writer import SegmentWriter
from .settled import NAME as VECTORS
from .settled import read_settled
from .sidecar import OWN
from .table import joined, table_of, write_columns
from .tokens import Tokens

Ints = NDArray[np.int64]
Policy = Callable[[Sequence[int], Sequence[int]], Sequence[int]]

_NEW: Final = "new"
_MERGED: Final = "merged"


class Assembly:
    """Builds into an empty folder; `base` is the folder of the older generation, which is only read.

    Articles come as to `WhooshBuilder`: in the house order, one by one or in batches. One whose id the base has takes
    the place of the old one.

    link: whether files of the base become hard links. carried: the paths in the folder of files that are the base's.

    Raises:
        ValueError: the base has other facets.
    """

    def __init__(
        self, folder: Path, base: Path, *, memory_mb: int, facets: Mapping[str, FacetSpec] = FACETS, link: bool = False
    ) -> None:
        self._folder, self._base, self._memory_mb, self._link = folder, base, memory_mb, link
        self.carried: list[str] = []
        self._columns = ColumnsWriter(facets)
        self._old = Columns(base)
        self._gone = np.zeros(self._old.documents, np.bool_)
        if list(self._old.facts.fields) != list(facets):
            self._old.close()
            raise ValueError(f"the base has the facets {self._old.facts.fields}, not {list(facets)}")
        self._new = SegmentWriter(folder / _NEW, memory_mb)

    def remove(self, ids: Iterable[str]) -> int:
        """Take these articles of the base out; how many of them there were."""
        numbers = {number for one in ids if (number := self._old.number(one)) is not None}
        fresh = [number for number in numbers if not self._gone[number]]
        self._gone[fresh] = True
        return len(fresh)

    def add(self, document: Document) -> None:
        """Take one more article; raises as `WhooshBuilder.add`."""
        stored = encode(document.article)
        self._columns.follow(newest_first(document.article))
        self.remove([document.article.id])
        self._new.add(stored, document.title, document.body)
        self._columns.add(document)

    def take(self, batch: Batch) -> None:
        """Take some more articles; raises as `add`."""
        self._columns.follow_all(batch)
        self.remove(batch.ids)
        self._new.take(batch)
        self._columns.take(batch)

    def texts(self, words: Iterable[Row]) -> Tokens:
        """The texts of all batches, see `WhooshBuilder.texts`."""
        return self._new.texts(words)

    def finish(self, clusters: Clusters | None = None, policy: Policy = to_merge) -> None:
        """Write what is left; afterwards the folder can be opened by the engine. The vectors are those of the base.

        policy: which segments are merged, by how many articles of each are there, and are gone.
        """
        from . import toc  # it loads Whoosh, megabytes that a process which only serves never needs

        new, _, _ = self._new.finish(lambda: read_settled(self._base))
        with ExitStack() as opened:
            held = [Held(self._base / one.name, one, opened) for one in self._old.facts.segments]
            held.append(Held(self._folder / _NEW, new, opened))
            kept = np.flatnonzero(~self._gone)
            table, order = joined(table_of(self._old, kept), self._columns.table())
            places, local = self._origins(kept, len(held) - 1)
            if clusters is not None:
                origin = np.concatenate([kept, -1 - np.arange(len(self._columns))])[order]
                table = replace(table, clusters=clusters(origin, partial(self._keys, held)))
            places, local = places[order], local[order]
            places, local, held = self._merged(held, places, local, policy, opened)
            self._name(held)
            gone = [one.gone(local[places == at]) for at, one in enumerate(held)]
            stems = live_stems((one.segment, lost) for one, lost in zip(held, gone, strict=True))
            more = {} if _is_whole(held, gone) else _numbers(held, places, local, gone)
        self._carry(self._base / VECTORS, self._folder / VECTORS)
        facts = [msgspec.structs.replace(one.facts, is_whole=not more) for one in held]
        write_columns(self._folder, table, stems, facts, more)
        self._old.close()
        toc.write(self._folder)

    def abort(self) -> None:
        """Close all files."""
        self._new.abort()
        self._old.close()

    def _origins(self, kept: Ints, new: int) -> tuple[Ints, Ints]:
        """Of the articles kept, and then of the new ones, the places of their segments and their numbers there."""
        count = len(self._columns)
        whole = all(one.is_whole for one in self._old.facts.segments)
        places = np.zeros(len(kept), np.int64) if whole else self._old.segment_of(kept).astype(np.int64)
        local = kept if whole else self._old.local(kept)
        return np.concatenate([places, np.full(count, new)]), np.concatenate([local, np.arange(count)])

    def _keys(self, held: Sequence["Held"], number: int) -> list[str]:
        """The fold keys of the body of an article of the base."""
        places, local = self._origins(np.array([number]), 0)
        segment, article = held[int(places[0])].segment, local[:1]
        title = int(segment.forward.titles(article)[0])
        return [segment.words.key(surface) for surface in segment.forward.tokens(article).tolist()[title:]]

    def _merged(
        self, held: list["Held"], places: Ints, local: Ints, policy: Policy, opened: ExitStack
    ) -> tuple[Ints, Ints, list["Held"]]:
        """Write some segments anew as one, and leave out those that have no article any more."""
        live = np.bincount(places, minlength=len(held))
        some = np.flatnonzero(live)
        lost = [held[at].documents - int(live[at]) for at in some.tolist()]
        chosen = some[list(policy(live[some].tolist(), lost))]
        left = [at for at in some.tolist() if at not in chosen]
        if len(chosen):
            writer = SegmentWriter(self._folder / _MERGED, self._memory_mb)
            inside = np.flatnonzero(np.isin(places, chosen))
            try:
                rewrite(writer, [one.segment for one in held], places[inside], local[inside])
                facts, _, _ = writer.finish(lambda: read_settled(self._base))
            finally:
                writer.abort()
            held = [*held, Held(self._folder / _MERGED, facts, opened)]
            places, local = places.copy(), local.copy()
            places[inside], local[inside] = len(held) - 1, np.arange(len(inside))
            left.append(len(held) - 1)
        left = left or [len(held) - 1]
        for at, one in enumerate(held):
            if at not in left and one.folder.parent == self._folder:
                shutil.rmtree(one.folder)
        new_place = np.full(len(held), -1)
        new_place[left] = np.arange(len(left))
        return new_place[places], local, [held[at] for at in left]

    def _name(self, held: Sequence["Held"]) -> None:
        """Bring all segments into the folder, under names of their own."""
        folder = self._folder
        names = {one.folder.name for one in held if one.folder.parent != folder}
        for one in held:
            if one.folder.parent == folder:
                name = next(f"s{at}" for at in range(len(names) + 1) if f"s{at}" not in names)
                names.add(name)
                one.folder = one.folder.rename(folder / name)
                one.facts = msgspec.structs.replace(one.facts, name=name)
            else:
                (folder / one.folder.name).mkdir()
                for path in sorted(one.folder.glob("*" + OWN)):
                    self._carry(path, folder / one.folder.name / path.name)

    def _carry(self, source: Path, target: Path) -> None:
        carry(source, target, link=self._link)
        self.carried.append(target.relative_to(self._folder).as_posix())


class Held:
    """A segment that is at hand for a new generation, in the folder where it lies now."""

    def __init__(self, folder: Path, facts: SegmentFacts, opened: ExitStack) -> None:
        self.folder, self.facts = folder, facts
        self.segment = opened.enter_context(closing(Segment(folder)))

    @property
    def documents(self) -> int:
        """How many articles it has, with those that are gone."""
        return self.segment.forward.documents

    def gone(self, left: Ints) -> Gone | None:
        """What is gone with all articles but these; None if there are no others."""
        if len(left) == self.documents:
            return None
        return gone_of(self.segment, np.setdiff1d(np.arange(self.documents), left))


def _is_whole(held: Sequence[Held], gone: Sequence[Gone | None]) -> bool:
    return len(held) == 1 and gone[0] is None


def _numbers(held: Sequence[Held], places: Ints, local: Ints, gone: Sequence[Gone | None]) -> dict[str, Array]:
    """The arrays of columns that say where articles lie."""
    arrays: dict[str, Array] = {
        "segment_of": places.astype(np.min_scalar_type(len(held))),
        "local": local.astype(np.uint32),
    }
    for place, (one, lost) in enumerate(zip(held, gone, strict=True)):
        numbers = np.full(one.documents, len(places), np.uint32)
        mine = np.flatnonzero(places == place)
        numbers[local[mine]] = mine
        arrays[f"numbers:{place}"] = numbers
        for kind in ("exact", "family"):
            counted = None if lost is None else lost.exacts if kind == "exact" else lost.families
            nothing = np.zeros(0, np.uint32)
            arrays[f"gone_{kind}:{place}"] = nothing if counted is None else counted.numbers
            arrays[f"gone_{kind}_df:{place}"] = nothing if counted is None else counted.df
    return arrays
