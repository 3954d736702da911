import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, sync_playwright
from serving import served

from search.service import SearchService
from search.settings import Settings
from tests.indexes import publish
from web import create_app

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HERE = Path(__file__).parent


def chromium() -> str | None:
    return next(filter(None, map(shutil.which, CHROMIUM)), None)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what is here; where there is no Chromium all of it is left out with one line, or fails in CI."""
    ours = [item for item in items if HERE in item.path.parents]
    for item in ours:
        item.add_marker(pytest.mark.browser)
        item.add_marker(pytest.mark.xdist_group("browser"))
    if ours and chromium() is None and os.environ.get("CI") != "true":
        first, *others = ours
        first.add_marker(pytest.mark.skip(reason=f"no Chromium here: the {len(ours)} browser tests are left out"))
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if item not in others]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        pytest.fail("no Chromium here, and CI=true asks for the browser tests")
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*as_root, "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service over the small index."""
    folder = tmp_path_factory.mktemp("site")
    publish(folder)
    service = SearchService(Settings(index=folder))
    with served(create_app(service.settings, service)) as address:
        yield address
    service.close()


@pytest.fixture
def tab(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Opens pages without scripts; whatever the browser complains of fails the test at its end."""
    contexts, complaints = [], list[str]()

    def open_tab(width: int = 1280, theme: Any = "light", **options: Any) -> Page:
        context = browser.new_context(
            **{"java_script_enabled": False, **options},
            viewport={"width": width, "height": 800},
            color_scheme=theme,
            base_url=site,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda one: complaints.append(one.text) if _is_fault(one) else None)
        page.on("response", lambda one: complaints.append(one.url) if _is_missing(one) else None)
        page.on("dialog", lambda dialog: complaints.append(f"a dialog: {dialog.message}"))
        return page

    yield open_tab
    for context in contexts:
        context.close()
    assert not complaints


def _is_fault(message: ConsoleMessage) -> bool:
    """An error that the browser tells of, but for pages that have an error status on purpose."""
    return message.type == "error" and "the server responded with a status of" not in message.text


def _is_missing(answer: Response) -> bool:
    return answer.request.resource_type != "document" and answer.status >= 400
