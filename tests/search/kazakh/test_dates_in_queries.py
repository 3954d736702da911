import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.kazakh import Analyzer
from search.kazakh.tables import rows

ANALYZER = Analyzer()


def dates(text):
    """(typed, other ways) of each date in a query."""
    tokens = ANALYZER.analyze(text)
    return [
        (" ".join(token.text for token in tokens[span.first : span.end]), [other.text for other in span.others])
        for span in ANALYZER.synonyms.find(tokens)
        if span.kind == "date"
    ]


def stems(text):
    return [token.readings[0].stem for token in ANALYZER.analyze(text)]


@pytest.mark.parametrize("row", rows("months"), ids=lambda row: row["kazakh"])
def test_every_month_makes_a_date_with_a_day_and_none_without(row):
    ((_, others),) = dates(row["example"])
    day = row["example"].split()[0]
    assert f"{day} {row['kazakh']}" in others
    assert any(other.startswith(row["genitive"]) for other in others)
    assert len(dates(f"{row['days']} {row['kazakh']}")) == 1
    assert not dates(f"{int(row['days']) + 1} {row['kazakh']}")
    for name in (row["kazakh"], row["russian"], row["english"]):
        assert not dates(name)
        assert not dates(f"{name} 2018")
        assert dates(f"7 {name} 2018")


FULL = [
    "16.10.2018",
    "16.10.18",
    "2018-10-16",
    "16/10/2018",
    "2018 жылғы 16 қазан",
    "2018 жылғы 16 қазанда",
    "2018 жылдың 16 қазанында",
    "2018 жылы 16 қазан",
    "2018 ж. 16 қазан",
    "2018 жылғы қазанның 16-сы",
    "2018 жылғы қазан айының 16-сында",
    "16 қазан 2018",
    "16-қазан, 2018 жыл",
    "16 қазан 2018 ж.",
    "16.10.2018 ж.",
    "16.10.2018 жылғы",
    "16 казан 2018",
    "16 qazan 2018",
    "16 قازان 2018",
    "2018 jylğy 16 qazan",
    "2018 jyldyń 16 qazanynda",
    "16 октября 2018 года",
    "16 октября 2018 г.",
    "October 16, 2018",
    "16 October 2018",
]


@pytest.mark.parametrize("text", FULL)
def test_a_date_in_any_form_has_all_its_forms(text):
    ((typed, others),) = dates(f"жиын {text} өтті")
    assert stems(typed) == stems(text)
    assert {"16.10.2018", "2018 жылғы 16 қазан", "16 қазан 2018", "16 октября 2018"} <= set(others)


@pytest.mark.parametrize("text", ["16 қазан", "16-қазанда", "16 қазанынан", "қазанның 16-сы", "16 октября", "16 qazan"])
def test_a_day_and_month_have_forms_of_day_and_month_only(text):
    ((_, others),) = dates(text)
    assert {"16 қазан", "қазанның 16-сы", "16 октября"} <= set(others)
    assert not any("2018" in other or "10" in other for other in others)


@pytest.mark.parametrize(
    "text",
    [
        "қазан",
        "қазан айы",
        "наурыз мерекесі",
        "футбол маусымы 2018",
        "2018 жылғы қазан",
        "31 ақпан",
        "0 қазан",
        "45.10.2018",
        "31.02.2018",
        "1.5.2",
        "10,5 қазан",
        "2018",
    ],
)
def test_what_is_no_date_is_none(text):
    assert not dates(text)


def test_two_dates_are_two():
    assert [typed for typed, _ in dates("16 қазан мен 17 қазан")] == ["16 қазан", "17 қазан"]
    assert [typed for typed, _ in dates("16-17 қазанда")] == ["17 қазанда"]


@given(
    st.lists(st.sampled_from(["16", "2018", "99999", "қазан", "жылғы", "айының", "16.10.2018", "0", "٣"]), max_size=9)
)
def test_any_order_of_such_words_is_read(words):
    for typed, others in dates(" ".join(words)):
        assert typed
        assert others
