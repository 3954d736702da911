"""What differs between two generations, article by article."""

from pathlib import Path

import msgspec

from search import manifest
from search.pointer import current_name, names

from . import ledger
from .errors import IndexerError
from .workspace import path_of


class Difference(msgspec.Struct, frozen=True):
    """From the generation `old` to `new`: ids of articles, and how many have not changed.

    pipeline: whether the analysis differs, so that the same article may be found by other words.
    """

    old: str
    new: str
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    pipeline: bool

    @property
    def is_empty(self) -> bool:
        """Whether both would answer alike."""
        return not (self.added or self.changed or self.removed or self.pipeline)


def difference(index: Path, old: str = "", new: str = "") -> Difference:
    """Compare two generations of an index.

    new: the current one if empty. old: the one before that if empty.

    Raises:
        IndexerError: there is no such generation.
        IndexCorrupt: what one of them was made of cannot be read.
    """
    new = new or current_name(index) or ""
    old = old or next((name for name in names(index) if name < new), "")
    for name, option in ((new, "the current generation"), (old, "a generation before it")):
        if name not in names(index):
            raise IndexerError(f"{index}: there is no {name or option}; `izde status` lists all")
    (first, before), (second, now) = (_read(index, name) for name in (old, new))
    added = tuple(one for one in now if one not in before)
    changed = tuple(one for one, digest in now.items() if before.get(one, digest) != digest)
    removed = tuple(one for one in before if one not in now)
    same = len(now) - len(added) - len(changed)
    return Difference(old, new, added, changed, removed, same, first.pipeline != second.pipeline)


def _read(index: Path, name: str) -> tuple[manifest.Manifest, dict[str, bytes]]:
    folder = path_of(index, name)
    made = manifest.read(folder)
    manifest.check_hash(folder, made, manifest.ARTICLES)
    return made, ledger.read(folder).digests()
