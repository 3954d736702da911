"""Numbers, numerals, and words that typesetting tore or glued."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.kazakh import Analyzer
from search.kazakh.clean import clean
from search.kazakh.tables import rows
from search.kazakh.tokenize import MAX_FORM, tokenize

ANALYZER = Analyzer()


def exacts(text):
    return [token.readings[0].exact for token in ANALYZER.analyze(text, "kk")]


def keys(text):
    return [token.readings[0].key for token in ANALYZER.analyze(text, "kk")]


@pytest.mark.parametrize("row", rows("hyphen_suffixes"), ids=lambda row: row["example"])
def test_every_row_of_the_endings_holds(row):
    assert exacts(row["example"]) == row["tokens"].split()


SAME_NUMBER = """
    814,8 = 814.8
    1 500 000 = 1500000 = 1.500.000 = 1,500,000
    1 500 000,5 = 1500000,5 = 1500000.5
    16.10.2018 = 2018-10-16 = 16/10/2018 = 16-10-2018
    05.03.2018 = 5.3.2018 = 5.03.2018 = 2018-03-05 = 05.03.2018-де
    VIII = VІІІ = viii
    ХХІ = XXI = XХІ = xxi
    ІІІ = III = ІIІ
    8 = 8-ші = 8-шіге
    5 = 5-і = 5-інде
    20 = 20-ға = 20ға
    2018 = 2018-де = 2018-ден
    00:44 = 00:44-те
"""


@pytest.mark.parametrize("line", SAME_NUMBER.strip().splitlines(), ids=str.strip)
def test_a_number_has_one_form(line):
    first, *others = (keys(text.strip()) for text in line.split(" = "))
    assert len(first) == 1
    assert all(other == first for other in others)


@pytest.mark.parametrize("text", ["45.10.2018", "16.13.2018", "2018-13-01", "1.2.3.4", "10.0.0.1"])
def test_what_is_no_date_stays_as_it_is(text):
    assert exacts(text) == [text] or "".join(exacts(text)) == text.replace("-", "")


def test_a_range_of_years_is_two_numbers():
    assert exacts("2018-2019 жылдары") == ["2018", "2019", "жылдары"]


TORN = {
    "қатыс-\nты": ["қатысты"],
    "қатыс\u00ad\nты": ["қатысты"],
    "қатыс\u00ad \r\nты": ["қатысты"],
    "қаты\u00adсты": ["қатысты"],
    "мем-\nлекет": ["мемлекет"],
    "министр-\nліктің": ["министрліктің"],
    "сондай-\nақ": ["сондай"],
    "іс-\nшара": ["іс", "шара"],
    "ата-\nана": ["ата", "ана"],
    "Алма-\nАта": ["алма", "ата"],
    "2018-\n2019": ["2018", "2019"],
    "сөз -\nсөз": ["сөз", "сөз"],
}


@pytest.mark.parametrize("text", TORN, ids=repr)
def test_a_word_torn_at_a_line_end_is_joined_where_that_is_sure(text):
    assert exacts(text) == TORN[text]


def test_a_joined_word_covers_both_lines():
    text = "Оған қатыс-\nты сөз"
    token = ANALYZER.analyze(text, "kk")[1]
    assert (token.text, token.position) == ("қатыс-\nты", 1)
    assert text[token.start : token.end] == token.text


GLUED = {
    "қаласыАлматы": ["қаласы", "алматы"],
    "өттіОңтүстік": ["өтті", "оңтүстік"],
    "өтті.Жиынға": ["өтті", "жиынға"],
    "ҚазАқпарат": ["қазақпарат"],
    "АрселорМиттал": ["арселормиттал"],
    "ҚазМұнайГаз": ["қазмұнайгаз"],
    "МакГрегор": ["макгрегор"],
    "GoogleChromeнұсқасын": ["googlechrome", "нұсқасын"],
}


@pytest.mark.parametrize("text", GLUED)
def test_glued_sentences_are_split_and_names_are_not(text):
    assert exacts(text) == GLUED[text]


@pytest.mark.parametrize("text", ["БАҚта", "БАҚ-та", "БАҚтың", "БАҚ", "БАҚтарда"])
def test_an_ending_after_capitals_is_passed_over(text):
    assert exacts(text) == ["бақ"]


@pytest.mark.parametrize("text", ["ҚазҰУ", "АЛМАТЫ", "Ата", "ҚХАлық"])
def test_other_words_with_capitals_stay_whole(text):
    assert len(exacts(text)) == 1


PIECES = st.sampled_from(
    [
        "-\n",
        "¬\n",
        "\u00ad\n",
        "%",
        "₸",
        "$",
        "-",
        ".",
        " ",
        "1",
        "20",
        "2018",
        "млн",
        "км",
        "ға",
        "БАҚ",
        "та",
        "Алматы",
    ]
)


@given(st.lists(PIECES | st.text(max_size=3), max_size=30).map("".join))
def test_tokens_point_into_any_text(text):
    tokens = ANALYZER.analyze(text)
    ends = [0, *(token.end for token in tokens)]
    assert all(token.text == text[token.start : token.end] != "" for token in tokens)
    assert all(end <= token.start for end, token in zip(ends, tokens, strict=False))
    assert all(form and len(form) <= MAX_FORM for _, _, form in tokenize(clean(text).text))
    terms = ANALYZER.terms(text)
    assert [(t.start, t.end, t.stems) for t in tokens] == list(zip(terms.starts, terms.ends, terms.stems, strict=True))
