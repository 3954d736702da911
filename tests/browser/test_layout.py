from collections.abc import Callable
from itertools import cycle
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from serving import served
from states import LANGUAGES, STATES

from search.service import SearchService
from search.settings import Settings
from tests.indexes import publish
from web import create_app

PATHS = tuple(path.format(language) for path, language in zip(STATES.values(), cycle(LANGUAGES)))

TARGETS = """() => [...document.querySelectorAll('a, button, input:not([type=hidden]), summary')].filter(element => {
    const sentence = element.closest('.prose :is(p, dd, td, li)')
    const within = sentence && sentence.textContent.trim() != element.textContent.trim()
    return !(within && getComputedStyle(element).display == 'inline')
}).map(element => {
    const whole = element.matches('[type=radio], [type=checkbox]') ? element.labels[0] : element
    const box = whole.getBoundingClientRect()
    return [element.textContent.trim() || element.name, box.width, box.height, getComputedStyle(element).visibility]
}).filter(([, width, height, visibility]) => width > 1 && height > 1 && visibility == 'visible' )"""
"""Links within a sentence are as high as its lines (WCAG 2.5.8)."""


@pytest.mark.parametrize(("width", "theme"), [(320, "light"), (360, "dark"), (768, "light"), (1280, "dark")])
def test_no_page_scrolls_sideways(tab: Callable[..., Page], width: int, theme: str) -> None:
    page = tab(width, theme, java_script_enabled=True)
    for path in PATHS:
        page.goto(path)
        page.evaluate("() => document.querySelectorAll('details').forEach(one => { one.open = true })")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_no_page_scrolls_sideways_where_the_browser_makes_text_twice_as_large(
    tab: Callable[..., Page], width: int
) -> None:
    page = tab(width, java_script_enabled=True)
    for path in (path.format(language) for path in STATES.values() for language in ("kk", "ru")):
        page.goto(path)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_no_page_scrolls_sideways_with_the_largest_text(tab: Callable[..., Page]) -> None:
    page = tab(320, java_script_enabled=True)
    page.goto("/kk/")
    page.evaluate("localStorage.setItem('izde.size', 'larger'), localStorage.setItem('izde.letters', 'open')")
    for path in PATHS:
        page.goto(path)
        page.evaluate("() => document.querySelectorAll('details').forEach(one => { one.open = true })")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_the_long_name_of_a_site_stays_in_its_place(browser: Browser, tmp_path: Path, width: int) -> None:
    publish(tmp_path)
    settings = Settings(index=tmp_path, site_name="Қазақстандықтардың ауданаралық ұлттық кітапханасының мұрағаты")
    service = SearchService(settings)
    with served(create_app(settings, service)) as address:
        page = browser.new_page(viewport={"width": width, "height": 800})
        for path in ("/kk/", "/kk/search?q=форум"):
            page.goto(address + path)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        name, box = (page.locator(one).bounding_box() for one in (".top .name a", ".top .box"))
        page.close()
    service.close()
    assert name
    assert box
    assert name["x"] + name["width"] <= box["x"] or name["y"] + name["height"] <= box["y"]


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_the_box_has_room_for_a_query_in_the_largest_text(tab: Callable[..., Page], width: int) -> None:
    page = tab(width, java_script_enabled=True)
    page.goto("/kk/")
    page.evaluate("localStorage.setItem('izde.size', 'larger')")
    page.goto("/kk/search?q=форум")
    assert page.evaluate("box => box.offsetWidth", page.locator("#q").element_handle()) >= 225


def test_no_page_scrolls_sideways_with_wider_spacing(tab: Callable[..., Page]) -> None:
    """The spacing of WCAG 1.4.12, at the width of 1.4.10."""
    page = tab(320, java_script_enabled=True, bypass_csp=True)
    for path in PATHS:
        page.goto(path)
        page.add_style_tag(
            content="* { line-height: 1.5 !important; letter-spacing: .12em !important; "
            "word-spacing: .16em !important }"
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


@pytest.mark.parametrize("width", [320, 768])
def test_targets_are_large_enough_for_a_finger(tab: Callable[..., Page], width: int) -> None:
    page = tab(width, java_script_enabled=True)
    for path in PATHS:
        page.goto(path)
        page.evaluate("() => document.querySelectorAll('details').forEach(one => { one.open = true })")
        small = [target for target in page.evaluate(TARGETS) if target[2] < 43.5]
        assert not small, (path, small)


def test_targets_with_a_mouse(tab: Callable[..., Page]) -> None:
    page = tab(1280, java_script_enabled=True)
    for path in PATHS:
        page.goto(path)
        small = [target for target in page.evaluate(TARGETS) if min(target[1:3]) < 24]
        assert not small, (path, small)


def test_filters_stand_open_only_where_there_is_room(tab: Callable[..., Page]) -> None:
    for width, open_ in ((1280, True), (1024, True), (768, False), (360, False)):
        page = tab(width)
        page.goto("/kk/search?q=форум")
        assert page.get_by_label("Басы").is_visible() is open_, width
        assert page.locator(".filters summary").is_visible() is not open_, width


@pytest.mark.parametrize("width", [360, 1280])
def test_the_keyboard_reaches_everything_and_focus_shows(tab: Callable[..., Page], width: int) -> None:
    page = tab(width, java_script_enabled=True)
    page.goto("/kk/search?q=форум&category=Құқық")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    if width < 1024:
        page.locator(".filters summary").focus()
        page.keyboard.press("Enter")
        page.locator(".skip").focus()
    count = page.evaluate(
        "() => [...document.querySelectorAll('a, button, summary, input:not([type=hidden])')]"
        ".filter(one => one.checkVisibility()).length"
    )
    reached = set()
    for _ in range(count * 3):  # a date field has several stops
        state = page.evaluate(
            "() => { const one = document.activeElement, style = getComputedStyle(one); "
            "return [[...document.querySelectorAll('*')].indexOf(one), one.tagName, style.outlineStyle] }"
        )
        if state[1] == "BODY":
            break
        reached.add(state[0])
        assert state[2] != "none", state
        page.keyboard.press("Tab")
    assert len(reached) == count


def test_paper_shows_the_text_alone(tab: Callable[..., Page]) -> None:
    page = tab()
    page.goto("/kk/article/a04?q=форум")
    page.emulate_media(media="print")
    assert page.locator("main h1").is_visible()
    assert page.locator(".text").is_visible()
    for hidden in (".box", ".languages", ".back", ".bottom", ".similar", ".in-text"):
        assert page.locator(hidden).is_hidden()


def test_only_chosen_values_have_a_sign_before_them(tab: Callable[..., Page]) -> None:
    page = tab(1280, java_script_enabled=True)
    page.goto("/kk/search?q=мектеп&category=Қоғам&category=-Спорт")
    signs = page.evaluate(
        """() => [...document.querySelectorAll('.panel .label')].map(
            one => [one.textContent, getComputedStyle(one, '::before').content])"""
    )
    shown = {label: content for label, content in signs if content != "none"}
    assert len(signs) > len(shown) == 2
    assert "✓" in shown["Қоғам"]
    assert "−" in shown["Спорт"]
