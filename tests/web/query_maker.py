"""Any query that a request may ask for, for tests that hold whatever is asked."""

from datetime import date

from hypothesis import strategies as st

from search.facets import FACETS
from search.model import DateRange, FacetOrder, Filter, Interval, Match, Query, Scope, Sort

VALUE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=20)
VALUES = st.lists(VALUE | st.sampled_from(["-a", "\\-a", "\\a", "--", "\\\\-"]), max_size=3, unique=True).map(tuple)
FILTERS = st.dictionaries(st.sampled_from([*FACETS]), st.tuples(VALUES, VALUES)).map(
    lambda found: tuple(Filter(name, *found[name]) for name in FACETS if name in found and any(found[name]))
)
DATES = st.dates(min_value=date(1, 1, 1))
QUERIES = st.builds(
    Query,
    text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60),
    match=st.sampled_from(Match),
    scope=st.sampled_from(Scope),
    filters=FILTERS,
    dates=st.tuples(DATES, DATES).map(lambda two: DateRange(min(two), max(two))) | st.none() | DATES.map(DateRange),
    sort=st.sampled_from([None, *Sort]),
    page=st.integers(1, 1000),
    per_page=st.integers(1, 100),
    facets=st.lists(st.sampled_from([*FACETS]), unique=True).map(tuple),
    facet_limit=st.integers(1, 100),
    facet_order=st.sampled_from(FacetOrder),
    histogram=st.sampled_from(Interval),
    snippets=st.integers(0, 5),
    snippet_length=st.integers(80, 400),
)
