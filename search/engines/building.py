"""The write half of the contract of an engine, of which `base.py` is the read half: how a generation is written."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Protocol

from ..facets import FACETS, FacetSpec
from ..kazakh import Row
from ..texts import Texts
from ..vectors import StemVectors
from .base import Document, Engine
from .batch import Array, Batch


class IndexBuilder(Protocol):
    """Writes one generation into an empty folder. Documents come newest first, then by id; ids are unique.

    They come one by one, to `add`, or in batches, to `take`; then `texts` says what the numbers of words mean.
    """

    def add(self, document: Document) -> None:
        """Take one more document.

        Raises:
            ValueError: it is out of order (`newest_first`), its id was there before, or it is not valid Unicode.
        """

    def take(self, batch: Batch) -> None:
        """Take some more articles; raises as `add`."""

    def texts(self, words: Iterable[Row]) -> Texts:
        """The texts of all batches, whose file stays until `finish`. words: what each number means; rows may repeat."""

    def finish(
        self, vectors: StemVectors | Callable[[], StemVectors] | None = None, clusters: Array | None = None
    ) -> None:
        """Write what is left; afterwards the folder can be opened by the engine.

        vectors: for the parts of the score that need them; without them those count nothing. A function is called as
            late as can be.
        clusters: of each article of the batches a number that those which say the same share; 0 for one of its own.
        """

    def abort(self) -> None:
        """Give up and let go of locks and files; the folder is left for the caller to remove."""


Clusters = Callable[[Array, Callable[[int], list[str]]], Array]
"""Says which articles of a new generation say the same: of each a number that it shares with those that do.

Given are, in the house order, the number that each had in the older generation, or −1 − its place among those that came
in batches; and what gives the fold keys of the body of an article by its number in the older one.
"""


class IndexAssembly(Protocol):
    """Writes a generation into an empty folder, of an older one and of what changed since.

    Articles come in batches as to `IndexBuilder`; one whose id the older one has takes the place of that. carried: the
    paths in the folder of files that are the older one's, compared with their checksums.
    """

    carried: list[str]

    def remove(self, ids: Iterable[str]) -> int:
        """Take these articles out; how many of them there were."""

    def take(self, batch: Batch) -> None:
        """Take some more articles; raises as `IndexBuilder.add`."""

    def texts(self, words: Iterable[Row]) -> Texts:
        """The texts of all batches, see `IndexBuilder.texts`."""

    def finish(self, clusters: Clusters | None = None) -> None:
        """Write what is left; afterwards the folder can be opened.

        Raises:
            IndexCorrupt: a file of the older generation is not what was written.
        """

    def abort(self) -> None:
        """Give up and let go of files; the folder is left for the caller to remove."""


class EngineKind(Protocol):
    """How an engine is made: one object per kind, found by name in `engines.ENGINES`."""

    name: str

    def builder(self, folder: Path, *, memory_mb: int, facets: Mapping[str, FacetSpec] = FACETS) -> IndexBuilder:
        """A builder that writes into `folder`, holding at most about `memory_mb` of postings at a time.

        facets: the fields that can be filtered and counted; the generation keeps their values.
        """

    def assembly(
        self, folder: Path, base: Path, *, memory_mb: int, facets: Mapping[str, FacetSpec] = FACETS, link: bool = False
    ) -> IndexAssembly:
        """What makes a folder of an older one, `base`, which is only read. link: as far as can be by hard links.

        Raises:
            IndexCorrupt: the older one cannot be read.
            ValueError: it has other facets.
        """

    def vectors(self, folder: Path) -> StemVectors:
        """The stem vectors that a finished folder was built with, for one that is to be built with the same.

        Raises:
            IndexCorrupt: they cannot be read.
        """

    def open(self, folder: Path) -> Engine:
        """The engine over a finished folder. Its `search` and `get` raise IndexCorrupt for damage that shows later.

        Raises:
            IndexCorrupt: the folder cannot be read as an index.
        """
