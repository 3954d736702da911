"""Izde's search library: a Query in, a Page out. No web framework, no command line, never writes source data.

service = SearchService(Settings.from_env())
page = service.search(Query("мұғалімдердің наразылығы"))
"""

from typing import TYPE_CHECKING, Any

from .errors import EngineError, QueryError, SearchError
from .model import Article, DateRange, Filter, Hit, Interval, Match, Page, Query, Scope, Snippet, Sort
from .settings import Settings

if TYPE_CHECKING:
    from .service import ArticleView, SearchService

__all__ = [
    "Article",
    "ArticleView",
    "DateRange",
    "EngineError",
    "Filter",
    "Hit",
    "Interval",
    "Match",
    "Page",
    "Query",
    "QueryError",
    "Scope",
    "SearchError",
    "SearchService",
    "Settings",
    "Snippet",
    "Sort",
]


def __getattr__(name: str) -> Any:
    """The service, loaded when it is asked for: processes that only write an index start twice as fast without it."""
    if name in ("ArticleView", "SearchService"):
        from . import service

        return getattr(service, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
