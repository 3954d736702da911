"""The score of `ranking.py` on arrays, in its three stages."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ...deadline import TimeUp
from ...query.nodes import Term
from ...query.scoring import Scored
from ...ranking import (
    FIRST_STAGE,
    LOWERED,
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
from .columns import Columns
from .first_stage import FirstStage
from .greatest import best
from .known import KnownWord
from .segments import Segments
from .sets import Articles
from .terms import TermPostings
from .whole_sum import Weighed, WholeSum

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


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

    def ranked(self, kept: Articles, page: int, hidden: int = 0) -> tuple[Ranked, bool]:
        """The best `page` + `hidden` of `kept`, equal ones by number; and whether all stages were done.

        hidden: how many of `kept` stand behind another one that says the same; where only those between the first
        `page` others are wanted, the rest may be missing. Where the time is up in a later stage, articles stay in the
        order of the one before.
        """
        most = page + hidden
        if not self._has_stages:
            first, _ = self._first(kept, most)
            return Ranked(first.places, first.scores, np.arange(len(first.places))), True
        first, stems = self._first(kept, max(most, FIRST_STAGE))
        staged, complete = first, True
        try:
            ranks = first.places[:FIRST_STAGE].argsort()
            order, stems = first.places.take(ranks), stems.take(ranks)
            topic = self._topic(order)
            scores = self._aged(order, stems + topic)
            ranks = (-scores).argsort(kind="stable")
            second = Staged(order[ranks], scores[ranks])
            staged = joined(second, first.after(FIRST_STAGE))
            ranks = np.sort(ranks[:SECOND_STAGE])
            chosen = order[ranks]
            wanted = page + (len(chosen) - len(self._columns.firsts(chosen)) if hidden else 0)
            third = self._third(chosen, stems[ranks], topic[ranks], wanted)
            if len(chosen) <= wanted:
                third = joined(joined(third, second.after(SECOND_STAGE)), first.after(FIRST_STAGE))
            staged = third
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
        whole = self._whole(rising, self._stems(rising), self._topic(rising))
        whole.complete(np.arange(len(rising)))
        return whole.parts()[:, back]

    def _third(self, chosen: Ints, stems: Floats, topic: Floats, wanted: int) -> Staged:
        """Articles (rising) by their whole sums: all, or some with the best `wanted`, where only these matter."""
        whole, fresh = self._whole(chosen, stems, topic), self._aged(chosen, np.ones(len(chosen)))
        places, scores = whole.best(wanted, fresh)
        ranks = (-scores).argsort(kind="stable")
        return Staged(chosen[places[ranks]], scores[ranks])

    def _whole(self, rising: Ints, stems: Floats, topic: Floats) -> WholeSum:
        return WholeSum(self._weighed, self._terms, self._columns, self._segments, self._look, rising, stems, topic)

    @cached_property
    def _knowns(self) -> list[KnownWord]:
        """What is known of each word that was typed."""
        return [self._terms.known(word or _NO_WORD) for word in self._asked.words]

    @property
    def _has_stages(self) -> bool:
        """Whether any part counts besides that of the stems."""
        return any(word and (word.key or word.exacts) for word in self._asked.words) or bool(self._asked.pairs)

    @cached_property
    def _weighed(self) -> Weighed:
        return Weighed(self._asked, self._held, self._idf, self._knowns)

    def _first(self, kept: Articles, most: int) -> tuple[Staged, Floats]:
        """The best `most` by their stem sums, and these sums whatever their age."""
        if self._half_life or not most:
            chosen, stems = kept.ids, self._stems(kept.ids)
        else:
            chosen, stems = self._stage.contenders(kept, most)
        scores = self._aged(chosen, stems)
        order = best(scores, most)
        return Staged(chosen.take(order), scores.take(order)), stems.take(order)

    def _aged(self, articles: Ints, scores: Floats) -> Floats:
        if not self._half_life:
            return scores
        return scores * recency(self._columns.age(articles), self._half_life)

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
