"""Looks up the postings of query terms: several stems as one, inside a scope, with a cache."""

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from ...model import Scope
from ...query.nodes import Either, Near, Phrase, Prefix, Term, Unit, scope_of
from ...ranking import sampled
from ..base import BODY_GAP
from .cache import MemoryCache
from .columns import Columns
from .known import KnownWord, known
from .postings import EMPTY, Postings, common, distinct, from_keys, near, phrase, starts_of, summed
from .segments import Part, Segments, merged, together
from .sets import Articles, intersection

Ints = NDArray[np.int64]
Keys = Callable[[Ints], Ints]


class Caches:
    """What is remembered from question to question, within so many bytes in all: postings, words, pairs of words."""

    def __init__(self, limit: int) -> None:
        self.postings: MemoryCache[Postings] = MemoryCache(limit * 3 // 4)
        self.words: MemoryCache[KnownWord] = MemoryCache(limit // 8)
        self.pairs: MemoryCache[float] = MemoryCache(limit // 8)

    @property
    def size(self) -> int:
        """The bytes that are held now."""
        return self.postings.size + self.words.size + self.pairs.size

    def clear(self) -> None:
        """Let go of everything."""
        for cache in (self.postings, self.words, self.pairs):
            cache.clear()


class TermPostings:
    """The postings of terms, for one question. `look` is called between reads and may raise."""

    def __init__(
        self, segments: Segments, columns: Columns, caches: Caches, look: Callable[[], None] = lambda: None
    ) -> None:
        self._look = look
        self._segments = segments
        self._columns = columns
        self._caches, self._cache = caches, caches.postings
        self._asked: dict[int, tuple[Unit, Postings]] = {}
        """By `id`: hashing all words of a prefix takes longer than most questions. What has the id is kept with it."""

    def articles(self, postings: Postings) -> Articles:
        """The articles of postings."""
        return Articles.of(postings, self._columns.documents)

    def matching(self, unit: Unit) -> Postings:
        """Where the unit stands, as it asks to be matched; a phrase where it begins."""
        if isinstance(unit, Term):
            return self.exacts(unit) if unit.exact else self.stems(unit)
        asked = self._asked.get(id(unit))
        if asked is not None:
            return asked[1]
        # Those of exact forms are kept there already: twice in a cache they would leave room for half as many.
        found = self.exacts(unit) if isinstance(unit, Prefix) else self._kept_matching(unit)
        self._asked[id(unit)] = unit, found
        return found

    def _kept_matching(self, unit: Unit) -> Postings:
        key = ("matching", unit)
        found = self._cache.get(key)
        if found is None:
            found = self._matching(unit)
            self._cache.put(key, found, found.nbytes(self._columns.documents))
        return found

    def stems(self, unit: Unit) -> Postings:
        """Where a term has any of its stems, inside its scope; a phrase or a synonym as it matches."""
        if not isinstance(unit, Term):
            return self.matching(unit)
        asked = self._asked.get(id(unit))
        if asked is not None:
            return asked[1]
        found = self._kept_stems(unit)
        self._asked[id(unit)] = unit, found
        return found

    def _kept_stems(self, unit: Term) -> Postings:
        key = ("stems", unit.stems, unit.scope)
        found = self._cache.get(key)
        if found is None:
            found = self._stems(unit)
            self._cache.put(key, found, found.nbytes(self._columns.documents))
        return found

    def holding(self, term: Term) -> Postings:
        """The articles that have any of a term's stems, inside its scope; at how many positions is not always told."""
        if term.scope is not Scope.ALL or len(term.stems) < 2:
            return self.stems(term)
        found = self._cache.get(("stems", term.stems, term.scope)) or self._cache.get(("holding", term.stems))
        if found is None:
            held = [one for stem in dict.fromkeys(term.stems) if (one := self._postings_of(stem)).df]
            if len(held) < 2:
                return self.stems(term)
            ids = distinct(np.concatenate([one.ids for one in held]))
            found = Postings(ids, None)
            self._cache.put(("holding", term.stems), found, found.nbytes(self._columns.documents))
        return found

    def exacts(self, term: Term | Prefix) -> Postings:
        """The positions inside the term's scope that have any of its exact forms."""
        key = ("exacts", term.exacts, term.scope)
        found = self._cache.get(key)
        if found is None:
            self._look()
            if term.scope is Scope.ALL:
                found = together(
                    [part.globally(part.segment.exact_forms.postings(term.exacts)) for part in self._segments]
                )
            else:
                found = from_keys(self._inside(self._exact_keys(term.exacts, None), term.scope))
            self._cache.put(key, found, found.nbytes(self._columns.documents))
        return found

    def keys(self, unit: Unit, among: Ints | None) -> Ints:
        """Where the unit stands as it asks to be matched, as keys; among: only in these articles (rising)."""
        self._look()
        match unit:
            case Term(exact=True) | Prefix():
                return self._inside(self._exact_keys(unit.exacts, among), unit.scope)
            case Term():
                return self.stem_keys(unit, among)
            case Phrase(words):
                return phrase([self.keys(word, among) for word in words])
            case Near(words, within):
                return near([self.keys(word, among) for word in words], within)
            case Either(children=children):
                return _merged([self.keys(child, among) for child in children])

    def stem_keys(self, term: Term, among: Ints | None) -> Ints:
        """Where a term has any of its stems, inside its scope, as keys."""
        stems = dict.fromkeys(term.stems)
        return self._inside(_merged([self._keys_of(stem, among) for stem in stems]), term.scope)

    def known(self, word: Term) -> KnownWord:
        """What is known of a word."""
        key = (word.stems, word.exacts, word.key)
        found = self._caches.words.get(key)
        if found is None:
            self._look()
            found = known(self._segments, word)
            self._caches.words.put(key, found, found.nbytes)
        return found

    def pair_df(self, one: Term, other: Term) -> float:
        """In how many articles the stems of two terms stand side by side, see `ranking.sampled`."""
        key = (one.stems, one.scope, other.stems, other.scope)
        found = self._caches.pairs.get(key)
        if found is None:
            found = self._pair_df(one, other)
            self._caches.pairs.put(key, found)
        return found

    def _pair_df(self, one: Term, other: Term) -> float:
        rare, often = (one, other) if self.stems(one).df <= self.stems(other).df else (other, one)
        held = self.stems(rare)
        chosen = held.some(sampled(held.df))
        if not len(chosen):
            return 0.0
        a, b = self.stem_keys(rare, chosen), self.stem_keys(often, chosen)
        beside = np.concatenate([common(a, b - 1), common(b, a - 1)]) >> 32
        beside.sort()
        return len(starts_of(beside)) * (held.df / len(chosen))

    def _matching(self, unit: Unit) -> Postings:
        match unit:
            case Phrase(words) | Near(words):
                among = intersection([self.articles(self.matching(word)) for word in words]).ids
                return from_keys(self.keys(unit, among)) if len(among) else EMPTY
            case Either(children=children):
                found = self._union([(self.matching(child), partial(self.keys, child)) for child in children])
                return found if scope_of(unit) is Scope.ALL else found.unbounded()
            case _:
                return self.exacts(unit)

    def _stems(self, term: Term) -> Postings:
        if term.scope is not Scope.ALL:
            return from_keys(self.stem_keys(term, None))
        stems = dict.fromkeys(term.stems)
        return self._union([(self._postings_of(stem), partial(self._keys_of, stem)) for stem in stems])

    def _postings_of(self, stem: str) -> Postings:
        """Where a stem stands anywhere."""
        self._look()
        found = []
        for part in self._segments:
            number = part.segment.words.stems.find(stem)
            if number >= 0:
                found.append(part.globally(part.segment.fields.postings(number)))
        return together(found)

    def _keys_of(self, stem: str, among: Ints | None) -> Ints:
        found = []
        for part in self._segments:
            number = part.segment.words.stems.find(stem)
            if number >= 0:
                found.append(part.keys(part.segment.fields.keys(number, _own(part, among))))
        return merged(found)

    def _exact_keys(self, exacts: Sequence[str], among: Ints | None) -> Ints:
        return merged([part.keys(part.segment.exact_forms.keys(exacts, _own(part, among))) for part in self._segments])

    def _inside(self, keys: Ints, scope: Scope) -> Ints:
        """What is left inside `scope`."""
        if scope is Scope.ALL:
            return keys
        in_body = (keys & 0xFFFFFFFF) >= self._columns.titles[keys >> 32] + np.int64(BODY_GAP)
        left: Ints = keys[in_body if scope is Scope.BODY else ~in_body]
        return left

    def _union(self, parts: Sequence[tuple[Postings, Keys]]) -> Postings:
        """The positions where any of several things stands; one where several stand counts once."""
        held = [part for part in parts if part[0].df]
        if len(held) < 2:
            return held[0][0] if held else EMPTY
        together = summed(np.concatenate([part.ids for part, _ in held]), np.concatenate([part.tf for part, _ in held]))
        times = np.zeros(self._columns.documents, np.uint16)
        for part, _ in held:
            times[part.ids] += 1
        several = np.flatnonzero(times > 1)
        if not len(several):
            return together
        real = from_keys(_merged([keys(several) for _, keys in held]))
        tf = together.tf.copy()
        tf[together.ids.searchsorted(real.ids)] = real.tf
        return Postings(together.ids.astype(np.uint32), tf)


def _own(part: Part, among: Ints | None) -> Ints | None:
    return None if among is None else part.locally(among)[1]


def _merged(keys: Sequence[Ints]) -> Ints:
    return keys[0] if len(keys) == 1 else distinct(np.concatenate([np.empty(0, np.int64), *keys]))
