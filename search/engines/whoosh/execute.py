"""Runs a request on posting arrays and columns: match, filter, sort, cut, count. Knows nothing of Whoosh."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...deadline import Deadline
from ...model import Sort
from ...query.nodes import Node
from ...query.scoring import scored
from ..base import RawFacet, RawPage, Request
from .candidates import Forward
from .columns import Columns
from .match import Mask, Matched, Matcher
from .score import Scorer, best
from .terms import TermPostings


class _TimeUp(Exception):
    """The deadline passed between two steps."""


def execute(
    node: Node, request: Request, terms: TermPostings, columns: Columns, forward: Forward, deadline: Deadline
) -> RawPage:
    """The answer to a request. What the deadline leaves no time for is left out, in the order hits, facets, days."""
    return _Execution(request, terms, columns, forward, deadline).run(node)


@dataclass(frozen=True, slots=True)
class _Hits:
    """The hits of a page, and the parts of their scores if they were asked for."""

    scored: tuple[tuple[str, float], ...] = ()
    parts: tuple[Mapping[str, float], ...] = ()


class _Execution:
    def __init__(
        self, request: Request, terms: TermPostings, columns: Columns, forward: Forward, deadline: Deadline
    ) -> None:
        self._request = request
        self._terms = terms
        self._columns = columns
        self._forward = forward
        self._deadline = deadline

    def run(self, node: Node) -> RawPage:
        try:
            sets = Matcher(self._terms, self._columns.documents, self._request.grow_below, self._look).match(node)
            masks = self._filter_masks()
            self._look()
        except _TimeUp:
            return RawPage((), 0, 0, timed_out=True)
        return self._page(node, sets, masks)

    def _page(self, node: Node, sets: Matched, masks: dict[str, Mask]) -> RawPage:
        request = self._request
        passing = _all(masks.values(), self._columns.documents)
        kept = np.flatnonzero(sets.found & passing)
        hits = _Hits()
        facets: list[RawFacet] = []
        timed_out = False
        days = {}
        try:
            hits = self._hits(node, kept)
            for name in request.facets:
                self._look()
                others = [mask for field, mask in masks.items() if field != name]
                facets.append(self._facet(name, kept if name not in masks else _numbers(sets.found, others)))
            if request.days:
                self._look()
                days = self._columns.count_days(kept)
        except _TimeUp:
            timed_out = True
        return RawPage(
            hits=hits.scored,
            total=len(kept),
            total_all_words=int(np.count_nonzero(sets.whole & passing)),
            grown=bool(np.count_nonzero(sets.found) > np.count_nonzero(sets.ungrown)),
            facets=tuple(facets),
            days=days,
            timed_out=timed_out,
            parts=hits.parts,
        )

    def _look(self) -> None:
        if self._deadline.passed:
            raise _TimeUp

    def _filter_masks(self) -> dict[str, Mask]:
        """One mask for each field that is filtered, and one for the dates under the name `dates`."""
        masks: dict[str, Mask] = {}
        for one in self._request.filters:
            code = self._columns.code[one.field]
            allowed = np.full(len(code), not one.include)
            allowed[[code[value] for value in one.include if value in code]] = True
            allowed[[code[value] for value in one.exclude if value in code]] = False
            mask = allowed[self._columns.codes[one.field]]
            masks[one.field] = masks[one.field] & mask if one.field in masks else mask
        if dates := self._request.dates:
            days = self._columns.days
            mask = days > 0
            if dates.first:
                mask &= days >= dates.first.toordinal()
            if dates.last:
                mask &= days <= dates.last.toordinal()
            masks["dates"] = mask
        return masks

    def _facet(self, name: str, numbers: NDArray[np.int64]) -> RawFacet:
        values = self._columns.values[name]
        counts = np.bincount(self._columns.codes[name][numbers], minlength=len(values))
        held = np.flatnonzero(counts)
        found = {values[code]: int(counts[code]) for code in held.tolist()}
        missing = found.pop("", 0)
        return RawFacet(name, found, missing)

    def _hits(self, node: Node, kept: NDArray[np.int64]) -> _Hits:
        self._look()
        request = self._request
        start, end = request.offset, request.offset + request.limit
        if request.sort is Sort.RELEVANCE:
            return self._relevant(node, kept)
        if request.sort is Sort.OLDEST:
            kept = kept[best(-self._columns.oldest_rank[kept].astype(np.float64), end)]
        return _Hits(tuple((self._columns.ids[number], 0.0) for number in kept[start:end].tolist()))

    def _relevant(self, node: Node, kept: NDArray[np.int64]) -> _Hits:
        start, end = self._request.offset, self._request.offset + self._request.limit
        scorer = Scorer(scored(node), self._terms, self._columns, self._forward, self._look)
        piece = scorer.ranked(kept, end).piece(start, end)
        pairs = zip(piece.places.tolist(), piece.scores.tolist(), strict=True)
        hits = tuple((self._columns.ids[number], score) for number, score in pairs)
        return _Hits(hits, tuple(scorer.explained(piece, start)) if self._request.explain else ())


def _all(masks: Iterable[Mask], documents: int) -> Mask:
    together = np.ones(documents, np.bool_)
    for mask in masks:
        together &= mask
    return together


def _numbers(found: Mask, masks: Iterable[Mask]) -> NDArray[np.int64]:
    return np.flatnonzero(found & _all(masks, len(found)))
