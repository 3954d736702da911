"""The text of a query taken apart, before any word is analysed.

A tree of parts. Brackets, fields and minus nest at most `limits.depth` deep, so whoever walks it may recurse.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from ..model import DateRange, Note


@dataclass(frozen=True, slots=True)
class Plain:
    """A stretch of text whose words are searched in any order, with the spaces and signs between them."""

    text: str


@dataclass(frozen=True, slots=True)
class Word:
    """One stretch without spaces that carries a sign of its own: `=word`, `word*`, `word~2`; `text` is without it.

    fuzzy: how many edits apart, 0 to 2.
    """

    text: str
    exact: bool = False
    prefix: bool = False
    fuzzy: int = 0


@dataclass(frozen=True, slots=True)
class Quoted:
    """Text whose words must follow one another; in their very forms if `exact` (`="…"`)."""

    text: str
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Nearby:
    """Words that must stand within so many positions of one another, in any order: `"…"~3`, `a NEAR b`."""

    text: str
    within: int


@dataclass(frozen=True, slots=True)
class InField:
    """`part` asked of a field: `title` (where the words stand), or a facet whose values the words name.

    typed: the name of the field as it was typed.
    """

    field: str
    part: "Part"
    typed: str


@dataclass(frozen=True, slots=True)
class Days:
    """Articles of these days; `text` is what was typed."""

    dates: DateRange
    text: str


@dataclass(frozen=True, slots=True)
class Without:
    """What must not match."""

    part: "Part"


@dataclass(frozen=True, slots=True)
class Sequence:
    """Parts side by side: the plain words among them are searched together, everything else is required."""

    parts: "tuple[Part, ...]"


@dataclass(frozen=True, slots=True)
class All:
    """Parts joined by AND: every word of each must be there."""

    parts: "tuple[Part, ...]"


@dataclass(frozen=True, slots=True)
class Any:
    """Parts joined by OR."""

    parts: "tuple[Part, ...]"


Part = Plain | Word | Quoted | Nearby | InField | Days | Without | Sequence | All | Any


@dataclass(frozen=True, slots=True)
class Limits:
    """What a parsed query never exceeds: brackets, fields and minus inside each other; positions of a Nearby."""

    depth: int = 8
    within: int = 50


@dataclass(frozen=True, slots=True)
class Parsed:
    """The tree, None for a text that asks for nothing; and what was left out or read otherwise."""

    root: Part | None
    notes: tuple[Note, ...]


def leaves(part: Part | None) -> Iterator[Plain | Word | Quoted | Nearby]:
    """The parts of a tree that hold words, in the order typed, those inside a Without too."""
    match part:
        case Plain() | Word() | Quoted() | Nearby():
            yield part
        case InField(part=inner) | Without(part=inner):
            yield from leaves(inner)
        case Sequence(parts=parts) | All(parts=parts) | Any(parts=parts):
            for inner in parts:
                yield from leaves(inner)
        case Days() | None:
            return
