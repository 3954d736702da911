"""Looks up the postings of query terms: several stems as one, inside a scope, with a cache."""

from ...model import Scope
from ...query.nodes import Term
from .cache import PostingCache
from .columns import Columns
from .postings import Postings, PostingSource, inside, union
from .schema import EXACT, STEM


class TermPostings:
    """The postings of terms over one source. Safe to share between threads."""

    def __init__(self, source: PostingSource, columns: Columns, cache: PostingCache) -> None:
        self._source = source
        self._columns = columns
        self._cache = cache

    def matching(self, term: Term) -> Postings:
        """Where the term stands, as it asks to be matched."""
        return self.exacts(term) if term.exact else self.stems(term)

    def stems(self, term: Term) -> Postings:
        """The positions inside the term's scope that have any of its stems."""
        return self._get(STEM, term.stems, term.scope)

    def exacts(self, term: Term) -> Postings:
        """The positions inside the term's scope that have any of its exact forms."""
        return self._get(EXACT, term.exacts, term.scope)

    def _get(self, field: str, names: tuple[str, ...], scope: Scope) -> Postings:
        key = (field, names, scope)
        found = self._cache.get(key)
        if found is None:
            found = self._make(field, names, scope)
            self._cache.put(key, found)
        return found

    def _make(self, field: str, names: tuple[str, ...], scope: Scope) -> Postings:
        if scope is not Scope.ALL:
            return inside(self._get(field, names, Scope.ALL), scope, self._columns.body_starts)
        if len(names) == 1:
            return self._source.postings(field, names[0])
        return union([self._get(field, (name,), Scope.ALL) for name in dict.fromkeys(names)])
