"""What a generation was made of, kept in it for the next run: a hash of every article, and what was rejected."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from search import manifest
from search.errors import EngineError
from search.manifest import Manifest
from search.pointer import names, pointed

from .printable import printable
from .records import Rejected
from .spool import DIGEST_BYTES, Spool
from .workspace import path_of


class Fingerprints(msgspec.Struct, frozen=True):
    """articles: id → (number of its input in `inputs`, hash of its content); rejected: a hash for each record."""

    inputs: list[str]
    articles: dict[str, tuple[int, bytes]]
    rejected: list[bytes]

    def digests(self) -> Mapping[str, bytes]:
        """Id → hash of the content."""
        return {one: digest for one, (_, digest) in self.articles.items()}

    def input_of(self, article_id: str) -> str:
        """The input that the article came from."""
        return self.inputs[self.articles[article_id][0]]


class Previous(msgspec.Struct, frozen=True):
    """The generation that is served before a run."""

    manifest: Manifest
    fingerprints: Fingerprints


def of(spool: Spool, rejected: Iterable[Rejected]) -> Fingerprints:
    """The fingerprints of a run."""
    numbers: dict[str, int] = {}
    articles = {
        one: (numbers.setdefault(printable(entry.kind[0]), len(numbers)), entry.digest)
        for one, entry in spool.entries.items()
    }
    return Fingerprints(list(numbers), articles, sorted({of_rejected(one) for one in rejected}))


def of_rejected(rejected: Rejected) -> bytes:
    """The hash of a record that was rejected. Its line is left out: a record above it may have come or gone."""
    parts = (rejected.input, rejected.file, rejected.id, rejected.reason)
    text = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(text, digest_size=DIGEST_BYTES).digest()


def write(folder: Path, fingerprints: Fingerprints) -> None:
    """Write the file of a generation.

    Raises:
        OSError: it cannot be written.
    """
    (folder / manifest.ARTICLES).write_bytes(msgspec.msgpack.encode(fingerprints))


def read(folder: Path, made: Manifest) -> Fingerprints:
    """The fingerprints of a generation.

    Raises:
        IndexCorrupt: the file is not what was written.
    """
    path = folder / manifest.ARTICLES
    manifest.check_hash(folder, made, manifest.ARTICLES)
    return msgspec.msgpack.decode(path.read_bytes(), type=Fingerprints)


def previous(index: Path) -> Previous | None:
    """The generation that CURRENT names, or the newest before it whose record is whole; None if there is none."""
    try:
        current, _ = pointed(index)
    except EngineError:
        return None
    for name in names(index):
        if not current or name <= current:
            folder = path_of(index, name)
            try:
                made = manifest.read(folder)
                return Previous(made, read(folder, made))
            except EngineError:
                continue
    return None
