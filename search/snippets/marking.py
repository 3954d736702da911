"""What a query marks: its words, its prefixes, its phrases as a whole, its near words where they are near.

A text is analysed piece by piece, so that whoever wants a few passages of a long one need not wait for its end.
"""

from collections.abc import Callable
from typing import Final

from ..deadline import Deadline
from ..kazakh import Analyzer
from ..model import Scope, Snippet
from ..query.nodes import Node
from .asked import asked, typed_words, units
from .pieces import pieces
from .reading import Mark, Reading

Enough = Callable[[tuple[Mark, ...], int], bool]
"""Whether the marks of a text up to this place do; asked after each piece of a long one."""


class Matcher:
    """Finds what a query marks in the texts of its hits.

    weights: for each unit of the query how many words were typed for it; marks name units by their number.
    """

    def __init__(self, node: Node, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._asked = {part: asked(node, part) for part in (Scope.TITLE, Scope.BODY)}
        self.weights: Final = tuple(map(typed_words, units(node)))

    def units(self, part: Scope) -> frozenset[int]:
        """The units that may be found in the title or in the body."""
        return self._asked[part].units

    def marks(
        self,
        text: str,
        lang: str,
        part: Scope,
        deadline: Deadline | None = None,
        enough: Enough | None = None,
    ) -> tuple[tuple[Mark, ...], bool]:
        """What is marked in `text`, the title or the body of an article, in order of its place.

        The other value is whether the deadline passed before all of it was read that was asked for.
        """
        reading = Reading(self._asked[part], text)
        if not self.units(part):
            return (), False
        for start, end in pieces(text):
            if deadline is not None and deadline.passed:
                return reading.marks(), True
            reading.add(self._analyzer.terms(text[start:end], lang), start)
            if enough is not None and end < len(text) and enough(reading.marks(), end):
                return reading.marks(), False
        reading.end()
        return reading.marks(), False

    def whole(self, text: str, lang: str, part: Scope, deadline: Deadline | None = None) -> Snippet:
        """The whole text with its marks."""
        return Snippet(text, tuple((mark.start, mark.end) for mark in self.marks(text, lang, part, deadline)[0]))
