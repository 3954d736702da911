"""The box of this site in a page of another: with its script, without it, under a strict policy, by keyboard alone."""

import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, Request, expect
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Request as Asked
from werkzeug.wrappers import Response

PAGE = """<!doctype html>
<html lang="kk"><head><meta charset="utf-8"><title>Басқа сайт</title>
<link rel="stylesheet" href="/own.css">{script}</head><body>
<form action="{site}/kk/search" id="first">
  <label for="one">Мұрағаттан іздеу</label>
  <input type="search" name="q" id="one"><input type="hidden" name="category" value="Құқық"><button>Іздеу</button>
</form>
<form action="{site}/ru/search" id="second" target="_blank">
  <input type="search" name="q" aria-label="Поиск в архиве" placeholder="Слово" value="мектеп" required>
  <button>Найти</button>
</form>
<form action="/search" id="own"><input type="search" name="q"></form>
<form action="{site}/kk/article/x" id="other"><input name="q"></form>
</body></html>"""
OWN_STYLE = (
    "input { display: block !important; border: 9px dotted rgb(255, 0, 0) !important; } form { --izde-radius: 11px; }"
)
OPTION = "[role=option]"
DOCUMENT = Path(__file__).parents[2] / "docs" / "embed.md"


class Foreign:
    """A site of its own, on another origin; `policy` is the Content-Security-Policy of its page."""

    def __init__(self, site: str) -> None:
        self.site, self.policy, self.with_script, self.body = site, "", True, ""

    def __call__(self, environ: Any, start: Any) -> Any:
        if Asked(environ).path != "/":
            return Response(OWN_STYLE, mimetype="text/css")(environ, start)
        script = f'<script src="{self.site}/embed.js" defer></script>' if self.with_script else ""
        page = Response(self.body or PAGE.format(site=self.site, script=script), mimetype="text/html")
        if self.policy:
            page.headers["Content-Security-Policy"] = self.policy
        return page(environ, start)


class Quiet(WSGIRequestHandler):
    def log(self, *args: Any) -> None:
        pass


@pytest.fixture
def foreign(site: str) -> Iterator[tuple[Foreign, str]]:
    made = Foreign(site)
    server = make_server("127.0.0.1", 0, made, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield made, f"http://localhost:{server.port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def visit(browser: Browser, foreign: tuple[Foreign, str]) -> Iterator[Callable[..., Page]]:
    contexts, complaints = [], list[str]()
    made, address = foreign

    def open_page(policy: str = "", *, script: bool = True, javascript: bool = True, quiet: bool = True) -> Page:
        made.policy, made.with_script = policy.format(site=made.site), script
        context = browser.new_context(java_script_enabled=javascript, viewport={"width": 900, "height": 800})
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda one: complaints.append(one.text) if quiet and one.type == "error" else None)
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints


def box(page: Page, form: str = "#first") -> Any:
    return page.locator(f"{form} .izde-box").get_by_role("combobox")


def test_the_example_of_the_document_works(visit: Callable[..., Page], foreign: tuple[Foreign, str], site: str) -> None:
    examples = re.findall("```html\n(.*?)```", DOCUMENT.read_text("utf-8"), re.S)
    assert len(examples) == 2
    foreign[0].body = "".join(examples).replace("https://izde.example", site)
    page = visit()
    expect(page.locator(".izde-box")).to_have_count(2)
    page.get_by_role("combobox", name="Мұрағаттан іздеу").fill("форумға")
    page.get_by_role("button", name="Іздеу").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("9 нәтиже")
    page.go_back()
    page.get_by_role("combobox", name="Поиск в архиве").fill("форум")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site}/ru/search?**")
    assert page.url.endswith("&date_from=2020")


def test_the_form_works_without_the_script(visit: Callable[..., Page], site: str) -> None:
    for script, javascript in ((False, True), (True, False)):
        page = visit(script=script, javascript=javascript)
        assert not page.locator(".izde-box").count()
        page.get_by_label("Мұрағаттан іздеу").fill("форумға")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("9 нәтиже")
        assert page.url == f"{site}/kk/search?q={quote('форумға')}&category={quote('Құқық')}"


def test_the_script_upgrades_the_forms_of_this_site_and_no_others(visit: Callable[..., Page]) -> None:
    page = visit()
    expect(page.locator(".izde-box")).to_have_count(2)
    assert page.locator("#own .izde-box, #other .izde-box").count() == 0
    expect(page.locator("#one")).to_be_hidden()
    first, second = box(page), box(page, "#second")
    expect(first).to_have_accessible_name("Мұрағаттан іздеу")
    expect(second).to_have_accessible_name("Поиск в архиве")
    expect(second).to_have_value("мектеп")
    expect(second).to_have_attribute("placeholder", "Слово")
    assert first.evaluate("one => getComputedStyle(one).borderTopWidth") == "1px", "the page's rules stay outside"
    assert first.evaluate("one => getComputedStyle(one).borderTopLeftRadius") == "11px", "but for the variables"
    page.get_by_text("Мұрағаттан іздеу").click()
    assert page.evaluate("document.querySelector('#first .izde-box').shadowRoot.activeElement.role") == "combobox"


def test_suggestions_are_chosen_with_the_keyboard(visit: Callable[..., Page], site: str) -> None:
    page = visit()
    field, options = box(page), page.locator("#first").locator(OPTION)
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press_sequentially("фор")
    expect(options.first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    count = options.count()
    expect(page.locator("#first").get_by_role("status")).to_have_text(f"{count} ұсыныс")
    assert options.first.locator("mark").inner_text() == "фор"
    field.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", "o0")
    expect(options.nth(0)).to_have_attribute("aria-selected", "true")
    field.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") is None, "back at what was typed"
    field.press("ArrowUp")
    expect(field).to_have_attribute("aria-activedescendant", f"o{count - 1}")
    field.press("Escape")
    expect(options.first).to_be_hidden()
    expect(field).to_have_value("фор")
    field.press("ArrowDown")
    field.press("ArrowDown")
    chosen = options.nth(0).locator("span").first.inner_text()
    field.press("Enter")
    page.wait_for_url(f"{site}/kk/search?**")
    assert page.url == f"{site}/kk/search?q={quote(chosen)}&category={quote('Құқық')}"


def test_a_title_leads_to_its_article(visit: Callable[..., Page], site: str) -> None:
    page = visit()
    box(page).press_sequentially("kökjarda azam")
    page.locator("#first").locator(OPTION).filter(has_text="мақала").first.click()
    page.wait_for_url(f"{site}/kk/article/**")
    expect(page.get_by_role("heading", level=1)).to_contain_text("азаматтар форумы")


def test_what_was_typed_is_sent_by_enter_and_by_the_button_of_the_page(visit: Callable[..., Page], site: str) -> None:
    for send in (lambda page: page.keyboard.press("Enter"), lambda page: page.get_by_text("Іздеу", exact=True).click()):
        page = visit()
        box(page).fill("форумға")
        send(page)
        page.wait_for_url(f"{site}/kk/search?**")
        assert page.url == f"{site}/kk/search?q={quote('форумға')}&category={quote('Құқық')}"
    page = visit()
    box(page, "#second").fill("")
    page.get_by_text("Найти").click()
    assert page.evaluate("document.querySelector('#second .izde-box').shadowRoot.activeElement !== null")
    box(page, "#second").fill("форум")
    with page.context.expect_page() as opened:
        box(page, "#second").press("Enter")
    assert opened.value.url == f"{site}/ru/search?q={quote('форум')}", "in another tab, as the form says"


STRICT = (
    "default-src 'none'; script-src {site}; connect-src {site}; style-src 'self'; form-action {site} 'self'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)


def test_a_strict_policy_is_kept(visit: Callable[..., Page], site: str) -> None:
    page = visit(STRICT)
    box(page).press_sequentially("фор")
    option = page.locator("#first").locator(OPTION).first
    expect(option).to_be_visible()
    assert option.evaluate("one => getComputedStyle(one).display") == "flex", "styled without <style>"
    box(page).press("Enter")
    page.wait_for_url(f"{site}/kk/search?**")


def test_where_nothing_may_be_asked_it_is_a_field(visit: Callable[..., Page], site: str) -> None:
    page = visit("default-src 'none'; script-src {site}; style-src 'self'", quiet=False)
    box(page).press_sequentially("форумға")
    page.wait_for_timeout(400)
    expect(page.locator("#first").locator(OPTION)).to_have_count(0)
    box(page).press("Enter")
    page.wait_for_url(f"{site}/kk/search?**")


def test_it_asks_nobody_else_and_leaves_nothing_behind(visit: Callable[..., Page], site: str) -> None:
    page = visit()
    asked: list[Request] = []
    page.on("request", lambda one: asked.append(one))
    box(page).press_sequentially("тырнақ", delay=20)
    options = page.locator("#first").locator(OPTION)
    expect(options.filter(has_text="<script>alert(1)</script>")).to_be_visible()
    assert not page.locator("#first").locator(f"{OPTION} script").count()
    box(page).press("Backspace")
    page.wait_for_timeout(300)
    box(page).press_sequentially("қ")
    page.wait_for_timeout(300)
    assert asked
    assert all(one.url.startswith(f"{site}/api/v1/suggest?") for one in asked)
    texts = [one.url for one in asked]
    assert len(texts) == len(set(texts)), "the same is asked once"
    assert len(texts) < 6, "not with every letter"
    for one in asked:
        headers = one.all_headers()
        assert "cookie" not in headers
        assert "referer" not in headers
    assert page.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_the_script_may_be_kept(visit: Callable[..., Page], site: str) -> None:
    page = visit()
    answer = page.request.get(f"{site}/embed.js")
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers.get("cross-origin-resource-policy") in (None, "cross-origin")
    assert re.search(r"max-age=3600\b", answer.headers["cache-control"])
    again = page.request.get(f"{site}/embed.js", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status == 304
    assert len(answer.body()) < 16_000
