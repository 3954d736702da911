import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.kazakh.candidates import candidates
from search.kazakh.fold import fold
from search.kazakh.lexicon import Lexicon
from search.kazakh.stem import Stem, Stemmer, guess
from search.kazakh.suffixes import elided, kept, slot
from search.kazakh.tables import rows

STEMMER = Stemmer()


def stem(word):
    return STEMMER.stem(fold(word.lower())).value


@pytest.mark.parametrize(
    "family",
    [
        "форум форумға ФОРУМЫ форумында форумдардың",
        "мұғалім мұғалімдердің мұғалімдеріміз",
        "қала қаласындағы қалалық қалаларымызда қаладағылардың",
        "кітап кітабы кітабымызды",
        "халық халқы халқымыздың",
        "мүлік мүлкі мүлікті",
        "журналист журналисі журналистер",
        "мұражай мұражайы мұражайында",
        "дамиды дамыған дамымайды",
        "тауып табады тапты",
        "оқу оқыды оқып оқиды",
        "ғылым ғылыми",
        "клуб клубтар клубы",
        "айтпай айтпайды айтқандықтан айтуға айттыңыз",
    ],
)
def test_one_stem(family):
    assert len({stem(word) for word in family.split()}) == 1, {word: stem(word) for word in family.split()}


@pytest.mark.parametrize(
    "pair",
    [
        "білім біл", "атау ата", "елу ел", "сенім сен", "қалам қала", "қолдау қол", "астана ас",
        "орталық орта", "жарлық жар", "жаңалық жаңа",
    ],
)  # fmt: skip
def test_two_stems(pair):
    one, other = pair.split()
    assert stem(one) != stem(other)


@pytest.mark.parametrize("row", rows("suffixes"), ids=lambda row: f"{row['slot']}:{row['word']}")
def test_every_row_of_endings_has_an_example_that_uses_it(row):
    result = STEMMER.stem(fold(row["word"]))
    verb = "-" if row["stem"].endswith("-") else ""
    assert result.value == fold(row["stem"].removesuffix("-")) + verb
    names = {f"{row['slot']}:{fold(ending)}" for ending in row["endings"].split()}
    assert names & set(result.rules), result.rules


@pytest.mark.parametrize("row", rows("elision"), ids=lambda row: row["stem"])
def test_every_elision_gives_the_full_noun(row):
    full = fold(row["stem"])
    assert elided()[fold(row["short"])] == full
    assert full in {reading.stem for reading in candidates(fold(row["word"]))}
    assert row["word"].startswith(row["short"])


@pytest.mark.parametrize("row", rows("lyq_keep"), ids=lambda row: row["word"])
def test_every_kept_noun_stays_whole(row):
    assert stem(row["word"]) == stem(row["form"]) == fold(row["word"])
    assert fold(row["word"]) in kept()


def test_tables_have_reasons():
    assert all(row["why"] for name in ("suffixes", "elision", "lyq_keep") for row in rows(name))


def test_an_unknown_slot_is_an_error():
    with pytest.raises(KeyError):
        slot("nowhere")


@pytest.mark.parametrize("sign", ["", "2018", "814,8", "ел", "qala", "қала", "ғ" * 50, "а" * 41, "кала-дан", "\ud800"])
def test_what_is_no_key_passes_unchanged(sign):
    assert STEMMER.stem(sign) == Stem(sign)


def test_the_rules_alone_stem_regular_words():
    bare = Stemmer(Lexicon.empty())
    assert bare.stem("министрлеримиздин").value == "министр"
    assert bare.stem("кабилдаганмин").value == "кабилда-"


def test_evidence_decides():
    as_noun = Stemmer(Lexicon({"ала": 50, "алат": 0}, {"ал": 5}))
    as_verb = Stemmer(Lexicon({"ала": 1}, {"ал": 50}))
    assert as_noun.stem("ала").value == "ала"
    assert as_verb.stem("ала").value == "ал-"


def test_a_verbal_noun_needs_its_verb():
    assert Stemmer(Lexicon({"тарау": 9}, {"тара": 3})).stem("тараудин").value == "тарау"
    assert Stemmer(Lexicon({"тарау": 9}, {"тара": 4})).stem("тараудин").value == "тара-"


def test_rules_are_named_from_the_word_end():
    assert STEMMER.stem(fold("форумдарымызға")).rules == ("case:га", "possessive-we:имиз", "plural:дар")


def test_a_pickled_stemmer_gives_the_same_stems():
    copy = pickle.loads(pickle.dumps(Stemmer(Lexicon({"ауил": 9}, {}))))
    assert copy.lexicon == Lexicon({"ауил": 9}, {})
    assert copy.stem("ауилдин").value == "ауил"


@settings(deadline=None, max_examples=300)
@given(st.text("абгдежзиклмнопрстухчш", max_size=60) | st.text(max_size=60))
def test_any_text_has_a_stem(key):
    for stemmer in (STEMMER, Stemmer(Lexicon.empty())):
        result = stemmer.stem(key)
        assert bool(result.value) == bool(key)
        assert len(result.value) <= len(key) + 2


@settings(deadline=None)
@given(st.text("аеиодлрнтсгкшу", min_size=3, max_size=40))
def test_readings_keep_a_vowel_and_the_word_itself_is_one(key):
    readings = candidates(key)
    assert (readings[0].kind, readings[0].stem) == ("noun", key)
    assert all(len(reading.stem) >= 2 for reading in readings)
    assert guess(readings) == guess(reversed(readings))


def test_the_worst_words_have_few_readings():
    endings = "дарлардантарлердегигандикмаинда"
    worst = max(len(candidates((endings * 3)[cut : cut + 40])) for cut in range(40))
    assert worst < 200
