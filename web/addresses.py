"""Addresses of searches, articles and files, in the API and as pages."""

import re
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import quote, urlencode

from search.facets import table
from search.model import Page, Query
from search.settings import Settings

from .links import Neighbours, address, query_string
from .param_table import Highlight, usual_query

_PLAIN = re.compile(r"[A-Za-z0-9_.~/-]*")
"""Ids that are parts of a path as they stand, as most are."""


class Addresses:
    """Absolute addresses under `root` (no slash at its end), the pages in `locale`."""

    def __init__(self, root: str, locale: str, settings: Settings) -> None:
        self._root, self.locale, self._settings = root, locale, settings
        self.facets = table(settings.facets)

    def api(self, query: Query, highlight: Highlight) -> str:
        """The address of a search in the API."""
        return address(f"{self._root}/api/v1/search", query_string(query, self._settings, highlight))

    def api_neighbours(self, query: Query, highlight: Highlight) -> Neighbours:
        """The addresses of the searches next to one, in the API."""
        return Neighbours(f"{self._root}/api/v1/search", query, self._settings, highlight)

    def page(self, query: Query) -> str:
        """The address of a search as a page, which knows no cursors."""
        query = replace(query, cursor="") if query.cursor else query
        return address(f"{self._root}/{self.locale}/search", query_string(query, self._settings))

    def page_neighbours(self, query: Query) -> Neighbours:
        """The addresses of the searches next to one, as pages."""
        query = replace(query, cursor="") if query.cursor else query
        return Neighbours(f"{self._root}/{self.locale}/search", query, self._settings)

    def feed(self, query: Query) -> str:
        """The address of the newest hits of a search as a feed, which has an order and a length of its own."""
        return address(f"{self._root}/{self.locale}/feed.atom", query_string(self.plain(query), self._settings))

    def plain(self, query: Query) -> Query:
        """What a search looks for, without how its hits are shown."""
        return replace(
            usual_query(self._settings),
            text=query.text,
            match=query.match,
            scope=query.scope,
            filters=query.filters,
            dates=query.dates,
            correct=query.correct,
            collapse=query.collapse,
        )

    def export(self, query: Query, highlight: Highlight, kind: str) -> str:
        """The address of the hits of a search as a file: `csv` or `jsonl`."""
        return self.exports(query, highlight, (kind,))[kind]

    def exports(self, query: Query, highlight: Highlight, kinds: Iterable[str]) -> dict[str, str]:
        """The addresses of the hits of a search as files, by kind."""
        fewest = usual_query(self._settings)
        query = replace(
            query,
            page=1,
            per_page=fewest.per_page,
            facets=fewest.facets,
            facet_limit=fewest.facet_limit,
            histogram=fewest.histogram,
            explain=False,
            cursor="",
        )
        asked = query_string(query, self._settings, highlight)
        return {kind: address(f"{self._root}/api/v1/search.{kind}", asked) for kind in kinds}

    def facet_api(self, name: str, prefix: str, query: Query, highlight: Highlight) -> str:
        """The address of one facet in the API."""
        given = [query_string(query, self._settings, highlight), urlencode({"prefix": prefix}) if prefix else ""]
        return address(f"{self._root}/api/v1/facets/{name}", "&".join(filter(None, given)))

    def suggest(self, text: str, limit: int) -> str:
        """The address of the suggestions for a text."""
        return f"{self._root}/api/v1/suggest?{urlencode({'q': text, 'limit': limit})}"

    def stats_api(self) -> str:
        """The address of the statistics in the API."""
        return f"{self._root}/api/v1/stats"

    def similar(self, path: str, limit: int = 0) -> str:
        """The address of the articles like one, as many as usual if `limit` is 0."""
        return address(f"{self.article_api(path)}/similar", f"limit={limit}" if limit else "")

    def article_api(self, path: str) -> str:
        """The address of an article in the API; `path` is its quoted id."""
        return f"{self._root}/api/v1/articles/{path}"

    def article(self, path: str) -> str:
        """The path of an article's page."""
        return f"/{self.locale}/article/{path}"

    def article_page(self, path: str) -> str:
        """The absolute address of an article's page."""
        return self._root + self.article(path)

    def last_page(self, page: Page) -> int:
        """The last page of these hits that may be asked for: the window may end before the hits do."""
        return max(1, min(page.pages, self._settings.window // page.query.per_page))


def quoted(article_id: str) -> str:
    """An id as part of a path."""
    return article_id if _PLAIN.fullmatch(article_id) else quote(article_id, safe="/")


def outward(url: str) -> str:
    """The address of an article at its source; empty for one that a browser would run or read from the disk."""
    return url if url.lower().startswith(("http://", "https://")) else ""
