"""Links to the searches next to one: they are put together of parts, and must be what the whole query would give."""

from dataclasses import replace
from urllib.parse import quote

from hypothesis import given
from hypothesis import strategies as st
from query_maker import DATES, FILTERS, QUERIES, VALUE

from search.cursor import START
from search.facets import FACETS
from search.model import Collapse, Correct, DateRange, Filter, Match, Query, Scope, Sort
from search.settings import Settings
from web.addresses import quoted
from web.links import Neighbours, address, parameters, query_string
from web.param_table import Highlight
from web.params import pairs, read

SETTINGS = Settings(per_page=15, facet_limit=7, half_life_days=30)
CURSORS = st.sampled_from(["", "", START, "abc"])
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "match": st.sampled_from(Match),
        "scope": st.sampled_from(Scope),
        "filters": FILTERS,
        "dates": st.none() | DATES.map(DateRange) | st.tuples(DATES, DATES).map(lambda two: DateRange(*sorted(two))),
        "sort": st.sampled_from([None, *Sort]),
        "page": st.integers(1, 1000),
        "per_page": st.integers(1, 100),
        "facet_limit": st.integers(1, 100),
        "correct": st.sampled_from(Correct),
        "collapse": st.sampled_from(Collapse),
    },
)


@given(QUERIES, CURSORS, CHANGES, st.sampled_from(Highlight))
def test_a_link_to_a_changed_search_is_that_of_the_search(query, cursor, changes, highlight):
    query = replace(query, cursor=cursor)
    near = Neighbours("/search", query, SETTINGS, highlight)
    changed = replace(query, **{"page": 1, "cursor": START if cursor else "", **changes})
    assert near.changed(**changes) == address("/search", query_string(changed, SETTINGS, highlight))


def filters(link):
    """The values of the search behind a link, by field: those chosen, those left out."""
    asked = read(pairs(link.partition("?")[2].encode()), SETTINGS, strict=True)
    assert asked.problems == ()
    return {item.field: (item.include, item.exclude) for item in asked.query.filters}


@given(QUERIES, st.sampled_from([*FACETS]), VALUE | st.sampled_from(["-a", "\\-a", "--"]), st.booleans())
def test_a_value_is_chosen_left_out_and_let_go_of(query, name, value, exclude):
    given_ = {item.field: (item.include, item.exclude) for item in query.filters}
    without = {
        field: tuple(tuple(one for one in values if field != name or one != value) for values in both)
        for field, both in given_.items()
    }
    near = Neighbours("/search", query, SETTINGS)
    assert filters(near.without_value(name, value)) == {field: both for field, both in without.items() if any(both)}
    include, left_out = without.get(name, ((), ()))
    more = (include, (*left_out, value)) if exclude else ((*include, value), left_out)
    expected = {field: both for field, both in {**without, name: more}.items() if any(both)}
    assert filters(near.with_value(name, value, exclude=exclude)) == expected


def test_a_search_without_anything_has_no_query_string():
    usual = read((), SETTINGS, strict=True).query
    near = Neighbours("/search", usual, SETTINGS)
    assert query_string(usual, SETTINGS) == ""
    assert near.changed() == "/search"
    assert near.with_value("category", "Спорт") == "/search?category=%D0%A1%D0%BF%D0%BE%D1%80%D1%82"
    harvest = read([("cursor", "*")], SETTINGS, strict=True).query
    assert query_string(harvest, SETTINGS) == "cursor=%2A"


@given(QUERIES)
def test_parameters_are_those_of_the_query_string(query):
    assert parameters(query, SETTINGS) == pairs(query_string(query, SETTINGS).encode())


def test_long_texts_are_written_like_short_ones():
    for text in ("ә", "ә" * 300, "ә" * 301, "a b&c=d"):
        [(name, value)] = pairs(query_string(Query(text, per_page=15, facet_limit=7, half_life=30), SETTINGS).encode())
        assert (name, value) == ("q", text)
        chosen = Query(filters=(Filter("source", (text,)),), per_page=15, facet_limit=7, half_life=30)
        assert pairs(query_string(chosen, SETTINGS).encode()) == [("source", text)]


@given(st.text("aZ09_.~/-%?#&+ әñ\u2028", max_size=8))
def test_ids_are_quoted_as_the_library_does(text):
    assert quoted(text) == quote(text, safe="/")
