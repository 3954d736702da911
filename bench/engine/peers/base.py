"""What every engine in the comparison does."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ..corpus import Corpus
from ..queries import Ask

FACETS = ("category", "source", "year")
SHOWN = 10
DEEP = 490
"""The hits of the class `deep` begin after so many."""
COMPLETIONS = 7
SNIPPET = 200
"""Characters of a snippet."""

Facets = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Answer:
    """ids: of the hits shown, with their stored fields read; of completions the words. total: -1 if not counted.

    snippets: how many of the hits have a piece of their text with a mark in it.
    """

    ids: tuple[str, ...]
    total: int
    facets: Facets
    snippets: int = 0


class Searcher(Protocol):
    """An index that is open for questions."""

    def ask(self, query: Ask) -> Answer | None:
        """The answer, with everything that its class shows; None if the engine has nothing for this class."""

    def close(self) -> None:
        """Let go of the index."""


class Peer(Protocol):
    """How an engine is built and opened."""

    def build(self, folder: Path, corpus: Corpus) -> None:
        """Write the index of a corpus, newest first, into an empty folder, in one process."""

    def more(self, folder: Path, corpus: Corpus) -> None:
        """Write what the index lacks for completion and typos."""

    def open(self, folder: Path) -> Searcher:
        """The index of a folder."""
