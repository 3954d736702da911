"""Runs a request on posting arrays and columns: match, filter, sort, collapse, cut, count. Knows nothing of Whoosh."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ... import histogram
from ...deadline import Deadline, TimeUp
from ...model import Filter, Interval, Sort
from ...query.nodes import Node
from ...query.scoring import scored
from ..base import RawFacet, RawPage, Request
from .columns import Columns
from .greatest import best
from .leads import Leads
from .match import Matcher, dated, valued
from .score import Ranked, Scorer
from .segments import Segments
from .sets import Articles, intersection
from .terms import TermPostings

Ints = NDArray[np.int64]


def execute(
    node: Node, request: Request, terms: TermPostings, columns: Columns, segments: Segments, deadline: Deadline
) -> RawPage:
    """The answer to a request. What the deadline leaves no time for is left out, in the order hits, facets, days."""
    return _Execution(request, terms, columns, segments, deadline).run(node)


class _Hits(NamedTuple):
    """The hits of the page as in `RawPage`; whether there was time for all stages."""

    hits: tuple[tuple[str, float], ...]
    parts: tuple[Mapping[str, float], ...]
    duplicates: tuple[tuple[str, ...], ...]
    complete: bool


class _Counts(NamedTuple):
    """Facets and days, and the names of those that there was no time for."""

    facets: tuple[RawFacet, ...]
    days: Mapping[date, int]
    interval: Interval
    truncated: tuple[str, ...]


class _Execution:
    def __init__(
        self, request: Request, terms: TermPostings, columns: Columns, segments: Segments, deadline: Deadline
    ) -> None:
        self._request = request
        self._terms = terms
        self._columns = columns
        self._segments = segments
        self._deadline = deadline

    def run(self, node: Node) -> RawPage:
        request, columns = self._request, self._columns
        try:
            sets = Matcher(self._terms, columns, request.grow_below, self._deadline.look).match(node)
            found = sets.found.passing(partial(dated, columns, request.dates)) if request.dates else sets.found
            kept = found
            for one in request.filters:
                kept = self._filtered(kept, one)
            self._deadline.look()
        except TimeUp:
            asked = (*request.facets, *(["histogram"] if request.histogram is not Interval.NONE else []))
            return RawPage((), 0, 0, timed_out=True, truncated=asked)
        total = self._count(kept)
        hits = self._hits(node, kept, hidden=len(kept) - total)
        counts = self._counts(found, kept)
        whole = total if sets.whole is sets.found else self._count(intersection([kept, sets.whole]))
        return RawPage(
            hits=hits.hits,
            total=total,
            total_all_words=whole,
            grown=sets.ungrown is not sets.found and len(sets.found) > len(sets.ungrown),
            facets=counts.facets,
            days=counts.days,
            interval=counts.interval,
            timed_out=not hits.complete,
            parts=hits.parts,
            articles=len(kept),
            duplicates=hits.duplicates,
            truncated=counts.truncated,
        )

    def _count(self, articles: Articles) -> int:
        return self._columns.groups(articles) if self._request.collapse else len(articles)

    def _filtered(self, articles: Articles, one: Filter) -> Articles:
        """What a filter leaves of some articles."""
        if one.include:
            articles = articles.passing(partial(valued, self._columns, one.field, one.include))
        if one.exclude:
            articles = articles.passing(lambda numbers: ~valued(self._columns, one.field, one.exclude, numbers))
        return articles

    def _hits(self, node: Node, kept: Articles, hidden: int) -> _Hits:
        """The hits of the page. hidden: how many articles stand behind another one."""
        request = self._request
        start, end = request.offset, request.offset + request.limit
        scorer, order, complete = None, None, True
        try:
            if request.sort is Sort.RELEVANCE:
                scorer = Scorer(
                    scored(node), self._terms, self._columns, self._segments, self._deadline.look, request.half_life
                )
                order, complete = scorer.ranked(kept, end + len(request.pinned), hidden)
            elif request.sort is Sort.OLDEST:
                rank = self._columns.oldest_rank.take(kept.ids).astype(np.float64)
                order = Ranked.unscored(kept.ids[best(-rank, end + hidden)])
            elif request.sort is Sort.NEWEST:
                order = Ranked.unscored(kept.first(end + hidden))
        except TimeUp:
            complete = False
        order = order or Ranked.unscored(kept.ids)
        if request.sort is Sort.RELEVANCE:
            order = self._pinned_first(order, kept)
        if request.collapse:
            order = order.at(self._columns.firsts(order.numbers))
        order = order.piece(start, end)
        parts: list[dict[str, float]] = []
        if request.explain and scorer is not None and complete:
            try:
                parts = scorer.explained(order)
            except TimeUp:
                complete = False
        leads, numbers = Leads(self._columns, request.prefer), order.numbers
        if request.collapse and request.sort is Sort.RELEVANCE:
            ranked = np.flatnonzero(~np.isin(numbers, self._pinned(kept)))
            numbers = numbers.copy()
            numbers[ranked] = leads.shown(numbers[ranked], kept)
        ids = self._columns.ids(numbers)
        return _Hits(
            hits=tuple(zip(ids, order.scores.tolist(), strict=True)),
            parts=tuple(parts),
            duplicates=tuple(leads.hidden(numbers, kept)) if request.collapse else (),
            complete=complete,
        )

    def _pinned_first(self, order: Ranked, kept: Articles) -> Ranked:
        """The same after those pinned, in the order given."""
        pinned = self._pinned(kept)
        return order.at(np.flatnonzero(~np.isin(order.numbers, pinned))).after(pinned) if len(pinned) else order

    def _pinned(self, kept: Articles) -> Ints:
        """Those of `kept` that come first, in the order given."""
        numbers = [self._columns.number(one) for one in dict.fromkeys(self._request.pinned)]
        pinned = np.array([number for number in numbers if number is not None], np.int64)
        return pinned[kept.has(pinned)] if len(pinned) else pinned

    def _counts(self, found: Articles, kept: Articles) -> _Counts:
        """found: the matched set in the date range; kept: what the filters leave of it."""
        request = self._request
        if not request.facets and request.histogram is Interval.NONE:
            return _Counts((), {}, Interval.NONE, ())
        deadline = self._deadline.sooner(request.facet_ms)
        facets: list[RawFacet] = []
        for name in request.facets:
            if deadline.passed:
                break
            counted = kept
            if any(one.field == name for one in request.filters):
                counted = found
                for one in request.filters:
                    counted = counted if one.field == name else self._filtered(counted, one)
            facets.append(self._facet(name, counted))
        truncated = request.facets[len(facets) :]
        days: Mapping[date, int] = {}
        interval = Interval.NONE
        if request.histogram is not Interval.NONE:
            if deadline.passed:
                truncated = (*truncated, "histogram")
            else:
                interval, days = self._histogram(kept.ids)
        return _Counts(tuple(facets), days, interval, truncated)

    def _facet(self, name: str, articles: Articles) -> RawFacet:
        field = self._columns.field(name)
        if field is None:
            return RawFacet(name, {}, self._count(articles))
        counts = field.counted(articles)
        if self._request.collapse and len(alike := self._columns.alike(articles)):
            counts = counts - self._columns.repeated(field.codes.take(alike), alike, len(counts))
        codes = counts.nonzero()[0]
        found = dict(zip(field.values(codes), counts.take(codes).tolist(), strict=True))
        missing = found.pop("", 0)
        return RawFacet(name, found, missing)

    def _histogram(self, kept: Ints) -> tuple[Interval, dict[date, int]]:
        dated_ones = kept[self._columns.days[kept] > 0]
        distinct, which = np.unique(self._columns.days[dated_ones], return_inverse=True)
        days = [date.fromordinal(day) for day in distinct.tolist()]
        if not days:
            return Interval.NONE, {}
        interval = histogram.fitting(self._request.histogram, days[0], days[-1])
        starts = [histogram.start(interval, day) for day in days]
        buckets = sorted(set(starts))
        place = {bucket: code for code, bucket in enumerate(buckets)}
        codes = np.array([place[first] for first in starts], np.int64)[which]
        counts = np.bincount(codes, minlength=len(buckets))
        if self._request.collapse:
            places = np.flatnonzero(self._columns.shared.take(dated_ones))
            counts -= self._columns.repeated(codes.take(places), dated_ones.take(places), len(buckets))
        return interval, dict(zip(buckets, counts.tolist(), strict=True))
