"""Suggestions over a small archive of our own."""

import os
import random
import time
from datetime import datetime

import pytest

from search.answer import Answering
from search.curation import Curation
from search.deadline import Deadline
from search.generation import open_generation
from search.model import Article, Query
from search.service import SearchService
from search.settings import Settings
from search.suggest import suggested
from tests.indexes import publish

SEED = int(os.environ.get("SEED", "20261126"))

TEXTS = (
    ("Мұғалімдер жалақысы өсті", "Ауылдық мектептерде мұғалімдердің жалақысы көбейді. Бұған ата-аналар да қуанды."),
    ("Мұғалімдер күні тойланды", "Мерекеге Көкжардағы барлық мектеп қатысты. Мұғалімдерге гүл сыйланды."),
    ("Мұғалімдердің наразылығы басталды", "Мұғалімдердің наразылығына себеп — кешіккен жалақы. Наразылық тыныш өтті."),
    ("Жүргізушілердің наразылығы", "Жүргізушілер жанармай бағасына наразы. Олар Көкжарда бас қосты."),
    ("Нарық бағасы қымбаттады", "Көктемде базарда нарық бағасы көтерілді. Сатушылар сатып алушы күтіп отыр."),
    ("Нарықта ет арзандады", "Нарықта сиыр еті арзандап, жылқы еті қымбаттады. Бұл күзге дейін созылады."),
    ("Көкжарда форум өтті", "Алқалы жиын Көкжарда екі күнге созылды. Форумға жиырма елден қонақ келді."),
    ("Қалада жаңа балабақша ашылды", "Қалада жүз орындық балабақша ашылды. Балалар кезекте тұрмайды."),
    ("Қаланың жаңа әкімі", "Қаланың жаңа әкімі тұрғындармен кездесті. Ол қала көшелерін жөндеуге уәде берді."),
    ("Қиын жол", "Қиын жолды таңдаған жас маман туралы әңгіме. Қиындық оны тоқтатпады."),
    ("Киносаябақта жаңа фильм", "Киносаябақта жаңа киноға көрермен көп жиналды. Киноға билет қымбат емес."),
    ("Кинотеатр жабылды", "Кинотеатр жөндеуге жабылды. Кино күзде қайта басталады."),
    ("Шахмат турнирі", "Шахмат турниріне мектеп оқушылары қатысты. Жеңімпаз АҚШ чемпионымен ойнады."),
    ("АҚШ елшісі келді", "Кеше АҚШ елшісі келді. Кездесуде АҚШ пен Қазақстан байланысы сөз болды."),
    ("<b>Белгі</b> & таңба", "Белгілер мәтінде өзгермей тұрады."),
)  # fmt: skip
ARTICLES = tuple(
    Article(
        f"m{n:02d}",
        title,
        body,
        lang="kk",
        script="Cyrl",
        published=datetime.fromisoformat(f"2024-03-{n + 1:02d}T10:00+05:00"),
    )
    for n, (title, body) in enumerate(TEXTS)
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("index")
    publish(made, ARTICLES)
    return made


@pytest.fixture(scope="module")
def service(folder):
    opened = SearchService(Settings(index=folder))
    yield opened
    opened.close()


def words(service, text, limit=12):
    return [one.text.text for one in service.suggest(text, limit).suggestions if not one.id]


def titles(service, text):
    return [one.text.text for one in service.suggest(text).suggestions if one.id]


@pytest.mark.parametrize(
    "typed",
    ["мұға", "муга", "Мұға", "МҰҒА", "mūğa", "muǵa", "mugha", "mug'", "مۇعا", "v95f", "veuf", "мұғалімде", "мүға"],
)
def test_the_same_word_in_any_script_spelling_and_layout(service, typed):
    assert words(service, typed)[0] == "мұғалімдер"


def test_forms_that_people_read_and_never_stems_or_keys(service):
    assert words(service, "мұғ") == ["мұғалімдер", "мұғалімдердің", "мұғалімдерге"]


def test_words_of_titles_come_before_words_of_bodies(service):
    assert words(service, "жал")[0] == "жалақысы"


def test_the_words_before_stay_as_typed_and_rank_by_how_often_both_go_together(service):
    assert words(service, "нар")[:2] == ["наразылығы", "нарық"]
    assert words(service, "ет нар") == ["ет нарық", "ет нарықта"]
    found = words(service, "мұғалімдердің нар")
    assert found[0] == "мұғалімдердің наразылығы"
    assert not [text for text in found if "нарық" in text]
    assert words(service, "Mūğalımderdıñ нар")[0] == "Mūğalımderdıñ наразылығы"


def test_stop_words_come_after_words_that_say_something(service):
    assert words(service, "нарық ба")[-1] == "нарық барлық"
    assert words(service, "нарық ба")[0] == "нарық бағасы"


def test_pieces_of_one_word_and_signs_that_are_letters_elsewhere(service):
    assert words(service, "ата-ан") == ["ата-аналар"]
    assert words(service, "yfhs0 ,fu")[0] == "нарық бағасы"
    assert words(service, "r-r;")[0] == "Көкжарда"


def test_words_that_never_stand_together_are_not_suggested(service):
    assert words(service, "шахмат нар") == []
    assert words(service, "мұғалімдер ет") == []


def test_words_before_on_the_wrong_layout_are_read_as_well(service):
    assert words(service, "yfhs0 ,fu")[0] == "нарық бағасы"


def test_who_types_kazakh_letters_means_them(service):
    assert words(service, "қиы")[:2] == ["қиын", "қиындық"]
    assert set(words(service, "ки")) > {"қиын", "киносаябақта"}
    assert words(service, "жаңа кино")[0].startswith("жаңа кино")


def test_names_and_abbreviations_are_written_as_articles_write_them(service):
    assert words(service, "ақш") == ["АҚШ"]
    assert words(service, "көкж")[0] == "Көкжарда"


def test_titles_have_every_word_typed(service):
    assert titles(service, "нара") == ["Жүргізушілердің наразылығы", "Мұғалімдердің наразылығы басталды"]
    assert titles(service, "мұғалімдер на") == ["Мұғалімдердің наразылығы басталды"]
    assert titles(service, "mugalimder na") == ["Мұғалімдердің наразылығы басталды"]
    assert titles(service, "қала жаңа ") == ["Қаланың жаңа әкімі", "Қалада жаңа балабақша ашылды"]
    assert titles(service, "сиыр") == []


def marked(snippet):
    return [snippet.text[start:end] for start, end in snippet.marks]


def test_what_was_typed_is_marked(service):
    found = service.suggest("мұғалімдер на").suggestions
    assert marked(found[0].text) == ["мұғалімдер на"]
    assert marked(found[-1].text) == ["Мұғалімдердің", "на"]
    assert marked(service.suggest("qa").suggestions[0].text) == ["қа"]
    assert marked(service.suggest("shah").suggestions[0].text) == ["шах"]


def test_signs_before_the_word_are_kept(service):
    assert words(service, '"мұғ')[0] == '"мұғалімдер'
    assert words(service, "«форум")[0] == "«форум"
    assert words(service, "=наразылығы")[0] == "=наразылығы"


@pytest.mark.parametrize("typed", ["", " ", "-мұғ", "нарық -мұғ", "мұғалімдер ", "ъъъ", "жоқсөз", "…", "а" * 500])
def test_nothing_to_complete(service, typed):
    assert words(service, typed) == []


def test_without_time_nothing_is_counted(folder):
    generation = open_generation(folder / "generations" / "20261123T013000Z-8f2c")
    answering = Answering(generation, Settings(index=folder), Curation(), Deadline(0))
    found = suggested("мұғ", 12, answering, time.perf_counter())
    assert found.timed_out
    assert found.suggestions == ()
    generation.close()


def test_what_is_suggested_has_hits(service):
    print(f"SEED={SEED}")  # noqa: T201 - pytest shows it when the test fails
    chance = random.Random(SEED)
    known = [word for title, body in TEXTS for word in f"{title} {body}".split()]
    for _ in range(60 * int(os.environ.get("SCALE", "1"))):
        *before, last = chance.choices(known, k=chance.choice((1, 1, 2, 3)))
        text = " ".join([*before, last[: chance.randint(1, 5)]])
        for one in service.suggest(text, chance.randint(1, 20)).suggestions:
            if not one.id:
                assert service.search(Query(one.text.text)).total == one.total > 0, (text, one)
            assert all(0 <= start < end <= len(one.text.text) for start, end in one.text.marks), (text, one)


def test_what_was_counted_is_kept_for_the_next_letter(service):
    with service._generations.lease() as generation:
        found = [one for one in service.suggest("форум").suggestions if not one.id]
        assert found
        for one in found:
            assert generation.counts.get("", one.text.text)[0] == one.total
