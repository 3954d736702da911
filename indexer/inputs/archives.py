"""Archives of files: their members are read one by one, each in a temporary file that has no name of theirs."""

import tempfile
import zlib
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Final
from zipfile import BadZipFile

from indexer.errors import NoSpace
from indexer.records import Rejected

from .walk import InputFile, longer, pages_of, shown, slug_of

MOST_MEMBERS: Final = 100_000
"""Of an archive: their names alone take 50 MB of memory; more articles come as JSON Lines or in several archives."""

MOST_MEMBER_BYTES: Final = 1_000_000_000
"""Of a member, unpacked: so much room it takes in the folder for temporary files."""

NESTED: Final = (".zip", ".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tar.xz", ".gz", ".bz2", ".xz", ".zst", ".7z", ".rar")

_AT_ONCE: Final = 1 << 16
_DEEPEST: Final = 32

DAMAGED: Final = (OSError, EOFError, zlib.error, BadZipFile, NotImplementedError, RuntimeError, ValueError)


@dataclass(frozen=True, slots=True)
class Entry:
    """A member as the archive lists it. problem: in words why its content is not looked at, such as a link."""

    name: str
    size: int
    problem: str = ""


@dataclass(slots=True)
class Listing:
    """The members of an archive, without folders. problem: in words why there may be more, or why none is read."""

    entries: list[Entry] = field(default_factory=list)
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Archive:
    """How archives of a kind are read.

    listing: what an archive holds; raises nothing for what is wrong in it but OSError. contents: the members with these
    places in the listing, in order, each open for as long as the next is not asked for.
    """

    listing: Callable[[Path], Listing]
    contents: Callable[[Path, Collection[int]], Iterator[tuple[int, IO[bytes]]]]


def members(
    file: InputFile, archive: Archive, suffixes: Collection[str], unknown: list[str]
) -> Iterator[InputFile | Rejected]:
    """The members of an archive that can be read, each a file for as long as the next is not asked for.

    suffixes: of the kinds that are known. unknown: gets the names of members of no known kind. What is not followed is
    said, with the number of the member as its line.

    Raises:
        OSError: the archive cannot be read.
    """
    listing = archive.listing(file.path)
    wanted: dict[int, str] = {}
    names = Counter(entry.name for entry in listing.entries)
    for at, entry in enumerate(listing.entries):
        if _is_hidden(entry.name) or _of_page(entry.name, names):
            continue
        problem = _problem(entry, names)
        suffix = next((one for one in suffixes if entry.name.lower().endswith(one)), "")
        if problem:
            yield Rejected(file.input, file.name, at + 1, "", f"{_named(entry)}: {problem}")
        elif suffix:
            wanted[at] = suffix
        else:
            unknown.append(f"{file.name}/{shown(entry.name)}")
    if listing.problem:
        yield Rejected(file.input, file.name, len(listing.entries) + 1, "", listing.problem)
    if wanted:
        yield from _files(file, archive, listing.entries, wanted)


def _files(
    file: InputFile, archive: Archive, entries: list[Entry], wanted: dict[int, str]
) -> Iterator[InputFile | Rejected]:
    slugs = Counter(slug_of(entries[at].name) for at in wanted)
    folder = PurePosixPath(file.place or file.name).parent
    done = -1
    with tempfile.TemporaryDirectory(prefix="izde-") as scratch:
        try:
            for at, content in archive.contents(file.path, wanted.keys()):
                done, entry = at, entries[at]
                path = Path(scratch, f"member{wanted[at]}")
                problem = _copied(content, path)
                if problem:
                    yield Rejected(file.input, file.name, at + 1, "", f"{_named(entry)}: {problem}")
                    continue
                own = slug_of(entry.name)
                slug = own if slugs[own] == 1 else longer(own, entry.name)
                place = (folder / entry.name).as_posix()
                yield InputFile(file.spec, path, f"{file.name}/{shown(entry.name)}", f"{file.slug}/{slug}", place)
        except DAMAGED as error:
            reason = f"the archive is damaged, the rest of it is not read: {error}"
            yield Rejected(file.input, file.name, done + 2, "", reason)


def _copied(content: IO[bytes], path: Path) -> str:
    """Copy a member; in words why that did not go, or empty.

    Raises:
        NoSpace: there is no room for it.
    """
    left = MOST_MEMBER_BYTES
    with path.open("wb") as target:
        while True:
            try:
                data = content.read(_AT_ONCE)
            except DAMAGED as error:
                return f"damaged: {error}"
            left -= len(data)
            if left < 0:
                return f"unpacks to more than it says, and than a member may have ({MOST_MEMBER_BYTES:,} bytes)"
            if not data:
                return ""
            try:
                target.write(data)
            except OSError as error:
                raise NoSpace(
                    f"{path.parent}: {error.strerror}; TMPDIR names another folder for temporary files"
                ) from None


def _named(entry: Entry) -> str:
    return repr(shown(entry.name[:100]))


def _problem(entry: Entry, names: "Counter[str]") -> str:
    """In words why a member is not followed, or empty."""
    name = entry.name
    if entry.problem:
        return entry.problem
    if not name or "\0" in name or len(name) > 1000:
        return "a name that no file has"
    if name.startswith("/") or name[1:3] == ":/" or name[1:2] == ":":
        return "an absolute name: members stand below their archive"
    if ".." in name.split("/"):
        return "a name that leads out of the archive (..)"
    if names[name] > 1:
        return "a name that stands twice: none of the two is read"
    if name.lower().endswith(NESTED) and not name.lower().endswith((".jsonl.gz", ".warc.gz")):
        return "an archive in an archive is not read: unpack it"
    if entry.size > MOST_MEMBER_BYTES:
        return f"larger than a member may be ({MOST_MEMBER_BYTES:,} bytes): unpack the archive"
    return ""


def _is_hidden(name: str) -> bool:
    """As in folders; and what macOS puts beside files in archives."""
    return any(part.startswith(".") and part != ".." for part in name.split("/")) or name.startswith("__MACOSX/")


def _of_page(name: str, names: Collection[str]) -> bool:
    """Whether it lies in the folder of a saved page that is in the archive too."""
    return any((above.parent / page).as_posix() in names for above in _above(name) for page in pages_of(above.name))


def _above(name: str) -> list[PurePosixPath]:
    return list(PurePosixPath(name).parents)[:-1][:_DEEPEST]
