import pytest

from search import facets
from search.model import Article, FacetValue, Filter


def test_most_frequent_first_then_the_kazakh_alphabet():
    facet = facets.build("category", {"Қоғам": 3, "Білім": 3, "Әлем": 3, "Спорт": 9}, 2, (), 10)
    assert [value.value for value in facet.values] == ["Спорт", "Әлем", "Білім", "Қоғам"]
    assert (facet.other, facet.missing) == (0, 2)


def test_years_run_backwards():
    facet = facets.build("year", {"2015": 9, "2018": 1, "2017": 5}, 0, (), 2)
    assert [value.value for value in facet.values] == ["2018", "2017"]
    assert facet.other == 9


def test_the_rest_is_counted_as_other():
    facet = facets.build("category", {"а": 5, "б": 4, "в": 3, "г": 2}, 0, (), 2)
    assert [value.value for value in facet.values] == ["а", "б"]
    assert facet.other == 5


def test_chosen_and_excluded_values_always_stand_there():
    chosen = (Filter("category", ("г", "жоқ"), ("в",)), Filter("source", ("а",)))
    facet = facets.build("category", {"а": 5, "б": 4, "в": 3, "г": 2}, 0, chosen, 1)
    assert facet.values == (
        FacetValue("а", 5),
        FacetValue("в", 3, excluded=True),
        FacetValue("г", 2, selected=True),
        FacetValue("жоқ", 0, selected=True),
    )
    assert facet.other == 4


@pytest.mark.parametrize("name", facets.FACETS)
def test_an_article_without_anything_has_no_value(name):
    assert facets.FACETS[name].value(Article("а", "", "")) == ""


def test_default_facets_are_rows_of_the_table():
    assert set(facets.DEFAULT_FACETS) <= set(facets.FACETS)
