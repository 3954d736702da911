import pytest

from search.kazakh.lexicon import Lexicon, LexiconError, default_lexicon

SMALL = Lexicon({"ауил": 40, "бас": 7}, {"бас": 9}, ("Source: made for the test",))


def test_what_is_saved_comes_back(tmp_path):
    SMALL.save(tmp_path / "small.tsv")
    loaded = Lexicon.load(tmp_path / "small.tsv")
    assert loaded == SMALL
    assert loaded.notes == SMALL.notes
    assert len(loaded) == 2


def test_equal_content_gives_equal_bytes(tmp_path):
    turned = Lexicon(dict(reversed(SMALL.nouns.items())), SMALL.verbs, SMALL.notes)
    SMALL.save(tmp_path / "one.tsv")
    turned.save(tmp_path / "two.tsv")
    assert (tmp_path / "one.tsv").read_bytes() == (tmp_path / "two.tsv").read_bytes()
    assert hash(SMALL) == hash(turned)


def test_the_hash_is_of_the_content_alone():
    assert SMALL.sha256 == Lexicon(SMALL.nouns, SMALL.verbs).sha256
    assert SMALL.sha256 != Lexicon(SMALL.nouns, {"бас": 8}).sha256
    assert SMALL.sha256 != Lexicon.empty().sha256


def test_a_note_stays_one_line(tmp_path):
    Lexicon({"ауил": 4}, {}, ("two\nlines",)).save(tmp_path / "x.tsv")
    assert Lexicon.load(tmp_path / "x.tsv").notes == ("two lines",)


@pytest.mark.parametrize(
    "line", ["ауил", "ауил\t1", "ауил\tx\t1", "ауил\t1\t-1", "ауил\t0\t0", "\t1\t1", "", "ауил\t1\t1\t1"]
)
def test_a_bad_line_is_named(line):
    with pytest.raises(LexiconError, match="mine:2"):
        Lexicon.parse(f"stem\tnoun\tverb\n{line}\n", "mine")


def test_a_stem_twice_is_an_error():
    with pytest.raises(LexiconError, match="twice"):
        Lexicon.parse("stem\tnoun\tverb\nауил\t4\t0\nауил\t5\t0\n")


def test_generations_with_the_same_lexicon_share_it(tmp_path):
    for name in ("one.tsv", "two.tsv"):
        SMALL.save(tmp_path / name)
    assert Lexicon.load(tmp_path / "one.tsv") is Lexicon.load(tmp_path / "two.tsv")


def test_other_bytes_are_an_error(tmp_path):
    (tmp_path / "x.tsv").write_bytes(b"\xff\xfe")
    with pytest.raises(LexiconError, match="UTF-8"):
        Lexicon.load(tmp_path / "x.tsv")


def test_the_shipped_lexicon_says_where_it_came_from():
    shipped = default_lexicon()
    assert len(shipped) > 8000
    assert any(note.startswith("Command: ") for note in shipped.notes)
    sources = [note for note in shipped.notes if note.startswith("Source: ")]
    assert sources
    assert all("(" in note for note in sources)
    assert not any("tengri" in note or "mdbkd" in note for note in shipped.notes)
    assert default_lexicon() is shipped
