"""Values looked up by words, against a look at every value with the whole analysis."""

import os
import random
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from search.answer import Answering
from search.curation import Curation
from search.deadline import Deadline
from search.generations import Generations
from search.kazakh import Analyzer, Token
from search.kazakh.spellings import stem_beginnings
from search.model import Query
from search.settings import Settings
from search.values import NAMES, FieldValues, ValuesByField
from tests.indexes import publish

GOLDEN = Path(__file__).parent / "kazakh" / "golden" / "stems.tsv"

AUTHORS = {
    "Сәкен Сейфуллин": 9,
    "Сейфуллина Гүлнар": 4,
    "Ілияс Жансүгіров": 7,
    "Мұхтар Әуезов": 5,
    "Qanat Áwezov": 1,
    "Эльмира Орынбаева": 2,
    "О'Генри": 1,
    "TENGRI-NEWS": 3,
}
SECTIONS = {
    "Спорт": 30,
    "Спорт жаңалықтары": 12,
    "Әлем спорты": 3,
    "Қоғам": 8,
    "Білім және ғылым": 2,
    "Культура": 5,
    "Elections": 1,
}


@pytest.fixture(scope="module")
def index_folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("index")
    publish(folder)
    return folder


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer()


@pytest.fixture(scope="module")
def authors(analyzer) -> FieldValues:
    return FieldValues(AUTHORS, analyzer)


@pytest.fixture(scope="module")
def sections(analyzer) -> FieldValues:
    return FieldValues(SECTIONS, analyzer)


@pytest.mark.parametrize(
    "typed",
    ["сейфуллин", "СЕЙФУЛЛИН", "Сейфуллиннің", "seifullin", "Сакен Сейфуллин", "сейфуллин сәкен", "сәкен сейфуллиннің"],
)
def test_an_author_is_found_in_any_case_script_and_inflection(authors, typed):
    assert "Сәкен Сейфуллин" in authors.matching(typed)


@pytest.mark.parametrize("typed", ["ауезов", "әуезовтің", "әуезов", "awezov"])
def test_kazakh_letters_need_not_be_typed(authors, typed):
    assert "Мұхтар Әуезов" in authors.matching(typed)


def test_a_value_in_latin_letters_is_found_in_cyrillic_ones(authors):
    assert authors.matching("қанат әуезов") == ("Qanat Áwezov",)


def test_every_word_must_be_there(authors):
    assert authors.matching("сәкен жансүгіров") == ()
    assert authors.matching("мұқағали") == ()


def test_a_part_of_a_word_is_not_the_word(authors):
    assert authors.matching("сейф") == ()


def test_the_commonest_value_comes_first(sections):
    assert sections.matching("спорт") == ("Спорт", "Спорт жаңалықтары", "Әлем спорты")
    assert sections.matching("спорттың") == sections.matching("sport") == sections.matching("спорт")


def test_a_russian_and_an_english_section_follow_their_own_grammar(sections):
    assert sections.matching("культуры") == ("Культура",)
    assert sections.matching("election") == ("Elections",)


@pytest.mark.parametrize("typed", ["", " ", "«»", "???", "\x00", "\ud800"])
def test_text_without_words_names_nothing(sections, typed):
    assert sections.matching(typed) == ()


def test_a_value_without_words_is_named_by_itself(analyzer):
    values = FieldValues({"***": 2, "—": 1, "Қоғам": 1}, analyzer)
    assert values.matching("***") == ("***",)
    assert values.beginning("") == ("***", "Қоғам", "—")


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("қазақ", "kk"), ("қазақша", "kk"), ("қазақ тілі", "kk"), ("казахский", "kk"), ("казахском", "kk"),
        ("Kazakh", "kk"), ("qazaqsha", "kk"), ("казак", "kk"), ("kk", "kk"), ("KK", "kk"),
        ("орыс", "ru"), ("русский", "ru"), ("russian", "ru"), ("ағылшын", "en"), ("агылшын", "en"), ("english", "en"),
    ],
)  # fmt: skip
def test_a_language_is_known_by_its_names(analyzer, typed, value):
    values = FieldValues({"ru": 40, "kk": 900, "en": 3}, analyzer, NAMES["lang"])
    assert values.matching(typed) == (value,)


@pytest.mark.parametrize(
    ("typed", "value"),
    [("кирилл", "Cyrl"), ("кириллица", "Cyrl"), ("латын", "Latn"), ("latin", "Latn"), ("латиницей", "Latn"),
     ("араб", "Arab"), ("төте", "Arab"), ("төте жазу", "Arab"), ("latn", "Latn")],
)  # fmt: skip
def test_a_script_is_known_by_its_names(analyzer, typed, value):
    assert FieldValues({"Cyrl": 900, "Latn": 3, "Arab": 5}, analyzer, NAMES["script"]).matching(typed) == (value,)


@pytest.mark.parametrize("field", NAMES)
def test_no_name_means_two_values(analyzer, field):
    values = FieldValues(dict.fromkeys(NAMES[field], 1), analyzer, NAMES[field])
    for value, names in NAMES[field].items():
        assert [values.matching(name) for name in names] == [(value,)] * len(names)


def test_the_values_of_a_field_are_read_once_however_many_ask_at_once(analyzer):
    asked = []

    def values(field):
        asked.append(field)
        return {"kk": 3} if field == "lang" else {}

    fields = ValuesByField(values, analyzer)
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: fields.of("lang"), range(32)))
    assert all(item is found[0] for item in found)
    assert fields.of("lang").matching("қазақ") == ("kk",)
    assert fields.of("region").matching("қазақ") == ()
    assert asked == ["lang", "region"]


def test_a_name_does_not_make_a_value_that_no_article_has(analyzer):
    assert FieldValues({"kk": 900}, analyzer, NAMES["lang"]).matching("орыс") == ()


@pytest.mark.parametrize("prefix", ["сей", "СЕЙФ", "sei", "seif", "сәк сей", "сей сак", "سەي"])
def test_a_beginning_finds_the_values_with_words_that_begin_so(authors, prefix):
    assert "Сәкен Сейфуллин" in authors.beginning(prefix)


def test_every_typed_beginning_must_begin_a_word(authors):
    assert authors.beginning("сей гүл") == ("Сейфуллина Гүлнар",)
    assert authors.beginning("фуллин") == ()


def test_every_beginning_of_a_name_finds_it_in_every_script(analyzer):
    names = {
        "Қасым-Жомарт Тоқаев": ["касым жомарт токаев", "qasym zhomart toqaev"],
        "Ғабит Мүсірепов": ["габит мусирепов", "ğabit müsirepov"],
    }
    values = FieldValues(dict.fromkeys(names, 1), analyzer)
    for name, spelled in names.items():
        for text in [name, *spelled]:
            assert all(name in values.beginning(text[:length]) for length in range(1, len(text) + 1)), text


def test_beginnings_of_joined_letters_are_found(analyzer):
    """«ие» after a vowel is one letter of the key, and a beginning may end between the two."""
    values = FieldValues({"Қоянбаев Юрий": 1, "Сәния Риевна": 1}, analyzer)
    for name in ("қоянбаев", "юрий", "сәния", "риевна"):
        assert all(values.beginning(name[:length]) for length in range(1, len(name) + 1)), name


def _same(one: Token, other: Token) -> bool:
    keys = {reading.key for reading in one.readings} & {reading.key for reading in other.readings}
    return bool(keys or set(one.stems) & set(other.stems) or set(one.exacts) & set(other.exacts))


def _looked_at(text: str, values: Mapping[str, list[Token]], analyzer: Analyzer) -> set[str]:
    typed = analyzer.analyze(text)
    return {value for value, words in values.items() if all(any(_same(word, has) for has in words) for word in typed)}


def test_random_words_find_what_a_look_at_every_value_finds(analyzer):
    scale, seed = float(os.environ.get("SCALE", "1")), int(os.environ.get("SEED", random.randrange(10**6)))
    print(f"SEED={seed}")  # noqa: T201
    rng = random.Random(seed)
    stems = ["кітап", "халық", "орын", "журналист", "оқу", "мектеп", "қазақ", "тіл", "су", "ел", "сөз", "жаңалық",
             "тарих", "ғылым", "дауыс", "көңіл", "қоғам", "билік", "спорт", "денсаулық", "новости", "культура", "город",
             "elections", "sky", "Нұрлан", "Ержан", "Айгүл", "Сейфуллин", "Әуезов", "Iliyas", "Мәди"]  # fmt: skip
    endings = [
        "",
        "",
        "тың",
        "ы",
        "і",
        "ның",
        "лар",
        "тер",
        "да",
        "ға",
        "ін",
        "шы",
        "лық",
        "у",
        "ов",
        "ова",
        "ами",
        "s",
    ]

    def word() -> str:
        stem, ending = rng.choice(stems), rng.choice(endings)
        if ending[:1] in ("ы", "і", "у") and stem[-1] in "пкқ":
            stem = stem[:-1] + {"п": "б", "к": "г", "қ": "ғ"}[stem[-1]]
        if ending == "ы" and rng.random() < 0.3:
            return rng.choice(["халқы", "орны", "даусы", "журналисі", "көңлі"])
        return stem + ending

    values = {" ".join(word() for _ in range(rng.randint(1, 3))): rng.randint(1, 50) for _ in range(400)}
    found = FieldValues(values, analyzer)
    analyzed = {value: analyzer.analyze(value) for value in values}
    for _ in range(int(200 * scale)):
        text = " ".join(word() for _ in range(rng.randint(1, 2)))
        assert set(found.matching(text)) == _looked_at(text, analyzed, analyzer), text


def test_no_stem_is_missed_by_the_beginning_it_is_looked_up_by():
    rows = [line.split("\t") for line in GOLDEN.read_text("utf-8").splitlines() if not line.startswith("#")]
    assert len(rows) >= 20_000
    assert [(key, stem) for key, stem in rows if not key.startswith(stem_beginnings(stem))] == []


def test_a_query_whose_time_is_over_reads_no_list_of_values(index_folder):
    asked = []

    def values(field):
        asked.append(field)
        return {"Спорт": 1}

    generations = Generations(index_folder, poll_ms=0)
    with generations.lease() as generation:
        watched = replace(generation, values=ValuesByField(values, generation.analyzer))
        query = Query("айдар:спорт")
        late = Answering(watched, Settings(), Curation(), Deadline(0)).page(query, 0.0)
        assert (late.timed_out, late.total, asked) == (True, 0, [])
        assert Answering(watched, Settings(), Curation(), Deadline.never()).page(query, 0.0).total == 8
        assert asked == ["category"]
    generations.close()
