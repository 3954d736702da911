from pathlib import Path

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
        ("Қала маңында мал азығын дайындайтын зауыт іске кірді. Бул аймактагы жалгыз мекеме.", "kk", "Cyrl"),
        ("Улуу талаанын тарыхы жөнүндө макала жарыяланды. Бул макалага окумуштуулар көңүл бөлүштү.", "ky", "Cyrl"),
        ("Монгол Улсын Ерөнхийлөгч өнөөдөр айлчлалаа эхэллээ. Тэрээр хоёр орны талаар ярилцана", "", "Cyrl"),
        ("Вчера българското правителство обяви, че мостът над реката ще бъде готов", "", "Cyrl"),
        ("Qazaxıstanda yeni məktəb açıldı, uşaqlar çox sevindi", "", "Latn"),
        ("Türkiye'de yeni bir köprü açıldı, törene halk katıldı", "", "Latn"),
        ("Mañana los niños verán aquí una película qué quizás guste más a sus papás", "", "Latn"),
        ("Pociąg do Krakowa spóźnił się, ponieważ koło Poznania spadł śnieg", "", "Latn"),
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


SHORT = (Path(__file__).parent / "short_texts.tsv").read_text("utf-8").splitlines()[2:]


@pytest.mark.parametrize("lang", ["kk", "ky", "ru", "en"])
def test_short_texts(lang):
    """A headline and two sentences: at least 95 of 100, and no Kyrgyz is taken for Kazakh or the other way round."""
    texts = [text for name, text in (line.split("\t") for line in SHORT) if name == lang]
    found = [detect(text).lang for text in texts]
    assert len(texts) >= 30
    assert found.count(lang) >= 0.95 * len(texts), [text for text, one in zip(texts, found, strict=True) if one != lang]
    assert {"kk": "ky", "ky": "kk"}.get(lang) not in found


CYRILLIC = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
LATIN = "a ä b v g ğ d e io j z i i k q l m n ñ o ö p r s t u ū ü f h h ts ch ş şç _ y ı _ e iu ia"
OLDER = "a á b v g ǵ d e io j z ı ı k q l m n ń o ó p r s t ý u ú f h h ts ch sh shch _ y i _ e iý ia"
ARABIC = "ا ا ب ۆ گ ع د ە يو ج ز ي ي ك ق ل م ن ڭ و و پ ر س ت ۋ ۇ ۇ ف ح ھ تس چ ش شش _ ى ى _ ە يۋ يا"


@pytest.mark.parametrize(("script", "table"), [("Latn", LATIN), ("Latn", OLDER), ("Arab", ARABIC)])
def test_short_texts_in_other_scripts(script, table):
    pairs = zip(CYRILLIC, table.split(), strict=True)
    letters = str.maketrans({letter: other.strip("_") for letter, other in pairs})
    texts = [text.lower().translate(letters) for name, text in (line.split("\t") for line in SHORT) if name == "kk"]
    found = [detect(text) for text in texts]
    assert found.count(Detected("kk", script)) >= 0.95 * len(texts), [
        (text, one) for text, one in zip(texts, found, strict=True) if one.lang != "kk"
    ]
