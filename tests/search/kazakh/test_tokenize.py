import pytest

from search.kazakh import analyze
from search.kazakh.tables import rows
from search.kazakh.tokenize import MAX_FORM, tokenize


def forms(text):
    return [form for _, _, form in tokenize(text)]


@pytest.mark.parametrize("row", rows("hyphen_suffixes"), ids=lambda row: f"{row['kind']}: {row['example']}")
def test_every_ending_after_a_hyphen_is_passed_over(row):
    assert [token.readings[0].exact for token in analyze(row["example"])] == row["tokens"].split()
    written = row["example"].lower()
    assert any(ending in written for ending in row["suffixes"].split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        (" \t\n…—!?«»", ""),
        ("Ауыл шетінде қонақ күтті.", "Ауыл|шетінде|қонақ|күтті"),
        ("ақ-қара, күн/түн", "ақ|қара|күн|түн"),
        ("Асан-Қайғы келді", "Асан|Қайғы|келді"),
        ("ҰҚШҰ-ның тобы", "ҰҚШҰ|тобы"),
        ("«Атамекен»-нің мүшесі", "Атамекен|мүшесі"),
        ("көлдерде-ақ болды", "көлдерде|болды"),
        ("ҚР-Қытай шегі", "ҚР|Қытай|шегі"),
        ("08.03.2021 күні, 09:30-да", "08.03.2021|күні|09:30"),
        ("12:45:10", "12:45:10"),
        ("3,7 пайыз", "3,7|пайыз"),
        ("1 250 000,5 тонна", "1 250 000,5|тонна"),
        ("1,250,000 тонна", "1,250,000|тонна"),
        ("2 3 4", "2|3|4"),
        ("1, 2, 3", "1|2|3"),
        ("60%-дан асты", "60|асты"),
        ("7-сыныпта 25 бала", "7|сыныпта|25|бала"),
        ("12-ші 12ші 12-нің", "12|12|12"),
        ("90-х годов", "90|годов"),
        ("O'qyshy мен so'z", "O'qyshy|мен|so'z"),
        ("as' pen s'ai", "as'|pen|s'ai"),
        ("'тырнақ' ‘ішінде’", "тырнақ|ішінде"),
        ("COVID-19 бен 5G-ні", "COVID|19|бен|5G"),
        ("Abайla", "Abайla"),
        ("YouTubeарнасы", "YouTube|арнасы"),
        ("Facebookта", "Facebook"),
        ("А_Б", "А|Б"),
        ("бір\nекі\u2028үш", "бір|екі|үш"),
        ("北京 қаласы", "北京|қаласы"),
    ],
)
def test_tokens(text, expected):
    assert forms(text) == [form for form in expected.split("|") if form]


def test_spans_point_at_the_word_without_its_ending():
    text = "Кеше БҰҰ-ның жиынында"
    assert [text[start:end] for start, end, _ in tokenize(text)] == ["Кеше", "БҰҰ", "жиынында"]


def test_a_long_word_is_one_token_whose_form_is_cut():
    ((start, end, form),) = tokenize("ә" * 5000)
    assert (start, end) == (0, 5000)
    assert form == "ә" * MAX_FORM


def test_a_long_row_of_groups_is_no_number_when_its_last_has_four_digits():
    assert forms("123 456 7890") == ["123", "456", "7890"]
    assert forms("123,456,789") == ["123,456,789"]
    assert forms("123,456,7890") == ["123", "456,7890"]
    assert forms("1" + " 000" * 12) == ["1" + " 000" * 12]


def test_signs_between_words_are_read_as_in_a_text_of_their_own():
    plain, special = "Ауыл шетінде", "БҰҰ-ның 1 500 000 «Нұр»-дың 5 %"
    alone = [*forms(plain), *forms(special), *forms(plain)]
    assert forms(f"{plain} {special} {plain}") == alone
    assert forms(f"{plain}\n{special}\n{plain}") == alone
