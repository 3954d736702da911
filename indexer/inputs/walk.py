"""The files of an input: which are read, which are skipped, and the names that their articles get."""

import os
import stat
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
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


@dataclass(slots=True)
class Walk:
    """What an input holds, sorted: paths of files to read, of files of no known kind, and what cannot be entered."""

    spec: InputSpec
    root: Path
    known: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    problems: list[Rejected] = field(default_factory=list)

    def files(self) -> Iterator[InputFile]:
        """The files to read, in order."""
        slugs = Counter(slug_of(path) for path in self.known)
        for path in self.known:
            own = slug_of(path)
            yield InputFile(self.spec, self.root / path, shown(path), own if slugs[own] == 1 else longer(own, path))


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
        is_folder = stat.S_ISDIR(spec.path.stat().st_mode)
    except (OSError, ValueError) as error:
        raise InputError(f"input {label(spec)}: {getattr(error, 'strerror', None) or error}") from None
    found = Walk(spec, spec.path if is_folder else spec.path.parent)
    for name in sorted(_below(found) if is_folder else [spec.path.name]):
        (found.known if name.lower().endswith(tuple(suffixes)) else found.unknown).append(name)
    if not found.known:
        raise empty(spec, f"no file that ends in {' '.join(sorted(suffixes))}", found.problems)
    return found


def empty(spec: InputSpec, what: str, problems: Collection[Rejected] = ()) -> EmptyInput:
    """The error for an input that exists and gives nothing; the first problem tells why."""
    first = next(iter(problems), None)
    why = f"; {first.file}:{first.line}: {first.reason}" if first else ""
    return EmptyInput(f"input {label(spec)}: {what}{why}")


def _below(found: Walk) -> Iterator[str]:
    root = found.root

    def note(error: OSError) -> None:
        folder = shown(os.path.relpath(error.filename or root, root))
        reason = f"the folder cannot be read: {error.strerror}"
        found.problems.append(Rejected(label(found.spec), folder, 1, "", reason))

    home = root.resolve()
    for folder, folders, files in os.walk(root, onerror=note):
        folders[:] = [name for name in folders if not name.startswith(".") and not {*pages_of(name)} & {*files}]
        for name in files:
            path = Path(folder, name)
            if not name.startswith(".") and _readable_kind(path, home):
                yield path.relative_to(root).as_posix()


def _readable_kind(path: Path, home: Path) -> bool:
    """A plain file, or a link to one inside the input; a pipe would never end."""
    try:
        if path.is_symlink() and not path.resolve(strict=True).is_relative_to(home):
            return False
        return stat.S_ISREG(path.stat().st_mode)
    except (OSError, RuntimeError):
        return False


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
