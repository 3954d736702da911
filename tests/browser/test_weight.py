"""What a first view costs, measured in the browser: as a proxy packs it."""

import gzip
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Request
from serving import served

from search.service import SearchService
from search.settings import Settings
from tests.indexes import publish
from web import create_app

MOST_BYTES, MOST_WITH_FONTS, MOST_REQUESTS, MOST_SHIFT = 60_000, 130_000, 8, 0.02
PACKED = ("text/html", "text/css", "text/javascript", "image/svg+xml")

SHIFT = """() => new Promise(done => {
    let sum = 0
    new PerformanceObserver(list => { for (const one of list.getEntries()) sum += one.value })
        .observe({ type: 'layout-shift', buffered: true })
    document.fonts.ready.then(() => setTimeout(() => done(sum), 300))
})"""


class Packed:
    """An application behind the compression of a proxy."""

    def __init__(self, app: Any) -> None:
        self._app = app

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        said: list[Any] = []
        with closing(self._app(environ, lambda status, headers, *_: said.extend((status, headers)))) as parts:
            body = b"".join(parts)
        status, headers = said
        kind = next((value for name, value in headers if name.lower() == "content-type"), "")
        if kind.split(";")[0] in PACKED and body:
            body = gzip.compress(body, 6)
            headers = [pair for pair in headers if pair[0].lower() != "content-length"]
            headers += [("Content-Encoding", "gzip"), ("Content-Length", str(len(body)))]
        start(status, headers)
        return [body]


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("weight")
    publish(folder)
    service = SearchService(Settings(index=folder, site_accent="#003366", site_accent_dark="#ffcc66"))
    app = Packed(create_app(service.settings, service))
    with served(app) as address:
        yield address
    service.close()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", ["/kk/", "/kk/search?q=мектеп&per_page=20", "/ru/article/a04?q=форум", "/kk/none"])
def test_the_first_view_is_light_and_nothing_in_it_moves(browser: Browser, packed: str, path: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    asked: list[Request] = []
    page.on("requestfinished", lambda one: asked.append(one))
    page.goto(packed + path)
    shift = page.evaluate(SHIFT)
    loaded = {one.url: one.sizes()["responseBodySize"] for one in asked}
    context.close()
    fonts = sum(size for url, size in loaded.items() if url.endswith(".woff2"))
    every = sum(loaded.values())
    assert 0 < every - fonts <= MOST_BYTES, loaded
    assert fonts < every <= MOST_WITH_FONTS, loaded
    assert len(loaded) <= MOST_REQUESTS, loaded
    assert shift <= MOST_SHIFT


def test_the_style_of_the_reader_is_there_before_anything_is_shown(browser: Browser, packed: str) -> None:
    context = browser.new_context(color_scheme="light")
    page = context.new_page()
    page.goto(f"{packed}/kk/")
    page.evaluate("localStorage.setItem('izde.theme', 'dark'), localStorage.setItem('izde.letters', 'closed')")
    page.route("**/izde.js*", lambda route: route.abort())
    page.goto(f"{packed}/kk/search?q=форум")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(16, 24, 30)"
    assert page.evaluate(SHIFT) <= MOST_SHIFT
    context.close()
