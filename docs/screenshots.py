"""Pictures of the pages at three widths in both themes: `python docs/screenshots.py INDEX FOLDER`.

INDEX is that of the sample, which has an article for every oddity. The picture in README.md is `search-kk.png` of this
set.
"""

import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from search.settings import Settings
from web import create_app

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WIDTHS = {360: 740, 768: 1024, 1280: 800}
PAGES = {
    "home": "/kk/",
    "home-en": "/en/",
    "help": "/kk/help",
    "advanced": "/kk/advanced",
    "api": "/kk/api",
    "privacy": "/ru/privacy",
    "results": "/kk/search?q=мұғалім жалақысы",
    "filtered": "/ru/search?q=мектеп&category=Білім&date_from=2017&date_to=2017&source=-Ауыл арайы",
    "year": "/kk/search?q=мектеп&date_from=2018&date_to=2018",
    "nothing": "/kk/search?q=трансценденталды&category=Спорт",
    "wider": "/kk/search?q=мұғалім жалақысы&category=Спорт&date_from=2011&date_to=2012",
    "problems": "/kk/search?q=тасқын&date_from=31.02.2018&sort=new",
    "layout": "/kk/search?q=ajhev",
    "operators": "/ru/search?q=су НЕМЕСЕ өрт және",
    "too-long": "/kk/search?q=" + "сөз " * 130,
    "not-found": "/kk/мұғалімдер-жалақысы",
    "no-article": "/ru/article/zzz",
    "tote": "/kk/search?q=مەكتەپ&script=Arab&script=Cyrl",
    "latin": "/en/search?q=mektep&script=Latn",
    "all": "/kk/search?per_page=10&page=3",
    "facets": "/kk/search?facet_limit=100",
}
STEPS: dict[str, Callable[[Page], None]] = {}
"""States of a page that somebody has to bring about."""


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002  # the name of the base class
        """Say nothing."""


@click.command()
@click.argument("index", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--only", default="", help="The pages whose names begin so.")
def main(index: Path, folder: Path, only: str) -> None:
    """Take the pictures of the pages over INDEX into FOLDER."""
    folder.mkdir(parents=True, exist_ok=True)
    chromium = next(filter(None, map(shutil.which, CHROMIUM)), None)
    with (
        sync_playwright() as playwright,
        tempfile.TemporaryDirectory() as nothing,
        _served(index) as root,
        _served(Path(nothing)) as broken,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        pages = {name: root + path for name, path in PAGES.items()} | {"unavailable": f"{broken}/kk/search?q=форум"}
        for width, height in WIDTHS.items():
            for theme in ("light", "dark"):
                size = ViewportSize(width=width, height=height)
                _take(browser, {name: url for name, url in pages.items() if name.startswith(only)}, folder, size, theme)
                _act(browser, root, folder, size, theme, only)
        browser.close()


@contextmanager
def _served(index: Path) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, create_app(Settings(index=index)), threaded=True, request_handler=_Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()


def _take(browser: Browser, pages: dict[str, str], folder: Path, size: ViewportSize, theme: str) -> None:
    """Pages as they come, without scripts for a part of them: both are to look the same."""
    context = browser.new_context(viewport=size, color_scheme=theme)  # type: ignore[arg-type]
    page = context.new_page()
    for name, url in pages.items():
        page.goto(url)
        page.reload()  # with the fonts at hand
        page.screenshot(path=folder / f"{name}-{size['width']}-{theme}.png", full_page=True)
        if name == "results" and size["width"] == max(WIDTHS) and theme == "light":
            page.screenshot(path=folder / "search-kk.png")
    context.close()


def _act(browser: Browser, root: str, folder: Path, size: ViewportSize, theme: str, only: str) -> None:
    """States of a page that somebody has to bring about."""
    for name, step in STEPS.items():
        if name.startswith(only):
            context = browser.new_context(viewport=size, color_scheme=theme, base_url=root)  # type: ignore[arg-type]
            page = context.new_page()
            step(page)
            page.screenshot(path=folder / f"{name}-{size['width']}-{theme}.png", full_page=name.startswith("article"))
            context.close()


def step(function: Callable[[Page], None]) -> Callable[[Page], None]:
    """A state: the function brings a page into it."""
    STEPS[function.__name__.strip("_").replace("_", "-")] = function
    return function


@step
def _article(page: Page) -> None:
    page.goto(PAGES["results"])
    page.locator(".list h2 a").first.click()
    page.locator(".cite summary").click()


@step
def _article_tote(page: Page) -> None:
    page.goto("/kk/search?q=мектеп&script=Arab")
    page.locator(".list h2[dir=rtl] a").first.click()


@step
def _mark(page: Page) -> None:
    page.goto(PAGES["results"])
    page.locator(".list h2 a").first.click()
    page.locator(".in-text a").click()
    page.wait_for_timeout(800)  # it scrolls


@step
def _suggestions(page: Page) -> None:
    page.goto("/kk/")
    page.get_by_role("searchbox").click()
    page.keyboard.type("мектеп", delay=20)
    page.locator("[role=option]").first.wait_for()
    page.keyboard.press("ArrowDown")


@step
def _view(page: Page) -> None:
    page.goto(PAGES["filtered"])
    page.locator("#view summary").click()


@step
def _large(page: Page) -> None:
    page.goto("/kk/")
    page.evaluate("localStorage.setItem('izde.size', 'larger'), localStorage.setItem('izde.contrast', 'on')")
    page.goto(PAGES["results"])


@step
def _filters(page: Page) -> None:
    page.goto(PAGES["filtered"])
    if page.locator(".filters summary").is_visible():
        page.locator(".filters summary").click()


@step
def _copies(page: Page) -> None:
    page.goto(PAGES["results"])
    fold = page.locator(".same summary").first
    fold.click()
    fold.scroll_into_view_if_needed()


@step
def _focus(page: Page) -> None:
    page.goto(PAGES["results"])
    page.keyboard.press("j")
    page.keyboard.press("j")


if __name__ == "__main__":
    main()
