"""Everything about the articles that is not text, as arrays by article number in a mapped file.

    facts                   JSON, see `Facts`
    ids_…                   the ids, a lexicon in the order of the numbers
    days                    local dates as proleptic ordinals, 0 for none
    titles, bodies          tokens
    norms                   what BM25 adds to tf for the length of an article, see `ranking.norm`
    moments                 of publication: microseconds since 1970 in UTC, the greatest number for none
    cluster_hashes          64 bits of the BLAKE2b of what articles that say the same share; 0 for none
    oldest                  the place of each article in the order that begins with the oldest
    clusters, shared        the number of the first article that says the same; whether any other does
    members, member_of      the articles that share their cluster, by it and then by number; their clusters
    dates, date_counts      the local dates that there are, and the articles of each
    codes:F, counts:F       of a field: the number of each article's value, and the articles of each value
    values:F_…              its values, a lexicon; 0 is «no value»
    segment_of, local       the segment of each article and its number there; empty if there is one segment, all of it
    numbers:S               the other way, for segment S; `documents` for an article that is gone
    gone_exact:S, …_df:S    the exact forms of articles that are gone, rising, and how many of them have each
    gone_family:S, …_df:S   the same of families

Opening reads the facts alone; nothing is made of the arrays but what a question asks for.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from ...errors import IndexCorrupt
from ...mapped import Mapped
from ...model import Scope
from ...ranking import norm
from ..base import Stats
from .field_column import FieldColumn
from .lexicon import Lexicon
from .packed import Packed, numbers, packed, size
from .postings import distinct
from .sets import Articles
from .sidecar import NAME

KIND: Final = "columns"
VERSION: Final = 2

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class SegmentFacts(msgspec.Struct, frozen=True):
    """A segment, by the name of its folder.

    average: the mean number of tokens when it was written. is_whole: it is the only one, and nothing is gone from it.
    """

    name: str
    average: float
    is_whole: bool


class Facts(msgspec.Struct, frozen=True):
    """Figures of the whole. tokens: by scope. newest: the last day, 0 for none. files: see `sidecar.py`."""

    documents: int
    stems: int
    tokens: dict[Scope, int]
    newest: int
    fields: list[str]
    files: dict[str, tuple[int, int]]
    segments: list[SegmentFacts]


_LISTED: Final = 16
"""Fewer articles than one in so many are looked up one by one."""


class Columns:
    """The columns of one generation, open for reading.

    averages[scope]: the mean number of tokens, 0.0 in an empty index.

    Raises:
        IndexCorrupt: the file is not what was written; so does every question that touches what is damaged.
    """

    def __init__(self, folder: Path) -> None:
        self._file = Mapped(folder / NAME, KIND, VERSION)
        try:
            self.facts = msgspec.json.decode(self._file.whole("facts").tobytes(), type=Facts)
            tokens, self.documents = self.facts.tokens, self.facts.documents
            self.averages = {scope: tokens[scope] / self.documents if self.documents else 0.0 for scope in Scope}
            self._ids = Lexicon(self._file, "ids")
            self._fields = {name: FieldColumn(self._file, name) for name in self.facts.fields}
        except (ValueError, KeyError) as error:
            self._file.close()
            raise IndexCorrupt(self._file.path, f"its facts are wrong ({error})") from error
        except IndexCorrupt:
            self._file.close()
            raise
        self._stats = Stats(self.documents, self.facts.stems, tokens[Scope.ALL], _Days(self._file))

    @property
    def days(self) -> NDArray[np.int32]:
        """Local dates as proleptic ordinals, 0 for none."""
        return self._file.whole("days")

    @property
    def titles(self) -> NDArray[np.uint32]:
        """Tokens of the titles."""
        return self._file.whole("titles")

    @property
    def oldest_rank(self) -> NDArray[np.uint32]:
        """The place of each article in the order that begins with the oldest."""
        return self._file.whole("oldest")

    @property
    def moments(self) -> Ints:
        """When the articles were published: microseconds since 1970 in UTC; the greatest number for no date."""
        return self._file.whole("moments")

    @property
    def cluster_hashes(self) -> NDArray[np.uint64]:
        """A number that articles which say the same share; 0 for none."""
        return self._file.whole("cluster_hashes")

    @property
    def bodies(self) -> NDArray[np.uint32]:
        """Tokens of the bodies."""
        return self._file.whole("bodies")

    @property
    def clusters(self) -> NDArray[np.uint32]:
        """The number of the first article that says the same as each."""
        return self._file.whole("clusters")

    @property
    def shared(self) -> NDArray[np.bool_]:
        """Whether any other article says the same."""
        return self._file.whole("shared")

    @property
    def average(self) -> float:
        """The mean number of tokens; 0.0 in an empty index."""
        return self.averages[Scope.ALL]

    def numbers(self, segment: int) -> NDArray[np.uint32]:
        """The numbers of the articles of a segment, `documents` for one that is gone."""
        return self._file.whole(f"numbers:{segment}")

    def segment_of(self, articles: Ints) -> NDArray[Any]:
        """The segments of these articles."""
        return self._file.take("segment_of", articles)

    def local(self, articles: Ints) -> Ints:
        """The numbers of these articles in their segments."""
        return self._file.take("local", articles).astype(np.int64)

    def gone(self, segment: int, kind: str, number: int) -> int:
        """How many articles that are gone from a segment have the exact form or the family of this number."""
        held = self._file.whole(f"gone_{kind}:{segment}")
        at = int(held.searchsorted(number))
        there = at < len(held) and held[at] == number
        return int(self._file.part(f"gone_{kind}_df:{segment}", at, at + 1)[0]) if there else 0

    @property
    def stats(self) -> Stats:
        """Sizes of the generation; days are read when they are first asked for."""
        return self._stats

    def ids(self, numbers: Ints) -> list[str]:
        """The ids of these articles."""
        return self._ids.texts(numbers)

    def number(self, article_id: str) -> int | None:
        """The number of an article; None if there is none with this id."""
        found = self._ids.find(article_id)
        return found if found >= 0 else None

    def field(self, name: str) -> FieldColumn | None:
        """The column of a field; None if the generation does not have it."""
        return self._fields.get(name)

    def lengths(self, scope: Scope, articles: Ints) -> Floats:
        """The tokens of these articles."""
        if scope is Scope.ALL:
            return (self._file.whole("titles")[articles] + self._file.whole("bodies")[articles]).astype(np.float64)
        return self._file.whole("titles" if scope is Scope.TITLE else "bodies")[articles].astype(np.float64)

    def norms(self, scope: Scope, articles: Ints) -> Floats:
        """What tf is added to in `ranking.saturation`, for the lengths of these articles."""
        if scope is Scope.ALL:
            return self._file.whole("norms").take(articles)
        return norm(self.lengths(scope, articles), self.averages[scope])

    def age(self, articles: Ints) -> Floats:
        """Days from these articles' local dates to the newest one; infinite without a date."""
        days = self.days[articles]
        age = self.facts.newest - days.astype(np.float64)
        age[days == 0] = np.inf
        return age

    def members(self, number: int) -> Ints:
        """The articles that say the same as this one, itself among them."""
        if not self.shared[number]:
            return np.array([number])
        of, cluster = self._file.whole("member_of"), self.clusters[number]
        first, last = np.searchsorted(of, cluster, "left"), np.searchsorted(of, cluster, "right")
        return self._file.part("members", int(first), int(last)).astype(np.int64)

    def firsts(self, numbers: Ints) -> Ints:
        """The places in `numbers` of the first article of each group, in order."""
        together = np.flatnonzero(self.shared.take(numbers))
        if not len(together):
            return np.arange(len(numbers))
        _, first = np.unique(self.clusters[numbers[together]], return_index=True)
        later = np.delete(together, first)
        return np.delete(np.arange(len(numbers)), later)

    def alike(self, articles: Articles) -> Ints:
        """Those of these articles that say the same as another one, whether that is among these or not."""
        if articles.is_listed and len(articles) * _LISTED < self.documents:
            return articles.ids[self.shared.take(articles.ids)]
        bits = articles.bits & self._shared
        return numbers(bits, size(bits))

    @cached_property
    def _shared(self) -> Packed:
        return packed(self.shared)

    def groups(self, articles: Articles) -> int:
        """How many groups these articles are of."""
        alike = self.alike(articles)
        if not len(alike):
            return len(articles)
        return len(articles) - len(alike) + len(distinct(self.clusters.take(alike).astype(np.int64)))

    def repeated(self, codes: NDArray[Any], alike: Ints, count: int) -> Ints:
        """How often each of the codes 0 … count − 1 is there once more in the same group.

        alike: those of some articles that say the same as another one; codes: theirs.
        """
        pairs = distinct(codes.astype(np.int64) << 32 | self.clusters.take(alike))
        return np.bincount(codes, minlength=count) - np.bincount(pairs >> 32, minlength=count)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


class _Days(Mapping[date, int]):
    """How many articles there are by local date."""

    def __init__(self, file: Mapped) -> None:
        self._file = file

    def __getitem__(self, day: date) -> int:
        return self._counts[day]

    def __iter__(self) -> Iterator[date]:
        return iter(self._counts)

    def __len__(self) -> int:
        return self._file.rows("dates")

    def __repr__(self) -> str:
        return repr(self._counts)

    @cached_property
    def _counts(self) -> dict[date, int]:
        pairs = zip(self._file.whole("dates").tolist(), self._file.whole("date_counts").tolist(), strict=True)
        return {date.fromordinal(day): count for day, count in pairs}
