"""The questions that a vocabulary answers."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from ..errors import IndexCorrupt
from ..mapped import Mapped
from .beginnings import Beginnings, Ranks, highest
from .capitals import SMALL, spelled
from .file import Column, opened
from .spelling import alike, within
from .strings import Strings
from .writer import NO_SURFACE

_DF_BITS = 31
"""So many articles an index has at most."""

_FORM: Final = ("surface_key", "surface_stem", "surface_df", "surface_titles", "surface_case")

_REMEMBERED: Final = 2048
"""Strings of each kind whose numbers are remembered: one query asks for each of its words several times."""


@dataclass(frozen=True, slots=True)
class Near:
    """A known key or stem (`text`), how far it is from what was asked, and how many articles have it.

    key, stem: those of its commonest form; one of them is `text`.
    """

    text: str
    distance: int
    df: int
    key: str
    stem: str


class Form(NamedTuple):
    """A form that articles have, its key and stem in its commonest reading, and how many articles have it so.

    A tuple, because one half-typed word makes dozens of them.

    titles: how many have it in their title, in any reading. case: how it is written (`capitals.spelled`).
    """

    exact: str
    key: str
    stem: str
    df: int
    titles: int = 0
    case: int = SMALL

    @property
    def written(self) -> str:
        """The form as articles write it."""
        return spelled(self.exact, self.case)


_MOST_NEARS: Final = 128
"""So many looks for near words are remembered: suggestions read the words before the last one again and again."""


_MOST_BEGUN: Final = 128
"""So many looks for the words that begin alike: most readers begin with the same few letters."""


class Vocabulary:
    """The words of one generation; safe to share between threads. Every method may raise IndexCorrupt for damage."""

    def __init__(self, file: Mapped) -> None:
        self._file = file
        self._kinds: dict[str, tuple[Strings, Callable[[str], int | None]]] = {}
        self._numbers: dict[str, memoryview] = {}
        self._beginnings: Beginnings | None = None
        self._nears: dict[tuple[str, str, int, int], tuple[Near, ...]] = {}
        self._begun: dict[tuple[str, int], tuple[Form, ...]] = {}

    @classmethod
    def open(cls, path: Path) -> "Vocabulary":
        """The vocabulary in this file, mapped into memory and read as it is needed.

        Raises:
            IndexCorrupt: the file is not what was written.
            IndexFormatTooNew: a newer Izde wrote it.
        """
        return cls(opened(path))

    def __len__(self) -> int:
        """The number of keys."""
        return self._file.rows("key_df")

    def knows(self, key: str) -> bool:
        """Whether any article has a word of this key."""
        return self._find("key", key) is not None

    def df(self, key: str) -> int:
        """How many articles have a word of this key."""
        return self._df("key", key)

    def stem_df(self, stem: str) -> int:
        """How many articles have a word with this stem among its readings."""
        return self._df("stem", stem)

    def exact_df(self, exact: str) -> int:
        """How many articles have this very form; one that was read in several ways counts for each."""
        number, total = self._find("exact", exact), 0
        if number is None:
            return 0
        strings = self._strings("exact")
        while number < len(strings) and strings[number] == exact:
            total += self._number("surface_df", number)
            number += 1
        return total

    def commonest(self, key: str) -> str:
        """The form of this key that most articles have; empty if none has any."""
        number = self._find("key", key)
        return "" if number is None else self._strings("exact")[self._number("key_surface", number)]

    def beginning(self, start: str, most: int) -> tuple[Form, ...]:
        """Up to `most` forms whose key begins with `start`, the commonest first, then by their letters."""
        return self._beginning(start, most, self._by_articles)

    def beginning_exact(self, start: str, most: int) -> tuple[Form, ...]:
        """Up to `most` forms that begin with `start` letter by letter, in the same order."""
        numbers = self._strings("exact").beginning(start)
        df = self._file.part("surface_df", numbers.start, numbers.stop).astype(np.int64)
        return self._forms(lambda taken: highest(df, taken) + numbers.start, len(numbers), most)

    def beginning_in_titles(self, start: str, most: int) -> tuple[Form, ...]:
        """Up to `most` forms whose key begins with `start`, those of most titles first, then the commonest."""
        asked = start, most
        found = self._begun.get(asked)
        if found is None:
            found = self._beginning(start, most, self._by_titles)
            if len(self._begun) >= _MOST_BEGUN:
                self._begun = {}
            self._begun[asked] = found
        return found

    def near(self, key: str, distance: int = 1, *, same_start: int = 0) -> tuple[Near, ...]:
        """The known keys at most so many edits away from `key`, the nearest first, then the commonest.

        same_start: so many letters at their beginning are those of `key`.
        """
        return self._near("key", key, distance, same_start)

    def near_stems(self, stem: str, distance: int = 1, *, same_start: int = 0) -> tuple[Near, ...]:
        """The same for stems; those that are nowhere the first reading of a word are left out."""
        return self._near("stem", stem, distance, same_start)

    def check(self) -> None:
        """Compare the whole file with its checksums.

        Raises:
            IndexCorrupt: it is not what was written.
        """
        self._file.check_all()

    def close(self) -> None:
        """Let go of the file; afterwards no question may be asked."""
        self._kinds = {}
        self._numbers = {}
        self._beginnings = None
        self._nears = {}
        self._begun = {}
        self._file.close()

    def _beginning(self, start: str, most: int, ranks: Ranks) -> tuple[Form, ...]:
        if self._beginnings is None:
            self._beginnings = Beginnings(self._file.whole("surface_key"))
        rows, keys = self._beginnings, self._strings("key").beginning(start)
        return self._forms(lambda taken: rows.highest(keys, taken, ranks), rows.count(keys), most)

    def _by_articles(self, rows: Column) -> Column:
        return self._file.take("surface_df", rows).astype(np.int64)

    def _by_titles(self, rows: Column) -> Column:
        titles, df = (self._file.take(f"surface_{name}", rows).astype(np.int64) for name in ("titles", "df"))
        return titles << _DF_BITS | df

    def _forms(self, highest_rows: Callable[[int], Column], count: int, most: int) -> tuple[Form, ...]:
        """The forms of the rows of highest rank. One that was read in several ways has several; its best one counts.

        highest_rows: so many rows, the highest first, out of `count`.
        """
        exacts, found = self._strings("exact"), dict[str, int]()
        taken = 2 * most
        while len(found) < most and len(found) < count:
            rows = highest_rows(taken).tolist()
            while rows and len(found) < most:
                some, rows = rows[: most - len(found)], rows[most - len(found) :]
                for exact, row in zip(exacts.several(some), some, strict=True):
                    found.setdefault(exact, row)
            if taken >= count:
                break
            taken *= 4
        key, stem, df, titles, case = ([column[row] for row in found.values()] for column in map(self._column, _FORM))
        keys, stems = self._strings("key").several(key), self._strings("stem").several(stem)
        return tuple(map(Form, found, keys, stems, df, titles, case))

    def _near(self, kind: str, text: str, distance: int, same_start: int) -> tuple[Near, ...]:
        asked = kind, text, distance, same_start
        found = self._nears.get(asked)
        if found is None:
            found = self._find_near(kind, text, distance, same_start)
            if len(self._nears) >= _MOST_NEARS:
                self._nears = {}
            self._nears[asked] = found
        return found

    def _find_near(self, kind: str, text: str, distance: int, same_start: int) -> tuple[Near, ...]:
        starts = self._file.whole(f"{kind}_lengths")
        low = min(max(len(text) - distance, 0), len(starts) - 1)
        high = min(len(text) + distance + 1, len(starts) - 1)
        begin, end = int(starts[low]), int(starts[high])
        places = alike(self._file.part(f"{kind}_signs", begin, end), text, distance)
        strings, found = self._strings(kind), []
        numbers = self._file.part(f"{kind}_order", begin, end)[places].tolist()
        for number, known in zip(numbers, strings.several(numbers), strict=True):
            if known[:same_start] == text[:same_start] and (apart := within(text, known, distance)) is not None:
                found.append((number, known, apart))
        nears = (self._described(kind, *one) for one in found)
        return tuple(sorted(filter(None, nears), key=lambda near: (near.distance, -near.df, near.text)))

    def _described(self, kind: str, number: int, text: str, distance: int) -> Near | None:
        row = self._number(f"{kind}_surface", number)
        if row == NO_SURFACE:
            return None
        key = self._strings("key")[self._number("surface_key", row)]
        stem = self._strings("stem")[self._number("surface_stem", row)]
        return Near(text, distance, self._number(f"{kind}_df", number), key, stem)

    def _df(self, kind: str, text: str) -> int:
        number = self._find(kind, text)
        return 0 if number is None else self._number(f"{kind}_df", number)

    def _find(self, kind: str, text: str) -> int | None:
        return self._kind(kind)[1](text)

    def _strings(self, kind: str) -> Strings:
        return self._kind(kind)[0]

    def _kind(self, kind: str) -> tuple[Strings, Callable[[str], int | None]]:
        """The strings of a kind, and what finds one of them; checked when they are first needed."""
        made = self._kinds.get(kind)
        if made is None:
            strings = Strings(self._file.whole(f"{kind}_text"), self._file.whole(f"{kind}_at"))
            made = self._kinds[kind] = strings, lru_cache(_REMEMBERED)(strings.find)
        return made

    def _column(self, name: str) -> memoryview:
        numbers = self._numbers.get(name)
        if numbers is None:
            numbers = self._numbers[name] = self._file.whole(name).data
        return numbers

    def _number(self, column: str, place: int) -> int:
        try:
            return int(self._column(column)[place])
        except IndexError:
            raise IndexCorrupt(self._file.path, f"row {place} of {column!r} is outside of it") from None
