"""What there is in one generation, counted: articles by field, sizes, the days they cover, what says the same."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from . import counting
from .answer import info
from .deadline import Deadline
from .engines.base import Request
from .facets import FACETS
from .generation import Generation
from .model import Facet, IndexInfo, Sort
from .query.nodes import MatchAll

COUNTED: Final = ("category", "source", "lang", "script", "year")
MOST_VALUES: Final = 1000


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts over all articles of a generation.

    counts: the values of `COUNTED`, at most `MOST_VALUES` each, by number of articles; years from the newest on.
    stems, tokens: distinct stems, and words in all. bytes: of its files on disk.
    oldest, newest: the first and the last local date. undated: articles without a date.
    duplicates: articles that a search hides behind others which say the same; None if there was no time to count them.
    """

    index: IndexInfo
    counts: tuple[Facet, ...]
    articles: int
    stems: int
    tokens: int
    bytes: int
    oldest: date | None
    newest: date | None
    undated: int
    duplicates: int | None


def statistics(generation: Generation, deadline: Deadline) -> Statistics:
    """The statistics of a generation."""
    stats = generation.engine.stats()
    found = generation.engine.search(MatchAll(), Request(sort=Sort.NEWEST, limit=0, collapse=True), deadline)
    return Statistics(
        index=info(generation),
        counts=tuple(_counts(generation, name, stats.documents) for name in COUNTED),
        articles=stats.documents,
        stems=stats.terms,
        tokens=stats.tokens,
        bytes=sum(entry.size for entry in generation.manifest.files.values()),
        oldest=min(stats.days, default=None),
        newest=max(stats.days, default=None),
        undated=stats.documents - sum(stats.days.values()),
        duplicates=None if found.timed_out else found.articles - found.total,
    )


def _counts(generation: Generation, name: str, articles: int) -> Facet:
    counts = generation.engine.values(name)
    return counting.build(FACETS[name], counts, articles - sum(counts.values()), (), MOST_VALUES)
