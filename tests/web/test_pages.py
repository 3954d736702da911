from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from api_client import ApiClient
from flask import Flask
from page_client import PageClient, text_of

from search.model import Article, Query
from search.settings import Settings
from tests.indexes import ARTICLES, publish
from web import locale
from web.present import Presenter


@pytest.mark.parametrize(
    ("accepted", "home"),
    [("kk", "/kk/"), ("ru-RU,ru;q=0.9,en;q=0.8", "/ru/"), ("en-GB", "/en/"), ("de", "/kk/"), ("", "/kk/")],
)
def test_the_root_leads_to_the_best_language(pages: PageClient, accepted: str, home: str) -> None:
    answer = pages.client.get("/", headers={"Accept-Language": accepted})
    assert (answer.status_code, answer.headers["Location"]) == (302, home)
    assert answer.headers["Vary"] == "Accept-Language"


@pytest.mark.parametrize(
    ("language", "label", "archive"),
    [
        ("kk", "Не іздейсіз?", "Мұрағатта 54 мақала бар. Индекс жаңартылған уақыт: 23 қараша 2026, 06:30."),
        ("ru", "Что ищете?", "В архиве 54 статьи. Индекс обновлён: 23 ноября 2026, 06:30."),
        ("en", "What are you looking for?", "54 articles in the archive. Index updated: 23 November 2026, 06:30."),
    ],
)
def test_home(pages: PageClient, language: str, label: str, archive: str) -> None:
    page = pages.get(f"/{language}/")
    assert page.tree.get("lang") == language
    assert page.texts(".//h1") == ["Ізде"]
    assert page.texts(".//search//label") == [label]
    assert archive in page.texts(".//p[@class='hint']")
    days = [one.get("datetime") for one in page.all(".//ol[@class='days']/li/h3/time")]
    assert days == sorted(set(days), reverse=True)
    assert len(page.all(".//ol[@class='days']//h4/a")) == 12


def test_examples_of_the_home_page_have_hits(pages: PageClient) -> None:
    examples = pages.get("/kk/").all(".//p[@class='examples']/a")
    assert len(examples) == 3
    for example in examples:
        assert pages.get(example.get("href", "")).all(".//mark")


def test_a_language_that_there_is_not(pages: PageClient, app_with: Callable[..., Flask], index_folder: Path) -> None:
    assert pages.get("/xx/", 404).texts(".//h1") == ["Табылмады"]
    assert pages.get("/ru/nothing", 404).texts(".//h1") == ["Не найдено"]
    few = PageClient(app_with(index=index_folder, languages="ru,kk"))
    few.get("/en/", 404)
    assert few.target("/") == "/ru/"


def test_results(pages: PageClient) -> None:
    page = pages.get("/kk/search?q=форумға")
    assert page.texts(".//h1") == ["9 нәтиже"]
    assert page.texts(".//title") == ["форумға — 9 нәтиже — Ізде"]
    assert {text.lower() for text in page.texts(".//h2//mark")} <= {"форумы", "forumy"}
    assert page.all(".//search//input[@name='q']")[0].get("value") == "форумға"
    [latin] = [one for one in page.all(".//h2") if "Kökjarda" in text_of(one)]
    assert latin.get("lang") == "kk-Latn"


def test_texts_in_other_languages_say_so(pages: PageClient) -> None:
    page = pages.get("/kk/search?per_page=100")
    tongues = {text_of(one): (one.get("lang"), one.get("dir")) for one in page.all(".//article/h2")}
    assert tongues["В Кокжаре открыли новую школу"] == ("ru", None)
    assert tongues["كوكجاردا جاڭا مەكتەپ اشىلدى"] == ("kk-Arab", "rtl")
    assert tongues["Көкжарда жаңа мектеп ашылды"] == (None, None)
    in_russian = pages.get("/ru/search?q=мектеп")
    assert {one.get("lang") for one in in_russian.all(".//article/h2")} >= {"kk", "kk-Arab"}


def test_no_words_list_everything_newest_first(pages: PageClient) -> None:
    page = pages.get("/kk/search?per_page=100")
    assert page.texts(".//h1") == ["54 нәтиже"]
    days = [one.get("datetime") for one in page.all(".//time")]
    assert days == sorted(days, reverse=True)
    assert len(page.all(".//article")) == len(ARTICLES)
    assert pages.get("/kk/search?q=+&sort=").texts(".//h1") == ["54 нәтиже"]


def test_pages_of_hits(pages: PageClient) -> None:
    first = pages.get("/kk/search?per_page=10")
    second = pages.get(first.link("Келесі"))
    assert second.texts(".//nav//a[@aria-current='page']") == ["бет 2"]
    assert second.all(".//ol[@class='list']")[0].get("start") == "11"
    assert "2-бет (барлығы 6)" in second.texts(".//title")[0]
    assert pages.get(second.link("Алдыңғы")).texts(".//article/h2") == first.texts(".//article/h2")
    assert not set(first.texts(".//article/h2")) & set(second.texts(".//article/h2"))


def test_past_the_end_leads_to_the_first_page(pages: PageClient) -> None:
    assert (
        pages.target("/kk/search?q=форум&page=7&sort=newest")
        == "/kk/search?q=%D1%84%D0%BE%D1%80%D1%83%D0%BC&sort=newest"
    )
    assert pages.target("/kk/search?q=жоқсөз&page=2").endswith("%B7")


@pytest.mark.parametrize("number", ["51", "1000", "99999999999999999999"])
def test_outside_the_window_is_explained(pages: PageClient, number: str) -> None:
    page = pages.get(f"/kk/search?page={number}")
    [sentence] = page.texts(".//ul[@class='problems']/li")
    assert "Алғашқы 1 000 нәтижені" in sentence
    assert page.all(".//article")


def test_the_last_page_inside_the_window_says_why_it_is_the_last(
    app_with: Callable[..., Flask], index_folder: Path
) -> None:
    few = PageClient(app_with(index=index_folder, window=40))
    first = few.get("/ru/search?per_page=20")
    page = few.get(first.link("Вперёд"))
    assert page.texts(".//nav[@class='paging']/p") == ["Листать можно только первые 40 результатов."]
    assert not page.all(".//a[@rel='next']")
    assert "«Страница»" not in few.get("/ru/search?page=3").text


def test_unknown_parameters_are_passed_over(pages: PageClient) -> None:
    plain, tagged = pages.get("/kk/search?q=форум"), pages.get("/kk/search?utm_source=x&q=форум&fbclid=y&facets=zzz")
    assert tagged.texts(".//article") == plain.texts(".//article")
    assert not tagged.all(".//ul[@class='problems']")
    assert "utm_source" not in tagged.text


def test_bad_values_are_explained_and_the_usual_ones_used(pages: PageClient) -> None:
    page = pages.get("/kk/search?q=форум&sort=new&per_page=abc&page=0&q=екінші&match=zz&in=zz")
    sentences = page.texts(".//ul[@class='problems']/li")
    assert len(sentences) == 6
    assert "«Реті» үшін «new» мәні жарамайды, оның орнына әдепкісі алынды: сәйкестігі." in sentences
    assert "«Бір бетте» үшін «abc» мәні жарамайды, оның орнына әдепкісі алынды: 20." in sentences
    assert page.texts(".//h1") == ["9 нәтиже"]


def test_bad_dates_are_explained_beside_their_field(pages: PageClient) -> None:
    page = pages.get("/ru/search?q=форум&date_from=31.02.2018&date_to=2020")
    [field] = page.all(".//input[@name='date_from']")
    assert field.get("aria-invalid") == "true"
    [sentence] = page.all(f".//*[@id='{field.get('aria-describedby')}']")
    assert "«31.02.2018»" in text_of(sentence)
    assert page.all(".//details[@open]")
    assert page.all(".//input[@name='date_to']")[0].get("value") == "2020-12-31"
    reversed_ = pages.get("/ru/search?q=форум&date_from=2020&date_to=2018")
    assert "Конечная дата раньше начальной" in reversed_.text


def test_a_query_beyond_the_limit_keeps_its_text(pages: PageClient) -> None:
    text = "сөз " * 130
    page = pages.get(f"/kk/search?q={text}", 400)
    assert "шегі – 500" in page.texts(".//main//p")[1]
    assert page.all(".//search//input[@name='q']")[0].get("value") == text


@pytest.mark.parametrize("query", ["q=%FF", "q=a%00b", "q=" + "x" * 5000, "&".join(["a=1"] * 300), "q=%ED%A0%80"])
def test_what_no_reader_types_is_refused_in_words(pages: PageClient, query: str) -> None:
    assert pages.get(f"/kk/search?{query}", 400).texts(".//h1") == ["Сұрау дұрыс емес"]
    pages.get(f"/kk/article/a00?{query}", 400)


@pytest.mark.parametrize(
    "text", ["(" * 400, '"', "-", "***", "a\x0bb\x7f\x85", "«»", "\ufdd0\uffff", "😀", "ٴ" * 50, "<mark>"]
)
def test_any_text_gives_a_page(pages: PageClient, text: str) -> None:
    pages.client.get("/kk/search", query_string={"q": text})
    assert pages.client.get("/kk/search", query_string={"q": text}).status_code == 200


@pytest.mark.parametrize("path", ["/kk/", "/ru/search?q=форум", "/en/article/a00?q=форум"])
def test_no_index(app_with: Callable[..., Flask], tmp_path: Path, path: str) -> None:
    page = PageClient(app_with(index=tmp_path / "none")).get(path, 503)
    assert page.headers["Retry-After"]
    assert page.headers["Cache-Control"] == "no-store"
    assert page.all(".//search//input")[0].get("value") == ("форум" if "q=" in path else "")
    assert str(tmp_path) not in page.text


def test_the_language_switch_keeps_the_search(pages: PageClient) -> None:
    page = pages.get("/kk/search?q=форум&category=Құқық&page=1&utm_source=x")
    russian = pages.get(page.link("Русский"))
    assert russian.texts(".//h1") == ["9 результатов"]
    assert russian.texts(".//article/h2") == page.texts(".//article/h2")
    assert pages.get(russian.link("English")).texts(".//h1") == ["9 results"]
    article = pages.get("/ru/article/latin/1?q=форум")
    assert pages.get(article.link("Қазақша")).texts(".//h1") == article.texts(".//h1")


def test_zero_hits_show_ways_out(pages: PageClient) -> None:
    page = pages.get('/ru/search?q="форум мектеп"&category=Спорт&match=exact')
    assert page.texts(".//h1") == ["0 результатов"]
    ways = page.all(".//ul[@class='ways']//a")
    assert [text_of(way) for way in ways] == ["Искать без всех ограничений (18)", "Посмотреть все статьи (54)"]
    for way in ways:
        assert pages.get(way.get("href", "")).all(".//article")
    narrowed = pages.get("/ru/search?q=форум&category=Спорт")
    assert pages.get(narrowed.link("Искать без фильтра: Рубрика – Спорт (9)")).texts(".//h1") == ["9 результатов"]


def test_the_strict_answer(pages: PageClient) -> None:
    page = pages.get("/en/search?q=жаңа мектеп")
    link = page.link("with all the words: 9")
    strict = pages.get(link)
    assert strict.texts(".//h1") == ["9 results"]
    assert strict.all(".//search//input")[0].get("value") == '"жаңа" "мектеп"'


def test_an_article(pages: PageClient) -> None:
    page = pages.get("/kk/article/a04?q=форум&category=Құқық")
    assert page.texts(".//h1") == ["Көкжарда азаматтар форумы өтті"]
    assert page.texts(".//h1/mark") == ["форумы"]
    assert page.texts(".//div[@class='text']//mark") == ["Форумда", "Форумға", "форум"]
    assert len(page.all(".//div[@class='text']/p")) == 2
    [original] = page.all(".//p[@class='original']/a")
    assert (original.get("href"), original.get("rel")) == ("https://example.org/4", "external noopener")
    back = pages.get(page.link("Нәтижелерге қайту"))
    assert back.texts(".//div[@class='chips']//li")[0].startswith("Айдар: Құқық")
    assert not pages.get("/kk/article/a04").all(".//mark")


@pytest.mark.parametrize("article", ARTICLES[-6:], ids=lambda one: one.id)
def test_articles_with_awkward_ids_and_values(pages: PageClient, api: ApiClient, article: Article) -> None:
    found = pages.client.get("/api/v1/search", query_string={"q": article.title}).json["results"]
    [url] = [one["page_url"] for one in found if one["id"] == article.id]
    page = pages.get(url)
    assert page.texts(".//h1") == [" ".join(article.title.split())]


def test_an_article_that_there_is_not(pages: PageClient) -> None:
    page = pages.get("/en/article/no/such?q=форум", 404)
    assert "There is no such article: no/such" in page.text
    assert page.all(".//search//input")[0].get("value") == "форум"


def test_links_of_the_api_lead_to_pages(pages: PageClient) -> None:
    for query in (
        {"q": "форум", "category": "Құқық"},
        {"facets": "none", "histogram": "month", "snippets": "0"},
        {"q": "-"},
    ):
        answer = pages.client.get("/api/v1/search", query_string=query).json
        page = pages.get(answer["links"]["html"].removeprefix("http://localhost"))
        assert len(page.all(".//article")) == len(answer["results"])
        for hit in answer["results"][:3]:
            pages.get(hit["page_url"])


def test_pages_are_kept_until_something_changes(pages: PageClient) -> None:
    for path in ("/kk/", "/kk/search?q=форум", "/kk/article/a00"):
        first = pages.get(path)
        again = pages.client.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        other = pages.client.get(path.replace("/kk/", "/ru/"), headers={"If-None-Match": first.headers["ETag"]})
        assert other.status_code == 200


def test_other_verbs(pages: PageClient) -> None:
    assert pages.client.head("/kk/search?q=форум").status_code == 200
    refused = pages.client.post("/kk/search", data={"q": "x"})
    assert (refused.status_code, refused.headers["Allow"]) == (405, "GET, HEAD")


def test_files_of_the_face_may_be_kept(pages: PageClient) -> None:
    page = pages.get("/kk/")
    for link in page.all(".//link[@href]"):
        if link.get("rel") in ("stylesheet", "icon"):
            answer = pages.client.get(link.get("href"))
            assert answer.status_code == 200
            assert "max-age=2592000" in answer.headers["Cache-Control"]
            assert "?v=" in link.get("href", "")
            answer.close()
    icon = pages.client.get("/favicon.ico")
    assert icon.mimetype == "image/vnd.microsoft.icon"
    icon.close()


def test_an_archive_without_articles(app_with: Callable[..., Flask], tmp_path: Path) -> None:
    publish(tmp_path, ())
    empty = PageClient(app_with(index=tmp_path))
    assert "Мұрағатта әзірге мақала жоқ." in empty.get("/kk/").texts(".//main//p")
    assert "Мұрағатта әзірге мақала жоқ." in empty.get("/kk/search").texts(".//p[@class='nothing']")
    assert empty.get("/en/search?q=форум&year=2020").texts(".//h1") == ["0 results"]
    assert not empty.get("/kk/search?q=форум").all(".//ul[@class='ways']")


def test_odd_articles(app_with: Callable[..., Flask], tmp_path: Path) -> None:
    publish(
        tmp_path,
        (
            Article("a//b", "ҚАЛА КҮНІ", "Қала күні өтті."),
            Article("c", "", "Тақырыбы жоқ мақаланың мәтіні."),
            Article("d", " \n ", "\xa0\n \n"),
            Article("e", "Ұ" * 3000, "ы" * 100_000, category="ң" * 500, author="  "),
        ),
    )
    odd = PageClient(app_with(index=tmp_path))
    page = odd.get("/kk/search")
    titles = dict(zip(page.texts(".//article/h2"), page.all(".//article/h2"), strict=True))
    assert titles["ҚАЛА КҮНІ"].get("class") == "capitals"
    for link in page.all(".//article/h2/a"):
        odd.get(link.get("href", ""))
    assert odd.get("/kk/article/a//b?q=қалада").texts(".//h1/mark") == ["ҚАЛА"]
    nameless = odd.get("/ru/article/c")
    assert (nameless.texts(".//h1"), nameless.texts(".//title")) == (["(без заголовка)"], ["(без заголовка) — Ізде"])
    assert odd.get("/kk/article/d").texts(".//p[@class='text']") == ["Бұл мақаланың мәтіні жоқ."]


def test_an_answer_that_was_cut_short_says_so(app: Flask, settings: Settings) -> None:
    room = app.extensions["izde"]
    page = replace(room.service.search(Query("форум")), timed_out=True)
    with app.test_request_context("/ru/search"):
        locale.use("ru")
        results = Presenter("ru", settings).results(page, page.query)
    remarks = [one.text for one in results.remarks]
    assert "Поиск не уложился в отведённое время: показана только часть найденного." in remarks


@pytest.mark.parametrize("page", ["search", "advanced", "help", "article/a04"])
def test_a_query_of_several_lines_stands_in_fields_with_all_its_words_apart(pages: PageClient, page: str) -> None:
    shown = pages.get(f"/kk/{page}?q=мектеп%0D%0Aфорум%0A%0Cтарих")
    fields = [one for one in shown.all(".//input") if one.get("type") != "hidden"]
    values = [one.get("value", "") for one in fields if "мектеп" in one.get("value", "")]
    assert values
    assert {" ".join(value.split()) for value in values} == {"мектеп форум тарих"}
    assert not any(set(value) & set("\r\n\f") for value in values)
