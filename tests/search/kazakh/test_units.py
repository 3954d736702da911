import pytest

from search.kazakh import Analyzer
from search.kazakh.tables import rows

ANALYZER = Analyzer()


def stems(text, lang="kk"):
    return [token.readings[0].stem for token in ANALYZER.analyze(text, lang)]


def exacts(text):
    return [token.readings[0].exact for token in ANALYZER.analyze(text, "kk")]


@pytest.mark.parametrize("row", rows("units"), ids=lambda row: row["form"])
def test_every_row_joins_its_form_and_its_word(row):
    short, long = row["example"].split(" = ")
    assert stems(short) == stems(long)
    assert stems(short, None) == stems(long, None)
    assert row["form"] in short.lower()


def test_the_exact_form_stays_what_was_typed():
    assert exacts("25 млн ₸ және 50%") == ["25", "млн", "₸", "және", "50"]


@pytest.mark.parametrize("text", ["млн-ға", "млн.-ға", "МЛН-ға", "млнға", "млннан", "млн", "mln", "Млн."])
def test_a_unit_with_its_ending_is_one_token(text):
    assert stems(text) == ["миллион"]


@pytest.mark.parametrize("text", ["50%-ға", "50 %-дан", "50%ға", "50% -"])
def test_a_percent_sign_and_its_ending_are_passed_over(text):
    assert stems(text) == ["50"]


@pytest.mark.parametrize("text", ["%", "а%", "сөз %", "100 сөз%-ы", "45% артты"])
def test_a_percent_sign_is_no_token(text):
    assert "%" not in exacts(text)


def test_a_unit_in_capitals_may_be_something_else():
    assert stems("ҚМ КМ ММ") == ["км", "км", "мм"]
    assert stems("Ж. Аймауытов")[0] == "ж"
    assert stems("км") != stems("ҚМ")


def test_endings_are_taken_off_after_units_only():
    assert exacts("баға-ға сөз-ға") == ["баға", "ға", "сөз", "ға"]
    assert exacts("жаға-ға") == ["жаға", "ға"]


@pytest.mark.parametrize("text", ["₸500", "500₸", "500 ₸-ге", "$5 000", "€5,5"])
def test_a_sign_of_money_is_a_token_wherever_it_stands(text):
    assert len(stems(text)) == 2
