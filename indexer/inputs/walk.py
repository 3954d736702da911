"""The files of an input: which are read, which are skipped, and the names that their articles get."""

import os
import stat
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Final

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


Stamp = tuple[int, int, int]
"""What tells whether a file may have changed: its size in bytes, and when it and what is said of it were changed, in
nanoseconds since 1970.
"""


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
    for name, stamp in sorted(_below(found)) if is_folder else [(spec.path.name, stamp_of(own))]:
        if name.lower().endswith(ends):
            found.known.append(name)
            found.stamps.append(stamp)
        else:
            found.unknown.append(name)
    if not found.known:
        raise empty(spec, f"no file that ends in {' '.join(sorted(suffixes))}", found.problems)
    return found


def stamp_of(status: os.stat_result) -> Stamp:
    """The stamp of a file."""
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns


def empty(spec: InputSpec, what: str, problems: Collection[Rejected] = ()) -> EmptyInput:
    """The error for an input that exists and gives nothing; the first problem tells why."""
    first = next(iter(problems), None)
    why = f"; {first.file}:{first.line}: {first.reason}" if first else ""
    return EmptyInput(f"input {label(spec)}: {what}{why}")


def _below(found: Walk) -> list[tuple[str, Stamp]]:
    """The files below the root, by their paths in it."""
    home = str(found.root.resolve())
    files: list[tuple[str, Stamp]] = []
    waiting = [""]
    while waiting:
        above = waiting.pop()
        folders, here = list[str](), list[tuple[str, Stamp]]()
        try:
            with os.scandir(found.root / above) as held:
                for entry in held:  # a hundred thousand times over: what is asked of each is the least there is
                    name = entry.name
                    if name.startswith("."):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(name)
                    elif stamp := _stamp(entry, home):
                        here.append((name, stamp))
        except OSError as error:
            reason = f"the folder cannot be read: {error.strerror}"
            found.problems.append(Rejected(label(found.spec), shown(above.rstrip("/")) or ".", 1, "", reason))
        files.extend([(above + name, stamp) for name, stamp in here] if above else here)
        saved = {name for name, _ in here}
        waiting.extend(f"{above}{name}/" for name in folders if saved.isdisjoint(pages_of(name)))
    return files


def _stamp(entry: "os.DirEntry[str]", home: str) -> Stamp | None:
    """Of a plain file, or of a link to one inside the input; None of anything else: a pipe would never end."""
    try:
        status = entry.stat(follow_symlinks=False)
        if stat.S_ISLNK(status.st_mode):
            if not Path(entry.path).resolve(strict=True).is_relative_to(home):
                return None
            status = entry.stat()
    except (OSError, RuntimeError):
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns


def pages_of(folder: str) -> tuple[str, ...]:
    """The names of pages that a browser may have saved together with this folder of their pictures and frames.

    >>> pages_of("Хабар_files"), pages_of("2019")
    (('Хабар.html', 'Хабар.htm'), ())
    """
    page = next((folder.removesuffix(end) for end in _OF_PAGES if folder.endswith(end)), "")
    return (f"{page}.html", f"{page}.htm") if page else ()


def slug_of(path: str) -> str:
    """What an id is made of: each part of a path, without the suffix of the last, in letters that addresses have."""
    above, slash, name = path.rpartition("/")
    stem, _, suffix = name.rpartition(".")
    own = _part(stem if stem and suffix else name)
    return f"{_folders(above)}/{own}" if slash else own


@lru_cache(1024)
def _folders(path: str) -> str:
    return "/".join(map(_part, path.split("/")))


def _part(name: str) -> str:
    return slug(name) or _hash(name)


def longer(own: str, path: str) -> str:
    """The slug of a path that shares it with others."""
    return f"{own}-{_hash(path)}"


def _hash(text: str) -> str:
    return blake2b(os.fsencode(text), digest_size=3).hexdigest()
