"""Reads the file of the site's own synonyms and pinned results: tab-separated, written by hand.

    kind     words                      target                 reason
    synonym  ЖИ|жасанды интеллект|ИИ                           readers type all three
    oneway   телеграм                   мессенджер|әлеуметтік желі   the general words find too much the other way
    pin      мектепке құжат тапсыру     a8f3|b101              the guide, and its newest version

`|` separates names, and ids. `#` begins a comment line. A line that cannot be read is passed over and told.
"""

import hashlib
import os
import stat
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from .errors import CurationError

COLUMNS: Final = ("kind", "words", "target", "reason")
KINDS: Final = ("synonym", "oneway", "pin")
MOST_BYTES: Final = 1_000_000
MOST_IN_ALL: Final = 2_000
"""Names and queries of a file: each takes about a third of a millisecond when the file or the generation is new."""

MOST_NAMES: Final = 20
LONGEST_NAME: Final = 100
LEAST_LETTERS: Final = 2


@dataclass(frozen=True, slots=True)
class Synonym:
    """A thing under several names: whoever types one of `typed` finds `others` too."""

    line: int
    typed: tuple[str, ...]
    others: tuple[str, ...]
    reason: str

    @property
    def names(self) -> tuple[str, ...]:
        """All of its names."""
        return tuple(dict.fromkeys((*self.typed, *self.others)))


@dataclass(frozen=True, slots=True)
class Pin:
    """The articles that stand first where one of `queries` is asked."""

    line: int
    queries: tuple[str, ...]
    ids: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A line that was passed over: what is wrong and what to do."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Curated:
    """What the file says. stamp: a short hash of its bytes, empty where there is no file."""

    synonyms: tuple[Synonym, ...] = ()
    pins: tuple[Pin, ...] = ()
    problems: tuple[Problem, ...] = ()
    stamp: str = ""


class _BadLine(Exception):
    """Why a line cannot be read."""


def read(path: Path) -> Curated:
    """The file at `path`.

    Raises:
        CurationError: it cannot be read as a whole; the message says what to do.
    """
    raw = _bytes(path)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise CurationError(f"{path}:{line}: not UTF-8; save the file as UTF-8") from None
    lines = [(number, line.rstrip("\r")) for number, line in enumerate(text.split("\n"), 1)]
    told = [(number, line) for number, line in lines if line.strip() and not line.startswith("#")]
    if not told:
        return Curated(stamp=_stamp(raw))
    number, header = told[0]
    if tuple(cell.strip() for cell in header.split("\t")) != COLUMNS:
        raise CurationError(f"{path}:{number}: the first line must be «{'<TAB>'.join(COLUMNS)}», with tabs between")
    return _rows(told[1:], _stamp(raw))


def _bytes(path: Path) -> bytes:
    try:
        # Not to wait for a writer, should it be a pipe.
        number = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        with open(number, "rb") as file:  # noqa: PTH123  # it is open already
            if not stat.S_ISREG(os.fstat(number).st_mode):
                raise CurationError(f"{path}: not a file; name one in the setting `curation`")
            raw = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise CurationError(f"{path}: cannot be read: {error.strerror}") from None
    if len(raw) > MOST_BYTES:
        raise CurationError(f"{path}: larger than {MOST_BYTES:,} bytes; keep what is needed")
    return raw


def _stamp(raw: bytes) -> str:
    return hashlib.blake2b(raw, digest_size=8).hexdigest()


def _rows(lines: Iterable[tuple[int, str]], stamp: str) -> Curated:
    synonyms: list[Synonym] = []
    pins: list[Pin] = []
    problems: list[Problem] = []
    names = 0
    for number, line in lines:
        try:
            row = _row(number, line)
        except _BadLine as error:
            problems.append(Problem(number, str(error)))
            continue
        names += len(row.queries if isinstance(row, Pin) else row.names)
        if names > MOST_IN_ALL:
            told = f"more than {MOST_IN_ALL:,} names and queries in all; this line and those after it are not read"
            problems.append(Problem(number, told))
            break
        if isinstance(row, Pin):
            pins.append(row)
        else:
            synonyms.append(row)
    return Curated(tuple(synonyms), tuple(pins), tuple(problems), stamp)


def _row(number: int, line: str) -> Synonym | Pin:
    cells = line.split("\t")
    if len(cells) == 1:
        raise _BadLine("there is no tab in it; put tabs between the columns")
    if any(cell.strip() for cell in cells[len(COLUMNS) :]):
        raise _BadLine(f"{len(cells)} columns; there are {len(COLUMNS)}: {', '.join(COLUMNS)}")
    kind, words, target, reason = map(_clean, [*cells, "", ""][: len(COLUMNS)])
    if kind not in KINDS:
        raise _BadLine(f"the kind «{kind[:20]}» is unknown; write one of {', '.join(KINDS)}")
    if not reason:
        raise _BadLine("the reason is missing; say in the fourth column why the line is there")
    typed = _names(words, "words")
    if kind == "pin":
        ids = _parts(cells[2])
        if not ids:
            raise _BadLine("no article is named; put its id into the third column")
        if len(ids) > MOST_NAMES:
            raise _BadLine(f"{len(ids)} articles; {MOST_NAMES} are the most")
        return Pin(number, typed, ids, reason)
    if kind == "oneway":
        if not target:
            raise _BadLine("no other name; put what is to be found too into the third column")
        return Synonym(number, typed, _names(target, "target"), reason)
    if target:
        raise _BadLine("a synonym has all its names in the second column; leave the third empty, or write oneway")
    if len(typed) < 2:
        raise _BadLine("a synonym needs two names at least, with | between them")
    return Synonym(number, typed, typed, reason)


def _clean(cell: str) -> str:
    """The cell without what is not seen, as word processors leave it, and with single spaces."""
    text = " ".join("".join(one for one in cell if unicodedata.category(one) != "Cf").split())
    if not text.isprintable():
        raise _BadLine("there are control characters in it; type the line anew")
    return text


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for one in cell.split("|") if (part := one.strip())))


def _names(cell: str, column: str) -> tuple[str, ...]:
    names = _parts(cell)
    if not names:
        raise _BadLine(f"the column «{column}» is empty")
    if len(names) > MOST_NAMES:
        raise _BadLine(f"{len(names)} names; {MOST_NAMES} are the most")
    for name in names:
        if len(name) > LONGEST_NAME:
            raise _BadLine(f"the name «{name[:20]}…» has more than {LONGEST_NAME} characters")
        if sum(character.isalnum() for character in name) < LEAST_LETTERS:
            raise _BadLine(f"the name «{name}» needs {LEAST_LETTERS} letters at least")
    return names
