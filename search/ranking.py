"""The score of an article, in one place for all engines: the sum F5, in three stages.

    score(d) = Σ over query words   w · [ stem + .3 exact + .4 family + .3 likeness ]
             + Σ over neighbours    .6 stem pair + .3 family pair
             + G · (.5 topic)  +  .4 kinship

    stem, exact, family   BM25 of the word's stems, exact forms, and of the words that share its first four key letters
    likeness              idf · the greatest share of letter triples that a word of the article has in common with it
    stem pair             BM25 of «these two stems side by side», in either order
    family pair           mean idf · saturation, for two families side by side
    topic                 Σ idf · cos(query, article), over stem vectors (`vectors.py`); G grows with the words
    kinship               Σ idf · the greatest cosine of a word of the article, where the word itself is not there

    BM25(x) = idf(df) · tf / (tf + k1 · (1 − b + b · length / average length))

w is 1, or 0.1 for a stop word (1 if the query has nothing else). Lengths count the tokens of the searched scope. The
df of a pair is counted on a sample, see `sampled`.

Stages: the whole matched set by the stem sum; its best 300 by stem sum + topic; the best 50 of those by the whole sum.
Later ranks keep the order of the stage before, and their scores are lowered under those of the stage after. Where
newer articles are preferred, the score of every stage is multiplied by `recency`.

Sources: BM25 by Robertson and Zaragoza, «The Probabilistic Relevance Framework» (2009), idf with +1 inside the
logarithm as in Lucene; stem vectors as in Levy, Goldberg and Dagan, «Improving Distributional Similarity» (2015);
triples after Dice (1945); neighbours after Metzler and Croft's sequential dependence (2005). Weights: docs/quality.md.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

K1 = 1.2
B = 0.75
STOP_WEIGHT = 0.1
EXACT_WEIGHT = 0.3
FAMILY_WEIGHT = 0.4
LIKENESS_WEIGHT = 0.3
PAIR_WEIGHT = 0.6
FAMILY_PAIR_WEIGHT = 0.3
TOPIC_WEIGHT = 0.5
KINSHIP_WEIGHT = 0.4

RECENCY_SHARE = 0.6
"""The most that age takes off a score."""

FIRST_STAGE = 300
SECOND_STAGE = 50
"""How many articles the second and the third stage look at; never dependent on paging."""

PAIR_SAMPLE = 512
"""A pair's df only weighs it: for common words an estimate does, for rare ones (and small archives) it is exact."""

FAMILY_LETTERS = 4
LEAST_LIKENESS = 0.4
"""Words that share less than this of their triples are strangers."""

PARTS = ("stem", "exact", "family", "likeness", "pair", "family_pair", "topic", "kinship", "recency")
"""The parts of a score, as `explain` names them."""

LOWERED = "lowered"
"""What was taken off an article that came in under a later stage, 0 or less; see `joined`."""

Numbers = TypeVar("Numbers", float, NDArray[np.float64])


def idf(df: float, documents: int) -> float:
    """The weight of a term that `df` of `documents` articles hold; df 0 gives the greatest weight."""
    return math.log(1 + (documents - df + 0.5) / (df + 0.5))


def saturation(tf: Numbers, length: Numbers, average: float) -> Numbers:
    """BM25's share of idf, between 0 and 1, for a term that stands `tf` times in `length` tokens."""
    return tf / (tf + norm(length, average))


def norm(length: Numbers, average: float) -> Numbers:
    """What BM25 adds to tf: the more, the longer the text is; never 0."""
    return K1 * (1 - B + B * length / (average or 1.0))


def enough(words: int) -> float:
    """The share of the words' summed idf that an article must hold to match a query of so many content words.

    Demanding every word loses far more good answers than it removes bad ones (measured on judged questions).
    """
    return {1: 1.0, 2: 0.5, 3: 0.4}.get(words, 0.25)


def recency(days: Numbers, half_life: float) -> Numbers:
    """What the score of an article is multiplied by that is so many days older than the newest one.

    It falls from 1 to 1 - RECENCY_SHARE, half of the way with every half-life: an old article that answers far better
    still comes first. The part «recency» of a score is what this takes off, 0 or less. After «prefer-recent» in
    MediaWiki's CirrusSearch.
    """
    age: Numbers = 2.0 ** (-days / half_life)
    return 1 - RECENCY_SHARE * (1 - age)


def sampled(count: int) -> NDArray[np.int64]:
    """Which of the `count` articles (in the house order) of the rarer word of a pair are looked at for its df.

    All if they are few, else PAIR_SAMPLE of them, evenly spread; the first word counts as the rarer one if both are
    equal. What is found in the sample stands for the same share of all.
    """
    if count <= PAIR_SAMPLE:
        return np.arange(count)
    return np.arange(PAIR_SAMPLE) * count // PAIR_SAMPLE


def topic_share(words: int) -> float:
    """G: how far a query of so many distinct content words is about a topic, from 0 (one word) to 1 (five and more)."""
    return min(1.0, max(0.0, (words - 1) / 4))


def family(key: str) -> str:
    """The family of a fold key: its first four letters."""
    return key[:FAMILY_LETTERS]


def triples(key: str) -> frozenset[str]:
    """The letter triples of a fold key, its edges marked: «ел» has «_ел» and «ел_»."""
    marked = f"_{key}_"
    return frozenset(marked[at : at + 3] for at in range(len(marked) - 2))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Dice's coefficient of two words' triples; 0 below `LEAST_LIKENESS`."""
    share = 2 * len(one & other) / (len(one) + len(other))
    return share if share >= LEAST_LIKENESS else 0.0


MASS_TOLERANCE = 1e-9
"""Sums of idf are compared with this much slack, so that the order of additions never decides about a match."""


@dataclass(frozen=True, slots=True)
class Staged:
    """Places of articles, best first, with their scores in falling order."""

    places: NDArray[np.int64]
    scores: NDArray[np.float64]

    def after(self, count: int) -> "Staged":
        """What comes after the first `count`."""
        return Staged(self.places[count:], self.scores[count:])

    def piece(self, start: int, end: int) -> "Staged":
        """The ranks from `start` to before `end`, from 0."""
        return Staged(self.places[start:end], self.scores[start:end])


def joined(first: Staged, later: Staged) -> Staged:
    """A stage's order, followed by what came later in the stage before, lowered so that scores keep falling."""
    scores = later.scores
    if len(first.places) and len(scores):
        scores = scores - max(0.0, float(scores[0] - first.scores[-1]))
    return Staged(np.concatenate([first.places, later.places]), np.concatenate([first.scores, scores]))


def explanation(parts: Mapping[str, float], rank: int, score: float, fresh: float = 1.0) -> dict[str, float]:
    """The parts that make the score of the article at `rank` (from 0), and what it was lowered by; they add up to it.

    parts: the whole sum of the article, whatever its age. Those that the last stage which looked at it leaves out count
    0. fresh: what the sum of every stage was multiplied by, see `recency`.
    """
    counted = PARTS if rank < SECOND_STAGE else ("stem", "topic") if rank < FIRST_STAGE else ("stem",)
    made = {name: parts[name] if name in counted else 0.0 for name in PARTS}
    made["recency"] = sum(made.values()) * (fresh - 1)
    lowered = score - sum(made.values())
    return {**made, LOWERED: lowered if lowered < -MASS_TOLERANCE else 0.0}
