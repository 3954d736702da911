"""The score of `ranking.py` on arrays, in its three stages."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...deadline import TimeUp
from ...model import Scope
from ...query.nodes import Term, scope_of, weight_of
from ...query.scoring import Scored
from ...ranking import (
    EXACT_WEIGHT,
    FAMILY_PAIR_WEIGHT,
    FAMILY_WEIGHT,
    FIRST_STAGE,
    KINSHIP_WEIGHT,
    LIKENESS_WEIGHT,
    LOWERED,
    PAIR_WEIGHT,
    PARTS,
    SECOND_STAGE,
    TOPIC_WEIGHT,
    Staged,
    explanation,
    family,
    idf,
    joined,
    recency,
    saturation,
    topic_share,
)
from ...vectors import Vector, cosine, query_vector
from .candidates import Candidates
from .columns import Columns
from .forward import Forward
from .postings import Postings
from .terms import TermPostings

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


_DENSE = 16
"""For one article in so many a table of all articles is faster than to look each of them up."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """Articles in order, their scores, and their ranks in the order of scores (-1 where that does not count)."""

    numbers: Ints
    scores: Floats
    ranks: Ints

    @classmethod
    def unscored(cls, numbers: Ints) -> "Ranked":
        """Articles in an order that is not by score."""
        return cls(numbers, np.zeros(len(numbers)), np.full(len(numbers), -1))

    def at(self, places: Ints) -> "Ranked":
        """Those at these places."""
        return Ranked(self.numbers[places], self.scores[places], self.ranks[places])

    def after(self, first: Ints) -> "Ranked":
        """The same after these articles, which have no score."""
        before = Ranked.unscored(first)
        return Ranked(
            np.concatenate([before.numbers, self.numbers]),
            np.concatenate([before.scores, self.scores]),
            np.concatenate([before.ranks, self.ranks]),
        )


class Scorer:
    """Scores the matched articles of one question. `look` is called between steps and may raise to stop.

    half_life: in days; 0 leaves the age of articles out.
    """

    def __init__(
        self,
        asked: Scored,
        terms: TermPostings,
        columns: Columns,
        forward: Forward,
        look: Callable[[], None],
        half_life: int = 0,
    ) -> None:
        self._half_life = half_life
        self._asked = asked
        self._terms = terms
        self._columns = columns
        self._forward = forward
        self._look = look
        self._idf = [self._rarity(terms.stems(unit)) for unit in asked.units]

    def ranked(self, kept: Ints, most: int) -> tuple[Ranked, bool]:
        """The best `most` of `kept` (article numbers, rising), equal ones by number; and whether all stages were done.

        Where the time is up in a later stage, they stay in the order of the one before.
        """
        staged, complete = first, _ = self._first(kept, max(most, FIRST_STAGE)), True
        try:
            order = first.places[:FIRST_STAGE]
            second = _sorted(order, self._aged(order, self._stems(order) + self._topic(order)))
            staged = joined(second, first.after(FIRST_STAGE))
            chosen = second.places[:SECOND_STAGE]
            third = _sorted(chosen, self._aged(chosen, self.parts(chosen).sum(axis=0)))
            staged = joined(joined(third, second.after(SECOND_STAGE)), first.after(FIRST_STAGE))
        except TimeUp:
            complete = False
        return Ranked(staged.places, staged.scores, np.arange(len(staged.places))), complete

    def explained(self, piece: Ranked) -> list[dict[str, float]]:
        """The parts of each score in a piece of the ranking, all 0 for an article without a rank; see `explanation`."""
        fresh = self._aged(piece.numbers, np.ones(len(piece.numbers)))
        columns = (self.parts(piece.numbers).T, piece.ranks, piece.scores, fresh)
        return [
            explanation(dict(zip(PARTS, parts, strict=True)), rank, score, newness)
            if rank >= 0
            else dict.fromkeys((*PARTS, LOWERED), 0.0)
            for parts, rank, score, newness in zip(*(column.tolist() for column in columns), strict=True)
        ]

    def parts(self, articles: Ints) -> Floats:
        """The whole sum of these articles by its parts, in the order of `PARTS`."""
        self._look()
        out = dict.fromkeys(PARTS, np.zeros(len(articles)))
        order = np.argsort(articles, kind="stable")
        back = np.empty(len(order), np.int64)
        back[order] = np.arange(len(order))
        rising = articles[order]
        candidates = Candidates(self._forward, rising, self._columns.titles[rising])
        out["stem"] = self._stems(rising)
        self._add_words(out, rising, candidates)
        self._add_pairs(out, rising, candidates)
        out["topic"] = self._topic(rising)
        self._add_kinship(out, rising, candidates)
        return np.stack([out[name] for name in PARTS])[:, back]

    def _first(self, kept: Ints, most: int) -> Staged:
        scores = self._aged(kept, self._stems(kept))
        order = best(scores, most)
        return Staged(kept[order], scores[order])

    def _aged(self, articles: Ints, scores: Floats) -> Floats:
        if not self._half_life:
            return scores
        return scores * recency(self._columns.age(articles), self._half_life)

    def _stems(self, articles: Ints) -> Floats:
        total = np.zeros(len(articles))
        for unit, rarity in zip(self._asked.units, self._idf, strict=True):
            self._look()
            postings = self._terms.stems(unit)
            total += weight_of(unit) * rarity * self._share(postings, articles, scope_of(unit))
        return total

    def _add_words(self, out: dict[str, Floats], articles: Ints, candidates: Candidates) -> None:
        for word, rarity in zip(self._asked.words, self._idf, strict=True):
            if word is None:
                continue
            self._look()
            exact = self._terms.exacts(word)
            part = self._rarity(exact) * self._share(exact, articles, word.scope)
            out["exact"] = out["exact"] + word.weight * EXACT_WEIGHT * part
            if not word.key:
                continue
            part = self._saturated(candidates.family_counts(word), articles, word.scope) * self._family_idf(word)
            out["family"] = out["family"] + word.weight * FAMILY_WEIGHT * part
            part = rarity * candidates.likeness(word)
            out["likeness"] = out["likeness"] + word.weight * LIKENESS_WEIGHT * part

    def _add_pairs(self, out: dict[str, Floats], articles: Ints, candidates: Candidates) -> None:
        for a, b in self._asked.pairs:
            self._look()
            one, other = self._asked.words[a], self._asked.words[b]
            assert one is not None and other is not None  # noqa: PT018, S101  # pairs are of words
            beside = self._terms.beside(one, other)
            part = self._rarity(beside) * self._share(beside, articles, one.scope)
            out["pair"] = out["pair"] + PAIR_WEIGHT * part
            if one.key and other.key:
                rarity = (self._family_idf(one) + self._family_idf(other)) / 2
                part = rarity * self._saturated(candidates.family_pairs(one, other), articles, one.scope)
                out["family_pair"] = out["family_pair"] + FAMILY_PAIR_WEIGHT * part

    def _topic(self, articles: Ints) -> Floats:
        content = self._asked.content
        known = [(self._idf[place], vector) for place in content if (vector := self._vector(place)) is not None]
        asked = query_vector(known, self._forward.mean)
        share = topic_share(len(content))
        if asked is None or not share:
            return np.zeros(len(articles))
        mass = sum(self._idf[place] for place in content)
        return TOPIC_WEIGHT * share * mass * cosine(self._forward.article_rows(articles), asked)

    def _add_kinship(self, out: dict[str, Floats], articles: Ints, candidates: Candidates) -> None:
        for place in self._asked.content:
            self._look()
            word, vector = self._asked.words[place], self._vector(place)
            if word is None or vector is None:
                continue
            kin = candidates.kinship(word, vector)
            kin[self._share(self._terms.stems(self._asked.units[place]), articles, word.scope) > 0] = 0.0
            out["kinship"] = out["kinship"] + KINSHIP_WEIGHT * self._idf[place] * kin

    def _vector(self, place: int) -> Vector | None:
        word = self._asked.words[place]
        return self._forward.vector(word.stems[0]) if word else None

    def _rarity(self, postings: Postings) -> float:
        return idf(len(postings.ids), self._columns.documents)

    def _family_idf(self, word: Term) -> float:
        return idf(self._forward.df(family(word.key)), self._columns.documents)

    def _share(self, postings: Postings, articles: Ints, scope: Scope) -> Floats:
        """BM25 without its idf for each of the articles (rising)."""
        if len(articles) * _DENSE > self._columns.documents:
            table = np.zeros(self._columns.documents)
            lengths, average = self._columns.lengths(scope, postings.ids), self._columns.averages[scope]
            table[postings.ids] = saturation(postings.tf.astype(np.float64), lengths, average)
            return table[articles]
        counts = np.zeros(len(articles))
        if len(postings.ids) and len(articles):
            at = np.minimum(np.searchsorted(postings.ids, articles), len(postings.ids) - 1)
            held = postings.ids[at] == articles
            counts[held] = postings.tf[at[held]]
        return self._saturated(counts, articles, scope)

    def _saturated(self, counts: Floats, articles: Ints, scope: Scope) -> Floats:
        out = np.zeros(len(articles))
        held = counts > 0
        lengths = self._columns.lengths(scope, articles[held])
        out[held] = saturation(counts[held], lengths, self._columns.averages[scope])
        return out


def best(keys: Floats, count: int) -> Ints:
    """The places of the `count` greatest keys, greatest first, equal ones by place; the rest is never sorted."""
    if count < len(keys):
        least = np.partition(keys, len(keys) - count)[len(keys) - count] if count else np.inf
        above = np.flatnonzero(keys > least)
        equal = np.flatnonzero(keys == least)[: count - len(above)]
        places = np.sort(np.concatenate([above, equal]))
    else:
        places = np.arange(len(keys))
    return places[np.argsort(-keys[places], kind="stable")]


def _sorted(places: Ints, scores: Floats) -> Staged:
    order = np.lexsort((places, -scores))
    return Staged(places[order], scores[order])
