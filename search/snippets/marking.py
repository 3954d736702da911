"""What a query marks: its words, its prefixes, its phrases as a whole, its near words where they are near.

A text is analysed piece by piece, so that whoever wants a few passages of a long one need not wait for its end.
"""

from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import takewhile
from typing import Final

from ..deadline import Deadline
from ..kazakh import Analyzer
from ..model import Place, Scope, Snippet
from ..query.nodes import Node, Prefix, Term, marked
from .asked import Asked, asked, typed_words, units, words_of
from .pieces import PIECE, pieces
from .reading import Mark, Reading
from .singles import Singles

_STEP: Final = 256
"""After so many places it is asked whether they do."""

Enough = Callable[[tuple[Mark, ...], int], bool]
"""Whether the marks of a text up to this place do; asked after each piece of a long one."""


class Matcher:
    """Finds what a query marks in the texts of its hits.

    piece: how many characters of a text are analysed at once, as a guide.
    weights: for each unit of the query how many words were typed for it; marks name units by a bit for each number.
    """

    def __init__(self, node: Node, analyzer: Analyzer, piece: int = PIECE) -> None:
        self._analyzer = analyzer
        self._piece = piece
        self._units = units(node)
        self._in_title: Asked | None = None
        self._in_body: Asked | None = None
        self.weights: Final = tuple(map(typed_words, self._units))

    @cached_property
    def is_same(self) -> bool:
        """Whether titles and bodies are asked for the same."""
        every = (word for unit in self._units for one in marked(unit) for word in words_of(one))
        return all(word.scope is Scope.ALL for word in every)

    def units(self, part: Scope) -> int:
        """The units that may be found in the title or in the body, a bit for each by its number."""
        return self._of(part).units

    def marks(
        self, text: str, lang: str, part: Scope, deadline: Deadline | None = None
    ) -> tuple[tuple[Mark, ...], bool]:
        """What is marked in `text`, the title or the body of an article, in order of its place.

        The other value is whether all was read that was asked for: False if the deadline passed before.
        """
        if not self.units(part):
            return (), True
        reading = Reading(self._of(part), text)
        for start, end in pieces(text, self._piece):
            if deadline is not None and deadline.passed:
                return reading.marks(), False
            reading.add(self._analyzer.terms(text[start:end], lang), start)
        reading.end()
        return reading.marks(), True

    def words(self, part: Scope) -> tuple[Term | Prefix, ...]:
        """The words that `located` wants places of, by their numbers."""
        return self._of(part).words

    def located(
        self,
        text: str,
        part: Scope,
        places: Sequence[Place],
        deadline: Deadline | None = None,
        enough: Enough | None = None,
    ) -> tuple[tuple[Mark, ...], bool]:
        """The same as `marks` where it is known which tokens are which of the words; nothing is analysed.

        Of many places a few are looked at after one another, until the marks do or the deadline passes.
        """
        if not places:
            return (), True
        if deadline is not None and deadline.passed:
            return (), False
        if places[-1][3] > len(text):
            places = list(takewhile(lambda place: place[3] <= len(text), places))
        asked_for = self._of(part)
        reading = Singles(asked_for.alone, text) if asked_for.alone else Reading(asked_for, text)
        for first in range(0, len(places), _STEP):
            reading.read(places[first : first + _STEP])
            if first + _STEP >= len(places):
                break
            if deadline is not None and deadline.passed:
                return reading.marks(), False
            if enough is not None and enough(reading.marks(), places[first + _STEP - 1][3]):
                return reading.marks(), True
        reading.end()
        return reading.marks(), True

    def _of(self, part: Scope) -> Asked:
        found = self._in_body if part is Scope.BODY else self._in_title
        if found is None:
            found = asked(self._units, part)
            if part is Scope.BODY or self.is_same:
                self._in_body = found
            if part is not Scope.BODY or self.is_same:
                self._in_title = found
        return found

    def paragraphs(self, text: str, lang: str, deadline: Deadline | None = None) -> tuple[Snippet, ...]:
        """The paragraphs of a body that are not blank, whole, with the marks that stand in them."""
        marks = self.marks(text, lang, Scope.BODY, deadline)[0]
        found: list[Snippet] = []
        start = at = 0
        for line in text.split("\n"):
            inside: list[tuple[int, int]] = []
            while at < len(marks) and marks[at].start < start + len(line):
                inside.append((marks[at].start - start, marks[at].end - start))
                at += 1
            if line.strip():
                found.append(Snippet(line, tuple(inside)))
            start += len(line) + 1
        return tuple(found)

    def whole(self, text: str, lang: str, part: Scope, deadline: Deadline | None = None) -> Snippet:
        """The whole text with its marks."""
        return Snippet(text, tuple((mark.start, mark.end) for mark in self.marks(text, lang, part, deadline)[0]))
