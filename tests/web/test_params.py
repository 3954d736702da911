from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from query_maker import QUERIES

from search.model import DateRange, FacetOrder, Filter, Interval, Match, Query, Scope, Sort
from search.settings import Settings
from web.links import query_string
from web.param_table import Highlight
from web.params import pairs, read

SETTINGS = Settings()
WHOLE = {
    "page": (1, 1000),
    "per_page": (1, 100),
    "half_life": (0, 36_500),
    "facet_limit": (1, 100),
    "snippets": (0, 5),
    "snippet_length": (80, 400),
}
CHOICES = {
    "match": "smart exact fuzzy", "in": "all title body", "sort": "relevance newest oldest",
    "facet_order": "count alphabet", "collapse": "duplicates none",
    "histogram": "none auto year month day", "highlight": "html ranges none",
}  # fmt: skip
SINGLE = ("q", "date_from", "date_to", "facets", *WHOLE, *CHOICES)


def query(text, **kwargs):
    asked = read(pairs(text.encode()), SETTINGS, strict=True, **kwargs)
    assert asked.problems == ()
    return asked.query


def test_nothing_given_is_the_default():
    assert query("") == Query()


def test_every_parameter_reaches_the_query():
    assert query(
        "q=%D1%81%D1%83&match=exact&in=title&category=A&category=-B&year=2018&date_from=2018&date_to=2018-02&sort=oldest"
        "&page=2&per_page=50&facets=lang,script&facet_limit=7&facet_order=alphabet&histogram=month&snippets=0&snippet_length=80"
    ) == Query(
        "су", Match.EXACT, Scope.TITLE, (Filter("category", ("A",), ("B",)), Filter("year", ("2018",))),
        DateRange(date(2018, 1, 1), date(2018, 2, 28)), Sort.OLDEST, 2, 50, ("lang", "script"), 7,
        FacetOrder.ALPHABET, Interval.MONTH, 0, 80,
    )  # fmt: skip


@pytest.mark.parametrize("name", WHOLE)
def test_whole_numbers_at_their_limits(api, name):
    low, high = WHOLE[name]
    assert getattr(query(f"{name}={low}"), name) == low
    assert getattr(query(f"{name}={high}"), name) == high
    assert api.refused({name: low - 1}) == [(name, "bad-value", None)]


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize(
    "value",
    ["-1", "NaN", "nan", "inf", "1.5", "1e2", "0x10", "٣", "３", "²", " 90", "90 ", "+90", "1_0", "--", "жүз", "90\n"],
)
def test_what_is_no_whole_number_is_refused(api, name, value):
    assert api.refused({name: value}) == [(name, "bad-value", None)]


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("digits", [5, 10, 30, 3000])
def test_huge_numbers_are_refused(api, name, digits):
    code = "outside-window" if name == "page" else "bad-value"
    assert api.refused({name: "9" * digits}) == [(name, code, None)]


@pytest.mark.parametrize("name", SINGLE)
def test_a_parameter_given_twice_is_refused(api, name):
    value = {"q": "су", "date_from": "2018", "date_to": "2018", "facets": "year"}.get(name)
    value = value or {n: str(low) for n, (low, _) in WHOLE.items()}.get(name) or CHOICES[name].split()[0]
    assert api.refused([(name, value), (name, value)]) == [(name, "repeated", None)]


@pytest.mark.parametrize("name", SINGLE)
def test_an_empty_value_is_the_default(api, name):
    assert api.search({name: ""})["links"]["self"] == api.search()["links"]["self"]


@pytest.mark.parametrize(
    ("given", "near"),
    [
        ("categry", "category"), ("catgory", "category"), ("Category", "category"), ("per-page", "per_page"),
        ("perpage", "per_page"), ("datefrom", "date_from"), ("sorts", "sort"), ("hilight", "highlight"),
        ("zzzzqqq", None), ("санат", None), ("", None),
    ],
)  # fmt: skip
def test_an_unknown_parameter_is_refused_and_the_nearest_named(api, given, near):
    assert api.refused([(given, "1")]) == [(given, "unknown-parameter", near)]


def test_pages_pass_unknown_parameters_over():
    asked = read(pairs(b"utm_source=x&q=a"), SETTINGS, strict=False)
    assert asked.problems == ()
    assert asked.query == Query("a")


@pytest.mark.parametrize(
    ("name", "value", "near"),
    [
        ("match", "smrt", "smart"), ("match", "fuzy", None), ("match", "SMART", "smart"), ("in", "titel", "title"),
        ("sort", "newst", "newest"), ("sort", "date", None), ("histogram", "mounth", "month"),
        ("highlight", "htm", "html"), ("facets", "categories", "category"), ("facets", "category;year", None),
    ],
)  # fmt: skip
def test_a_value_that_is_no_choice_is_refused_and_the_nearest_named(api, name, value, near):
    ((parameter, code, found),) = api.refused({name: value})
    assert (parameter, code) == (name, "bad-value")
    if near:
        assert found == near


def test_every_wrong_name_of_a_list_is_told(api):
    found = api.refused({"facets": "category,yaer,athor"})
    assert [near for *_, near in found] == ["year", "author"]


def test_all_problems_are_told_at_once(api):
    found = api.refused({"page": "0", "sort": "x", "date_from": "x", "bogus": "1"})
    assert {name for name, *_ in found} == {"page", "sort", "date_from", "bogus"}


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2018", date(2018, 1, 1), date(2018, 12, 31)),
        ("2018-10", date(2018, 10, 1), date(2018, 10, 31)),
        ("2018-02", date(2018, 2, 1), date(2018, 2, 28)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2018-10-16", date(2018, 10, 16), date(2018, 10, 16)),
        ("9999", date(9999, 1, 1), date(9999, 12, 31)),
        ("0001", date(1, 1, 1), date(1, 12, 31)),
    ],
)
def test_dates_open_and_close_their_span(text, first, last):
    assert query(f"date_from={text}").dates == DateRange(first)
    assert query(f"date_to={text}").dates == DateRange(last=last)


@pytest.mark.parametrize("name", ["date_from", "date_to"])
@pytest.mark.parametrize(
    "value",
    ["0000", "0000-05", "18", "2018-1", "2018-13", "2018-00", "2018-02-30", "2018-10-16T00:00", "16.10.2018", "٢٠١٨",
    "NaN",
     "-2018", "10000", "2018-", "2018-10-", "today", "2018\n", "9" * 3000],
)  # fmt: skip
def test_what_is_no_date_is_refused(api, name, value):
    assert api.refused({name: value}) == [(name, "bad-date", None)]


def test_dates_the_wrong_way_round_are_refused(api):
    assert api.refused({"date_from": "2019", "date_to": "2018-12-31"}) == [("date_to", "bad-date", None)]
    api.search({"date_from": "2019", "date_to": "2019"})


@pytest.mark.parametrize(
    ("length", "status"), [(500, 200), (501, 400), (1000, 400), (4000, 400), (4001, 400), (5000, 400), (60_000, 400)]
)
def test_the_query_has_a_length(api, length, status):
    text = "ә" * length
    if status == 200:
        assert api.search({"q": text})["total"] == 0
    else:
        assert api.refused({"q": text}) == [("q", "too-long", None)]


def test_characters_are_counted_not_bytes(api):
    api.search({"q": "𐐀" * 500})
    assert api.refused({"q": "𐐀" * 501}) == [("q", "too-long", None)]


@pytest.mark.parametrize(
    "query", ["q=%FF", "q=%D1", "q=%ED%A0%80", "q=%C0%AF", "q=%F5%80%80%80", "q=a%00b", "%FF=1", "%00=1",
    "category=%00",
              "category=%ED%BF%BF", b"q=\xff", b"q=\xd1"]
)  # fmt: skip
def test_what_is_no_text_is_refused(api, query):
    ((_, code, _),) = api.refused(query)
    assert code == "bad-encoding"


def test_unescaped_utf8_is_read_as_utf8(api):
    assert api.search("q=форум".encode())["total"] == api.search({"q": "форум"})["total"] > 0
    assert read(pairs("category=Құқық".encode()), SETTINGS, strict=True).query.filters == (
        Filter("category", ("Құқық",)),
    )


def test_a_plus_is_a_space_and_an_escape_that_is_none_is_text():
    assert query("q=су+тасқыны").text == "су тасқыны"
    assert query("q=50%&match=smart").text == "50%"
    assert query("q=%zz").text == "%zz"


def test_parameters_are_limited_in_number(api):
    assert api.refused("&".join(["category=x"] * 201)) == [("", "too-many", None)]
    api.search("&".join(f"category={n}" for n in range(200)))
    assert api.refused("&" * 5000) == [("", "too-many", None)]


@pytest.mark.parametrize(
    ("text", "include", "exclude"),
    [
        ("category=a&category=b&category=a", ("a", "b"), ()),
        ("category=-a", (), ("a",)),
        ("category=\\-a", ("-a",), ()),
        ("category=--a", (), ("-a",)),
        ("category=\\a", ("\\a",), ()),
        ("category=\\\\-a", ("\\-a",), ()),
        ("category=a,b", ("a,b",), ()),
        ("category=a&category=-a", ("a",), ("a",)),
    ],
)
def test_filter_values(text, include, exclude):
    assert query(text).filters == (Filter("category", include, exclude),)


@pytest.mark.parametrize("text", ["category=", "category=-", "category=&category="])
def test_a_filter_without_a_value_is_none(text):
    assert query(text).filters == ()


def test_facets_are_a_list():
    assert query("facets=none").facets == ()
    assert query("facets=year,%20lang,year,").facets == ("year", "lang")


@given(QUERIES, st.sampled_from(Highlight))
def test_the_way_to_a_query_and_back(query, highlight):
    asked = read(pairs(query_string(query, SETTINGS, highlight).encode()), SETTINGS, strict=True)
    assert asked.problems == ()
    assert asked.query == query
    assert asked.highlight == highlight
