"""The table of facets, and how a facet is shown: against a plain recount where the data is random."""

import os
import random
from collections import Counter
from datetime import datetime

import pytest

from search import counting, facets
from search.errors import SettingsError
from search.facets import FACETS
from search.kazakh import sort_key
from search.model import Article, FacetOrder, FacetValue, Filter

CATEGORY, YEAR = FACETS["category"], FACETS["year"]


def test_most_frequent_first_then_the_kazakh_alphabet():
    facet = counting.build(CATEGORY, {"Қоғам": 3, "Білім": 3, "Әлем": 3, "Спорт": 9}, 2, (), 10)
    assert [value.value for value in facet.values] == ["Спорт", "Әлем", "Білім", "Қоғам"]
    assert (facet.other, facet.missing) == (0, 2)


def test_the_kazakh_alphabet_whatever_the_counts():
    counts = {"Спорт": 9, "Ғылым": 2, "Әлем": 3, "Аймақ": 1, "Білім": 3, "Іс": 7, "Ыбырай": 5}
    facet = counting.build(CATEGORY, counts, 2, (), 5, FacetOrder.ALPHABET)
    assert [value.value for value in facet.values] == ["Аймақ", "Әлем", "Білім", "Ғылым", "Спорт"]
    assert facet.other == 12


@pytest.mark.parametrize("name", ["year", "month"])
def test_years_and_months_run_backwards_by_count_and_forwards_by_alphabet(name):
    counts = {"2015-03": 9, "2018-10": 1, "2017-01": 5}
    for order, first in ((FacetOrder.COUNT, ["2018-10", "2017-01"]), (FacetOrder.ALPHABET, ["2015-03", "2017-01"])):
        facet = counting.build(FACETS[name], counts, 0, (), 2, order)
        assert [value.value for value in facet.values] == first
        assert facet.other == 15 - sum(counts[value] for value in first)


def test_the_rest_is_counted_as_other():
    facet = counting.build(CATEGORY, {"а": 5, "б": 4, "в": 3, "г": 2}, 0, (), 2)
    assert [value.value for value in facet.values] == ["а", "б"]
    assert facet.other == 5


def test_chosen_and_excluded_values_always_stand_there():
    chosen = (Filter("category", ("г", "жоқ"), ("в",)), Filter("source", ("а",)))
    facet = counting.build(CATEGORY, {"а": 5, "б": 4, "в": 3, "г": 2}, 0, chosen, 1)
    assert facet.values == (
        FacetValue("а", 5),
        FacetValue("в", 3, excluded=True),
        FacetValue("г", 2, selected=True),
        FacetValue("жоқ", 0, selected=True),
    )
    assert facet.other == 4


def test_random_counts_are_listed_as_a_plain_sort_would():
    seed = int(os.environ.get("SEED", random.randrange(10**6)))
    print(f"SEED={seed}")  # noqa: T201 - pytest shows it when the test fails
    rng = random.Random(seed)
    for _ in range(int(200 * float(os.environ.get("SCALE", "1")))):
        values = ["".join(rng.choices("аәбвгғкқиіыАӘ 1z", k=rng.randint(1, 4))) for _ in range(rng.randint(0, 60))]
        counts = Counter(rng.choices(values, k=200)) if values else Counter()
        limit, order = rng.randint(1, 20), rng.choice([*FacetOrder])
        spec = rng.choice([CATEGORY, YEAR])
        picked = rng.sample([*counts, "жоқ"], min(len(counts), rng.randint(0, 3)))
        chosen = Filter(spec.name, tuple(picked[:2]), tuple(picked[2:]))
        whole = {**dict.fromkeys(picked, 0), **counts}
        if order is FacetOrder.ALPHABET:
            ordered = sorted(whole, key=sort_key)
        elif spec.by_value:
            ordered = sorted(whole, reverse=True)
        else:
            ordered = sorted(whole, key=lambda value: (-whole[value], sort_key(value)))
        expected = [value for rank, value in enumerate(ordered) if rank < limit or value in picked]
        facet = counting.build(spec, counts, 7, (chosen,), limit, order)
        assert [value.value for value in facet.values] == expected
        assert all(value.count == whole[value.value] for value in facet.values)
        assert facet.other + sum(value.count for value in facet.values) == sum(counts.values())


@pytest.mark.parametrize("name", [*FACETS, "region"])
def test_an_article_without_anything_has_no_value(name):
    assert facets.table("region")[name].value(Article("а", "", "")) == ""


def test_a_month_is_that_of_the_local_date():
    late = datetime.fromisoformat("2018-09-30T23:30+06:00")
    assert FACETS["month"].value(Article("а", "", "", published=late)) == "2018-09"
    assert FACETS["month"].value(Article("а", "", "", published=late.replace(year=987))) == "0987-09"


def test_default_facets_are_rows_of_the_table():
    assert set(facets.DEFAULT_FACETS) <= set(FACETS)


def test_a_site_adds_facets_after_the_built_in_ones():
    table = facets.table(" region = Аймақ ,topic,, kind_2=Мақала түрі")
    assert [*table] == [*FACETS, "region", "topic", "kind_2"]
    assert [table[name].label for name in ("region", "topic", "kind_2")] == ["Аймақ", "", "Мақала түрі"]
    assert facets.own("region=Аймақ") == ("region",)
    assert facets.own("") == ()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Ақтөбе  облысы\n", "Ақтөбе облысы"), ("", ""), (None, ""), (7, "7"), (7.0, "7"), (7.5, "7.5"), (0, "0"),
        (True, "true"), (False, "false"), (["", None, "Абай", "Шу"], "Абай"), ([], ""), ({"аты": "Абай"}, ""),
        ([{"аты": 1}, 5], "5"), ([["ішкі"]], ""), ("ұ" * 400, "ұ" * 300),
    ],
)  # fmt: skip
def test_a_value_of_a_record_is_one_line_of_text(value, text):
    article = Article("а", "", "", extra={"region": value})
    assert facets.table("region")["region"].value(article) == text


@pytest.mark.parametrize(
    ("setting", "part", "why"),
    [
        ("region,Аймақ", "'Аймақ'", "lower-case ASCII"),
        ("Region", "'Region'", "lower-case ASCII"),
        ("2topic", "'2topic'", "lower-case ASCII"),
        ("re-gion", "'re-gion'", "lower-case ASCII"),
        ("x" * 41, "x", "lower-case ASCII"),
        ("=Аймақ", "'=Аймақ'", "lower-case ASCII"),
        ("year", "'year'", "every site has"),
        ("page=Бет", "'page=Бет'", "parameter"),
        ("title", "'title'", "field of every article"),
        ("a,b,a", "'a'", "twice"),
        ("a=", "'a='", "1 to 60"),
        ("a=" + "ә" * 61, "'a=", "1 to 60"),
        ("a=\x1b[0m", "a=", "1 to 60"),
        (",".join(f"f{number}" for number in range(17)), "'f16'", "at most 16"),
    ],
)
def test_a_facet_that_cannot_be_is_named_with_its_place(setting, part, why):
    with pytest.raises(SettingsError) as raised:
        facets.table(setting, "IZDE_FACETS")
    assert str(raised.value).startswith("IZDE_FACETS: ")
    assert part in str(raised.value)
    assert why in str(raised.value)
