"""What is known of the files and the records of a run, as arrays: a value for each, in the order they were read.

An object for each would take the memory of a small server for a large archive.
"""

from dataclasses import dataclass, fields, replace
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from search.names import Names

Array = NDArray[Any]
Ints = NDArray[np.int64]
Hashes = NDArray[np.uint64]
"""Of shape (n, 2): 128 bits each."""

ACCEPTED: Final = 0
REJECTED: Final = 1
HELD: Final = 2

UNDATED: Final = int(np.iinfo(np.int64).max)
"""The moment of an article without a date."""


@dataclass(frozen=True, slots=True)
class FileColumns:
    """The files of a run.

    input: the number of its input. path: below the input. slug: what the ids of its articles are made of, if is_one: no
    other file has the same. size in bytes; modified, changed: in nanoseconds since 1970, -1 where they tell nothing.
    first: the number of its first record; one more than there are files.
    """

    input: Array
    path: Names
    slug: Names
    is_one: NDArray[np.bool_]
    size: Ints
    modified: Ints
    changed: Ints
    first: Ints

    def __len__(self) -> int:
        return len(self.input)


@dataclass(frozen=True, slots=True)
class Found:
    """What stands where in the files, a value for each record.

    file, line: where it stands. shown: the number of the name that reports give its file, of an empty one for its path.
    raw: a hash of it as it
    stands there.
    """

    file: Array
    line: Array
    shown: Array
    raw: Hashes

    def __len__(self) -> int:
        return len(self.file)


@dataclass(frozen=True, slots=True)
class Read:
    """What reading a record told, a value for each.

    kind: ACCEPTED, REJECTED or HELD. key: a hash of its id; id: the id itself. source: the number of its publication.
    paragraphs: hashes of them, one record after another; ends: where each record's begin, one more.
    """

    kind: Array
    key: Hashes
    id: Names
    source: Array
    ends: Ints
    paragraphs: NDArray[np.uint64]

    def __len__(self) -> int:
        return len(self.kind)


@dataclass(frozen=True, slots=True)
class Finished:
    """The articles that records became, a value for each record; zeros for one that became none.

    digest: a hash of all of it. lang, script: their numbers. moment: of publication, in microseconds since 1970 in UTC.
    is_in: whether it is in the index.
    """

    digest: Hashes
    lang: Array
    script: Array
    moment: Ints
    is_in: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.lang)

    @classmethod
    def none(cls, count: int) -> "Finished":
        """Nothing of so many records yet."""
        return cls(
            np.zeros((count, 2), np.uint64),
            np.zeros(count, np.uint16),
            np.zeros(count, np.uint8),
            np.full(count, UNDATED),
            np.zeros(count, np.bool_),
        )

    def is_done(self) -> NDArray[np.bool_]:
        """Which records became articles."""
        return np.asarray(self.digest.any(axis=1), np.bool_)


T = TypeVar("T", FileColumns, Found, Read, Finished)


def some(columns: T, numbers: Array) -> T:
    """These of them, in this order; of `Read` with their paragraphs."""
    taken: dict[str, Any] = {}
    for name in (one.name for one in fields(columns)):
        held = getattr(columns, name)
        if name not in ("ends", "paragraphs", "first"):
            taken[name] = held.some(numbers) if isinstance(held, Names) else held[numbers]
    if isinstance(columns, Read):
        counts = np.diff(columns.ends)[numbers]
        ends = np.append(0, np.cumsum(counts, dtype=np.int64))
        at = np.repeat(columns.ends[:-1][numbers] - ends[:-1], counts)
        taken |= {"ends": ends, "paragraphs": columns.paragraphs[at + np.arange(ends[-1])]}
    return replace(columns, **taken)


def both(one: T, other: T) -> T:
    """One after the other."""
    taken: dict[str, Any] = {}
    for name in (each.name for each in fields(one)):
        first, second = getattr(one, name), getattr(other, name)
        if isinstance(first, Names):
            taken[name] = first.followed_by(second)
        elif name == "ends":
            taken[name] = np.concatenate([first, second[1:] + first[-1]])
        else:
            taken[name] = np.concatenate([first, second])
    return replace(one, **taken)
