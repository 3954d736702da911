"""The last stage of ranking: the whole sum of a few articles, the costly parts of it only where they may matter."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...model import Scope
from ...query.nodes import Term
from ...query.scoring import Scored
from ...ranking import (
    EXACT_WEIGHT,
    FAMILY_PAIR_WEIGHT,
    FAMILY_WEIGHT,
    KINSHIP_WEIGHT,
    LIKENESS_WEIGHT,
    MASS_TOLERANCE,
    PAIR_WEIGHT,
    PARTS,
    idf,
)
from .candidates import Candidates
from .columns import Columns
from .known import EXACT, FAMILY, KEY, KINDS, STEM, KnownWord
from .postings import Postings
from .segments import Segments
from .shares import Shares
from .terms import TermPostings

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Table = NDArray[np.bool_]

_STEM, _EXACT, _FAMILY, _LIKENESS, _PAIR, _FAMILY_PAIR, _TOPIC, _KINSHIP = range(len(PARTS) - 1)
"""The rows of `PARTS` that a score is the sum of; what age takes off is not among them."""

_SPARE = 3
"""So many more articles than are wanted are looked at first."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """What is asked, and of each unit its postings, its idf, and what is known of its word (whatever it is if None)."""

    asked: Scored
    held: Sequence[Postings]
    rarity: Sequence[float]
    knowns: Sequence[KnownWord]


class WholeSum:
    """The whole sum of some articles (rising), whose stem sum and topic are known, whatever their age.

    Likeness and kinship take longest, and few articles need them: but for what is known at once they are left out until
    they are asked for. `look` is called between steps and may raise.
    """

    def __init__(
        self,
        weighed: Weighed,
        terms: TermPostings,
        columns: Columns,
        segments: Segments,
        look: Callable[[], None],
        articles: Ints,
        stems: Floats,
        topic: Floats,
    ) -> None:
        self._weighed, self._terms, self._columns, self._look = weighed, terms, columns, look
        asked, rarity = weighed.asked, weighed.rarity
        self._articles, self._shares = articles, Shares(columns, articles)
        self._parts = np.zeros((len(PARTS), len(articles)))
        self._parts[_STEM], self._parts[_TOPIC] = stems, topic
        has: Table = np.zeros((KINDS, len(asked.words), len(articles)), np.bool_)
        if any(asked.words):
            look()
            self._candidates = Candidates(segments, articles, asked.words, weighed.knowns)
            has = self._candidates.has()
            self._add_words(has)
        if asked.pairs:
            look()
            self._add_pairs()
        self._sum = self._parts.sum(axis=0)
        self._likeness_weights = np.zeros((len(asked.words), 1))
        for at, word in enumerate(asked.words):
            if word and word.key:
                self._likeness_weights[at] = LIKENESS_WEIGHT * word.weight * rarity[at]
        self._likeness = has[KEY].astype(np.float64)
        self._unlike = ~has[KEY] & (self._likeness_weights != 0)
        self._content = [at for at in asked.content if weighed.knowns[at].direction is not None]
        self._kinship_weights = np.array([[KINSHIP_WEIGHT * rarity[at]] for at in self._content]).reshape(-1, 1)
        self._lacks = self._lacking(has[STEM])
        self._kinship = np.zeros(self._lacks.shape)

    def sums(self) -> Floats:
        """The sums as far as they are known."""
        # Always for all articles, so that those that are alike have the same sums to the last bit.
        total: Floats = self._sum + (self._likeness_weights * self._likeness).sum(axis=0)
        if len(self._content):
            total += (self._kinship_weights * self._kinship).sum(axis=0)
        return total

    def parts(self) -> Floats:
        """The same by the parts, in the order of `PARTS`."""
        self._parts[_LIKENESS] = (self._likeness_weights * self._likeness).sum(axis=0)
        self._parts[_KINSHIP] = (self._kinship_weights * self._kinship).sum(axis=0)
        return self._parts

    def complete(self, places: Ints) -> None:
        """Add likeness and kinship for the articles at these places (rising)."""
        self._add_likeness(places)
        self._add_kinship(places)

    def best(self, count: int, fresh: Floats) -> tuple[Ints, Floats]:
        """The places (rising) of articles among which are the best `count`, and what their sums make times `fresh`."""
        kin = (self._kinship_weights * self._lacks).sum(axis=0)
        sums = self.sums()
        reach = sums + kin + (self._likeness_weights * self._unlike).sum(axis=0)
        # Most come about half as far as they may; a few more than are wanted save many a second look.
        first = (-(sums + reach) * fresh).argsort()[: count + _SPARE]
        self.complete(np.sort(first))
        sums = self.sums() * fresh
        chosen = np.zeros(len(fresh), np.bool_)
        chosen[first] = True
        if count and len(first) < len(fresh):
            # Of the others those that may come up to the last one that is wanted.
            least = np.sort(sums.take(first))[-count] - MASS_TOLERANCE
            more = np.flatnonzero((reach * fresh >= least) & ~chosen)
            if len(more):
                self._add_likeness(more)
                more = more[((self.sums() + kin) * fresh).take(more) >= least]
                self._add_kinship(more)
                sums = self.sums() * fresh
                chosen[more] = True
        places: Ints = np.flatnonzero(chosen)
        return places, sums.take(places)

    def _add_likeness(self, places: Ints) -> None:
        self._look()
        unlike = self._unlike.take(places, axis=1)
        columns = np.flatnonzero(unlike.any(axis=0))
        if len(columns):
            some, unlike = places.take(columns), unlike.take(columns, axis=1)
            self._likeness[:, some] = np.where(unlike, self._candidates.likeness(some, unlike), self._likeness[:, some])

    def _add_kinship(self, places: Ints) -> None:
        """Only for words that articles lack: a word is nearest to itself."""
        lacks = self._lacks.take(places, axis=1)
        rows = np.flatnonzero(lacks.any(axis=1))
        if len(rows):
            self._look()
            columns = np.flatnonzero(lacks.any(axis=0))
            some = places.take(columns)
            kin = self._candidates.kinship([self._content[row] for row in rows.tolist()], some)
            self._kinship[rows[:, None], some] = np.where(lacks[rows[:, None], columns], kin, 0.0)

    def _add_words(self, has: Table) -> None:
        """Add exact forms and families; has: of which words and articles there are any."""
        words = self._weighed.asked.words
        exact, family = has[EXACT].any(axis=1).tolist(), has[FAMILY].any(axis=1).tolist()
        weights = np.zeros((2, len(words), 1))
        for at, word in enumerate(words):
            if word and exact[at]:
                weights[0, at] = EXACT_WEIGHT * word.weight * self._exact_idf(at, word)
            if word and family[at]:
                weights[1, at] = FAMILY_WEIGHT * word.weight * self._family_idf(at)
        shares = self._shares.table(self._candidates.counts(), [word.scope if word else Scope.ALL for word in words])
        self._parts[_EXACT : _FAMILY + 1] = (weights * shares).sum(axis=1)

    def _add_pairs(self) -> None:
        asked = self._weighed.asked
        counts = self._candidates.pairs(asked.pairs)
        beside, relatives = counts[0].any(axis=1).tolist(), counts[1].any(axis=1).tolist()
        weights, scopes = np.zeros((2, len(asked.pairs), 1)), []
        for at, (a, b) in enumerate(asked.pairs):
            one, other = asked.words[a], asked.words[b]
            assert one is not None and other is not None  # noqa: PT018, S101  # pairs are of words
            scopes.append(one.scope)
            if beside[at]:
                weights[0, at] = PAIR_WEIGHT * idf(self._terms.pair_df(one, other), self._columns.documents)
            if relatives[at]:
                weights[1, at] = FAMILY_PAIR_WEIGHT * (self._family_idf(a) + self._family_idf(b)) / 2
        self._parts[_PAIR : _FAMILY_PAIR + 1] = (weights * self._shares.table(counts, scopes)).sum(axis=1)

    def _lacking(self, stems: Table) -> Table:
        """Which articles lack the words of `_content`; stems: whether they have a stem of each word."""
        lacks: Table = ~stems[self._content]
        for row, at in enumerate(self._content):
            if not isinstance(self._weighed.asked.units[at], Term):  # a synonym counts as the word itself
                lacks[row] = self._weighed.held[at].counts(self._articles, self._columns.documents) == 0
        return lacks

    def _exact_idf(self, place: int, word: Term) -> float:
        known, documents = self._weighed.knowns[place], self._columns.documents
        if known.exact_df >= 0 and word.scope is Scope.ALL:
            return idf(known.exact_df, documents)
        return idf(self._terms.exacts(word).df, documents)

    def _family_idf(self, place: int) -> float:
        return idf(self._weighed.knowns[place].family_df, self._columns.documents)
