"""The form of the advanced search: what it makes, what it keeps, and what it reads back."""

import re
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from api_client import ApiClient
from flask import Flask
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from page_client import PageClient, Shown, text_of
from query_maker import QUERIES

from search.facets import DEFAULT_FACETS
from search.model import Filter, Query
from search.settings import Settings
from web.frame import UNPRINTABLE
from web.links import query_string

Pairs = list[tuple[str, str]]
QUERY = Query(facets=DEFAULT_FACETS)


def made(pages: PageClient, *pairs: tuple[str, str], language: str = "kk") -> Pairs:
    """The search that the form leads to."""
    target = urlsplit(pages.target(f"/{language}/advanced?{urlencode([*pairs, ('go', '1')])}", 303))
    assert target.path == f"/{language}/search"
    return parse_qsl(target.query, strict_parsing=bool(target.query))


def filled(page: Shown) -> Pairs:
    """What a browser sends of the form as it stands, without the button."""
    (form,) = page.all(".//form[@class='form']")
    out = []
    for one in form.iter():
        name = one.get("name")
        if one.tag == "input" and name and (one.get("type") != "checkbox" or one.get("checked") is not None):
            out.append((name, one.get("value", "")))
        if one.tag == "select" and name:
            (chosen,) = [option for option in one.iter("option") if option.get("selected") is not None]
            out.append((name, chosen.get("value", "")))
    return out


def problem(page: Shown, name: str) -> str:
    """The sentence beside a field, which the field and the list on top name."""
    (field,) = page.all(f".//*[@id='{name}']")
    assert field.get("aria-invalid") == "true"
    assert f"{name}-problem" in field.get("aria-describedby", "").split()
    (sentence,) = page.texts(f".//*[@id='{name}-problem']")
    (label,) = page.texts(f".//label[@for='{name}']")
    assert page.texts(f".//*[@role='alert']//a[@href='#{name}']") == [f"{label}: {sentence}"]
    return sentence


@pytest.mark.parametrize(
    ("pairs", "query"),
    [
        ([("all-words", "су тасқыны")], [("q", "су тасқыны")]),
        ([("all-words", "су тасқыны"), ("every-word", "1")], [("q", "су ЖӘНЕ тасқыны")]),
        ([("exact-phrase", "су тасқыны")], [("q", '"су тасқыны"')]),
        ([("any-words", "су өрт"), ("no-words", "форум")], [("q", "(су НЕМЕСЕ өрт) -форум")]),
        ([("near-words", "су тасқын"), ("near-within", "3")], [("q", '"су тасқын"~3')]),
        ([("all-words", "су"), ("in", "title"), ("sort", "newest"), ("per_page", "50"), ("match", "exact")],
         [("q", "су"), ("match", "exact"), ("in", "title"), ("sort", "newest"), ("per_page", "50")]),
        ([("all-words", "су"), ("in", "all"), ("sort", "relevance"), ("per_page", "20"), ("match", "smart")],
         [("q", "су")]),
        ([("date_from", "2018"), ("date_to", "16.10.2019")], [("date_from", "2018-01-01"), ("date_to", "2019-10-16")]),
        ([("date_from", "3.2018"), ("date_to", " 2018-04 ")], [("date_from", "2018-03-01"), ("date_to", "2018-04-30")]),
        ([("category", "Білім"), ("category", "Құқық"), ("category", "")],
         [("category", "Білім"), ("category", "Құқық")]),
        ([("category", "-Білім"), ("category", "\\-Жедел")], [("category", "\\-Жедел"), ("category", "-Білім")]),
        ([("collapse", "none"), ("half_life", "30"), ("year", "2018")],
         [("half_life", "30"), ("collapse", "none"), ("year", "2018")]),
        ([("sort", "newest"), ("page", "3"), ("utm_source", "x")], []),
        ([], []),
    ],
)  # fmt: skip
def test_the_form_makes_a_clean_search(pages: PageClient, pairs: Pairs, query: Pairs) -> None:
    assert made(pages, *pairs) == query


def test_words_in_the_untouched_form_are_ordered_as_in_the_box(pages: PageClient) -> None:
    sent = dict(filled(pages.get("/kk/advanced"))) | {"all-words": "су"}
    assert made(pages, *sent.items()) == [("q", "су")]
    assert made(pages, ("sort", "relevance"), ("category", "Білім")) == [("category", "Білім")]


def test_operators_are_those_of_the_language(pages: PageClient) -> None:
    fields = [("all-words", "су тасқыны"), ("every-word", "1"), ("any-words", "а б")]
    assert made(pages, *fields, language="ru") == [("q", "(су И тасқыны) (а ИЛИ б)")]
    assert made(pages, *fields, language="en") == [("q", "(су AND тасқыны) (а OR б)")]


def test_what_the_form_says_is_so(sample_app: Flask) -> None:
    """Each field narrows or widens the search as its label says."""
    client, api = PageClient(sample_app), ApiClient(sample_app)

    def ids(*pairs: tuple[str, str]) -> set[str]:
        found = api.search([*made(client, *pairs), ("per_page", "100"), ("facets", "none")])
        return {hit["id"] for hit in found["results"]}

    school, teacher = ids(("all-words", "мектеп")), ids(("all-words", "мұғалім"))
    both = ids(("all-words", "мектеп мұғалім"), ("every-word", "1"))
    assert both == school & teacher
    assert ids(("any-words", "мектеп мұғалім")) == school | teacher
    assert ids(("all-words", "мектеп"), ("no-words", "мұғалім")) == school - teacher
    near = ids(("near-words", "мектеп мұғалім"), ("near-within", "3"))
    assert ids(("exact-phrase", "мектеп мұғалімі")) < near < both
    assert ids(("all-words", "мектеп"), ("in", "title")) < school


def test_what_was_sent_is_shown_again(pages: PageClient) -> None:
    pairs = [
        ("all-words", "су <b>"), ("every-word", "1"), ("exact-phrase", "a & b"), ("any-words", "ә і"),
        ("no-words", "ғ"), ("near-words", "қ ө"), ("near-within", "7"), ("date_from", "2018"), ("date_to", "2019-10"),
        ("category", "Білім"), ("author", "Кім"), ("in", "title"), ("match", "exact"), ("sort", "oldest"),
        ("per_page", "50"), ("collapse", "none"),
    ]  # fmt: skip
    page = pages.get("/kk/advanced?" + urlencode(pairs))
    assert set(pairs) <= set(filled(page))
    [query] = page.texts(".//section[@aria-labelledby='made']//code")
    assert [("q", query)] == made(pages, *pairs)[:1]
    results = pages.get(page.link("Осы сұраудың нәтижелері"))
    assert text_of(results.all(".//input[@id='q']")[0]) == ""
    assert results.all(".//input[@id='q']")[0].get("value") == query


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_bad_dates_are_explained_in_place_and_everything_is_kept(pages: PageClient, language: str) -> None:
    pairs = [("all-words", "форум"), ("category", "Құқық"), ("date_from", "2018-13"), ("date_to", "ертең"), ("go", "1")]
    page = pages.get(f"/{language}/advanced?" + urlencode(pairs))
    assert "2018-10-16" in problem(page, "date_from")
    assert "2018-10-16" in problem(page, "date_to")
    assert set(pairs[:-1]) <= set(filled(page))
    assert not page.all(".//section[@aria-labelledby='made']")


def test_dates_in_the_wrong_order(pages: PageClient) -> None:
    page = pages.get("/kk/advanced?date_from=2019&date_to=2018&go=1")
    assert problem(page, "date_to") == "Соңғы күн бастапқы күннен ерте."
    assert {("date_from", "2019"), ("date_to", "2018")} <= set(filled(page))


@pytest.mark.parametrize("within", ["0", "51", "-1", "x", "3.5", "٣", "9" * 400])
def test_bad_distances(pages: PageClient, within: str) -> None:
    page = pages.get("/kk/advanced?" + urlencode({"near-words": "су өрт", "near-within": within, "go": "1"}))
    assert "50" in problem(page, "near-within")
    assert ("near-within", within) in filled(page)


def test_one_word_is_near_nothing(pages: PageClient) -> None:
    assert problem(pages.get("/kk/advanced?near-words=су&go=1"), "near-words") == "Мұнда кемінде екі сөз керек."


def test_a_query_beyond_the_limit(pages: PageClient) -> None:
    page = pages.get("/kk/advanced?" + urlencode({"all-words": "а" * 300, "no-words": "б" * 300, "go": "1"}))
    assert "602" in problem(page, "all-words")
    assert ("no-words", "б" * 300) in filled(page)
    assert pages.get("/kk/advanced?" + urlencode({"q": "а" * 501})).all(".//*[@role='alert']")


def test_lists_are_those_of_the_archive(pages: PageClient, api: ApiClient) -> None:
    page = pages.get("/kk/advanced")
    for facet in ("source", "lang", "script"):
        values = {value["value"] for value in api.search(f"facets={facet}&per_page=1")["facets"][facet]["values"]}
        assert {one.get("value") for one in page.all(f".//input[@name='{facet}']")} == values
    titles = page.texts(".//legend")
    assert {"Айдар", "Дереккөз", "Автор", "Тіл", "Жазу"} <= set(titles)


def test_long_lists_are_offered_as_one_types(sample_app: Flask) -> None:
    page = PageClient(sample_app).get("/kk/advanced?category=Спорт&category=-Білім&year=2018")
    (field,) = page.all(".//input[@name='category'][@type='text']")
    offered = {option.get("value") for option in page.all(f".//datalist[@id='{field.get('list')}']/option")}
    assert {"Спорт", "Білім", "Қоғам"} <= offered
    chosen = [one.get("value") for one in page.all(".//input[@name='category'][@checked]")]
    assert chosen == ["Спорт", "-Білім"]
    assert [one.get("value") for one in page.all(".//form[@class='form']//input[@name='year']")] == ["2018"]


@hypothesis_settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    max_examples=30,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
)
@given(query=QUERIES)
def test_a_search_survives_the_form(pages: PageClient, settings: Settings, query: Query) -> None:
    """A search that is read into the form and sent again is the same search, from its first page."""
    filters = tuple(Filter(one.field, shown(*one.include), shown(*one.exclude)) for one in query.filters)
    (text,) = shown(query.text)
    plain = replace(QUERY, text=text, match=query.match, scope=query.scope, filters=filters, dates=query.dates)
    plain = replace(plain, sort=query.sort, per_page=query.per_page)
    page = pages.get(f"/kk/advanced?{query_string(plain, settings)}")
    sent = [(name, value) for name, value in filled(page) if value]
    before, after = made(pages, *parse_qsl(query_string(plain, settings))), made(pages, *sent)
    assert spaced(after) == spaced(before)


def shown(*texts: str) -> tuple[str, ...]:
    """Without what no page shows and no field of one line holds."""
    return tuple(re.sub("[\r\n]", "x", UNPRINTABLE.sub("x", text)) for text in texts)


def spaced(pairs: Pairs) -> Pairs:
    """With single spaces, and without a text of nothing else."""
    return sorted((name, " ".join(value.split())) for name, value in pairs if value.strip())


def test_garbage_is_no_fault(pages: PageClient, app_with: Callable[..., Flask], index_folder: object) -> None:
    for query in (
        "all-words=%22%28%28",
        "q=%29%29",
        "any-words=" + "a+" * 1500,
        "near-within=&near-words=",
        "go=1&go=2",
    ):
        answer = pages.client.get(f"/kk/advanced?{query}")
        assert answer.status_code in (200, 303), query
    assert pages.client.get("/kk/advanced?all-words=%FF").status_code == 400
    own = PageClient(app_with(index=index_folder, facets="go_words=Сөз"))
    own.get("/kk/advanced?go_words=x")
