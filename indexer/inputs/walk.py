"""The files of an input: which are read, which are skipped, and the names that their articles get."""

import os
import stat
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Final, NamedTuple

from indexer.errors import EmptyInput, InputError
from indexer.records import InputSpec, Rejected
from search.kazakh.slug import slug

_OF_PAGES: Final = ("_files", ".files", "_файлы")


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file of an input.

    name: path below the input, with `/`, as it is shown in reports.
    slug: what the id of an article is made of where the file is one article.
    place: where it is taken to lie where that is not its name: as if its archive were unpacked where it is.
    """

    spec: InputSpec
    path: Path
    name: str
    slug: str
    place: str = ""

    @property
    def input(self) -> str:
        """What reports call the input: its name, else its path."""
        return label(self.spec)


class Stamp(NamedTuple):
    """What tells whether a file may have changed.

    size in bytes; modified, changed: when it was, and when what is said of it was, in nanoseconds since 1970.
    """

    size: int
    modified: int
    changed: int


@dataclass(slots=True)
class Walk:
    """What an input holds, sorted: paths of files to read, of files of no known kind, and what cannot be entered.

    stamps: of the files to read, in the same order.
    """

    spec: InputSpec
    root: Path
    known: list[str] = field(default_factory=list)
    stamps: list[Stamp] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    problems: list[Rejected] = field(default_factory=list)

    def files(self) -> Iterator[InputFile]:
        """The files to read, in order."""
        slugs = [slug_of(path) for path in self.known]
        counts = Counter(slugs)
        return (self.file(path, own, counts[own] == 1) for path, own in zip(self.known, slugs, strict=True))

    def file(self, path: str, own: str, is_one: bool) -> InputFile:
        """The file at a path. own: its slug. is_one: whether no other file has the same."""
        return InputFile(self.spec, self.root / path, shown(path), own if is_one else longer(own, path))


def label(spec: InputSpec) -> str:
    """What reports call the input: its name, else its path."""
    return spec.name or shown(str(spec.path))


def shown(path: str) -> str:
    """A path that can be printed: bytes that are no text become a mark."""
    return os.fsencode(path).decode("utf-8", "replace")


def walk(spec: InputSpec, suffixes: Collection[str]) -> Walk:
    """What the input holds. Hidden files, special files, and links that lead out of the folder are left aside.

    suffixes: of the files that can be read, in lower case.

    Raises:
        InputError: the path does not exist, or cannot be looked at.
        EmptyInput: it holds no file of a known kind.
    """
    try:
        own = spec.path.stat()
    except (OSError, ValueError) as error:
        raise InputError(f"input {label(spec)}: {getattr(error, 'strerror', None) or error}") from None
    is_folder = stat.S_ISDIR(own.st_mode)
    found = Walk(spec, spec.path if is_folder else spec.path.parent)
    ends = tuple(suffixes)
    for name, status in sorted(_below(found)) if is_folder else [(spec.path.name, own)]:
        if name.lower().endswith(ends):
            found.known.append(name)
            found.stamps.append(stamp_of(status))
        else:
            found.unknown.append(name)
    if not found.known:
        raise empty(spec, f"no file that ends in {' '.join(sorted(suffixes))}", found.problems)
    return found


def stamp_of(status: os.stat_result) -> Stamp:
    """The stamp of a file."""
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def empty(spec: InputSpec, what: str, problems: Collection[Rejected] = ()) -> EmptyInput:
    """The error for an input that exists and gives nothing; the first problem tells why."""
    first = next(iter(problems), None)
    why = f"; {first.file}:{first.line}: {first.reason}" if first else ""
    return EmptyInput(f"input {label(spec)}: {what}{why}")


def _below(found: Walk) -> list[tuple[str, os.stat_result]]:
    """The files below the root, by their paths in it."""
    home = str(found.root.resolve())
    files: list[tuple[str, os.stat_result]] = []
    waiting = [""]
    while waiting:
        above = waiting.pop()
        try:
            with os.scandir(found.root / above) as held:
                entries = [entry for entry in held if not entry.name.startswith(".")]
        except OSError as error:
            reason = f"the folder cannot be read: {error.strerror}"
            found.problems.append(Rejected(label(found.spec), shown(above.rstrip("/")) or ".", 1, "", reason))
            continue
        folders = [entry.name for entry in entries if _is_folder(entry)]
        plain = {entry.name for entry in entries} - {*folders}
        waiting.extend(f"{above}{name}/" for name in folders if not {*pages_of(name)} & plain)
        stats = ((entry.name, _status(entry, home)) for entry in entries if entry.name in plain)
        files.extend((above + name, status) for name, status in stats if status is not None)
    return files


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir() and not entry.is_symlink()
    except OSError:
        return False


def _status(entry: "os.DirEntry[str]", home: str) -> os.stat_result | None:
    """Of a plain file, or of a link to one inside the input; None of anything else: a pipe would never end."""
    try:
        if entry.is_symlink() and not Path(entry.path).resolve(strict=True).is_relative_to(home):
            return None
        status = entry.stat()
    except (OSError, RuntimeError):
        return None
    return status if stat.S_ISREG(status.st_mode) else None


def pages_of(folder: str) -> tuple[str, ...]:
    """The names of pages that a browser may have saved together with this folder of their pictures and frames.

    >>> pages_of("Хабар_files"), pages_of("2019")
    (('Хабар.html', 'Хабар.htm'), ())
    """
    page = next((folder.removesuffix(end) for end in _OF_PAGES if folder.endswith(end)), "")
    return (f"{page}.html", f"{page}.htm") if page else ()


def slug_of(path: str) -> str:
    """What an id is made of: each part of a path, without the suffix of the last, in letters that addresses have."""
    parts = Path(path).with_suffix("").parts
    return "/".join(slug(part) or _hash(part) for part in parts)


def longer(own: str, path: str) -> str:
    """The slug of a path that shares it with others."""
    return f"{own}-{_hash(path)}"


def _hash(text: str) -> str:
    return blake2b(os.fsencode(text), digest_size=3).hexdigest()
