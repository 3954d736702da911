"""The stem lexicon: how much evidence a text collection gave for each noun stem and each verb stem.

It is no dictionary: the stems are counted from raw text (`indexer/learn.py`) and only serve to choose among
the legal readings of a word. A small plain file, sorted, so that equal lexicons have equal bytes.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import resources
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
        nouns: dict[str, int] = {}
        verbs: dict[str, int] = {}
        lines = text.removesuffix("\n").split("\n")
        notes = tuple(line[2:] for line in lines if line.startswith("# "))
        for number, line in enumerate(lines, 1):
            if line.startswith("#") or line == _HEADER:
                continue
            stem, noun, verb = _row(line, f"{name}:{number}")
            if stem in nouns or stem in verbs:
                raise LexiconError(f"{name}:{number}: «{stem}» comes twice")
            if noun:
                nouns[stem] = noun
            if verb:
                verbs[stem] = verb
        return cls(nouns, verbs, notes)

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


def _row(line: str, where: str) -> tuple[str, int, int]:
    """The cells of one line."""
    cells = line.split("\t")
    if len(cells) != 3 or not cells[0] or not (cells[1].isascii() and cells[1].isdigit()):
        raise LexiconError(f"{where}: expected a stem and two numbers")
    if not (cells[2].isascii() and cells[2].isdigit()) or cells[1] == cells[2] == "0":
        raise LexiconError(f"{where}: expected a stem and two numbers, one of them above zero")
    return cells[0], int(cells[1]), int(cells[2])


@cache
def default_lexicon() -> Lexicon:
    """The shipped lexicon, `data/lexicon.tsv`, read once."""
    return Lexicon.parse(resources.files(__package__).joinpath("data", "lexicon.tsv").read_text("utf-8"), "lexicon.tsv")
