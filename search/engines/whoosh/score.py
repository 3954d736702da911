"""The score of `ranking.py` on arrays, in its three stages."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ...deadline import TimeUp
from ...model import Scope
from ...query.nodes import Term
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
    idf,
    joined,
    recency,
    topic_share,
)
from ...vectors import Vector, cosine, query_vector
from .candidates import Candidates
from .columns import Columns
from .first_stage import FirstStage
from .greatest import best
from .known import KnownWord
from .segments import Segments
from .sets import Articles
from .shares import Shares
from .terms import TermPostings

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


_STEM, _EXACT, _FAMILY, _LIKENESS, _PAIR, _FAMILY_PAIR, _TOPIC, _KINSHIP = range(len(PARTS) - 1)
"""The rows of `PARTS` that a score is the sum of; what age takes off is not among them."""

_NO_WORD = Term("", (), ())


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

    def piece(self, start: int, end: int) -> "Ranked":
        """Those from the place `start` to before `end`."""
        return Ranked(self.numbers[start:end], self.scores[start:end], self.ranks[start:end])

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
        segments: Segments,
        look: Callable[[], None],
        half_life: int = 0,
    ) -> None:
        self._half_life = half_life
        self._asked = asked
        self._terms = terms
        self._columns = columns
        self._segments = segments
        self._look = look
        self._held = [terms.stems(unit) for unit in asked.units]
        self._idf = [idf(held.df, columns.documents) for held in self._held]
        self._stage = FirstStage(asked.units, self._held, self._idf, columns, look)
        self._stems = self._stage.scores

    def ranked(self, kept: Articles, most: int) -> tuple[Ranked, bool]:
        """The best `most` of `kept`, equal ones by number; and whether all stages were done.

        Where the time is up in a later stage, they stay in the order of the one before.
        """
        if not self._has_stages:
            first = self._first(kept, most)
            return Ranked(first.places, first.scores, np.arange(len(first.places))), True
        staged, complete = first, _ = self._first(kept, max(most, FIRST_STAGE)), True
        try:
            order = np.sort(first.places[:FIRST_STAGE])
            stems, topic = self._stems(order), self._topic(order)
            scores = self._aged(order, stems + topic)
            ranks = (-scores).argsort(kind="stable")
            second = Staged(order[ranks], scores[ranks])
            staged = joined(second, first.after(FIRST_STAGE))
            ranks = np.sort(ranks[:SECOND_STAGE])
            chosen = order[ranks]
            scores = self._aged(chosen, self._parts(chosen, stems[ranks], topic[ranks]).sum(axis=0))
            ranks = (-scores).argsort(kind="stable")
            third = Staged(chosen[ranks], scores[ranks])
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
        order = articles.argsort()
        back = np.empty(len(order), np.int64)
        back[order] = np.arange(len(order))
        rising = articles[order]
        return self._parts(rising, self._stems(rising), self._topic(rising))[:, back]

    def _parts(self, rising: Ints, stems: Floats, topic: Floats) -> Floats:
        """The same of articles that rise, of which two parts are known already."""
        out = np.zeros((len(PARTS), len(rising)))
        out[_STEM], out[_TOPIC] = stems, topic
        words = self._asked.words
        if any(words):
            self._look()
            candidates = Candidates(self._segments, rising, words, self._knowns)
            shares = Shares(self._columns, rising)
            self._add_words(out, candidates, shares)
            self._add_pairs(out, candidates, shares)
            self._add_kinship(out, candidates, rising)
        return out

    @cached_property
    def _knowns(self) -> list[KnownWord]:
        """What is known of each word that was typed."""
        return [self._terms.known(word or _NO_WORD) for word in self._asked.words]

    @property
    def _has_stages(self) -> bool:
        """Whether any part counts besides that of the stems."""
        return any(word and (word.key or word.exacts) for word in self._asked.words) or bool(self._asked.pairs)

    def _first(self, kept: Articles, most: int) -> Staged:
        if self._half_life or not most:
            chosen, stems = kept.ids, self._stems(kept.ids)
        else:
            chosen, stems = self._stage.contenders(kept, most)
        scores = self._aged(chosen, stems)
        order = best(scores, most)
        return Staged(chosen.take(order), scores.take(order))

    def _aged(self, articles: Ints, scores: Floats) -> Floats:
        if not self._half_life:
            return scores
        return scores * recency(self._columns.age(articles), self._half_life)

    def _add_words(self, out: Floats, candidates: Candidates, shares: "Shares") -> None:
        exacts, families = candidates.counts()
        self._look()
        keyed = any(word and word.key for word in self._asked.words)
        likeness = candidates.likeness() if keyed else np.zeros((len(self._asked.words), len(out[0])))
        for place, (word, rarity) in enumerate(zip(self._asked.words, self._idf, strict=True)):
            if word is None:
                continue
            if exacts[place].any():
                part = self._exact_idf(place, word) * shares.saturated(exacts[place], word.scope)
                out[_EXACT] += word.weight * EXACT_WEIGHT * part
            if not word.key:
                continue
            if families[place].any():
                part = self._family_idf(place) * shares.saturated(families[place], word.scope)
                out[_FAMILY] += word.weight * FAMILY_WEIGHT * part
            out[_LIKENESS] += word.weight * LIKENESS_WEIGHT * rarity * likeness[place]

    def _add_pairs(self, out: Floats, candidates: Candidates, shares: "Shares") -> None:
        if not self._asked.pairs:
            return
        self._look()
        stems, families = candidates.pairs(self._asked.pairs)
        for place, (a, b) in enumerate(self._asked.pairs):
            one, other = self._asked.words[a], self._asked.words[b]
            assert one is not None and other is not None  # noqa: PT018, S101  # pairs are of words
            if stems[place].any():
                rarity = idf(self._terms.pair_df(one, other), self._columns.documents)
                out[_PAIR] += PAIR_WEIGHT * rarity * shares.saturated(stems[place], one.scope)
            if one.key and other.key and families[place].any():
                rarity = (self._family_idf(a) + self._family_idf(b)) / 2
                out[_FAMILY_PAIR] += FAMILY_PAIR_WEIGHT * rarity * shares.saturated(families[place], one.scope)

    def _topic(self, articles: Ints) -> Floats:
        asked = self._asked_vector
        if asked is None:
            return np.zeros(len(articles))
        content = self._asked.content
        mass = sum(self._idf[place] for place in content)
        weight = TOPIC_WEIGHT * topic_share(len(content)) * mass
        near = np.zeros(len(articles))
        for _, segment, places, local in self._segments.split(articles):
            near[places] = cosine(segment.forward.article_rows(local), asked)
        return weight * near

    @cached_property
    def _asked_vector(self) -> Vector | None:
        """The direction of the query; None where that does not count."""
        content = self._asked.content
        if not topic_share(len(content)):
            return None
        known = [(self._idf[at], row) for at in content if (row := self._knowns[at].direction) is not None]
        return query_vector(known, self._segments.first.forward.mean)

    def _add_kinship(self, out: Floats, candidates: Candidates, articles: Ints) -> None:
        """Only for words that some of the articles lack: a word is nearest to itself."""
        lacking: dict[int, NDArray[np.bool_]] = {}
        for place in self._asked.content:
            lacks = self._held[place].counts(articles, self._columns.documents) == 0
            if self._knowns[place].direction is not None and lacks.any():
                lacking[place] = lacks
        if lacking:
            self._look()
            kin = candidates.kinship(list(lacking))
            for place, lacks in lacking.items():
                out[_KINSHIP] += KINSHIP_WEIGHT * self._idf[place] * np.where(lacks, kin[place], 0.0)

    def _exact_idf(self, place: int, word: Term) -> float:
        known, documents = self._knowns[place], self._columns.documents
        if known.exact_df >= 0 and word.scope is Scope.ALL:
            return idf(known.exact_df, documents)
        return idf(self._terms.exacts(word).df, documents)

    def _family_idf(self, place: int) -> float:
        return idf(self._knowns[place].family_df, self._columns.documents)
