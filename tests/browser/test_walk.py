from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect


@pytest.mark.parametrize("width", [360, 1280])
def test_from_home_to_an_article_without_scripts(tab: Callable[..., Page], width: int) -> None:
    page = tab(width)
    page.goto("/kk/")
    page.get_by_label("Не іздейсіз?").fill("форумға")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("9 нәтиже")
    if width < 1024:
        expect(page.get_by_role("link", name="Ел үні 2")).to_be_hidden()
        page.locator("summary").click()
    page.locator("section.panel").filter(has_text="Дереккөз").get_by_role("link", name="Ел үні").first.click()
    chosen = int(page.get_by_role("heading", level=1).inner_text().split()[0])
    assert 0 < chosen < 9
    page.locator(".chips").get_by_role("link", name="Ел үні").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("9 нәтиже")
    title = page.locator("article h2 a").first
    text = title.inner_text()
    title.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(text)
    assert page.locator("main mark").count() > 1
    page.get_by_role("link", name="Нәтижелерге қайту").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("9 нәтиже")
    expect(page.get_by_label("Не іздейсіз?")).to_have_value("форумға")


def test_dates_and_language(tab: Callable[..., Page]) -> None:
    page = tab()
    page.goto("/kk/search?q=мектеп")
    page.get_by_label("Басы").fill("2021-01-01")
    page.get_by_role("button", name="Қолдану").click()
    expect(page.locator(".chips li").first).to_contain_text("күнінен бастап")
    total = page.get_by_role("heading", level=1).inner_text().split()[0]
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{total} result")
    expect(page.get_by_label("From", exact=True)).to_have_value("2021-01-01")


def test_a_text_longer_than_allowed_stays_in_the_box(tab: Callable[..., Page]) -> None:
    page = tab()
    page.goto("/ru/")
    page.get_by_role("searchbox").fill("сөз " * 130)
    page.get_by_role("button", name="Найти").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Неверный запрос")
    page.get_by_role("searchbox").fill("форум")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("9 результатов")


def test_the_policy_lets_our_style_in(tab: Callable[..., Page]) -> None:
    page = tab(java_script_enabled=True)
    page.goto("/kk/search?q=сынақ")
    accent = page.locator(".box button").evaluate("element => getComputedStyle(element).backgroundColor")
    assert accent == "rgb(11, 98, 133)"
    assert page.evaluate("document.querySelectorAll('script, [style]').length") == 0
