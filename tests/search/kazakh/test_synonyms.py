import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.kazakh import Analyzer
from search.kazakh.name_table import first_letter, first_letters, name_words
from search.kazakh.synonyms import _by_letter
from search.kazakh.tables import rows

ANALYZER = Analyzer()


def found(text):
    """(typed, other names) of each name in a query."""
    tokens = ANALYZER.analyze(text)
    return [
        (" ".join(token.text for token in tokens[span.first : span.end]), [other.text for other in span.others])
        for span in ANALYZER.synonyms.find(tokens)
    ]


def others(text):
    return [name for _, names in found(text) for name in names]


def split(cell):
    return cell.split("|") if cell else []


@pytest.mark.parametrize("row", rows("abbreviations"), ids=lambda row: f"{row['shorts']} {row['fulls']}")
def test_every_abbreviation_finds_what_it_stands_for(row):
    shorts, fulls, flags = split(row["shorts"]), split(row["fulls"]), row["flags"].split()
    assert set(flags) <= {"capitals", "exact", "away"}
    assert row["why"]
    assert set(fulls) <= set(others(row["example"]))
    for short in shorts:
        assert set(fulls) <= set(others(short))
        if "capitals" in flags:
            assert not found(short.lower())
    for full in fulls:
        assert (shorts[0] in others(full)) == ("away" not in flags)


@pytest.mark.parametrize("row", rows("places"), ids=lambda row: row["names"])
def test_every_place_is_found_under_its_other_names(row):
    today, *older = split(row["names"])
    assert row["why"]
    assert row["years"]
    assert others(row["example"])
    for name in [*older, *split(row["russian"]), *split(row["english"])]:
        if ANALYZER.analyze(name)[0].stems[0] != ANALYZER.analyze(today)[0].stems[0]:
            assert today in others(name), name
            assert name in others(today) or name.lower() in [other.lower() for other in others(today)] or older, name
    for name in split(row["one_way"]):
        assert name in others(today)
        assert today not in others(name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ҮЕҰ-ның жиыны", "үкіметтік емес ұйым"),
        ("үеұ", "үкіметтік емес ұйым"),
        ("УЕУ", "үкіметтік емес ұйым"),
        ("үкіметтік емес ұйымдардың қоры", "ҮЕҰ"),
        ("ukimettik emes uiymdar", "ҮЕҰ"),
        ("БАҚта", "бұқаралық ақпарат құралдары"),
        ("AQSH", "Америка Құрама Штаттары"),
        ("КР Президенті", "Қазақстан Республикасы"),
        ("Нұр-Сұлтанда", "Астана"),
        ("Нур-Султане", "Астана"),
        ("в Астане", "Нұр-Сұлтан"),
        ("nur-sultan", "Астана"),
        ("Россиядан", "Ресей"),
        ("Kazakhstan", "Қазақстан"),
        ("Алма-Атада", "Алматы"),
        ("Семипалатинск полигоны", "Семей"),
    ],
)
def test_names_are_found_in_every_form(text, expected):
    assert expected in others(text)


@pytest.mark.parametrize(
    "text",
    [
        "бақ",
        "ақ",
        "бар",
        "км",
        "25 КМ",
        "жиі",
        "сым",
        "SIM",
        "семья",
        "Маск",
        "Шевченко",
        "Жамбыл",
        "Ақмола",
        "верный",
        "есік",
        "кісі",
        "қысы",
        "таразы",
        "ішімдік",
        "жетіспегенде",
        "қағанатының астанасы",
        "астаналарда",
        "SCO",
        "ЖОЛ КӨРСЕТІЛДІ",
    ],
)
def test_other_words_are_no_names(text):
    assert not found(text)


def test_capitals_say_nothing_where_everything_is_in_capitals():
    assert not others("АҚ ТІЛЕКТЕР АЙТЫЛДЫ")
    assert others("АҚ тілек") == ["акционерлік қоғам"]


def test_the_longest_name_wins_and_none_overlaps():
    assert [typed for typed, _ in found("Ақмола облысы мен Оңтүстік Қазақстан облысының ЖШС-лары")] == [
        "Ақмола облысы",
        "Оңтүстік Қазақстан облысының",
        "ЖШС",
    ]


def test_one_short_name_of_two_ministries_has_both():
    assert {"Қаржы министрлігі", "Қорғаныс министрлігі"} <= set(others("ҚМ-нің"))
    assert others("қаржы министрлігі") == ["ҚМ"]


def test_short_names_are_looked_for_by_spelling():
    (span,) = ANALYZER.synonyms.find(ANALYZER.analyze("жасанды интеллект"))
    assert [(other.text, other.spelled) for other in span.others] == [("ЖИ", True)]
    assert span.others[0].rule == "abbreviations:ЖИ"


@given(
    st.text(max_size=40)
    | st.lists(st.sampled_from(["АҚ", "ҚМ", "16", "2018", "қазан", "Нұр", "-", "Сұлтан"])).map(" ".join)
)
def test_any_text_has_ordered_spans(text):
    tokens = ANALYZER.analyze(text)
    edges = [edge for span in ANALYZER.synonyms.find(tokens) for edge in (span.first, span.end)]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(tokens) for edge in edges)
    assert all(span.others for span in ANALYZER.synonyms.find(tokens))


def test_every_name_is_filed_under_the_first_letters_of_all_its_stems():
    analyzer = Analyzer()
    names = [name for filed in _by_letter().values() for name in filed]
    assert len(set(names)) > 200
    for name in names:
        stems = name_words(analyzer.analyze, name.text, name.lang)[0][1]
        assert {first_letter(stem) for stem in stems} <= first_letters(name.text), name.text


def test_a_name_is_found_whatever_was_asked_for_before():
    texts = ["Қазақстан тарихы", "БҰҰ және АҚШ", "в Астане", "үкіметтік емес ұйым", "Kazakhstan 2018", "Алма-Ата"]
    one = Analyzer()
    for text in texts:
        one.synonyms.find(one.analyze(text))
    for text in reversed(texts):
        fresh = Analyzer()
        assert one.synonyms.find(one.analyze(text)) == fresh.synonyms.find(fresh.analyze(text)) != []
