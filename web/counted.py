"""FacetPage, Statistics → the JSON objects of `count_shapes.py`."""

from search.model import Facet, FacetPage
from search.statistics import Statistics

from . import labels
from .addresses import Addresses
from .answers import facet_group, index
from .count_shapes import Count, Counts, FacetAnswer, FacetLinks, Sizes, StatsAnswer, StatsLinks
from .param_table import Highlight


def facet_answer(found: FacetPage, highlight: Highlight, addresses: Addresses) -> FacetAnswer:
    """One facet; its values link to searches."""
    name, query = found.facet.field, found.query
    return FacetAnswer(
        name=name,
        prefix=found.prefix,
        facet=facet_group(found.facet, addresses.api_neighbours(query, highlight), addresses.locale),
        links=FacetLinks(
            self=addresses.facet_api(name, found.prefix, query, highlight),
            search=addresses.api(query, highlight),
            html=addresses.page(query),
        ),
        index=index(found.index),
        took_ms=round(found.took_ms, 1),
    )


def stats_answer(found: Statistics, addresses: Addresses) -> StatsAnswer:
    """The statistics."""
    return StatsAnswer(
        counts={facet.field: _counts(facet, addresses) for facet in found.counts},
        sizes=Sizes(articles=found.articles, stems=found.stems, tokens=found.tokens, bytes=found.bytes),
        oldest=found.oldest,
        newest=found.newest,
        undated=found.undated,
        duplicates=found.duplicates,
        links=StatsLinks(self=addresses.stats_api()),
        index=index(found.index),
    )


def _counts(facet: Facet, addresses: Addresses) -> Counts:
    return Counts(
        values=[
            Count(value=item.value, label=labels.value(facet.field, item.value, addresses.locale), count=item.count)
            for item in facet.values
        ],
        other=facet.other,
        missing=facet.missing,
    )
