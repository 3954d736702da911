"""Everything about the articles that is not text, as arrays by article number in a mapped file.

    facts                   JSON, see `Facts`
    ids_…                   the ids, a lexicon in the order of the numbers
    days                    local dates as proleptic ordinals, 0 for none
    titles, bodies          tokens
    oldest                  the place of each article in the order that begins with the oldest
    clusters, shared        the number of the first article that says the same; whether any other does
    members, member_of      the articles that share their cluster, by it and then by number; their clusters
    dates, date_counts      the local dates that there are, and the articles of each
    codes:F, counts:F       of a field: the number of each article's value, and the articles of each value
    values:F_…              its values, a lexicon; 0 is «no value»

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
from ..base import Stats
from .lexicon import Lexicon
from .postings import distinct
from .sidecar import NAME

KIND: Final = "columns"
VERSION: Final = 1

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class Facts(msgspec.Struct, frozen=True):
    """Figures of the whole. tokens: by scope. newest: the last day, 0 for none. files: see `sidecar.py`."""

    documents: int
    stems: int
    tokens: dict[Scope, int]
    newest: int
    fields: list[str]
    files: dict[str, tuple[int, int]]


class FieldColumn:
    """The values of the articles in one field. codes: places in the values, where 0 is «no value»."""

    def __init__(self, file: Mapped, name: str) -> None:
        self._file, self._name = file, name
        self._values = Lexicon(file, f"values:{name}")

    def __len__(self) -> int:
        """The number of values, with the empty one."""
        return len(self._values)

    @property
    def codes(self) -> NDArray[Any]:
        """The code of each article, as unsigned numbers of some width."""
        return self._file.whole(f"codes:{self._name}")

    def values(self, codes: Ints) -> list[str]:
        """The values of these codes."""
        return self._values.texts(codes)

    def code(self, value: str) -> int:
        """The code of a value; -1 if no article has it."""
        return self._values.find(value)

    def counts(self) -> dict[str, int]:
        """Every value but the empty one, and how many articles have it."""
        counts = self._file.whole(f"counts:{self._name}")
        codes = np.arange(1, len(counts))
        return dict(zip(self.values(codes), counts[codes].tolist(), strict=True))


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
    def clusters(self) -> NDArray[np.uint32]:
        """The number of the first article that says the same as each."""
        return self._file.whole("clusters")

    @property
    def shared(self) -> NDArray[np.bool_]:
        """Whether any other article says the same."""
        return self._file.whole("shared")

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
        together = np.flatnonzero(self.shared[numbers])
        _, first = np.unique(self.clusters[numbers[together]], return_index=True)
        later = np.delete(together, first)
        return np.delete(np.arange(len(numbers)), later)

    def counted(self, codes: NDArray[Any], numbers: Ints, size: int, groups: bool) -> Ints:
        """How many of the articles `numbers` have each of the codes 0 … size − 1; of a group one for each code."""
        if groups:
            together = self.shared[numbers]
            alone = np.bincount(codes[~together], minlength=size)
            pairs = distinct(codes[together].astype(np.int64) << 32 | self.clusters[numbers[together]])
            return alone + np.bincount(pairs >> 32, minlength=size)
        return np.bincount(codes, minlength=size)

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
