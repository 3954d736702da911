"""Sites on the loopback whose answers a test sets, and inputs that are fetched from them."""

import contextlib
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from indexer.harvest import Harvest, Harvesting, harvest
from indexer.records import InputSpec, RawRecord, Rejected
from search.settings import Settings
from tests.raw_records import fetched

Answer = tuple[int, dict[str, str], bytes]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that came: when it did, for what, with which headers (names in lower case)."""

    moment: float
    host: str
    path: str
    headers: Mapping[str, str]


@dataclass(slots=True)
class Site:
    """What is at each path: an answer, or a function of the request that gives one or writes it itself.

    A path that ends in `?` is for all queries. What is not there is answered 404.
    """

    port: int
    answers: dict[str, Any] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def address(self, path: str = "", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def put(self, path: str, body: str | bytes, kind: str = "text/html; charset=utf-8", **headers: str) -> None:
        data = body.encode() if isinstance(body, str) else body
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[path] = (200, {"Content-Type": kind, **named}, data)

    def page(self, path: str, title: str, text: str, **headers: str) -> None:
        self.put(path, page(title, text), **headers)

    def sitemap(self, path: str, pages: Mapping[str, str], tag: str = "url") -> None:
        """pages: path or address → lastmod, empty for none."""
        rows = "".join(
            f"<{tag}><loc>{loc if '://' in loc else self.address(loc)}</loc>"
            + (f"<lastmod>{lastmod}</lastmod>" if lastmod else "")
            + f"</{tag}>"
            for loc, lastmod in pages.items()
        )
        root = "urlset" if tag == "url" else "sitemapindex"
        body = f'<?xml version="1.0"?><{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</{root}>'
        self.put(path, body, "application/xml")

    def paths(self) -> list[str]:
        """What was asked for since this was last called, without robots.txt."""
        found = [one.path for one in self.asked if one.path != "/robots.txt"]
        self.asked.clear()
        return found


class _Handler(BaseHTTPRequestHandler):
    site: Site

    def do_GET(self) -> None:
        site = self.site
        headers = {name.lower(): value for name, value in self.headers.items()}
        site.asked.append(Asked(time.monotonic(), headers.get("host", ""), self.path, headers))
        answer = site.answers.get(self.path) or site.answers.get(self.path.partition("?")[0] + "?")
        if callable(answer):
            answer = answer(self)
        if answer is None and (self.path in site.answers or self.path.partition("?")[0] + "?" in site.answers):
            return
        status, named, body = answer or (404, {}, b"")
        etag = named.get("ETag")
        if etag and headers.get("if-none-match") == etag:
            status, body = 304, b""
        self.send_response(status)
        for name, value in named.items():
            self.send_header(name, value)
        if "Content-Length" not in named:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A client that went away is what some tests are about."""


@contextlib.contextmanager
def serving() -> Iterator[Site]:
    """A site that runs while the block does."""
    found = Site(0)
    server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"site": found}))
    found.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass(slots=True)
class Fetched:
    """An input that is fetched, and what came of it."""

    spec: InputSpec
    settings: Settings
    warnings: list[str] = field(default_factory=list)

    def harvest(self, *, full: bool = False) -> Harvest:
        return harvest(self.spec, Harvesting(self.settings, full, lambda: None, self.warnings.append))

    def read(self) -> list[RawRecord | Rejected]:
        return list(fetched(self.spec))

    def titles(self) -> dict[str, Any]:
        """Id or address → title, of what became a record."""
        return {one.file: one.values.get("title") for one in self.read() if isinstance(one, RawRecord)}

    def reasons(self) -> dict[str, str]:
        return {one.file: one.reason for one in self.read() if isinstance(one, Rejected)}


def page(title: str, text: str) -> str:
    """The page of an article as sites write it."""
    body = "".join(f"<p>{one}</p>" for one in text.split("\n"))
    return (
        f'<!doctype html><html lang="kk"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta property="og:title" content="{title}"><meta property="article:published_time"'
        f' content="2026-11-20T09:00:00+05:00"></head><body><nav><a href="/">Басты бет</a></nav>'
        f"<article><h1>{title}</h1>{body}</article><footer>Барлық құқық қорғалған</footer></body></html>"
    )
