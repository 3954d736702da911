import pytest

from search.kazakh.readings import Word, add_foreign, find_exact, find_keys, find_script, find_stems
from search.kazakh.stem import Stemmer

STEMMER = Stemmer()


def word(form, lang=None):
    one = Word(form, lang)
    find_script(one)
    find_exact(one)
    find_keys(one)
    find_stems(one, STEMMER)
    add_foreign(one)
    return one


@pytest.mark.parametrize(
    ("form", "script", "exact", "keys"),
    [
        ("Қалада", "Cyrl", "қалада", ["калада"]),
        ("жəне", "Cyrl", "және", ["жане"]),
        ("Qalada", "Latn", "qalada", ["калада"]),
        ("s'ahar", "Latn", "sahar", ["шахар"]),
        ("Şaxmat", "Latn", "şaxmat", ["шахмат", "шаксмат"]),
        ("قالادا", "Arab", "قالادا", ["калада"]),
        ("1 500 000", "number", "1500000", ["1500000"]),
        ("XXІ", "roman", "ххі", ["xxi"]),
        ("VIII", "roman", "viii", ["viii"]),
        ("北京", "", "北京", ["北京"]),
        ("''", "", "''", ["''"]),
    ],
)
def test_each_step_fills_its_field(form, script, exact, keys):
    found = word(form, "")
    assert (found.script, found.exact) == (script, exact)
    assert [key for key, _ in found.keys][: len(keys)] == keys
    assert all(reading.exact == exact for reading in found.readings)


def test_only_a_query_reads_another_letter_behind_e():
    assert [key for key, _ in word("эким").keys] == ["еким", "аким"]
    assert [key for key, _ in word("эким", "").keys] == ["еким"]


def langs(form, lang):
    return [reading.lang for reading in word(form, lang).readings]


@pytest.mark.parametrize(
    ("form", "lang", "expected"),
    [
        ("новости", None, ["kk", "ru"]), ("новости", "ru", ["ru", "kk"]), ("новости", "", ["kk"]), ("новости", "en",
        ["kk"]),
        ("қала", None, ["kk"]), ("қала", "ru", ["kk"]), ("news", "", ["kk", "en"]), ("news", "en", ["en", "kk"]),
        ("news", "ru", ["kk", "en"]), ("news", None, ["kk", "en"]), ("ńews", None, ["kk"]), ("2018", None, [""]),
        ("XXI", None, [""]), ("北京", None, [""]), ("قالا", None, ["kk"]),
    ],
)  # fmt: skip
def test_which_languages_a_word_is_read_in(form, lang, expected):
    assert list(dict.fromkeys(langs(form, lang))) == expected


def test_rules_tell_the_whole_way():
    assert word("жəнелерге", "").readings[0].rules[:2] == ("homoglyphs", "fold")
    assert word("Qaladan", "").readings[0].rules[0] == "latin"
    assert word("قالا", "").readings[0].rules[0] == "arabic"
    assert word("новости", "ru").readings[0].rules == ("snowball russian",)
    assert word("2018", "").readings[0].rules == ("number",)
    assert word("北京", "").readings[0].rules == ("as written",)
