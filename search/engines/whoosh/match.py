"""From a tree of terms to the sets of articles that match it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...query.nodes import And, Either, MatchAll, Node, Not, Phrase, Term, Words
from ...ranking import MASS_TOLERANCE, enough, idf
from .terms import TermPostings

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Matched:
    """Masks by article number: the matched set, what it would be without growth, and with every content word."""

    found: Mask
    ungrown: Mask
    whole: Mask


class Matcher:
    """Evaluates trees. `look` is called between steps and may raise to stop."""

    def __init__(self, terms: TermPostings, documents: int, grow_below: int, look: Callable[[], None]) -> None:
        self._terms = terms
        self._documents = documents
        self._grow_below = grow_below
        self._look = look

    def match(self, node: Node, grow: bool = True) -> Matched:
        """The sets of a tree; `grow` is off inside a Not."""
        self._look()
        match node:
            case Term() | Phrase() | Either():
                return _same(self._mask(self._terms.matching(node).ids))
            case Words():
                return self._words(node, grow)
            case And(children):
                return self._and([self.match(child, grow) for child in children])
            case Not(child):
                return _same(~self.match(child, grow=False).found)
            case MatchAll():
                return _same(np.ones(self._documents, np.bool_))

    def _words(self, node: Words, grow: bool) -> Matched:
        mass = np.zeros(self._documents)
        held = np.zeros(self._documents, np.int64)
        total = 0.0
        for word in node.content:
            self._look()
            ids = self._terms.matching(word).ids
            weight = idf(len(ids), self._documents)
            total += weight
            mass[ids] += weight
            held[ids] += 1
        whole = held == len(node.content)
        if node.strict:
            return _same(whole)
        ungrown = mass >= enough(len(node.content)) * total - MASS_TOLERANCE
        few = grow and np.count_nonzero(ungrown) < self._grow_below
        return Matched(held > 0 if few else ungrown, ungrown, whole)

    def _and(self, parts: list[Matched]) -> Matched:
        every = np.ones((3, self._documents), np.bool_)
        for part in parts:
            every &= (part.found, part.ungrown, part.whole)
        return Matched(every[0], every[1], every[2])

    def _mask(self, ids: NDArray[np.int64]) -> Mask:
        mask = np.zeros(self._documents, np.bool_)
        mask[ids] = True
        return mask


def _same(mask: Mask) -> Matched:
    return Matched(mask, mask, mask)
