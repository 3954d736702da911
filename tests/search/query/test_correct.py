import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_archive import ANALYZER, ARTICLES, vocabulary_of

from search.model import Correct, Match, Query
from search.query.correct import correct
from search.query.nodes import Not, Words, lead
from search.query.reading import QueryReader
from search.query.slips import likelihood


@pytest.fixture(scope="module")
def vocabulary(tmp_path_factory):
    opened = vocabulary_of(tmp_path_factory.mktemp("words") / "vocabulary.bin")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def reader(vocabulary):
    return QueryReader(ANALYZER, vocabulary, 32)


def notes(read, kind):
    return [(note.source, note.target) for note in read.notes if note.kind == kind]


def stems(text):
    return {stem for token in ANALYZER.analyze(text, "kk") for stem in token.stems}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("мекетп", "мектеп"),
        ("мектепп", "мектеп"),
        ("метеп", "мектеп"),
        ("форм", "форумда"),
        ("қазасқтан", "қазақстан"),
        ("qazaqstn", "қазақстан"),
        ("казакстн", "қазақстан"),
        ("театтр", "театр"),
        ("қазағстаан", "қазақстан"),  # two slips
        ("мекттебіміздің", "мектеп"),  # a form that no article has
    ],
)
def test_an_unknown_word_is_read_as_the_nearest_known_one(reader, typed, meant):
    read = reader.read(Query(typed))
    ((source, target),) = notes(read, "typo")
    assert source == typed
    assert stems(target) & stems(meant)
    assert read.used == target
    term = lead(read.node.content[0])
    assert term.text == typed
    assert set(term.stems) & stems(meant)


@pytest.mark.parametrize(
    "typed",
    [
        "мектеп",
        "мэктеп",
        "МЕКТЕПТЕРІМІЗДЕН",
        "mektep",
        "мектеп 2018",
        "үй",
        "алт",
        "және",
        "ттттттттт",
        "щщщщ",
        "",
        "«»",
    ],
)
def test_what_is_known_short_or_like_nothing_stays(reader, typed):
    read = reader.read(Query(typed))
    assert notes(read, "typo") == []
    assert read.used == (typed if read.node else "")


def test_only_the_words_at_fault_are_replaced_in_what_was_used(reader):
    read = reader.read(Query("жаңа мекетп, мекетпте мекетп"))
    assert read.used.startswith("жаңа мектеп, мектепте" if "мектепте" in " ".join(ARTICLES) else "жаңа мектеп")
    assert len(notes(read, "typo")) == len(set(notes(read, "typo")))


def test_off_and_exact_leave_every_word(reader):
    for query in (Query("мекетп", correct=Correct.OFF), Query("мекетп", match=Match.EXACT)):
        read = reader.read(query)
        assert notes(read, "typo") == []
        assert read.used == "мекетп"


def test_a_forbidden_word_is_taken_at_its_word(reader):
    read = reader.read(Query("қазақстан -мекетп"))
    assert notes(read, "typo") == []
    assert any(isinstance(child, Not) and child.child.text == "мекетп" for child in read.node.children)


def test_a_word_in_a_phrase_is_read_too(reader):
    assert notes(reader.read(Query('"су тасқнын"')), "typo")[0][0] == "тасқнын"


def test_nothing_is_known_without_a_vocabulary():
    read = QueryReader(ANALYZER, None, 32).read(Query("мекетп ajhev"))
    assert notes(read, "typo") == []
    assert notes(read, "layout") == []
    assert isinstance(read.node, Words)


def test_the_commoner_word_wins(tmp_path):
    vocabulary = vocabulary_of(tmp_path / "vocabulary.bin", ["дала жолы", "дала гүлі", "дала желі", "дара жол"])
    (token,), _ = correct(ANALYZER.analyze("даала"), vocabulary)
    assert token.readings[0].exact == "дала"
    vocabulary.close()


def test_a_new_form_of_a_known_word_keeps_its_own_reading(tmp_path):
    vocabulary = vocabulary_of(tmp_path / "vocabulary.bin", ["ақша керек"] * 30 + ["аққа бояды"])
    (token,), _ = correct(ANALYZER.analyze("ақшға"), vocabulary)
    assert "акша" in token.stems
    vocabulary.close()


def test_slips_are_weighed():
    doubled, swapped, left_out = (likelihood(typed, "театр") for typed in ("театтр", "таетр", "теар"))
    replaced, added, first = (likelihood(typed, "театр") for typed in ("теаср", "теастр", "деатр"))
    assert min(doubled, swapped) > left_out > replaced > added > first > 0


@given(st.text(max_size=40), st.sampled_from(list(Correct)))
def test_any_text(reader, text, way):
    read = reader.read(Query(text, correct=way))
    for note in read.notes:
        if note.kind == "typo":
            assert note.source in text or notes(read, "layout")
            assert note.target
    assert reader.read(Query(text, correct=way)) == read


@given(st.sampled_from(["мұғалімдер", "кәсіпкер", "науқанының", "біріншілігінде"]), st.integers(0, 20), st.randoms())
def test_one_slip_in_a_long_word_is_read(reader, word, at, chance):
    at = 1 + at % (len(word) - 2)
    typed = chance.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        ]
    )
    found = {stem for unit in reader.read(Query(typed)).node.content for stem in lead(unit).stems}
    assert found & stems(word)
