"""axe-core finds nothing on any state of the pages: a few of them, or with SCALE all languages, themes and widths."""

import itertools
import os
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from states import LANGUAGES, STATES, THEMES, WIDTHS

SCALE = int(os.environ.get("SCALE", "1"))
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


def looks() -> Iterable[tuple[str, str, int]]:
    """Language, theme and width: all of them, or three in which each of them comes once."""
    every = [*itertools.product(LANGUAGES, THEMES, WIDTHS)]
    return every if SCALE > 1 else [("kk", "light", 1280), ("ru", "dark", 320), ("en", "light", 768)]


def faults(page: Page) -> list[tuple[str, Any]]:
    """What axe-core finds, with the elements it finds it in."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [(one["id"], [node["html"][:200] for node in one["nodes"][:3]]) for one in found]


@pytest.mark.parametrize("look", looks(), ids=lambda look: "-".join(map(str, look)))
def test_no_state_of_a_page_keeps_anybody_out(tab: Callable[..., Page], look: tuple[str, str, int]) -> None:
    language, theme, width = look
    page = tab(width, theme, java_script_enabled=True, bypass_csp=True)
    for number, (name, path) in enumerate(STATES.items()):
        if SCALE > 1 or number % 3 == LANGUAGES.index(language):
            page.goto(path.format(language))
            page.evaluate("() => document.querySelectorAll('details:not(#view)').forEach(one => { one.open = true })")
            assert not faults(page), (name, look)


@pytest.mark.parametrize("theme", THEMES)
def test_nor_does_what_scripts_open(tab: Callable[..., Page], theme: str) -> None:
    page = tab(360, theme, java_script_enabled=True, bypass_csp=True)
    page.goto("/kk/search?q=форум")
    page.locator("#q").fill("мекте")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert not faults(page)
    page.keyboard.press("Escape")
    page.locator("#view summary").click()
    assert not faults(page)
    page.locator("#view [name=contrast]").check()
    page.locator("#view [name=size][value=larger]").check()
    assert not faults(page)
    page.goto("/kk/article/a04?q=форум#w2")
    assert not faults(page)


COLOUR = "name => getComputedStyle(document.documentElement).getPropertyValue(name).trim()"


@pytest.mark.parametrize("chosen", ["", "dark", "light"])
@pytest.mark.parametrize("theme", THEMES)
def test_the_wishes_of_the_system_and_paper_hold_in_every_theme(
    tab: Callable[..., Page], theme: str, chosen: str
) -> None:
    page = tab(800, theme, java_script_enabled=True, bypass_csp=True)
    page.goto("/kk/help")
    page.evaluate("chosen => { if (chosen) document.documentElement.dataset.theme = chosen }", chosen)
    soft, ink = page.evaluate(COLOUR, "--soft"), page.evaluate(COLOUR, "--ink")
    assert soft != ink
    page.emulate_media(contrast="more")
    assert page.evaluate(COLOUR, "--soft") == ink
    assert page.evaluate(COLOUR, "--wash") == page.evaluate(COLOUR, "--paper")
    page.emulate_media(media="print")
    colours = {name: page.evaluate(COLOUR, name) for name in ("--paper", "--wash", "--ink", "--alarm")}
    assert colours == {"--paper": "#fff", "--wash": "#fff", "--ink": "#000", "--alarm": "#000"}
