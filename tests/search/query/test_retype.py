import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_archive import ANALYZER, vocabulary_of

from search.kazakh.layout import LAYOUTS
from search.model import Correct, Match, Query
from search.query.reading import QueryReader
from search.query.retype import MOST_STRETCHES, retype


@pytest.fixture(scope="module")
def vocabulary(tmp_path_factory):
    opened = vocabulary_of(tmp_path_factory.mktemp("words") / "vocabulary.bin")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def reader(vocabulary):
    return QueryReader(ANALYZER, vocabulary, 32)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("0fpf0cnfy", "қазақстан"),
        ("rfpfrcnfy", "қазақстан"),
        ("ajhevlf", "форумда"),
        (";f4f vtrntg", "жаңа мектеп"),
        (";fyf vtrntg", "жаңа мектеп"),
        ("-p,trcnfy", "өзбекстан"),
        ("fnf-fyfcsvty", "ата-анасымен"),
        ("ищщлы", "books"),
        ("ищщлы фтв куфвштп", "books and reading"),
        ("vtrntg 2018", "мектеп 2018"),
        ('"ce nfcrsyb"', None),
        ("VTRNTG", "МЕКТЕП"),
        ("ce", "су"),
    ],
)
def test_another_layout(vocabulary, typed, meant):
    assert retype(typed, ANALYZER, vocabulary) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "мектеп",
        "mektep",
        "books",
        "qazaqstan",
        "2018",
        "хз",
        "xyzzy",
        "мекетп",
        "әкімдік qala",
        "and",
        "--",
        '"',
        "=" * 40,
    ],
)
def test_what_stands_as_it_is(vocabulary, typed):
    assert retype(typed, ANALYZER, vocabulary) is None


@pytest.mark.parametrize("typed", ['"су тасқыны" -2017', "тасқын 2017", "2017", "27"])
def test_numbers_are_no_words_of_the_kazakh_row(tmp_path, typed):
    """On the Kazakh row «2017» gives «әқ".», whose key is that of ақ."""
    vocabulary = vocabulary_of(tmp_path / "words", ("Ақ қайың, су тасқыны.",))
    assert retype(typed, ANALYZER, vocabulary) is None
    vocabulary.close()


def test_the_reading_is_told_and_used(reader):
    read = reader.read(Query("ajhevlf"))
    assert [(note.kind, note.source, note.target) for note in read.notes] == [("layout", "ajhevlf", "форумда")]
    assert read.used == "форумда"
    assert "форум" in read.node.content[0].stems


def test_it_holds_in_exact_mode_and_not_when_off(reader):
    assert reader.read(Query("ajhevlf", match=Match.EXACT)).used == "форумда"
    assert reader.read(Query("ajhevlf", correct=Correct.OFF)).used == "ajhevlf"
    assert reader.read_unfound(Query("ajhevlf", correct=Correct.OFF)) is None


def test_a_query_that_is_mostly_unknown_is_read_by_auto_and_offered_by_suggest(reader):
    text = "vtrntg ;f4f fesklf ajhevlf books"
    assert reader.read(Query(text)).used == text
    assert reader.meant(Query(text)) == "мектеп жаңа ауылда форумда books"
    assert reader.read(Query(text, correct=Correct.AUTO)).used == "мектеп жаңа ауылда форумда books"


def test_more_words_than_anyone_types_blindly(vocabulary):
    assert retype("vtrntg " * MOST_STRETCHES, ANALYZER, vocabulary)
    assert retype("vtrntg " * (MOST_STRETCHES + 1), ANALYZER, vocabulary) is None


@pytest.mark.parametrize("layout", LAYOUTS[2:], ids=lambda layout: layout.on)
@pytest.mark.parametrize(
    "word", ["мектеп", "форумға", "қазақстан", "өзбекстан", "кәсіпкер", "шекарасында", "тамашалады", "әкімдік"]
)
def test_words_of_the_archive_come_back(vocabulary, layout, word):
    typed = word.translate(str.maketrans("әғқңөұүһі", "агкноуухи")) if layout.on == "russian" else word
    assert retype(layout.retype(typed), ANALYZER, vocabulary) == word


@given(st.text(max_size=40))
def test_any_text(vocabulary, text):
    meant = retype(text, ANALYZER, vocabulary)
    assert meant is None or (meant != text and meant)


@given(st.text("qwertyuiop[]asdfghjkl;'zxcvbnm,.-=0123456789 \"", max_size=40))
def test_any_keys(vocabulary, text):
    retype(text, ANALYZER, vocabulary, 0.0)
