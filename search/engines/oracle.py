"""The score of `ranking.py`, article by article and word by word in plain Python: what the engines are held to."""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from math import sqrt

from ..kazakh import Terms
from ..model import Scope
from ..query.nodes import Term, Unit, scope_of, weight_of
from ..query.scoring import Scored
from ..ranking import (
    EXACT_WEIGHT,
    FAMILY_PAIR_WEIGHT,
    FAMILY_WEIGHT,
    FIRST_STAGE,
    K1,
    KINSHIP_WEIGHT,
    LIKENESS_WEIGHT,
    PAIR_WEIGHT,
    PARTS,
    SECOND_STAGE,
    TOPIC_WEIGHT,
    family,
    idf,
    likeness,
    saturation,
    topic_share,
    triples,
)
from ..vectors import StemVectors
from .base import Document

Stands = Callable[[int, Unit, bool | None], set[int]]
Vector = list[float]


class Oracle:
    """Scores articles by their number. stands: where a unit stands in an article, optionally by exact form or stem."""

    def __init__(self, documents: Sequence[Document], stands: Stands, vectors: StemVectors) -> None:
        self._documents = documents
        self._stands = stands
        self._count = len(documents)
        held = {stem for one in documents for part in (one.title, one.body) for stems in part.stems for stem in stems}
        rows = zip(vectors.stems, vectors.rows, strict=True)
        self._stem_rows = {stem: _unit([float(x) for x in row]) for stem, row in rows if stem in held}
        self._size = vectors.dimensions
        self._mean, self._rows = self._articles()

    def ranked(self, asked: Scored, articles: Sequence[int]) -> tuple[list[int], dict[int, float]]:
        """The articles, best first, and their scores."""
        first = {n: self._stems(asked, n) for n in articles}
        order = _order(first)
        second = {n: first[n] + self._topic(asked, n) for n in order[:FIRST_STAGE]}
        third = {n: sum(self.parts(asked, n).values()) for n in _order(second)[:SECOND_STAGE]}
        scores: dict[int, float] = {}
        for stage in (third, second, first):
            later = [n for n in _order(stage) if n not in scores]
            floor = min(scores.values(), default=None)
            drop = max(0.0, stage[later[0]] - floor) if later and floor is not None else 0.0
            scores |= {n: stage[n] - drop for n in later}
        return list(scores), scores

    def parts(self, asked: Scored, n: int) -> dict[str, float]:
        """The whole sum of an article by its parts."""
        parts = dict.fromkeys(PARTS, 0.0) | {"stem": self._stems(asked, n), "topic": self._topic(asked, n)}
        for unit, word in zip(asked.units, asked.words, strict=True):
            if word is None:
                continue
            parts["exact"] += word.weight * EXACT_WEIGHT * self._bm25(n, word, True)
            if word.key:
                parts["family"] += word.weight * FAMILY_WEIGHT * self._family(n, word)
                near = [likeness(triples(key), triples(word.key)) for key in self._keys(n, word.scope)]
                parts["likeness"] += word.weight * LIKENESS_WEIGHT * self._idf(unit, False) * max(near, default=0.0)
        for a, b in asked.pairs:
            one, other = asked.words[a], asked.words[b]
            parts["pair"] += self._pair(n, one, other)
            parts["family_pair"] += self._family_pair(n, one, other)
        for place in asked.content:
            parts["kinship"] += self._kinship(n, asked.units[place], asked.words[place])
        return parts

    def _stems(self, asked: Scored, n: int) -> float:
        return sum(weight_of(unit) * self._bm25(n, unit, False) for unit in asked.units)

    def _bm25(self, n: int, unit: Unit, exact: bool) -> float:
        return self._saturated(n, len(self._stands(n, unit, exact)), scope_of(unit)) * self._idf(unit, exact)

    def _idf(self, unit: Unit, exact: bool) -> float:
        return idf(sum(1 for n in range(self._count) if self._stands(n, unit, exact)), self._count)

    def _saturated(self, n: int, tf: int, scope: Scope) -> float:
        lengths = [sum(len(part.exacts) for part in self._parts(m, scope)) for m in range(self._count)]
        return saturation(float(tf), float(lengths[n]), sum(lengths) / len(lengths)) if tf else 0.0

    def _parts(self, n: int, scope: Scope) -> list[Terms]:
        title, body = self._documents[n].title, self._documents[n].body
        return {Scope.ALL: [title, body], Scope.TITLE: [title], Scope.BODY: [body]}[scope]

    def _keys(self, n: int, scope: Scope) -> list[str]:
        return [key for part in self._parts(n, scope) for key in part.keys]

    def _family(self, n: int, word: Term) -> float:
        tf = sum(family(key) == family(word.key) for key in self._keys(n, word.scope))
        return self._saturated(n, tf, word.scope) * self._family_idf(word)

    def _family_idf(self, word: Term) -> float:
        families = [{family(key) for key in self._keys(n, Scope.ALL)} for n in range(self._count)]
        return idf(sum(family(word.key) in held for held in families), self._count)

    def _pair(self, n: int, one: Term | None, other: Term | None) -> float:
        if one is None or other is None:
            return 0.0
        having = sum(1 for m in range(self._count) if self._beside(m, one, other))
        return PAIR_WEIGHT * idf(having, self._count) * self._saturated(n, self._beside(n, one, other), one.scope)

    def _family_pair(self, n: int, one: Term | None, other: Term | None) -> float:
        if one is None or other is None or not (one.key and other.key):
            return 0.0
        wanted = {(family(one.key), family(other.key)), (family(other.key), family(one.key))}
        # By identity: a title may hold the same words as its body.
        theirs = [id(part) for part in self._parts(n, other.scope)]
        both = [part for part in self._parts(n, one.scope) if id(part) in theirs]
        tf = sum(pair in wanted for part in both for pair in pairwise(map(family, part.keys)))
        rarity = (self._family_idf(one) + self._family_idf(other)) / 2
        return FAMILY_PAIR_WEIGHT * rarity * self._saturated(n, tf, one.scope)

    def _beside(self, n: int, one: Term, other: Term) -> int:
        a, b = self._stands(n, one, False), self._stands(n, other, False)
        return sum((p in a and p + 1 in b) or (p in b and p + 1 in a) for p in a | b)

    def _topic(self, asked: Scored, n: int) -> float:
        idfs = {place: self._idf(asked.units[place], False) for place in asked.content}
        known = [(idfs[place], row) for place in asked.content if (row := self._row(asked.words[place])) is not None]
        share = topic_share(len(asked.content))
        if not known or not share:
            return 0.0
        total = _unit([sum(weight * row[i] for weight, row in known) for i in range(self._size)])
        vector = _unit([x - mean for x, mean in zip(total, self._mean, strict=True)])
        cosine = sum(a * b for a, b in zip(self._rows[n], vector, strict=True)) / 127
        return TOPIC_WEIGHT * share * sum(idfs.values()) * cosine

    def _kinship(self, n: int, unit: Unit, word: Term | None) -> float:
        row = self._row(word)
        if word is None or row is None or self._stands(n, unit, False):
            return 0.0
        stems = {s for part in self._parts(n, word.scope) for held in part.stems for s in held} - set(word.stems)
        others = [self._stem_rows[stem] for stem in stems if stem in self._stem_rows]
        nearest = max((sum(a * b for a, b in zip(row, other, strict=True)) for other in others), default=0.0)
        return KINSHIP_WEIGHT * self._idf(unit, False) * max(nearest, 0.0)

    def _row(self, word: Term | None) -> Vector | None:
        return self._stem_rows.get(word.stems[0]) if word else None

    def _articles(self) -> tuple[Vector, list[Vector]]:
        """The articles' vectors as they are stored, and their mean."""
        parts = [self._parts(n, Scope.ALL) for n in range(self._count)]
        held = [Counter(s for part in both for stems in part.stems for s in set(stems)) for both in parts]
        df = Counter(stem for counts in held for stem in counts)
        made = [[0.0] * self._size for _ in held]
        for n, counts in enumerate(held):
            for stem, tf in counts.items():
                if stem in self._stem_rows:
                    weight = tf / (tf + K1) * idf(df[stem], self._count)
                    made[n] = [x + weight * y for x, y in zip(made[n], self._stem_rows[stem], strict=True)]
            made[n] = _unit(made[n])
        mean = [sum(row[i] for row in made) / len(made) for i in range(self._size)] if made else [0.0] * self._size
        rows = [_unit([x - y for x, y in zip(row, mean, strict=True)]) if any(row) else row for row in made]
        return mean, [[float(round(x * 127)) for x in row] for row in rows]


def _unit(vector: Vector) -> Vector:
    length = sqrt(sum(x * x for x in vector))
    return [x / length for x in vector] if length else vector


def _order(scores: dict[int, float]) -> list[int]:
    return sorted(scores, key=lambda n: (-scores[n], n))
