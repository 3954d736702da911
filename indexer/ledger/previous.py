"""The generation that a run starts from."""

from dataclasses import dataclass
from pathlib import Path

from indexer.workspace import path_of
from search import manifest
from search.errors import EngineError
from search.manifest import Manifest
from search.pointer import names, pointed

from .ledger import Ledger, read


@dataclass(frozen=True, slots=True)
class Previous:
    """A generation and its ledger."""

    manifest: Manifest
    ledger: Ledger


def previous(index: Path) -> Previous | None:
    """The generation that CURRENT names, or the newest before it whose ledger is whole; None if there is none."""
    try:
        current, _ = pointed(index)
    except EngineError:
        return None
    for name in names(index):
        if not current or name <= current:
            folder = path_of(index, name)
            try:
                return Previous(manifest.read(folder), read(folder))
            except EngineError:
                continue
    return None
