"""How many articles match each of many trees that have most of their words in common, without a look at which.

Words that are the same in all trees are looked up once: a table says of every article which of them it holds. What one
more word changes is told by the articles of that word alone, so a rare word costs next to nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ...deadline import Deadline, TimeUp
from ...query.nodes import Node, Term, Unit, Words
from ...ranking import MASS_TOLERANCE, enough, idf
from ..base import Totals
from .columns import Columns
from .match import Matcher
from .postings import Postings, distinct, intersected
from .sets import intersection
from .terms import TermPostings

Array = NDArray[Any]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]

_MOST: Final = 7
"""So many words besides the last one are told apart by the bits of a byte; the eighth says that others say the same."""

_ALIKE: Final = 1 << _MOST


class Alike:
    """Articles that say the same as others, found when they are first asked for. Safe to share between threads."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns

    @cached_property
    def articles(self) -> Ints:
        """Their numbers, rising."""
        return np.flatnonzero(self._columns.shared)

    def clusters(self, articles: Ints) -> Ints:
        """The groups of these articles, which are some of them: each is called by its first article."""
        return self._columns.clusters.take(articles).astype(np.int64)


def count_each(
    nodes: Sequence[Node],
    grow_below: int,
    terms: TermPostings,
    columns: Columns,
    alike: Alike | None,
    deadline: Deadline,
) -> list[Totals | None]:
    """See `Engine.totals`. alike: None if groups are not counted."""
    counting = _Counting(grow_below, terms, columns, alike, deadline)
    found: list[Totals | None] = []
    try:
        for node in nodes:
            deadline.look()
            found.append(counting.of(node))
    except TimeUp:
        pass
    return [*found, *[None] * (len(nodes) - len(found))]


class _Counting:
    """Counts trees one after another; it remembers what the first words of the last one were."""

    def __init__(
        self, grow_below: int, terms: TermPostings, columns: Columns, alike: Alike | None, deadline: Deadline
    ) -> None:
        self._grow_below, self._alike = grow_below, alike
        self._terms, self._columns, self._deadline = terms, columns, deadline
        self._first: tuple[tuple[Unit, ...], _First] | None = None

    def of(self, node: Node) -> Totals:
        if isinstance(node, Words) and len(node.content) <= 1 + _MOST:
            return self._words(node)
        sets = Matcher(self._terms, self._columns, self._grow_below, self._deadline.look).match(node)
        counts = [
            len(some) if self._alike is None else self._columns.groups(some)
            for some in (sets.found, intersection([sets.found, sets.whole]))
        ]
        return counts[0], counts[1]

    def _words(self, node: Words) -> Totals:
        *units, last = node.content
        first = self._first_of(tuple(units))
        held = self._held(last)
        known = first.counted.get((held, node.strict))
        if known is None:
            known = first.counted[held, node.strict] = self._counts(node, first, held)
        return known

    def _counts(self, node: Words, first: "_First", held: Postings) -> Totals:
        kinds = first.kinds
        whole = [False] * (kinds - 1) + [True]
        nothing = [False] * kinds
        if node.strict or kinds == 1:
            return (both := first.total(held, nothing, whole)), both
        rarity = [idf(one.df, self._columns.documents) for one in (*first.held, held)]
        need = enough(len(rarity)) * sum(rarity) - MASS_TOLERANCE
        alone = [mass >= need for mass in first.masses]
        joined = [mass + rarity[-1] >= need for mass in first.masses]
        if first.articles(held, alone, joined) < self._grow_below:
            alone, joined = [False] + [True] * (kinds - 1), [True] * kinds
        return first.total(held, alone, joined), first.total(held, nothing, whole)

    def _first_of(self, units: tuple[Unit, ...]) -> "_First":
        if self._first is None or self._first[0] != units:
            held = [self._terms.matching(unit) for unit in units]
            self._first = units, _First(held, self._columns.documents, self._alike)
        return self._first[1]

    def _held(self, unit: Unit) -> Postings:
        """The articles of a unit; how often it stands in each is not asked for where that would have to be made."""
        return self._terms.holding(unit) if isinstance(unit, Term) and not unit.exact else self._terms.matching(unit)


@dataclass(frozen=True, slots=True)
class _Kinds:
    """Of a word's articles, how many there are of each kind, and those that others say the same as, with their kinds.

    alike: their numbers, rising; kinds: theirs.
    """

    counts: list[int]
    alike: Ints
    kinds: Array


def _told(held: Sequence[Postings], documents: int) -> NDArray[np.uint8]:
    """For every article which of some words (at most seven) it holds: bit i of its number is set for the i-th."""
    bits = np.zeros(documents, np.uint8)
    for place, one in enumerate(held):
        bit = np.uint8(1 << place)
        if one.row is None:
            bits[one.ids] |= bit
        else:
            bits |= (one.row != 0).view(np.uint8) * bit
    return bits


class _First:
    """What the first words say of all articles: their kinds, which are numbers with a bit for each word that is held.

    alike: None if groups are not counted. counted: what was counted of a last word, strictly or not: those of other
    forms are often the same.
    """

    def __init__(self, held: Sequence[Postings], documents: int, alike: Alike | None) -> None:
        self.held, self.kinds = tuple(held), 1 << len(held)
        self.counted: dict[tuple[Postings, bool], Totals] = {}
        self._bits, self._documents = _told(held, documents), documents
        self._alike = alike if alike is not None and len(alike.articles) else None
        self._bases: dict[tuple[bool, ...], tuple[int, Ints]] = {}
        self._last: tuple[Postings, _Kinds] | None = None

    @cached_property
    def masses(self) -> list[float]:
        """For each kind the summed idf of what it holds."""
        found = [0.0]
        for one in self.held:
            weight = idf(one.df, self._documents)
            found += [mass + weight for mass in found]
        return found

    def articles(self, word: Postings, alone: Sequence[bool], joined: Sequence[bool]) -> int:
        """How many articles there are of the kinds `alone`, and of the kinds `joined` that have the word as well.

        What is among `alone` is among `joined`, too.
        """
        counts = self._of(word).counts
        return sum(
            (self._counts[kind] - counts[kind] if alone[kind] else 0) + (counts[kind] if joined[kind] else 0)
            for kind in range(self.kinds)
        )

    def total(self, word: Postings, alone: Sequence[bool], joined: Sequence[bool]) -> int:
        """The same in groups, if these are counted."""
        found = self.articles(word, alone, joined)
        if self._alike is None:
            return found
        hidden, base = self._base(tuple(alone))
        found -= hidden
        kinds = self._of(word)
        if len(kinds.alike):
            added = np.array([there and not before for there, before in zip(joined, alone, strict=True)])
            more = self._alike.clusters(kinds.alike[added.take(kinds.kinds)])
            new = distinct(more)
            found -= len(more) - len(new) + len(intersected(new, base))
        return found

    def _base(self, kinds: tuple[bool, ...]) -> tuple[int, Ints]:
        """Of the articles of some kinds how many stand behind another one, and the groups (rising) of those alike."""
        found = self._bases.get(kinds)
        if found is None:
            every = np.empty(0, np.int64)
            if self._alike is not None and any(kinds):
                articles = self._alike.articles
                every = self._alike.clusters(articles[np.array(kinds).take(self._bits.take(articles))])
            groups = distinct(every)
            found = self._bases[kinds] = len(every) - len(groups), groups
        return found

    def _of(self, word: Postings) -> _Kinds:
        if self._last is None or self._last[0] is not word:
            self._last = word, self._looked_up(word)
        return self._last[1]

    def _looked_up(self, word: Postings) -> _Kinds:
        nothing = np.empty(0, np.int64)
        if self._alike is None and len(self.held) == 0:
            return _Kinds([word.df], nothing, nothing)
        if self._alike is None and len(self.held) == 1 and self.held[0].df * _FEWER < word.df:
            few = self.held[0].ids
            both = len(intersected(few, word.ids)) if word.row is None else int(np.count_nonzero(word.row.take(few)))
            return _Kinds([word.df - both, both], nothing, nothing)
        if self._alike is None and len(self.held) == 1 and word.row is not None:
            both = int(np.count_nonzero(np.logical_and(self._bits, word.row)))
            return _Kinds([word.df - both, both], nothing, nothing)
        ids = word.ids
        table = self._table.take(ids)
        counts = np.bincount(table, minlength=2 * _ALIKE).tolist()
        kinds = [counts[kind] + counts[kind + _ALIKE] for kind in range(self.kinds)]
        if self._alike is None or not any(counts[_ALIKE:]):
            return _Kinds(kinds, nothing, nothing)
        places = np.flatnonzero(table >= _ALIKE)
        return _Kinds(kinds, ids[places], table[places] - np.uint8(_ALIKE))

    @cached_property
    def _table(self) -> NDArray[np.uint8]:
        """The kind of each article, and whether others say the same."""
        if self._alike is None:
            return self._bits
        table = self._bits.copy()
        table[self._alike.articles] |= np.uint8(_ALIKE)
        return table

    @cached_property
    def _counts(self) -> list[int]:
        """How many articles there are of each kind."""
        if len(self.held) < 2:
            holding = [one.df for one in self.held]
            return [self._documents - sum(holding), *holding]
        counts: list[int] = np.bincount(self._bits, minlength=self.kinds).tolist()
        return counts


_FEWER: Final = 8
"""Where the first word has so many times fewer articles, these are looked up among those of the last word."""
