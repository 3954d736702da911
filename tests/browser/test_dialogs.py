"""Hostile articles and requests in a real browser that runs scripts: nothing acts, and no policy is offended."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser
from serving import served

from search.service import SearchService
from search.settings import Settings
from tests.indexes import publish
from tests.payloads import payloads
from tests.web.test_hostile_markup import article
from web import create_app

PAYLOADS = payloads(120)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("hostile")
    publish(folder, (article(number, text) for number, text in enumerate(PAYLOADS)))
    service = SearchService(Settings(index=folder))
    with served(create_app(service.settings, service)) as address:
        yield address
    service.close()


def test_nothing_acts(browser: Browser, hostile: str) -> None:
    context = browser.new_context(base_url=hostile)
    page, heard = context.new_page(), list[str]()
    page.on("dialog", lambda dialog: (heard.append(f"a dialog: {dialog.message}"), dialog.dismiss()))
    page.on("console", lambda one: heard.append(one.text) if "Content Security Policy" in one.text else None)
    page.on("popup", lambda _: heard.append("a window"))
    page.goto("/kk/search?q=сөз&per_page=100&collapse=none&facet_limit=100")
    links = page.locator("article h2 a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    assert len(links) > 90
    for link in links[::5]:
        page.goto(link)
        page.mouse.move(300, 300)
    for text in PAYLOADS[::6]:
        value = quote(text, safe="")
        page.goto(f"/ru/search?q={value}&category={value}&sort={value}&date_from={value}&{value}=1#{value}")
        page.locator("main").focus()
        page.keyboard.press("Tab")
    page.goto(f"/kk/{quote(PAYLOADS[3], safe='')}")
    assert page.url.startswith(hostile)
    assert heard == []
    context.close()


def test_what_would_act_is_heard_and_held_up_by_the_policy(browser: Browser, hostile: str) -> None:
    """The test above could not see anything otherwise."""
    context = browser.new_context(base_url=hostile)
    page, heard = context.new_page(), list[str]()
    page.on("console", lambda one: heard.append(one.text))
    page.on("dialog", lambda dialog: (heard.append("a dialog"), dialog.dismiss()))
    page.goto("/kk/")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=/none.png onerror=alert(1)>')")
    page.wait_for_timeout(300)
    assert any("Content Security Policy" in text for text in heard)
    assert "a dialog" not in heard
    context.close()
