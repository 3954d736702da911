"""The generation that an incremental run goes on from: its ledger, and its articles where they are wanted."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from search import engines, manifest
from search.engines.base import Engine
from search.manifest import Manifest
from search.model import Article

from .ledger import Ledger

_TOGETHER = 100
"""Articles that are read together."""


class Base:
    """folder: of the generation. Every method may raise IndexCorrupt."""

    def __init__(self, folder: Path, made: Manifest, ledger: Ledger) -> None:
        self.folder, self.manifest, self.ledger = folder, made, ledger
        self._engine: Engine | None = None

    def check(self) -> None:
        """Compare the sizes of all files with the manifest, and what is taken over as a whole with its hash."""
        manifest.check_sizes(self.folder, self.manifest)
        manifest.check_hash(self.folder, self.manifest, manifest.LEXICON)

    def get(self, ids: Sequence[str]) -> list[Article | None]:
        """The articles with these ids, in the same order; None for an id that there is not."""
        return self._opened().get(ids)

    def articles(self, ids: Sequence[str]) -> Iterator[Article]:
        """Those of these articles that there are."""
        for first in range(0, len(ids), _TOGETHER):
            found = self._opened().get(ids[first : first + _TOGETHER])
            yield from (one for one in found if one is not None)

    def close(self) -> None:
        """Let go of the files."""
        if self._engine is not None:
            self._engine.close()
            self._engine = None

    def _opened(self) -> Engine:
        if self._engine is None:
            self._engine = engines.kind(self.manifest.engine).open(self.folder / manifest.ENGINE)
        return self._engine
