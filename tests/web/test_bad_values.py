"""Values that no parameter can have: refused at once with the parameter's name by the API, explained by the pages."""

import time

import pytest
from api_client import ApiClient
from page_client import PageClient

AT_ONCE_S = 1.0
"""Of processor time: the machine may be busy."""
NUMBERS = ("page", "per_page", "facet_limit", "snippets", "snippet_length", "half_life")
CHOICES = ("match", "in", "sort", "collapse", "correct", "histogram", "highlight", "facet_order", "explain", "facets")
DATES = ("date_from", "date_to")
NO_NUMBERS = (
    "-1", "1.5", "1e3", "NaN", "inf", "0x10", "٣", "３", "१", "²", "1_0", " 1", "1 ", "+1", "--1", "9" * 4000, "1;2",
    "None", "½", "1\u200b",
)  # fmt: skip
NO_DATES = (
    "٢٠١٨",
    "2018-13",
    "2018-02-30",
    "0000",
    "20181016",
    "2018-1-1",
    "-2018",
    "9" * 4000,
    "2018-10-16T00:00",
    "１９９９",
)


@pytest.mark.parametrize("name", NUMBERS + CHOICES + DATES)
def test_the_api_names_the_parameter(api: ApiClient, name: str) -> None:
    values = NO_DATES if name in DATES else NO_NUMBERS if name in NUMBERS else ("x", "٣", "9" * 4000, "-1", "\u202e")
    for value in values:
        began = time.thread_time()
        problems = api.refused({name: value})
        assert time.thread_time() - began <= AT_ONCE_S
        assert {parameter for parameter, _, _ in problems} == {name}, value
    assert (name, "repeated", None) in api.refused([(name, ""), (name, "")])


@pytest.mark.parametrize("name", NUMBERS + DATES + CHOICES[:5])
def test_a_page_explains_it_and_goes_on(pages: PageClient, name: str) -> None:
    value = "٣"
    page = pages.get(f"/kk/search?q=форум&{name}={value}")
    assert value in page.text
    assert page.all(".//article")


@pytest.mark.parametrize(
    "path", ["search", "suggest", "analyze", "stats", "articles/a00", "articles/a00/similar", "facets/source"]
)
def test_every_end_refuses_what_it_does_not_know(api: ApiClient, path: str) -> None:
    for name in ("жоқ", "٣", "page[]", "q[0]", "__class__", "a" * 3000):
        ((parameter, code, _),) = api.refused({name: "1"}, path)
        assert code == "unknown-parameter"
        assert parameter == name[:60]


@pytest.mark.parametrize(("path", "name"), [("suggest", "limit"), ("articles/a00/similar", "limit")])
def test_other_numbers_too(api: ApiClient, path: str, name: str) -> None:
    for value in (*NO_NUMBERS, "0", "21"):
        assert [one[0] for one in api.refused({name: value}, path)] == [name], value
