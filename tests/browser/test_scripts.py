"""What the scripts add: suggestions, letters, keys, what is remembered. Each is used as a reader uses it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

Tab = Callable[..., Page]


@pytest.fixture
def page(tab: Tab) -> Page:
    return tab(1280, java_script_enabled=True)


def test_suggestions_by_the_keyboard(page: Page) -> None:
    page.goto("/kk/")
    box = page.locator("#q")
    page.keyboard.press("/")
    expect(box).to_be_focused()
    expect(box).to_have_role("combobox")
    expect(box).to_have_attribute("aria-expanded", "false")
    page.keyboard.type("мекте", delay=10)
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("status")).to_have_text(f"Ұсыныстар саны: {options.count()}")
    page.keyboard.press("ArrowDown")
    chosen = page.locator("[aria-selected=true]")
    expect(box).to_have_attribute("aria-activedescendant", chosen.get_attribute("id") or "")
    word = chosen.locator("span").first.inner_text()
    expect(box).to_have_value(word)
    expect(box).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(box).to_have_value("мекте")
    page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("мекте")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("нәтиже")
    expect(page.locator("#q")).to_have_value(word)


def test_a_title_leads_to_its_article(page: Page) -> None:
    page.goto("/ru/")
    page.get_by_label("Что ищете?", exact=True).click()
    page.keyboard.type("kökjarda azam", delay=10)
    page.locator(".offers .title").filter(has_text="Көкжарда").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Көкжарда азаматтар форумы өтті")
    assert page.url.endswith("/ru/article/a04")


def test_a_letter_returns_from_the_list_to_the_text(page: Page) -> None:
    page.goto("/kk/")
    page.keyboard.press("/")
    page.keyboard.type("мек", delay=10)
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    taken = page.locator("#q").input_value()
    page.keyboard.type("т")
    expect(page.locator("#q")).to_have_value(f"{taken}т")


def test_suggestions_that_fail_are_no_matter(page: Page) -> None:
    page.route("**/api/v1/suggest*", lambda route: route.fulfill(status=200, body="<html>"))
    page.goto("/kk/")
    page.keyboard.press("/")
    page.keyboard.type("форум", delay=10)
    page.wait_for_timeout(400)
    assert page.get_by_role("option").count() == 0
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("9 нәтиже")


def test_titles_with_markup_stay_text_in_the_list(page: Page) -> None:
    page.goto("/kk/")
    page.keyboard.press("/")
    page.keyboard.type("script", delay=10)
    title = page.locator(".offers .title").first
    expect(title).to_contain_text("<script>alert(1)</script>")
    assert page.locator(".offers script").count() == 0


def test_letters_come_where_the_caret_is(page: Page) -> None:
    page.goto("/kk/")
    box = page.locator("#q")
    box.fill("каза")
    page.evaluate("document.getElementById('q').setSelectionRange(0, 1)")
    page.get_by_role("button", name="қ", exact=True).click()
    expect(box).to_have_value("қаза")
    expect(box).to_be_focused()
    page.keyboard.type("х")
    expect(box).to_have_value("қхаза")
    assert page.locator("#letters button").all_inner_texts() == list("әіңғүұқөһ")


def test_letters_stay_as_the_reader_left_them(page: Page) -> None:
    page.goto("/kk/")
    letters, toggle = page.locator("#letters"), page.get_by_role("button", name="Қазақ әріптері")
    expect(letters).to_be_visible()
    expect(toggle).to_have_attribute("aria-expanded", "true")
    page.goto("/kk/search?q=форум")
    expect(letters).to_be_hidden()
    toggle.click()
    expect(letters).to_be_visible()
    page.reload()
    expect(letters).to_be_visible()
    toggle.click()
    page.goto("/kk/")
    expect(letters).to_be_hidden()
    expect(toggle).to_have_attribute("aria-expanded", "false")


def test_view_is_chosen_and_kept(page: Page) -> None:
    page.goto("/kk/")
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    size = "getComputedStyle(document.documentElement).fontSize"
    assert page.evaluate(paper) == "rgb(255, 255, 255)"
    page.keyboard.press("?")
    page.get_by_label("күңгірт").check()
    page.get_by_label("өте ірі").check()
    assert (page.evaluate(paper), page.evaluate(size)) == ("rgb(16, 24, 30)", "24px")
    page.keyboard.press("Escape")
    expect(page.get_by_label("күңгірт")).to_be_hidden()
    page.goto("/ru/search?q=форум")
    assert (page.evaluate(paper), page.evaluate(size)) == ("rgb(16, 24, 30)", "24px")
    page.locator("#view summary").click()
    expect(page.get_by_label("тёмные")).to_be_checked()
    page.get_by_label("системные").check()
    page.reload()
    assert page.evaluate(paper) == "rgb(255, 255, 255)"


def test_keys_go_through_results_and_marks_and_can_be_switched_off(page: Page) -> None:
    page.goto("/kk/search?q=форум")
    links = page.locator(".list h2 a")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(links.first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/article/**")
    page.keyboard.press("n")
    expect(page.locator("mark:target")).to_have_attribute("id", "w1")
    page.keyboard.press("n")
    expect(page.locator("mark:target")).to_have_attribute("id", "w2")
    page.keyboard.press("p")
    expect(page.locator("mark:target")).to_have_attribute("id", "w1")
    page.keyboard.press("?")
    page.get_by_label("Бір таңбалы пернелер").uncheck()
    page.keyboard.press("Escape")
    page.goto("/kk/search?q=форум")
    for key in ("j", "/", "?"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.localName") == "body"


def test_a_reference_is_copied(tab: Tab) -> None:
    page = tab(360, java_script_enabled=True, permissions=["clipboard-read", "clipboard-write"])
    page.goto("/kk/article/a04?q=форум")
    page.locator(".cite summary").click()
    page.get_by_role("button", name="Көшіру").click()
    expect(page.get_by_role("button", name="Көшірілді")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("Көшірілді")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Көкжарда азаматтар форумы өтті // Дала хабары.")
    assert copied.endswith("/kk/article/a04")


def test_a_long_list_is_looked_through_whatever_the_address_holds(page: Page) -> None:
    page.goto("/ru/search?facet_limit=1&utm_medium=x&fbclid=y&sort=zzz&sort=newest")
    panel = page.locator(".panel", has=page.locator("#facet-category"))
    with page.expect_response("**/api/v1/facets/category?*") as answered:
        panel.get_by_role("searchbox").press_sequentially("мад", delay=10)
    assert answered.value.status == 200, answered.value.text()
    assert answered.value.request.headers["accept-language"] == "ru"
    expect(panel.locator(".label")).to_have_text("Мәдениет")


def test_a_long_list_is_looked_through(page: Page) -> None:
    page.goto("/kk/search?facet_limit=3")
    panel = page.locator(".panel", has=page.locator("#facet-category"))
    field = panel.get_by_role("searchbox")
    expect(panel.locator("li")).to_have_count(3)
    field.press_sequentially("мад", delay=10)  # found by the service, without Kazakh letters
    expect(panel.locator("li")).to_have_count(1)
    expect(panel.locator(".label")).to_have_text("Мәдениет")
    field.press("Escape")
    expect(panel.locator("li")).to_have_count(3)
    field.press_sequentially("мад", delay=10)
    panel.get_by_role("link", name="Мәдениет").click()
    expect(page.locator(".chips li").first).to_contain_text("Мәдениет")
    assert page.url.split("?")[1].startswith("category=") or "category=" in page.url
