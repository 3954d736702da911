"""From a tree of terms to the sets of articles that match it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...model import DateRange
from ...query.nodes import And, Dates, Field, Ids, MatchAll, Node, Not, Or, Words
from ...ranking import MASS_TOLERANCE, enough, idf
from .columns import Columns
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

    def __init__(self, terms: TermPostings, columns: Columns, grow_below: int, look: Callable[[], None]) -> None:
        self._terms = terms
        self._columns = columns
        self._documents = columns.documents
        self._grow_below = grow_below
        self._look = look

    def match(self, node: Node, grow: bool = True) -> Matched:
        """The sets of a tree; `grow` is off inside a Not."""
        self._look()
        match node:
            case Words():
                return self._words(node, grow)
            case And(children):
                return self._joined(np.logical_and, True, [self.match(child, grow) for child in children])
            case Or(children):
                return self._joined(np.logical_or, False, [self.match(child, grow) for child in children])
            case Not(child):
                return _same(~self.match(child, grow=False).found)
            case Field(name, values):
                return _same(valued(self._columns, name, values))
            case Dates(dates):
                return _same(dated(self._columns, dates))
            case Ids(ids):
                numbers = [number for one in ids if (number := self._columns.number(one)) is not None]
                return _same(self._mask(np.array(numbers, np.int64)))
            case MatchAll():
                return _same(np.ones(self._documents, np.bool_))
            case _:
                return _same(self._mask(self._terms.matching(node).ids))

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

    def _joined(self, join: np.ufunc, start: bool, parts: list[Matched]) -> Matched:
        every = np.full((3, self._documents), start)
        for part in parts:
            join(every, (part.found, part.ungrown, part.whole), out=every)
        return Matched(every[0], every[1], every[2])

    def _mask(self, ids: NDArray[np.int64]) -> Mask:
        mask = np.zeros(self._documents, np.bool_)
        mask[ids] = True
        return mask


def valued(columns: Columns, name: str, values: Iterable[str]) -> Mask:
    """The articles whose value of a field is one of these; where there is no such field, every value is empty."""
    field = columns.field(name)
    if field is None:
        return np.full(columns.documents, "" in values)
    chosen = np.zeros(len(field), np.bool_)
    chosen[[code for value in values if (code := field.code(value)) >= 0]] = True
    mask: Mask = chosen[field.codes]
    return mask


def dated(columns: Columns, dates: DateRange) -> Mask:
    """The articles of these days."""
    mask = columns.days > 0
    if dates.first:
        mask &= columns.days >= dates.first.toordinal()
    if dates.last:
        mask &= columns.days <= dates.last.toordinal()
    return mask


def _same(mask: Mask) -> Matched:
    return Matched(mask, mask, mask)
