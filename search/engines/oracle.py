"""The score of `ranking.py`, article by article and word by word in plain Python: what the engines are held to."""

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise

from ..model import Scope
from ..query.nodes import Term, Unit, scope_of, weight_of
from ..query.scoring import Scored
from ..ranking import (
    EXACT_WEIGHT,
    FAMILY_PAIR_WEIGHT,
    FAMILY_WEIGHT,
    FIRST_STAGE,
    KINSHIP_WEIGHT,
    LIKENESS_WEIGHT,
    PAIR_WEIGHT,
    PARTS,
    SECOND_STAGE,
    TOPIC_WEIGHT,
    explanation,
    family,
    idf,
    likeness,
    sampled,
    saturation,
    topic_share,
    triples,
)
from .archive import Archive, Vector, cosine, parts_of, unit_vector
from .found import Found


class Oracle:
    """Scores the articles of one question by their number.

    found: where its words stand. fresh: what the score of each article is multiplied by for its age.
    """

    def __init__(self, asked: Scored, archive: Archive, found: Found, fresh: Sequence[float]) -> None:
        self._asked = asked
        self._archive = archive
        self._found = found
        self._fresh = fresh
        self._count = len(archive.documents)
        self._idf = cache(self._rarity)
        self._beside = cache(self._side_by_side)
        self._asked_vector = self._query()

    def ranked(self, articles: Iterable[int]) -> dict[int, float]:
        """The articles, best first, with their scores."""
        first = {n: self._stems(n) * self._fresh[n] for n in articles}
        second = {n: (self._stems(n) + self._topic(n)) * self._fresh[n] for n in _order(first)[:FIRST_STAGE]}
        third = {n: sum(self._parts(n).values()) * self._fresh[n] for n in _order(second)[:SECOND_STAGE]}
        scores: dict[int, float] = {}
        for stage in (third, second, first):
            later = [n for n in _order(stage) if n not in scores]
            floor = min(scores.values(), default=None)
            drop = max(0.0, stage[later[0]] - floor) if later and floor is not None else 0.0
            scores |= {n: stage[n] - drop for n in later}
        return scores

    def explained(self, n: int, rank: int, score: float) -> dict[str, float]:
        """The parts of the score of the article at `rank` (from 0)."""
        return explanation(self._parts(n), rank, score, self._fresh[n])

    def _parts(self, n: int) -> dict[str, float]:
        """The whole sum of an article by its parts, whatever its age."""
        asked = self._asked
        parts = dict.fromkeys(PARTS, 0.0) | {"stem": self._stems(n), "topic": self._topic(n)}
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

    def _stems(self, n: int) -> float:
        return sum(weight_of(unit) * self._bm25(n, unit, False) for unit in self._asked.units)

    def _bm25(self, n: int, unit: Unit, exact: bool) -> float:
        tf = len(self._found.places(unit, exact)[n])
        return self._saturated(n, tf, scope_of(unit)) * self._idf(unit, exact)

    def _rarity(self, unit: Unit, exact: bool) -> float:
        return idf(sum(1 for held in self._found.places(unit, exact) if held), self._count)

    def _saturated(self, n: int, tf: int, scope: Scope) -> float:
        lengths = self._archive.lengths[scope]
        return saturation(float(tf), float(lengths[n]), sum(lengths) / len(lengths)) if tf else 0.0

    def _keys(self, n: int, scope: Scope) -> list[str]:
        return [key for part in parts_of(self._archive.documents[n], scope) for key in part.keys]

    def _family(self, n: int, word: Term) -> float:
        tf = sum(family(key) == family(word.key) for key in self._keys(n, word.scope))
        return self._saturated(n, tf, word.scope) * self._family_idf(word)

    def _family_idf(self, word: Term) -> float:
        return idf(sum(family(word.key) in held for held in self._archive.families), self._count)

    def _pair(self, n: int, one: Term | None, other: Term | None) -> float:
        if one is None or other is None:
            return 0.0
        beside = self._beside(one, other)
        rarity = idf(self._pair_df(one, other), self._count)
        return PAIR_WEIGHT * rarity * self._saturated(n, beside[n], one.scope)

    def _pair_df(self, one: Term, other: Term) -> float:
        holding = [[n for n, held in enumerate(self._found.places(word, False)) if held] for word in (one, other)]
        rarer = min(holding, key=len)
        sample = [rarer[place] for place in sampled(len(rarer)).tolist()]
        beside = self._beside(one, other)
        return sum(1 for n in sample if beside[n]) * len(rarer) / max(len(sample), 1)

    def _side_by_side(self, one: Term, other: Term) -> list[int]:
        """At how many pairs of positions two words stand side by side, for each article."""
        both = zip(self._found.places(one, False), self._found.places(other, False), strict=True)
        return [sum((p in a and p + 1 in b) or (p in b and p + 1 in a) for p in a | b) for a, b in both]

    def _family_pair(self, n: int, one: Term | None, other: Term | None) -> float:
        if one is None or other is None or not (one.key and other.key):
            return 0.0
        wanted = {(family(one.key), family(other.key)), (family(other.key), family(one.key))}
        # By identity: a title may hold the same words as its body.
        theirs = [id(part) for part in parts_of(self._archive.documents[n], other.scope)]
        both = [part for part in parts_of(self._archive.documents[n], one.scope) if id(part) in theirs]
        tf = sum(pair in wanted for part in both for pair in pairwise(map(family, part.keys)))
        rarity = (self._family_idf(one) + self._family_idf(other)) / 2
        return FAMILY_PAIR_WEIGHT * rarity * self._saturated(n, tf, one.scope)

    def _topic(self, n: int) -> float:
        asked, content = self._asked_vector, self._asked.content
        if asked is None:
            return 0.0
        mass = sum(self._idf(self._asked.units[place], False) for place in content)
        return TOPIC_WEIGHT * topic_share(len(content)) * mass * cosine(self._archive.rows[n], asked) / 127

    def _query(self) -> Vector | None:
        """The query's vector; None if no content word has one."""
        units, words = self._asked.units, self._asked.words
        known = [(self._idf(units[p], False), row) for p in self._asked.content if (row := self._row(words[p]))]
        if not known:
            return None
        total = unit_vector([sum(weight * row[i] for weight, row in known) for i in range(len(self._archive.mean))])
        return unit_vector([x - mean for x, mean in zip(total, self._archive.mean, strict=True)])

    def _kinship(self, n: int, unit: Unit, word: Term | None) -> float:
        row = self._row(word)
        if word is None or row is None or self._found.places(unit, False)[n]:
            return 0.0
        parts = parts_of(self._archive.documents[n], word.scope)
        stems = {stem for part in parts for stems in part.stems for stem in stems} - set(word.stems)
        rows = self._archive.stem_rows
        nearest = max((cosine(row, rows[stem]) for stem in stems if stem in rows), default=0.0)
        return KINSHIP_WEIGHT * self._idf(unit, False) * max(nearest, 0.0)

    def _row(self, word: Term | None) -> Vector | None:
        return self._archive.stem_rows.get(word.stems[0]) if word else None


def _order(scores: dict[int, float]) -> list[int]:
    return sorted(scores, key=lambda n: (-scores[n], n))
