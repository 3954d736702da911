"""Izde's search library: a Query in, a Page out. No web framework, no command line, never writes source data.

service = SearchService(Settings.from_env())
page = service.search(Query("мұғалімдердің наразылығы"))
"""

from .errors import EngineError, QueryError, SearchError
from .model import Article, DateRange, Filter, Hit, Interval, Match, Page, Query, Scope, Snippet, Sort
from .service import ArticleView, SearchService
from .settings import Settings

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
