"""From a tree of terms to the sets of articles that match it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...model import DateRange
from ...query.nodes import And, Dates, Field, Ids, MatchAll, Node, Not, Or, Unit, Words
from ...ranking import MASS_TOLERANCE, enough, idf
from .columns import Columns
from .packed import Packed, all_of, any_of
from .postings import Postings
from .sets import Articles, Mask, every, intersection, union
from .terms import TermPostings
from .weighed import MOST_WORDS, Weighed

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Matched:
    """The matched set, what it would be without growth, and the articles that hold every content word."""

    found: Articles
    ungrown: Articles
    whole: Articles

    @classmethod
    def same(cls, found: Articles) -> "Matched":
        """Where these are the same."""
        return cls(found, found, found)


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
        if isinstance(node, Unit):
            return Matched.same(self._terms.articles(self._terms.matching(node)))
        match node:
            case Words():
                return self._words(node, grow)
            case And(children):
                return _joined(self._all, [self.match(child, grow) for child in children])
            case Or(children):
                return _joined(self._any, [self.match(child, grow) for child in children])
            case Not(child):
                return Matched.same(self.match(child, grow=False).found.complement())
            case Field(name, values):
                return Matched.same(Articles(self._documents, mask=valued(self._columns, name, values)))
            case Dates(dates):
                return Matched.same(Articles(self._documents, mask=dated(self._columns, dates)))
            case Ids(ids):
                numbers = {number for one in ids if (number := self._columns.number(one)) is not None}
                return Matched.same(Articles(self._documents, np.array(sorted(numbers), np.int64)))
            case MatchAll():
                return Matched.same(every(self._documents))

    def _all(self, sets: Sequence[Articles]) -> Articles:
        return intersection(sets) if sets else every(self._documents)

    def _any(self, sets: Sequence[Articles]) -> Articles:
        return union(sets, self._documents)

    def _words(self, node: Words, grow: bool) -> Matched:
        held = []
        for word in node.content:
            self._look()
            held.append(self._terms.matching(word))
        if len(held) == 1:
            return Matched.same(self._terms.articles(held[0]))
        if node.strict:
            return Matched.same(intersection([self._terms.articles(one) for one in held]))
        rarity = [idf(one.df, self._documents) for one in held]
        need = enough(len(held)) * sum(rarity) - MASS_TOLERANCE
        if len(held) > MOST_WORDS:
            return self._weighed(held, rarity, need, grow)
        return self._diagram(held, rarity, need, grow)

    def _diagram(self, held: Sequence[Postings], rarity: Sequence[float], need: float, grow: bool) -> Matched:
        """By which of the words each article holds."""
        rows = [one.packed(self._documents) for one in held]
        ungrown = self._packed(Weighed(rows, rarity, self._documents).at_least(need))
        few = grow and len(ungrown) < self._grow_below
        return Matched(self._packed(any_of(rows)) if few else ungrown, ungrown, self._packed(all_of(rows)))

    def _packed(self, bits: Packed) -> Articles:
        return Articles(self._documents, bits=bits)

    def _weighed(self, held: Sequence[Postings], rarity: Sequence[float], need: float, grow: bool) -> Matched:
        """By the sum of their weights, where the words are many."""
        mass, times = np.zeros(self._documents), np.zeros(self._documents, np.uint32)
        for one, weight in zip(held, rarity, strict=True):
            self._look()
            mass[one.ids] += weight
            times[one.ids] += 1
        ungrown = Articles(self._documents, mask=mass >= need)
        few = grow and len(ungrown) < self._grow_below
        found = Articles(self._documents, mask=times > 0) if few else ungrown
        return Matched(found, ungrown, Articles(self._documents, mask=times == len(held)))


def _joined(join: Callable[[Sequence[Articles]], Articles], parts: Sequence[Matched]) -> Matched:
    found = join([part.found for part in parts])
    plain = all(part.ungrown is part.found for part in parts)
    ungrown = found if plain else join([part.ungrown for part in parts])
    same = plain and all(part.whole is part.found for part in parts)
    return Matched(found, ungrown, found if same else join([part.whole for part in parts]))


def valued(columns: Columns, name: str, values: Iterable[str], numbers: Ints | None = None) -> Mask:
    """Whether the value of a field is one of these; where there is no such field, every value is empty.

    numbers: of these articles; of all if None.
    """
    field = columns.field(name)
    if field is None:
        return np.full(columns.documents if numbers is None else len(numbers), "" in values)
    held = field.codes if numbers is None else field.codes.take(numbers)
    codes = [code for value in values if (code := field.code(value)) >= 0]
    if len(codes) == 1:
        one: Mask = held == codes[0]
        return one
    chosen = np.zeros(len(field), np.bool_)
    chosen[codes] = True
    return chosen.take(held)


def dated(columns: Columns, dates: DateRange, numbers: Ints | None = None) -> Mask:
    """Whether an article is of these days; numbers as in `valued`."""
    days = columns.days if numbers is None else columns.days.take(numbers)
    mask: Mask = days >= (dates.first.toordinal() if dates.first else 1)
    if dates.last:
        mask &= days <= dates.last.toordinal()
    return mask
