"""The embedded engine: a Whoosh index in files of arrays that are mapped, NumPy answers the questions.

A generation has segments (`segment.py`): words, postings of their stems, the forward index, the stored articles; and
columns of all articles, which say where each lies (`columns.py`). `segments.py` makes one of all; `terms.py` gives what
queries ask for as postings; `match.py`, `score.py` and `execute.py` compute on these. `builder.py` writes a generation
in one go, `assembly.py` one that has segments of the generation before. `codec.py` is the same files for Whoosh's own
searcher, which nothing here uses. Only `stock.py` imports Whoosh, and only building loads it.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ...deadline import Deadline
from ...errors import IndexCorrupt
from ...facets import FACETS, FacetSpec
from ...model import Article, Located
from ...query.nodes import Node, Prefix, Term
from ...vectors import StemVectors
from ..articles import decode
from ..base import RawPage, Request, Stats, Totals
from . import sidecar
from .builder import WhooshBuilder
from .columns import Columns
from .execute import execute
from .leads import Leads
from .locate import located
from .newest import find_newest
from .segments import Segments
from .terms import Caches, TermPostings
from .totals import Alike, count_each

if TYPE_CHECKING:
    from .assembly import Assembly

__all__ = ["WHOOSH", "WhooshBuilder", "WhooshEngine", "WhooshKind"]

CACHE_BYTES = 64 << 20
"""Memory for posting lists that were read before, per engine."""


class WhooshEngine:
    """One generation, open for questions."""

    def __init__(self, folder: Path, cache_bytes: int = CACHE_BYTES) -> None:
        self._folder = folder
        with ExitStack() as opened:
            self._columns = opened.enter_context(closing(Columns(folder)))
            sidecar.check(folder, self._columns.facts.files)
            self._segments = opened.enter_context(closing(Segments(folder, self._columns)))
            self._opened = opened.pop_all()
        self._caches = Caches(cache_bytes)
        self._alike = Alike(self._columns)

    def search(self, node: Node, request: Request, deadline: Deadline) -> RawPage:
        """The matched set of `node`, filtered, sorted, cut and counted as `request` says."""
        with self._reading():
            return execute(node, request, self._terms(deadline), self._columns, self._segments, deadline)

    def totals(
        self, nodes: Sequence[Node], deadline: Deadline, *, grow_below: int = 100, collapse: bool = False
    ) -> list[Totals | None]:
        """How many hits each of these trees has, and how many of them hold every content word."""
        alike = self._alike if collapse else None
        with self._reading():
            return count_each(nodes, grow_below, self._terms(deadline), self._columns, alike, deadline)

    def newest(self, node: Node, limit: int, deadline: Deadline) -> tuple[str, ...]:
        """The ids of the newest articles that match, of those that say the same the newest one, at most `limit`."""
        with self._reading():
            return find_newest(node, limit, self._terms(deadline), self._columns, self._segments, deadline.look)

    def get(self, ids: Sequence[str]) -> list[Article | None]:
        """The articles with these ids, in the same order; None for an id that there is not."""
        numbers = [self._columns.number(one) for one in ids]
        known = [number for number in numbers if number is not None]
        articles = dict(zip(known, map(self._article, known, self._segments.stored(known)), strict=True))
        return [None if number is None else articles[number] for number in numbers]

    def values(self, field: str) -> Mapping[str, int]:
        """Every value of a field and the number of articles that have it; empty for a field that there is not."""
        column = self._columns.field(field)
        return {} if column is None else column.counts()

    def duplicates(self, ids: Sequence[str], prefer: Sequence[str] = ()) -> list[tuple[str, ...]]:
        """For each article the ids of the others that say the same, as a page names them; empty for an unknown id."""
        numbers = [self._columns.number(one) for one in ids]
        leads = Leads(self._columns, prefer)
        return [() if number is None else leads.others(number) for number in numbers]

    def located(self, ids: Sequence[str], words: Sequence[Term | Prefix]) -> list[Located]:
        """Where the words stand in these articles; nowhere in one that there is not."""
        return located([self._columns.number(one) for one in ids], words, self._segments)

    def stats(self) -> Stats:
        """Sizes, as they were counted when the generation was built."""
        return self._columns.stats

    def close(self) -> None:
        """Let go of files and memory."""
        self._opened.close()
        self._caches.clear()

    def _terms(self, deadline: Deadline) -> TermPostings:
        return TermPostings(self._segments, self._columns, self._caches, deadline.look)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except IndexError as error:  # a number that leads nowhere: a file was overwritten while it was open
            raise IndexCorrupt(self._folder, f"its files do not fit together: {error}") from error

    def _article(self, number: int, data: bytes) -> Article:
        try:
            return decode(data)
        except ValueError as error:
            raise IndexCorrupt(self._folder, f"article number {number} cannot be read: {error}") from error


class WhooshKind:
    """How the embedded engine is made."""

    name = "whoosh"

    def builder(self, folder: Path, *, memory_mb: int, facets: Mapping[str, FacetSpec] = FACETS) -> WhooshBuilder:
        """A builder that writes into `folder`, inverting about `memory_mb` at a time."""
        return WhooshBuilder(folder, memory_mb=memory_mb, facets=facets)

    def assembly(
        self, folder: Path, base: Path, *, memory_mb: int, facets: Mapping[str, FacetSpec] = FACETS, link: bool = False
    ) -> "Assembly":
        """What makes a folder of an older one, `base`, and of what changed since."""
        from .assembly import Assembly  # what only serves never needs it

        return Assembly(folder, base, memory_mb=memory_mb, facets=facets, link=link)

    def vectors(self, folder: Path) -> StemVectors:
        """The stem vectors of a finished folder."""
        from .settled import read_settled

        return read_settled(folder)

    def open(self, folder: Path) -> WhooshEngine:
        """The engine over a finished folder.

        Raises:
            IndexCorrupt: the folder cannot be read as an index.
        """
        return WhooshEngine(folder)


WHOOSH = WhooshKind()
