import pytest

from search.kazakh import Detected, detect
from search.kazakh.fold import fold
from search.kazakh.tables import rows


@pytest.mark.parametrize("row", rows("language_words"), ids=lambda row: f"{row['lang']} {row['word']}")
def test_every_word_stands_in_an_example_of_its_language(row):
    assert row["word"] in row["example"].split()
    assert detect(row["example"]).lang == row["lang"]


def test_no_word_is_of_two_languages():
    kazakh = {fold(row["word"]) for row in rows("language_words") if row["lang"] == "kk"}
    others = [row["word"] for row in rows("language_words") if row["lang"] != "kk"]
    assert len(set(others)) == len(others)
    assert not {word for word in others if word in kazakh}


@pytest.mark.parametrize(
    ("text", "lang", "script"),
    [
        ("Ауыл тұрғындары жаңа көпірдің ашылуын күтті.", "kk", "Cyrl"),
        ("Ауыл тургындары жана копирдин ашылуын кутти, олар ушин булар керек болды", "kk", "Cyrl"),
        ("Auyl turǵyndary jańa kópirdiń ashylýyn kútti, bul úshin jáne osylai", "kk", "Latn"),
        ("اۋىل تۇرعىندارى جانە جاڭا كوپىر ءۇشىن", "kk", "Arab"),
        ("Жители села ждали, когда откроют новый мост через реку, и не дождались.", "ru", "Cyrl"),
        ("В Көкжаре открыли школу, на которую выделили деньги из бюджета района и области", "ru", "Cyrl"),
        ("The people of the village were waiting for the bridge.", "en", "Latn"),
        ("Бул жолдо биз үчүн жана силер үчүн көп жумуш бар экен, деди төрага", "ky", "Cyrl"),
        ("Українці їдуть до міста, де їх чекає її родина", "", "Cyrl"),
        ("Der Zug nach Hamburg hält hier nicht", "", "Latn"),
        ("", "", ""), ("2018 — 30%", "", ""), ("北京市", "", ""), ("\ud800", "", ""),
    ],
)  # fmt: skip
def test_language_and_script(text, lang, script):
    assert detect(text) == Detected(lang, script)


def test_look_alikes_do_not_hide_the_language():
    assert detect("Бiз қaлaғa бaрып, көп нəрсе көрдiк жəне сaтып aлдық").lang == "kk"


def test_the_beginning_decides():
    beginning = "Ауыл тұрғындары жаңа көпірдің ашылуын күтті. " * 500
    assert len(beginning) > 20_000
    assert detect(beginning + "the of and to in " * 100_000) == Detected("kk", "Cyrl")
