"""What stands between one pair of brackets, gathered part by part: side by side binds tightest, then AND, then OR."""

from collections.abc import Sequence as List
from typing import Final, NamedTuple

from .operators import Operator
from .remarks import Remarks
from .syntax import All, Any, InField, Part, Sequence, Without

READ_AS: Final = "ЖӘНЕ"
"""What a NEAR is read as that does not stand between two words."""


class Before(NamedTuple):
    """What stood before a bracket; nots: the words of negation."""

    minus: bool = False
    field: str = ""
    typed: str = ""
    nots: tuple[str, ...] = ()


_NOTHING: Final = Before()


class Level:
    """A pair of brackets, or the whole query.

    depth: how many brackets, fields and minus it stands in, its own included.
    inside: the field that is asked here.
    """

    __slots__ = ("_all", "_any", "_joint", "_remarks", "_sequence", "before", "depth", "inside")

    def __init__(self, remarks: Remarks, depth: int = 0, inside: str = "", before: Before = _NOTHING) -> None:
        self.depth, self.inside, self.before = depth, inside, before
        self._remarks = remarks
        self._sequence: list[Part] = []
        self._all: list[Part] = []
        self._any: list[Part] = []
        self._joint = ""

    def add(self, part: Part) -> None:
        """Puts a part beside what is there."""
        if self._joint:
            self.understood(self._joint)
            self._joint = ""
        self._sequence.append(part)

    def join(self, operator: Operator, word: str) -> None:
        """Takes AND or OR between what is there and what will follow; without both it is dropped."""
        if not self._sequence:
            self._remarks.dropped("operator", word)
            return
        self._end_sequence()
        if operator is Operator.OR:
            self._end_all()
        self._joint = word

    def understood(self, word: str) -> None:
        """Tells that a word was taken for an operator."""
        if word.startswith("NEAR") and word == self._joint:
            self._remarks.add("operator", "near", word, READ_AS)
        else:
            self._remarks.add("operator", "", word)

    def tree(self) -> Part | None:
        """All that was gathered; None if it is nothing."""
        if self._joint:
            self._remarks.dropped("operator", self._joint)
        self._end_sequence()
        self._end_all()
        return joined(Any, self._any)

    def _end_sequence(self) -> None:
        if part := joined(Sequence, self._sequence):
            self._all.append(part)
        self._sequence = []

    def _end_all(self) -> None:
        if part := joined(All, self._all):
            self._any.append(part)
        self._all = []


def wrapped(part: Part, field: str, typed: str, *, minus: bool) -> Part:
    """The part with what stood before it."""
    part = InField(field, part, typed) if field else part
    return Without(part) if minus else part


def joined(kind: type[Sequence] | type[All] | type[Any], parts: List[Part]) -> Part | None:
    """Parts as one, None for none: a single one is itself, and those of the same kind are taken apart."""
    if len(parts) < 2:
        return parts[0] if parts else None
    return kind(tuple(inner for part in parts for inner in (part.parts if isinstance(part, kind) else (part,))))
