"""The table of facets: what can be filtered by, counted and shown beside the hits.

To add one, add a row: engines index it, parameters, API description and pages follow.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from .kazakh import sort_key
from .model import Article, Facet, FacetValue, Filter


@dataclass(frozen=True, slots=True)
class FacetSpec:
    """A row of the table.

    value: the article's value, empty where it has none.
    by_value: list values in falling order of the value itself (years), not by count.
    """

    name: str
    value: Callable[[Article], str]
    help: str
    by_value: bool = False


def _year(article: Article) -> str:
    return f"{article.published.year:04d}" if article.published else ""


FACETS: Mapping[str, FacetSpec] = {
    spec.name: spec
    for spec in (
        FacetSpec("category", lambda article: article.category, "the section the article stood in"),
        FacetSpec("source", lambda article: article.source, "the publication"),
        FacetSpec("author", lambda article: article.author, "who wrote it"),
        FacetSpec("lang", lambda article: article.lang, "language: kk, ru, en, …"),
        FacetSpec("script", lambda article: article.script, "script: Cyrl, Latn or Arab"),
        FacetSpec("year", _year, "year of the local date, four digits", by_value=True),
    )
}

DEFAULT_FACETS = ("category", "source", "year")


def build(name: str, counts: Mapping[str, int], missing: int, filters: Iterable[Filter], limit: int) -> Facet:
    """The facet as it is shown: the `limit` first values, and every chosen or excluded one, even with no hits."""
    chosen = [item for item in filters if item.field == name]
    include = {value for item in chosen for value in item.include}
    exclude = {value for item in chosen for value in item.exclude}
    everything = dict.fromkeys([*include, *exclude], 0) | dict(counts)
    ordered = sorted(everything.items(), key=_order(FACETS[name]))
    shown = [
        FacetValue(value, count, value in include, value in exclude)
        for rank, (value, count) in enumerate(ordered)
        if rank < limit or value in include or value in exclude
    ]
    other = sum(counts.values()) - sum(item.count for item in shown)
    return Facet(name, tuple(shown), other, missing)


def _order(spec: FacetSpec) -> Callable[[tuple[str, int]], tuple[object, ...]]:
    if spec.by_value:
        return lambda item: tuple(-ord(character) for character in item[0])
    return lambda item: (-item[1], sort_key(item[0]), item[0])
