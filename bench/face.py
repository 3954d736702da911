"""What a request costs besides the search: `python -m bench.face INDEX`, milliseconds of CPU a request.

Answers are recorded once; then the application gets them from a service that searches nothing. No server, no network.
"""

import argparse
import io
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlencode

from search.model import Article, IndexInfo, Page, Query
from search.service import SearchService
from search.settings import Settings
from search.suggest import Suggested
from web import create_app

QUESTIONS = 100
ROUNDS = 15
UNHURRIED_MS = 60_000


class Recorder:
    """Takes the place of a service: asks it whatever is new, and remembers every answer."""

    def __init__(self, service: SearchService) -> None:
        self._service, self.settings = service, service.settings
        self._info = service.info()
        self._pages: dict[tuple[str, tuple[str, ...]], Page] = {}
        self._suggested: dict[tuple[str, int], Suggested] = {}

    def info(self) -> IndexInfo:
        """The generation."""
        return self._info

    def search(self, query: Query) -> Page:
        """The answer; queries here differ in their texts and facets only."""
        key = query.text, query.facets
        if key not in self._pages:
            self._pages[key] = self._service.search(query)
        return self._pages[key]

    def titles(self, ids: Sequence[str]) -> dict[str, Article]:
        """The articles themselves."""
        return self._service.titles(ids)

    def suggest(self, text: str, limit: int) -> Suggested:
        """The suggestions."""
        key = text, limit
        if key not in self._suggested:
            self._suggested[key] = self._service.suggest(text, limit)
        return self._suggested[key]


def paths(service: SearchService) -> dict[str, list[str]]:
    """Requests of each kind: two words of a title each, joined by AND."""
    hits = service.search(Query(per_page=QUESTIONS, facets=(), snippets=0)).hits
    texts = [" AND ".join(hit.article.title.split()[:2]) for hit in hits]
    api = {"facets": "category,source,year", "snippets": 1, "per_page": 10}
    return {
        "API, three facets, ten snippets": [f"/api/v1/search?{urlencode({'q': text, **api})}" for text in texts],
        "page": [f"/{('kk', 'ru', 'en')[n % 3]}/search?{urlencode({'q': text})}" for n, text in enumerate(texts)],
        "suggestions": [f"/api/v1/suggest?{urlencode({'q': text[:4]})}" for text in texts],
    }


def environment(path: str) -> dict[str, object]:
    """A request as a server hands it over."""
    path, _, query = path.partition("?")
    return {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "SCRIPT_NAME": "", "HTTP_HOST": "bench",
        "SERVER_NAME": "bench", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr,
    }  # fmt: skip


def main() -> None:
    """Print the cost of each kind of request: the best round of all."""
    parser = argparse.ArgumentParser(prog="python -m bench.face", description=__doc__)
    parser.add_argument("index", type=Path, help="folder of an index, such as var/sample-index")
    place = parser.parse_args().index
    settings = Settings(index=place, deadline_ms=UNHURRIED_MS, facet_ms=UNHURRIED_MS, cache_mb=0)
    service = SearchService(settings)
    app = create_app(settings, Recorder(service))  # type: ignore[arg-type]  # all of a service that these requests use

    def started(status: str, *_: object) -> None:
        if status != "200 OK":
            raise RuntimeError(status)

    for kind, asked in paths(service).items():
        times = []
        for _ in range(ROUNDS):
            began = time.process_time()
            for path in asked:
                b"".join(app(environment(path), started))
            times.append((time.process_time() - began) * 1000 / len(asked))
        print(f"{kind}: {min(times):.2f} ms")  # the first round, which searches, is never the best
    service.close()


if __name__ == "__main__":
    main()
