"""Looks up the postings of query terms: several stems as one, inside a scope, with a cache."""

from collections.abc import Callable

import numpy as np

from ...model import Scope
from ...query.nodes import Either, Near, Phrase, Prefix, Term, Unit
from .cache import PostingCache
from .columns import Columns
from .fields import EXACT, STEM
from .postings import Postings, PostingSource, common, distinct, from_keys, inside, near, phrase, union


class TermPostings:
    """The postings of terms over one source, for one question. `look` is called between reads and may raise."""

    def __init__(
        self, source: PostingSource, columns: Columns, cache: PostingCache, look: Callable[[], None] = lambda: None
    ) -> None:
        self._look = look
        self._source = source
        self._columns = columns
        self._cache = cache

    def matching(self, unit: Unit) -> Postings:
        """Where the unit stands, as it asks to be matched; a phrase where it begins."""
        match unit:
            case Term():
                return self.exacts(unit) if unit.exact else self.stems(unit)
            case Prefix():
                return self._get(EXACT, unit.exacts, unit.scope)
            case Phrase(words):
                return from_keys(phrase([self.matching(word).keys() for word in words]))
            case Near(words, within):
                return from_keys(near([self.matching(word).keys() for word in words], within))
            case Either(children=children):
                return union([self.matching(child) for child in children])

    def stems(self, unit: Unit) -> Postings:
        """Where a term has any of its stems, inside its scope; a phrase or a synonym as it matches."""
        return self._get(STEM, unit.stems, unit.scope) if isinstance(unit, Term) else self.matching(unit)

    def exacts(self, term: Term) -> Postings:
        """The positions inside the term's scope that have any of its exact forms."""
        return self._get(EXACT, term.exacts, term.scope)

    def beside(self, one: Term, other: Term) -> Postings:
        """The places where the stems of two terms stand side by side, in either order: each by its left word."""
        a, b = self.stems(one).keys(), self.stems(other).keys()
        return from_keys(distinct(np.concatenate([common(a, b - 1), common(b, a - 1)])))

    def _get(self, field: str, names: tuple[str, ...], scope: Scope) -> Postings:
        key = (field, names, scope)
        found = self._cache.get(key)
        if found is None:
            found = self._make(field, names, scope)
            self._cache.put(key, found)
        return found

    def _make(self, field: str, names: tuple[str, ...], scope: Scope) -> Postings:
        if scope is not Scope.ALL:
            return inside(self._get(field, names, Scope.ALL), scope, self._columns.titles)
        if len(names) == 1:
            return self._source.postings(field, names[0])
        parts = []
        for name in dict.fromkeys(names):
            self._look()
            parts.append(self._get(field, (name,), Scope.ALL))
        return union(parts)
