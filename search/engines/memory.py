"""The oracle: every article is looked at, one after another, in plain Python.

Written to be right at a glance, not fast; the contract suite and the properties hold the real engines to it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from math import inf

from .. import histogram
from ..deadline import Deadline
from ..facets import FACETS, FacetSpec
from ..kazakh import Terms
from ..model import Article, Filter, Interval, Located, Place, Scope, Sort
from ..query.nodes import Node, Prefix, Term
from ..query.scoring import scored
from ..ranking import LOWERED, PARTS, recency
from ..vectors import StemVectors
from .archive import Archive
from .base import Document, RawFacet, RawPage, Request, Stats, Totals, moment, newest_first
from .found import Found, value, within
from .oracle import Oracle

Parts = Mapping[str, float]
Group = int | str
"""What counts as one hit: an article's number or, where duplicates are collapsed, the name of its cluster."""


class MemoryEngine:
    """An engine over documents in memory, in any order; articles are known by their number in the house order."""

    def __init__(
        self,
        documents: Iterable[Document],
        vectors: StemVectors | None = None,
        facets: Mapping[str, FacetSpec] = FACETS,
    ) -> None:
        self._facets = facets
        self._documents = sorted(documents, key=lambda document: newest_first(document.article))
        self._articles = [document.article for document in self._documents]
        self._archive = Archive(self._documents, vectors or StemVectors.none())

    def search(self, node: Node, request: Request, deadline: Deadline) -> RawPage:
        """The matched set of `node`, filtered, sorted, cut and counted as `request` says."""
        if deadline.passed:
            return RawPage((), 0, 0, timed_out=True, truncated=_counted(request))
        finder = Found(self._documents, self._facets)
        found = finder.matching(node, request.grow_below)
        kept = self._kept(found, request, request.filters)
        order, scores, parts = self._ranked(node, kept, finder, request)
        groups: dict[Group, list[int]] = {}
        for n in order:
            groups.setdefault(self._group(n, request), []).append(n)
        page = list(groups.values())[request.offset : request.offset + request.limit]
        shown = [self._shown(group, request) for group in page]
        facets, (interval, days), truncated = self._counts(found, kept, request, deadline)
        return RawPage(
            hits=tuple((self._articles[one].id, scores[n]) for one, (n, *_) in zip(shown, page, strict=True)),
            total=len(groups),
            total_all_words=len(self._groups(kept & finder.matching(node, 0, whole=True), request)),
            grown=len(found) > len(finder.matching(node, 0)),
            facets=facets,
            days=days,
            interval=interval,
            parts=tuple(parts(n) for n, *_ in page if parts),
            articles=len(kept),
            duplicates=tuple(
                self._ids(self._others(one, group, request.prefer))
                for one, group in zip(shown, page, strict=True)
                if request.collapse
            ),
            truncated=truncated,
        )

    def totals(
        self, nodes: Sequence[Node], deadline: Deadline, *, grow_below: int = 100, collapse: bool = False
    ) -> list[Totals | None]:
        """How many hits each of these trees has, and how many of them hold every content word."""
        request = Request(grow_below=grow_below, collapse=collapse)
        counted: list[Totals | None] = []
        for node in nodes:
            if deadline.passed:
                break
            finder = Found(self._documents, self._facets)
            found, whole = finder.matching(node, grow_below), finder.matching(node, 0, whole=True)
            counted.append((len(self._groups(found, request)), len(self._groups(found & whole, request))))
        return [*counted, *[None] * (len(nodes) - len(counted))]

    def newest(self, node: Node, limit: int, deadline: Deadline) -> tuple[str, ...]:
        """The ids of the newest articles that match, of those that say the same the newest one, at most `limit`."""
        if deadline.passed:
            return ()
        request = Request(collapse=True)
        found: dict[Group, int] = {}
        for n in sorted(Found(self._documents, self._facets).matching(node, 0)):
            found.setdefault(self._group(n, request), n)
        return self._ids(list(found.values())[:limit])

    def get(self, ids: Sequence[str]) -> list[Article | None]:
        """The articles with these ids, in the same order; None for an id that there is not."""
        by_id = {article.id: article for article in self._articles}
        return [by_id.get(one) for one in ids]

    def values(self, field: str) -> Mapping[str, int]:
        """Every value of a field and the number of articles that have it; empty for a field that there is not."""
        counts = Counter(value(self._facets, field, article) for article in self._articles)
        return {name: count for name, count in counts.items() if name}

    def duplicates(self, ids: Sequence[str], prefer: Sequence[str] = ()) -> list[tuple[str, ...]]:
        """For each article the ids of the others that say the same, as a page names them; empty for an unknown id."""
        numbers = {article.id: n for n, article in enumerate(self._articles)}
        wanted = [numbers.get(one) for one in ids]
        return [() if n is None else self._ids(self._others(n, self._members(n), prefer)) for n in wanted]

    def located(self, ids: Sequence[str], words: Sequence[Term | Prefix]) -> list[Located]:
        """Where the words stand in these articles; nowhere in one that there is not."""
        documents = {document.article.id: document for document in self._documents}
        found = []
        for one in ids:
            document = documents.get(one)
            parts = {Scope.TITLE: document.title, Scope.BODY: document.body} if document else {}
            found.append(Located(*(tuple(_places(terms, part, words)) for part, terms in parts.items())))
        return found

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

    def _kept(self, found: set[int], request: Request, filters: Iterable[Filter]) -> set[int]:
        """What is left of `found` after the date range and these filters."""
        dated = {n for n in found if request.dates is None or within(request.dates, self._articles[n])}
        return {n for n in dated if all(self._passes(n, one) for one in filters)}

    def _passes(self, n: int, one: Filter) -> bool:
        its = value(self._facets, one.field, self._articles[n])
        return (not one.include or its in one.include) and its not in one.exclude

    def _ranked(
        self, node: Node, kept: set[int], finder: Found, request: Request
    ) -> tuple[list[int], dict[int, float], Callable[[int], Parts] | None]:
        """All that is left in order, the scores, and what tells the parts of a score where these are asked for."""
        order = sorted(kept)
        if request.sort is Sort.NEWEST:
            return order, dict.fromkeys(order, 0.0), None
        if request.sort is Sort.OLDEST:
            moments = {n: moment(self._articles[n]) for n in order}
            order.sort(key=lambda n: (moments[n] is None, moments[n] or 0, self._articles[n].id))
            return order, dict.fromkeys(order, 0.0), None
        oracle = Oracle(scored(node), self._archive, finder, self._fresh(request.half_life))
        scores = oracle.ranked(order)
        ranks = {n: rank for rank, n in enumerate(scores)}
        numbers = {self._articles[n].id: n for n in order}
        pinned = dict.fromkeys((numbers[one] for one in request.pinned if one in numbers), 0.0)

        def parts(n: int) -> Parts:
            return (
                dict.fromkeys(PARTS, 0.0) | {LOWERED: 0.0} if n in pinned else oracle.explained(n, ranks[n], scores[n])
            )

        order = [*pinned, *(n for n in scores if n not in pinned)]
        return order, scores | pinned, parts if request.explain else None

    def _fresh(self, half_life: int) -> list[float]:
        """What the score of each article is multiplied by for its age."""
        days = [article.date for article in self._articles]
        newest = max((day for day in days if day), default=date.max)
        ages = [(newest - day).days if day else inf for day in days]
        return [recency(age, half_life) if half_life else 1.0 for age in ages]

    def _group(self, n: int, request: Request) -> Group:
        return (request.collapse and self._documents[n].cluster) or n

    def _members(self, n: int) -> list[int]:
        """All that say the same as an article, itself among them."""
        cluster = self._documents[n].cluster
        return [at for at, other in enumerate(self._documents) if at == n or (cluster and other.cluster == cluster)]

    def _lead(self, n: int, prefer: Sequence[str]) -> int:
        """The article that leads those that say the same as this one."""

        def place(member: int) -> tuple[int, bool, int, str]:
            article = self._articles[member]
            source, when = value(self._facets, "source", article), moment(article)
            rank = prefer.index(source) if source in prefer else len(prefer)
            return rank, when is None, when or 0, article.id

        return min(self._members(n), key=place)

    def _shown(self, group: Sequence[int], request: Request) -> int:
        """The article that a group on the page is shown by; the group: those left of it, the best one first."""
        best = group[0]
        if not request.collapse or request.sort is not Sort.RELEVANCE or self._articles[best].id in request.pinned:
            return best
        lead = self._lead(best, request.prefer)
        return lead if lead in group else best

    def _others(self, shown: int, group: Sequence[int], prefer: Sequence[str]) -> list[int]:
        """The others of a group: the lead, if it is one of them, then the rest in the house order."""
        lead = self._lead(shown, prefer)
        return sorted((n for n in group if n != shown), key=lambda n: (n != lead, n))

    def _groups(self, numbers: Iterable[int], request: Request) -> set[Group]:
        return {self._group(n, request) for n in numbers}

    def _ids(self, numbers: Iterable[int]) -> tuple[str, ...]:
        return tuple(self._articles[n].id for n in numbers)

    def _counts(
        self, found: set[int], kept: set[int], request: Request, deadline: Deadline
    ) -> tuple[tuple[RawFacet, ...], tuple[Interval, dict[date, int]], tuple[str, ...]]:
        """Facets and histogram as far as there is time, and the names of those that there is none for."""
        end = Deadline(request.facet_ms)
        facets: list[RawFacet] = []
        days: tuple[Interval, dict[date, int]] = (Interval.NONE, {})
        counted = _counted(request)
        for place, name in enumerate(counted):
            if deadline.passed or end.passed:
                return tuple(facets), days, counted[place:]
            if place < len(request.facets):
                facets.append(self._facet(name, found, request))
            else:
                days = self._histogram(kept, request)
        return tuple(facets), days, ()

    def _facet(self, name: str, found: set[int], request: Request) -> RawFacet:
        kept = self._kept(found, request, [one for one in request.filters if one.field != name])
        held = {(value(self._facets, name, self._articles[n]), self._group(n, request)) for n in kept}
        counts = Counter(its for its, _ in held)
        missing = counts.pop("", 0)
        return RawFacet(name, dict(counts), missing)

    def _histogram(self, kept: set[int], request: Request) -> tuple[Interval, dict[date, int]]:
        dated = [(day, self._group(n, request)) for n in kept if (day := self._articles[n].date)]
        if not dated:
            return Interval.NONE, {}
        days = [day for day, _ in dated]
        interval = histogram.fitting(request.histogram, min(days), max(days))
        held = {(histogram.start(interval, day), group) for day, group in dated}
        return interval, dict(Counter(first for first, _ in held))


def _places(terms: Terms, part: Scope, words: Sequence[Term | Prefix]) -> Iterable[Place]:
    for at, (exact, stems) in enumerate(zip(terms.exacts, terms.stems, strict=True)):
        for number, word in enumerate(words):
            if isinstance(word, Prefix) or word.exact:
                stands = exact in word.exacts
            else:
                stands = not set(stems).isdisjoint(word.stems)
            if stands and word.scope in (Scope.ALL, part):
                yield at, number, terms.starts[at], terms.ends[at]


def _counted(request: Request) -> tuple[str, ...]:
    """What is to be counted, in the order in which it is."""
    return (*request.facets, *(("histogram",) if request.histogram is not Interval.NONE else ()))
