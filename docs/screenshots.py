"""Pictures of the pages at three widths in both themes: `python docs/screenshots.py INDEX FOLDER`.

The picture in README.md is `search-kk.png` of this set.
"""

import shutil
import threading
from pathlib import Path

import click
from playwright.sync_api import Browser, ViewportSize, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from search.settings import Settings
from web import create_app

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WIDTHS = {360: 740, 768: 1024, 1280: 800}
PAGES = {
    "home": "/kk/",
    "results": "/kk/search?q=мұғалім жалақысы",
    "filtered": "/ru/search?q=мектеп&category=Білім&date_from=2017&date_to=2017&source=-Ауыл арайы",
    "nothing": "/kk/search?q=трансценденталды&category=Спорт",
    "problems": "/kk/search?q=тасқын&date_from=31.02.2018&sort=new",
    "error": "/kk/search?q=" + "сөз " * 130,
    "en": "/en/search?q=futbol",
    "all": "/kk/search?per_page=10&page=3",
}


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002  # the name of the base class
        """Say nothing."""


@click.command()
@click.argument("index", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def main(index: Path, folder: Path) -> None:
    """Take the pictures of the pages over INDEX into FOLDER."""
    folder.mkdir(parents=True, exist_ok=True)
    server = make_server("127.0.0.1", 0, create_app(Settings(index=index)), threaded=True, request_handler=_Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    root = f"http://127.0.0.1:{server.port}"
    chromium = next(filter(None, map(shutil.which, CHROMIUM)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for width, height in WIDTHS.items():
            for theme in ("light", "dark"):
                _take(browser, root, folder, ViewportSize(width=width, height=height), theme)
        browser.close()
    server.shutdown()


def _take(browser: Browser, root: str, folder: Path, size: ViewportSize, theme: str) -> None:
    context = browser.new_context(viewport=size, color_scheme=theme, java_script_enabled=False)  # type: ignore[arg-type]
    page = context.new_page()
    for name, path in PAGES.items():
        page.goto(root + path)
        page.screenshot(path=folder / f"{name}-{size['width']}-{theme}.png", full_page=True)
    page.goto(root + PAGES["results"])
    if size["width"] == max(WIDTHS) and theme == "light":
        page.screenshot(path=folder / "search-kk.png")
    page.locator(".list h2 a").first.click()
    page.screenshot(path=folder / f"article-{size['width']}-{theme}.png", full_page=True)
    if size["width"] == min(WIDTHS):
        page.goto(root + PAGES["filtered"])
        page.locator("summary").click()
        page.screenshot(path=folder / f"filters-{size['width']}-{theme}.png", full_page=True)
    context.close()


if __name__ == "__main__":
    main()
