import re
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
        page.locator(".filters summary").click()
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


def test_every_task_is_done_without_scripts(tab: Callable[..., Page]) -> None:
    """Search, narrow by month, leave a value out, turn the page, read, step through the marks, cite, go on."""
    page = tab(1280)
    heading = page.get_by_role("heading", level=1)
    page.goto("/kk/")
    for hidden in ("#view", ".more-letters", "#letters"):
        assert page.locator(hidden).is_hidden()
    page.locator(".all a").click()
    expect(heading).to_have_text("54 нәтиже")
    page.get_by_role("link", name="Қоспау: Спорт").click()
    expect(heading).to_have_text("46 нәтиже")
    page.locator(".paging").get_by_role("link", name="Келесі").click()
    expect(page.locator(".list")).to_have_attribute("start", "21")
    page.get_by_role("link", name="ескісі").click()
    page.locator(".bars a").first.click()
    expect(page.locator(".chips li").nth(1)).to_have_text(re.compile("^20[0-9]{2}"))
    page.get_by_role("link", name="Бәрін тазалау").click()
    page.get_by_role("searchbox").fill("форумға")
    page.get_by_role("button", name="Іздеу").click()
    expect(page.locator(".forms")).to_contain_text("форумы, форум")
    page.locator(".list h2 a").first.click()
    page.get_by_role("link", name="Біріншісіне өту").click()
    steps = page.locator(".steps:visible")
    for number in ("1 / 3", "2 / 3", "3 / 3", "1 / 3"):
        expect(steps.locator("span")).to_have_text(number)
        expect(page.locator("mark:target")).to_be_in_viewport()
        steps.get_by_role("link", name="Келесі табылған сөз").click()
    steps.get_by_role("link", name="Алдыңғы табылған сөз").click()
    expect(steps.locator("span")).to_have_text("1 / 3")
    page.locator(".cite summary").click()
    expect(page.locator("#reference")).to_contain_text("азаматтар форумы өтті")
    expect(page.get_by_role("button", name="Көшіру")).to_be_hidden()
    page.get_by_role("link", name="Тұрақты мекенжайы").click()
    assert "?" not in page.url
    page.locator(".similar a").first.click()
    expect(heading).to_be_visible()


def test_every_task_is_done_by_the_keyboard(tab: Callable[..., Page]) -> None:
    page = tab(1280)

    def tab_to(selector: str) -> None:
        for _ in range(150):
            page.keyboard.press("Tab")
            if page.locator(f"{selector}:focus").count():
                return
        raise AssertionError(selector)

    page.goto("/ru/")
    tab_to("#q")
    page.keyboard.type("форум кеңесшілер")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("результат")
    tab_to(".skip")
    page.keyboard.press("Enter")
    tab_to("[aria-labelledby=facet-source] li:last-child .minus")
    page.keyboard.press("Enter")
    expect(page.locator(".chips li").first).to_contain_text("кроме")
    tab_to(".list h2 a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/article/**")
    tab_to(".in-text a")
    page.keyboard.press("Enter")
    tab_to(".steps a:last-of-type")
    page.keyboard.press("Enter")
    expect(page.locator("mark:target")).to_have_attribute("id", "w2")
    tab_to(".cite summary")
    page.keyboard.press("Enter")
    expect(page.locator("#reference")).to_be_visible()


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
    accent = page.locator(".box [type=submit]").evaluate("element => getComputedStyle(element).backgroundColor")
    assert accent == "rgb(11, 98, 133)"
    assert page.evaluate("document.querySelectorAll('[style], script:not([src])').length") == 0
