"""The manifest of a generation: what it holds, how it was made, and the hash of every file in it.

    INDEX/CURRENT                          the name of the generation that is served, one line
    INDEX/generations/NAME/MANIFEST.json   this file
    INDEX/generations/NAME/lexicon.tsv     the stem lexicon that both sides of the search use
    INDEX/generations/NAME/vocabulary.bin  the words of its articles, for corrections and suggestions
    INDEX/generations/NAME/articles.izde   the fingerprint of every article, for the next run of the indexer
    INDEX/generations/NAME/duplicates.izde what the next run needs to know of the bodies, to find those that are alike
    INDEX/generations/NAME/engine/         the engine's own files
    INDEX/generations/.NAME.building       a generation that is being built, .NAME.removing one that is being removed

The manifest is JSON; its first member is a seal, the SHA-256 of all that follows, so that damage to the manifest itself
shows too.
"""

import hashlib
import re
from datetime import date, datetime
from pathlib import Path

import msgspec

from .errors import IndexCorrupt, IndexFormatTooNew

FORMAT = 1
"""The format that this Izde writes; it reads all up to this one."""

CURRENT = "CURRENT"
GENERATIONS = "generations"
MANIFEST = "MANIFEST.json"
LEXICON = "lexicon.tsv"
VOCABULARY = "vocabulary.bin"
ARTICLES = "articles.izde"
DUPLICATES = "duplicates.izde"
ENGINE = "engine"

_CHUNK = 1 << 20
_SEALED = re.compile(rb'\{\n "seal": "([0-9a-f]{64})",\n')


class FileEntry(msgspec.Struct, frozen=True):
    """A file of a generation: its size in bytes and its SHA-256 in hexadecimal."""

    size: int
    sha256: str


class _Format(msgspec.Struct, frozen=True):
    format: int


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a generation holds.

    pipeline: the fingerprint of everything that shapes an index besides the articles.
    files: path below the generation, with slashes → its entry; every file but the manifest itself.
    terms, tokens: distinct stems, and words in all.
    """

    format: int = FORMAT
    name: str
    engine: str
    created: datetime
    documents: int
    newest: date | None
    terms: int
    tokens: int
    pipeline: str
    files: dict[str, FileEntry]


def measure(path: Path) -> FileEntry:
    """Size and hash of a file, read in pieces.

    Raises:
        OSError: it cannot be read.
    """
    size, digest = 0, hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            size += len(chunk)
            digest.update(chunk)
    return FileEntry(size, digest.hexdigest())


def listed(folder: Path) -> list[str]:
    """The files of a generation but its manifest, as the manifest names them, sorted."""
    names = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(name for name in names if name != MANIFEST)


def building(name: str) -> str:
    """The folder name of this generation while it is being built."""
    return f".{name}.building"


def encode(manifest: Manifest) -> bytes:
    """The manifest as it is stored: the seal, then indented JSON with sorted keys."""
    text = msgspec.json.format(msgspec.json.encode(manifest, order="sorted"), indent=1) + b"\n"
    rest = text.removeprefix(b"{\n")
    return b'{\n "seal": "%s",\n' % hashlib.sha256(rest).hexdigest().encode() + rest


def read(folder: Path) -> Manifest:
    """The manifest of a generation.

    Raises:
        IndexCorrupt: it is missing or is no manifest.
        IndexFormatTooNew: a newer Izde wrote it.
    """
    path = folder / MANIFEST
    try:
        data = path.read_bytes()
        found = msgspec.json.decode(data, type=_Format).format
        if found > FORMAT:
            raise IndexFormatTooNew(path, found, FORMAT)
        sealed = _SEALED.match(data)
        if not sealed or hashlib.sha256(data[sealed.end() :]).hexdigest().encode() != sealed[1]:
            raise IndexCorrupt(path, "its seal is broken")
        manifest = msgspec.json.decode(data, type=Manifest)
    except OSError as error:
        raise IndexCorrupt(path, f"it cannot be read ({error.strerror})") from error
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise IndexCorrupt(path, f"it is no manifest ({error})") from error
    if folder.name not in (manifest.name, building(manifest.name)):
        raise IndexCorrupt(path, f"it belongs to the generation {manifest.name!r}")
    return manifest


def check_sizes(folder: Path, manifest: Manifest) -> None:
    """Compare every file's size with the manifest: cheap, done at every open.

    Raises:
        IndexCorrupt: a file is missing, is no plain file inside the folder, or has another size.
    """
    for name, entry in manifest.files.items():
        path = folder / name
        if not _inside(name) or path.is_symlink():
            raise IndexCorrupt(path, "it leads out of the generation")
        try:
            size = path.stat().st_size
        except OSError as error:
            raise IndexCorrupt(path, f"it cannot be read ({error.strerror})") from error
        if size != entry.size:
            raise IndexCorrupt(path, f"it has {size} bytes, {entry.size} were written")


def check_hash(folder: Path, manifest: Manifest, name: str) -> None:
    """Compare one file with the manifest, byte by byte through its hash.

    Raises:
        IndexCorrupt: the file is missing, in the folder or in the manifest, or is not what was written.
    """
    path = folder / name
    try:
        found = measure(path)
    except OSError as error:
        raise IndexCorrupt(path, f"it cannot be read ({error.strerror})") from error
    if found != manifest.files.get(name):
        raise IndexCorrupt(path, "its SHA-256 is not the one that was written")


def check_hashes(folder: Path, manifest: Manifest) -> None:
    """Compare every file with the manifest, byte by byte through its hash.

    Raises:
        IndexCorrupt: a file is missing or is not what was written.
    """
    check_sizes(folder, manifest)
    for name in manifest.files:
        check_hash(folder, manifest, name)


def _inside(name: str) -> bool:
    parts = name.split("/")
    return bool(name) and not name.startswith("/") and "\\" not in name and not {"", ".", ".."} & set(parts)
