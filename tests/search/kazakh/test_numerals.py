import pytest

from search.kazakh import analyze
from search.kazakh.numerals import number_form, roman_form


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("2018", "2018"), ("007", "007"), ("1 500 000", "1500000"), ("1 500,5", "1500,5"), ("1 500.25", "1500,25"),
        ("1,250,000", "1250000"), ("1.250.000", "1250000"), ("814,8", "814,8"), ("3.14", "3,14"), ("16.10.2018",
        "16.10.2018"),
        ("00:44", "00:44"), ("٢٠١٨", "2018"), ("２０１８", "2018"), ("1,250", "1,250"), ("12 34", "12 34"),
    ],
)  # fmt: skip
def test_numbers_have_one_form(word, form):
    assert number_form(word) == form


@pytest.mark.parametrize("word", ["", "сан", "5g", "a1", "-5", "²", "½", "Ⅷ", "1e5", "1-2"])
def test_what_is_no_number(word):
    assert number_form(word) is None


@pytest.mark.parametrize("number", range(1, 40))
def test_roman_numerals_in_any_letters(number):
    tens, ones = divmod(number, 10)
    latin = "x" * tens + ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"][ones]
    typed = [latin, latin.upper(), latin.replace("i", "і"), latin.replace("x", "х"), latin.upper().replace("I", "І")]
    forms = {roman_form(word) for word in typed}
    assert len(forms) == 1
    exact, key = forms.pop()
    assert key == latin
    assert exact.isascii() == ("v" in latin)


@pytest.mark.parametrize(
    "word", ["", "mix", "civil", "l", "c", "d", "iiii", "vx", "xxxx", "iix", "хат", "xixixix", "x" * 100]
)
def test_what_is_no_roman_numeral(word):
    assert roman_form(word) is None


def test_a_number_is_found_in_every_way_of_typing_it():
    stems = {
        analyze(text)[0].stems for text in ("1 500 000", "1,500,000", "1.500.000", "1500000", "1\u00a0500\u202f000")
    }
    assert stems == {("1500000",)}
    assert {analyze(text)[0].stems for text in ("XXI", "ХХІ", "xxi", "ХXI")} == {("xxi",)}
