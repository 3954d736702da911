"""Articles of a generation one after another, the newest first, for lists of addresses: a stretch at a time."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from .answer import info
from .deadline import Deadline
from .engines.base import Request
from .errors import Unavailable
from .generation import Generation
from .model import IndexInfo, Sort
from .query.nodes import MatchAll

_TOGETHER: Final = 250
"""Articles whose texts are in memory at the same time."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list of addresses needs of an article; see `Article`."""

    id: str
    url: str
    day: date | None
    lang: str
    rights: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A stretch of the articles, and how many there are."""

    articles: tuple[Listed, ...]
    total: int
    index: IndexInfo


def listed(generation: Generation, first: int, count: int, deadline: Deadline, curation: str) -> Listing:
    """At most `count` articles from the one at place `first` on, in the order by date and id.

    Raises:
        Unavailable: there was no time to find them.
    """
    engine = generation.engine
    page = engine.search(MatchAll(), Request(sort=Sort.NEWEST, offset=first, limit=count, grow_below=0), deadline)
    if page.timed_out:
        raise Unavailable("there was no time to list the articles")
    ids, found = [one for one, _ in page.hits], list[Listed]()
    for start in range(0, len(ids), _TOGETHER):
        articles = filter(None, engine.get(ids[start : start + _TOGETHER]))
        found += [Listed(one.id, one.url, one.date, one.lang, one.rights) for one in articles]
    return Listing(tuple(found), page.total, info(generation, curation))
