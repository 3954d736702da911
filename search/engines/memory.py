"""The oracle: every article is looked at, one after another, in plain Python.

Written to be right at a glance, not fast; the contract suite and the properties hold the real engines to it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from ..deadline import Deadline
from ..facets import FACETS
from ..model import Article, Filter, Scope, Sort
from ..query.nodes import And, Either, MatchAll, Node, Not, Phrase, Term, Unit, Words
from ..query.scoring import scored
from ..ranking import MASS_TOLERANCE, enough, explanation, idf
from ..vectors import StemVectors
from .base import BODY_GAP, Document, RawFacet, RawPage, Request, Stats, moment, newest_first
from .oracle import Oracle

Parts = Mapping[str, float]


class MemoryEngine:
    """An engine over documents in memory, in any order; articles are known by their number in the house order."""

    def __init__(self, documents: Iterable[Document], vectors: StemVectors | None = None) -> None:
        self._vectors = vectors or StemVectors.none()
        self._documents = sorted(documents, key=lambda document: newest_first(document.article))
        self._articles = [document.article for document in self._documents]
        self._all = set(range(len(self._documents)))
        self._known: dict[tuple[int, tuple[str, ...], bool, Scope], set[int]] = {}

    def search(self, node: Node, request: Request, deadline: Deadline) -> RawPage:
        """The matched set of `node`, filtered, sorted, cut and counted as `request` says."""
        if deadline.passed:
            return RawPage((), 0, 0, timed_out=True)
        found = self._found(node, request.grow_below)
        kept = self._kept(found, request, request.filters)
        dates = Counter(day for n in kept if (day := self._articles[n].date))
        hits, parts = self._hits(node, kept, request)
        return RawPage(
            hits=tuple(hits),
            total=len(kept),
            total_all_words=len(kept & self._found(node, 0, whole=True)),
            grown=len(found) > len(self._found(node, 0)),
            facets=tuple(self._facet(name, found, request) for name in request.facets),
            days=dict(dates) if request.days else {},
            parts=tuple(parts),
        )

    def get(self, ids: Sequence[str]) -> list[Article | None]:
        """The articles with these ids, in the same order; None for an id that there is not."""
        by_id = {article.id: article for article in self._articles}
        return [by_id.get(one) for one in ids]

    def stats(self) -> Stats:
        """Sizes of the collection."""
        columns = [column for document in self._documents for column in (document.title, document.body)]
        return Stats(
            documents=len(self._documents),
            terms=len({stem for column in columns for stems in column.stems for stem in stems}),
            tokens=sum(len(column.exacts) for column in columns),
            days=dict(Counter(article.date for article in self._articles if article.date)),
        )

    def close(self) -> None:
        """Nothing is held that needs to be let go."""

    def _places(self, n: int, names: tuple[str, ...], exact: bool, scope: Scope) -> set[int]:
        """The positions inside `scope` of article `n` where one of `names` stands, as a stem or as an exact form."""
        key = (n, names, exact, scope)
        if key not in self._known:
            title, body = self._documents[n].title, self._documents[n].body
            tokens: list[tuple[int, set[str]]] = []
            for start, column, there in ((0, title, Scope.TITLE), (len(title.exacts) + BODY_GAP, body, Scope.BODY)):
                if scope in (Scope.ALL, there):
                    held = [{form} for form in column.exacts] if exact else [set(stems) for stems in column.stems]
                    tokens += enumerate(held, start)
            self._known[key] = {position for position, held_here in tokens if held_here & set(names)}
        return self._known[key]

    def _stands(self, n: int, unit: Unit, exact: bool | None = None) -> set[int]:
        """Where a unit stands, as it asks to be matched; `exact` says otherwise for a term."""
        match unit:
            case Term():
                by_form = unit.exact if exact is None else exact
                return self._places(n, unit.exacts if by_form else unit.stems, by_form, unit.scope)
            case Phrase(words):
                starts = self._stands(n, words[0])
                return {p for p in starts if all(p + i in self._stands(n, word) for i, word in enumerate(words))}
            case Either(children=children):
                return set().union(*(self._stands(n, child) for child in children))

    def _mass(self, units: Iterable[Unit]) -> float:
        return sum(idf(sum(1 for n in self._all if self._stands(n, unit)), len(self._all)) for unit in units)

    def _found(self, node: Node, grow_below: int, whole: bool = False) -> set[int]:
        """The articles that match; `whole` asks for every content word of all Words outside a Not."""
        match node:
            case Term() | Phrase() | Either():
                return {n for n in self._all if self._stands(n, node)}
            case Words():
                return self._found_words(node, grow_below, whole)
            case And(children):
                return self._all.intersection(*(self._found(child, grow_below, whole) for child in children))
            case Not(child):
                return self._all - self._found(child, 0)
            case MatchAll():
                return self._all

    def _found_words(self, node: Words, grow_below: int, whole: bool) -> set[int]:
        held = {n: [word for word in node.content if self._stands(n, word)] for n in self._all}
        if whole or node.strict:
            return {n for n in self._all if len(held[n]) == len(node.content)}
        need = enough(len(node.content)) * self._mass(node.content) - MASS_TOLERANCE
        found = {n for n in self._all if self._mass(held[n]) >= need}
        return found if len(found) >= grow_below else {n for n in self._all if held[n]}

    def _kept(self, found: set[int], request: Request, filters: Iterable[Filter]) -> set[int]:
        """What is left of `found` after the date range and these filters."""
        return {n for n in found if self._in_dates(n, request) and all(self._passes(n, one) for one in filters)}

    def _in_dates(self, n: int, request: Request) -> bool:
        day = self._articles[n].date
        if request.dates is None:
            return True
        first, last = request.dates.first, request.dates.last
        return day is not None and (first is None or first <= day) and (last is None or day <= last)

    def _passes(self, n: int, one: Filter) -> bool:
        value = FACETS[one.field].value(self._articles[n])
        return (not one.include or value in one.include) and value not in one.exclude

    def _facet(self, name: str, found: set[int], request: Request) -> RawFacet:
        kept = self._kept(found, request, [one for one in request.filters if one.field != name])
        counts = Counter(FACETS[name].value(self._articles[n]) for n in kept)
        missing = counts.pop("", 0)
        return RawFacet(name, dict(counts), missing)

    def _hits(self, node: Node, kept: set[int], request: Request) -> tuple[list[tuple[str, float]], list[Parts]]:
        """The hits of the page, and the parts of their scores if they are asked for."""
        order, scores = sorted(kept), dict.fromkeys(kept, 0.0)
        asked, oracle = scored(node), Oracle(self._documents, self._stands, self._vectors)
        explain = request.explain and request.sort is Sort.RELEVANCE
        if request.sort is Sort.RELEVANCE:
            order, scores = oracle.ranked(asked, order)
        elif request.sort is Sort.OLDEST:
            moments = {n: moment(self._articles[n]) for n in order}
            order.sort(key=lambda n: (moments[n] is None, moments[n] or 0, self._articles[n].id))
        page = list(enumerate(order))[request.offset : request.offset + request.limit]
        parts: list[Parts] = [explanation(oracle.parts(asked, n), rank, scores[n]) for rank, n in page if explain]
        return [(self._articles[n].id, scores[n]) for _, n in page], parts
