"""What an engine counted of a facet, as it is shown: in order, cut, with everything that was chosen."""

from collections.abc import Container, Iterable, Iterator, Mapping
from heapq import nlargest, nsmallest
from itertools import groupby
from typing import Final

from .engines.base import RawPage
from .facets import FacetSpec, Table
from .kazakh import sort_key
from .model import Facet, FacetOrder, FacetValue, Filter, Query

_FEW: Final = 1000
"""So many numbers are sorted as fast as the largest of them are found."""


def shown(raw: RawPage, query: Query, table: Table, wanted: Iterable[str] | None = None) -> Iterator[Facet]:
    """The facets that `query` asks for; of all their values, or only of those that are wanted."""
    among = None if wanted is None else frozenset(wanted)
    counted = {facet.field: facet for facet in raw.facets}
    for name in query.facets:
        if name not in counted:
            yield Facet(name, (), 0, 0, truncated=True)
            continue
        counts, filters = counted[name].counts, query.filters
        if among is not None:
            counts = {value: count for value, count in counts.items() if value in among}
            filters = tuple(_of(item, among) for item in filters)
        yield build(table[name], counts, counted[name].missing, filters, query.facet_limit, query.facet_order)


def build(
    spec: FacetSpec,
    counts: Mapping[str, int],
    missing: int,
    filters: Iterable[Filter],
    limit: int,
    order: FacetOrder = FacetOrder.COUNT,
) -> Facet:
    """The facet as it is shown: the `limit` first values, and every chosen or excluded one, even with no hits."""
    chosen = [item for item in filters if item.field == spec.name]
    include = {value for item in chosen for value in item.include}
    exclude = {value for item in chosen for value in item.exclude}
    everything = dict.fromkeys([*include, *exclude], 0) | dict(counts) if chosen else counts
    first = _first(_candidates(everything, limit, spec, order), everything, limit, spec, order)
    if chosen:
        rest = (include | exclude).difference(first)
        first += _first(rest, everything, len(rest), spec, order)
    shown = tuple([FacetValue(value, everything[value], value in include, value in exclude) for value in first])
    return Facet(spec.name, shown, sum(counts.values()) - sum([item.count for item in shown]), missing)


def _candidates(counts: Mapping[str, int], limit: int, spec: FacetSpec, order: FacetOrder) -> Iterable[str]:
    """Values among which are the `limit` first: of very many only those that are common enough."""
    if order is FacetOrder.ALPHABET or spec.by_value or len(counts) <= limit:
        return counts
    few = len(counts) <= _FEW
    least = sorted(counts.values(), reverse=True)[limit - 1] if few else nlargest(limit, counts.values())[-1]
    return [value for value, count in counts.items() if count >= least]


def _first(
    values: Iterable[str], counts: Mapping[str, int], limit: int, spec: FacetSpec, order: FacetOrder
) -> list[str]:
    if order is FacetOrder.ALPHABET:
        return nsmallest(limit, values, key=sort_key)
    if spec.by_value:
        return nlargest(limit, values)
    ordered = sorted(values, key=counts.__getitem__, reverse=True)
    # The alphabet decides between equal counts alone: its keys are dearer than the rest.
    alike = [list(group) for _, group in groupby(ordered, key=counts.__getitem__)]
    return [value for group in alike for value in (sorted(group, key=sort_key) if len(group) > 1 else group)][:limit]


def _of(item: Filter, values: Container[str]) -> Filter:
    include = tuple(value for value in item.include if value in values)
    return Filter(item.field, include, tuple(value for value in item.exclude if value in values))
