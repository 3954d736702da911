"""The page of an article: steps from mark to mark, its reference, and what it is like."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from page_client import PageClient

from search.model import Article, Snippet
from tests.indexes import publish
from web import formats, locale
from web.citing import reference
from web.highlight import MOST_NUMBERED, html, numbered

MANY = Article("many", "Тасқын", " ".join(["Тасқын келді."] * (MOST_NUMBERED + 50)))


def test_marks_lead_to_one_another_in_a_ring(pages: PageClient) -> None:
    page = pages.get("/kk/article/a04?q=форум")
    marks = page.all(".//div[@class='text']//mark")
    assert [one.get("id") for one in marks] == ["w1", "w2", "w3"]
    links = [one.get("href") for one in page.all(".//span[@class='steps']/a")]
    assert links == ["#w3", "#w2", "#w1", "#w3", "#w2", "#w1"]
    assert page.texts(".//span[@class='steps']/span") == ["1 / 3", "2 / 3", "3 / 3"]
    assert all(one.get("hidden") is not None for one in page.all(".//span[@class='steps']"))
    assert page.link("Біріншісіне өту") == "#w1"
    assert page.texts(".//p[@class='in-text']/span") == ["Мәтінде табылған сөз: 3"]


def test_a_text_without_marks_has_no_steps(pages: PageClient) -> None:
    page = pages.get("/en/article/a04")
    assert not page.all(".//p[@class='in-text']")
    assert not page.all(".//span[@class='steps']")


def test_of_very_many_marks_the_first_have_steps(app_with: Callable[..., Flask], tmp_path: Path) -> None:
    publish(tmp_path, (MANY,))
    page = PageClient(app_with(index=tmp_path)).get("/kk/article/many?q=тасқын")
    assert len(page.all(".//div[@class='text']//mark")) == MOST_NUMBERED + 50
    assert len(page.all(".//span[@class='steps']")) == MOST_NUMBERED


def test_numbered_text_is_the_same_text() -> None:
    snippet = Snippet('a <b> & "c" d', ((2, 5), (8, 11)), cut_before=True, cut_after=True)
    (plain,), total = numbered([snippet], "<", "&")
    assert total == 2
    assert 'id="w1">&lt;b&gt;</mark>' in plain
    assert 'aria-label="&lt;"' in plain
    without = Snippet(snippet.text, (), cut_before=True, cut_after=True)
    assert numbered([without], "", "") == ((html(without),), 0)


@pytest.mark.parametrize(
    ("article", "text"),
    [
        (
            Article("a", "Тасқын  басталды", "", source="Ел үні", author="Ә. Қуанышева",
                    published=datetime.fromisoformat("2018-10-16T10:00+06:00")),
            "Ә. Қуанышева. Тасқын басталды // Ел үні. – 16 қазан 2018. – URL: https://x.kz/a",
        ),
        (Article("a", "Кім кінәлі?", ""), "Кім кінәлі? – URL: https://x.kz/a"),
        (Article("a", " ", "", author="Б."), "Б. (тақырыпсыз). – URL: https://x.kz/a"),
    ],
)  # fmt: skip
def test_references(app: Flask, article: Article, text: str) -> None:
    with app.test_request_context("/kk/"):
        locale.use("kk")
        assert reference(article, "https://x.kz/a", "kk").replace("\xa0", " ") == text


@pytest.mark.parametrize(
    ("words", "language", "said"),
    [
        (200, "kk", None),
        (300, "kk", "оқуға 2 минут"),
        (500, "ru", "3 минуты чтения"),
        (1000, "en", "6 min read"),
    ],
)
def test_long_articles_say_how_long_they_take(
    app_with: Callable[..., Flask], tmp_path: Path, words: int, language: str, said: str | None
) -> None:
    publish(tmp_path, (Article("long", "Тасқын", "сөз " * words, source="Ел үні"),))
    pages = PageClient(app_with(index=tmp_path))
    for path in ("article/long", "search?q=тасқын"):
        shown = pages.get(f"/{language}/{path}").texts(".//p[@class='about']/span")
        assert shown == (["Ел үні", said] if said else ["Ел үні"])


def test_the_reference_names_the_permanent_address(app_with: Callable[..., Flask], index_folder: Path) -> None:
    page = PageClient(app_with(index=index_folder, site_url="https://news.example/")).get("/ru/article/latin/1?q=форум")
    assert page.texts(".//p[@id='reference']")[0].endswith(" – URL: https://news.example/ru/article/latin/1")
    assert page.link("Постоянный адрес") == "https://news.example/ru/article/latin/1"


def test_every_hit_leads_to_what_is_like_it(pages: PageClient) -> None:
    page = pages.get("/en/search?q=форум")
    links = [one.get("href", "") for one in page.all(".//div[@class='near']/a")]
    assert len(links) == len(page.all(".//ol[@class='list']/li"))
    assert all(one.endswith("#similar") for one in links)
    assert pages.get(links[-1]).all(".//h2[@id='similar']")


def test_a_text_without_end_is_measured_by_its_beginning() -> None:
    assert formats.reading_minutes("") == formats.reading_minutes("сөз") == 1
    assert formats.reading_minutes("сөз " * 166_000) == 1000
