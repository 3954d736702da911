"""The stem lexicon: how much evidence a text collection gave for each noun stem and each verb stem.

It is no dictionary: the stems are counted from raw text (`indexer/learn.py`) and only serve to choose among
the legal readings of a word. A small plain file, sorted, so that equal lexicons have equal bytes.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from importlib import resources
from operator import add
from pathlib import Path

_HEADER = "stem\tnoun\tverb"


class LexiconError(ValueError):
    """A lexicon file that cannot be read; the message names the line."""


@dataclass(frozen=True)
class Lexicon:
    """Weights of stems as fold keys; a weight is about the number of word forms seen, commoner forms counting more.

    nouns, verbs: stem → weight, above zero. The same stem may be in both.
    notes: where the counts came from, one line each: the command, the sources, their licences. Not part of
        the content.
    """

    nouns: Mapping[str, int]
    verbs: Mapping[str, int]
    notes: tuple[str, ...] = field(default=(), compare=False)

    def __hash__(self) -> int:
        return hash(self.sha256)

    def __len__(self) -> int:
        return len(self.nouns.keys() | self.verbs.keys())

    @cached_property
    def sha256(self) -> str:
        """The hash of the content without the notes, in hexadecimal: what a generation records."""
        return hashlib.sha256("\n".join(self._lines()).encode()).hexdigest()

    @classmethod
    def empty(cls) -> "Lexicon":
        """No stems: the rules alone decide."""
        return cls({}, {})

    @classmethod
    def load(cls, path: Path) -> "Lexicon":
        """Read a file written by `save`.

        Raises:
            OSError: the file cannot be read.
            LexiconError: a line is not «stem, noun weight, verb weight», or a stem comes twice.
        """
        try:
            return cls.parse(path.read_text("utf-8"), str(path))
        except UnicodeDecodeError as error:
            raise LexiconError(f"{path}: not UTF-8") from error

    @classmethod
    def parse(cls, text: str, name: str = "lexicon") -> "Lexicon":
        """Read the text of a lexicon file; `name` stands in messages.

        Raises:
            LexiconError: as `load`.
        """
        parsed = _parsed(text)
        if parsed is None:
            raise _problem(text, name)
        return parsed

    def save(self, path: Path) -> None:
        """Write the lexicon; the same content and notes always give the same bytes.

        Raises:
            OSError: the file cannot be written.
        """
        head = [f"# {' '.join(note.split())}" for note in self.notes]
        path.write_text("\n".join([*head, _HEADER, *self._lines(), ""]), "utf-8", newline="\n")

    def _lines(self) -> Iterable[str]:
        for stem in sorted(self.nouns.keys() | self.verbs.keys()):
            yield f"{stem}\t{self.nouns.get(stem, 0)}\t{self.verbs.get(stem, 0)}"


@lru_cache(2)
def _parsed(text: str) -> Lexicon | None:
    """The lexicon of this text, None if something is wrong with it.

    Generations that have the same lexicon, which is the shipped one for most, share one object. Whole columns are
    looked at together, which takes half the time of line after line.
    """
    lines = text.removesuffix("\n").split("\n")
    rows = [line for line in lines if line[:1] != "#" and line != _HEADER]
    cells = "\t".join(rows).split("\t") if rows else []
    stems, *columns = cells[::3], cells[1::3], cells[2::3]
    digits = "".join(map("".join, columns)) or "0"
    if any(row.count("\t") != 2 for row in rows) or not (digits.isascii() and digits.isdigit()) or "" in cells:
        return None
    nouns, verbs = (list(map(int, column)) for column in columns)
    if len(set(stems)) < len(stems) or 0 in map(add, nouns, verbs):
        return None
    return Lexicon(
        {stem: weight for stem, weight in zip(stems, nouns, strict=True) if weight},
        {stem: weight for stem, weight in zip(stems, verbs, strict=True) if weight},
        tuple(line[2:] for line in lines if line.startswith("# ")),
    )


def _problem(text: str, name: str) -> LexiconError:
    """What is wrong with the first bad line of a text."""
    seen: set[str] = set()
    for number, line in enumerate(text.removesuffix("\n").split("\n"), 1):
        if line.startswith("#") or line == _HEADER:
            continue
        stem, *weights = line.split("\t")
        if len(weights) != 2 or not stem or not all(one.isascii() and one.isdigit() for one in weights):
            return LexiconError(f"{name}:{number}: expected a stem and two numbers")
        if not any(map(int, weights)):
            return LexiconError(f"{name}:{number}: expected a stem and two numbers, one of them above zero")
        if stem in seen:
            return LexiconError(f"{name}:{number}: «{stem}» comes twice")
        seen.add(stem)
    return LexiconError(f"{name}: it cannot be read")


@cache
def default_lexicon() -> Lexicon:
    """The shipped lexicon, `data/lexicon.tsv`, read once."""
    return Lexicon.parse(resources.files(__package__).joinpath("data", "lexicon.tsv").read_text("utf-8"), "lexicon.tsv")
