"""The query language through the whole read path: what a reader types, and which articles come."""

from datetime import date, datetime

import pytest

from search.model import Article, DateRange, Filter, Match, Query, Scope
from search.service import SearchService
from search.settings import Settings
from tests.indexes import publish


def article(name, title, body, day, **fields):
    return Article(name, title, body, published=datetime.fromisoformat(f"{day}T10:00+05:00"), lang="kk", **fields)


ARCHIVE = (
    article("mektep", "Ауылда мектеп ашылды", "Жаңа ғимаратта екі жүз бала оқиды. Мұғалімдер де жаңа пәтер алды.",
            "2018-10-16", category="Білім", source="Дала таңы", author="Асан Үсенов"),
    article("licey", "Лицейде олимпиада өтті", "Оқушылар математикадан сайысты. Мұғалімнің еңбегі бағаланды.",
            "2018-12-03", category="Білім", source="Дала таңы", author="Гүлнар Сейітқызы"),
    article("forum", "Жастар форумы", "Форумға қатысушылар мектеп пен лицей туралы айтты.",
            "2019-03-05", category="Қоғам", source="Ел үні", author="Асан Үсенов"),
    article("tasqyn", "Су тасқыны басталды", "Құтқарушылар ауыл тұрғындарын көшірді. Жаңа бөгет салынады.",
            "2019-04-20", category="Оқиға", source="Ел үні"),
    article("su", "Ауыз су мәселесі", "Тасқын кезінде құдықтың суы лайланды.",
            "2020-05-01", category="Қоғам", source="Ел үні", author="Әлия Қасым"),
    article("sport", "Футболдан жарыс", "Жаңа стадионда он команда ойнады. Мектеп оқушылары да келді.",
            "2021-07-07", category="Спорт", source="Дала таңы"),
)  # fmt: skip


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    index = tmp_path_factory.mktemp("language")
    publish(index, ARCHIVE)
    opened = SearchService(Settings(index=index, poll_ms=0, grow_below=0))
    yield opened
    opened.close()


def found(service, text, **options):
    return {hit.article.id for hit in service.search(Query(text, **options)).hits}


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("лицей НЕМЕСЕ футбол", {"licey", "forum", "sport"}),
        ("лицей ИЛИ футбол", {"licey", "forum", "sport"}),
        ("лицей OR футбол", {"licey", "forum", "sport"}),
        ("лицей немесе футбол", {"sport"}),
        ("мектеп ЖӘНЕ лицей", {"forum"}),
        ("мектеп И лицей", {"forum"}),
        ("мектеп ЕМЕС форум", {"mektep", "sport"}),
        ("мектеп НЕ форум", {"mektep", "sport"}),
        ("мектеп -форум -футбол", {"mektep"}),
        ("мектеп -(форум футбол)", {"mektep"}),
        ("(лицей НЕМЕСЕ футбол) ЖӘНЕ мектеп", {"forum", "sport"}),
        ("лицей НЕМЕСЕ футбол ЖӘНЕ ауыл", {"licey", "forum"}),
        ("ЕМЕС мектеп", {"licey", "tasqyn", "su"}),
        ("ЕМЕС ЕМЕС лицей", {"licey", "forum"}),
        ('"су тасқыны"', {"tasqyn"}),
        ('"жаңа ғимарат"', {"mektep"}),
        ('="жаңа ғимарат"', set()),
        ('"мектеп лицей"', set()),
        ('"мектеп лицей"~2', {"forum"}),
        ('"лицей мектеп"~2', {"forum"}),
        ("лицей NEAR/2 мектеп", {"forum"}),
        ("форум NEAR/1 лицей", set()),
        ("мұғал*", {"mektep", "licey"}),
        ("мугал*", {"mektep", "licey"}),
        ("mugal*", {"mektep", "licey"}),
        ("=мұғал*", {"mektep", "licey"}),
        ("=мугал*", set()),
        ("=мұғалімнің", {"licey"}),
        ("мұғалімнің", {"mektep", "licey"}),
        ("футбл~", {"sport"}),
        ("тақырып:форум", {"forum"}),
        ("такырып:форум", {"forum"}),
        ("title:форум", {"forum"}),
        ("заголовок:мектеп", {"mektep"}),
        ("мәтін:форум", {"forum"}),
        ("тақырып:(су НЕМЕСЕ футбол)", {"tasqyn", "su", "sport"}),
        ("автор:асан", {"mektep", "forum"}),
        ("автор:асановтың", set()),
        ("автор:усенов", {"mektep", "forum"}),
        ("author:Usenov", {"mektep", "forum"}),
        ('автор:"Асан Үсенов" лицей', {"forum"}),
        ("автор:(асан НЕМЕСЕ әлия)", {"mektep", "forum", "su"}),
        ("автор:гүл*", {"licey"}),
        ("айдар:білім", {"mektep", "licey"}),
        ("рубрика:спорт", {"sport"}),
        ("-айдар:білім мектеп", {"forum", "sport"}),
        ('дереккөз:"ел үні" тасқын', {"tasqyn", "su"}),
        ("тіл:қазақша лицей", {"licey", "forum"}),
        ("күні:2018", {"mektep", "licey"}),
        ("күні:2018-10..2018-11", {"mektep"}),
        ("дата:2020..", {"su", "sport"}),
        ("date:..2018-10-16", {"mektep"}),
        ("күні:16.10.2018", {"mektep"}),
        ("-күні:2018 мектеп", {"forum", "sport"}),
        ("лицей ЖӘНЕ (күні:2019 НЕМЕСЕ айдар:спорт)", {"forum"}),
        ("МЕКТЕП ЕМЕС ФОРУМ", {"forum"}),
    ],
)
def test_what_is_asked_is_found(service, text, ids):
    assert found(service, text) == ids


def test_exact_search_takes_every_word_as_typed(service):
    assert found(service, "мұғалімнің", match=Match.EXACT) == {"licey"}
    assert found(service, "мұғалім", match=Match.EXACT) == set()
    assert found(service, "мұғал*", match=Match.EXACT) == {"mektep", "licey"}


def test_fuzzy_search_finds_words_that_are_spelled_nearly_so(service):
    assert found(service, "лецей", match=Match.FUZZY) == {"licey", "forum"}
    assert found(service, "стадон фарум", match=Match.FUZZY) >= {"sport", "forum"}


def test_fields_in_the_query_and_the_parameter_agree(service):
    assert found(service, "мектеп", scope=Scope.TITLE) == found(service, "тақырып:мектеп") == {"mektep"}
    assert found(service, "мәтін:мектеп", scope=Scope.TITLE) == {"forum", "sport"}


@pytest.mark.parametrize("typed", ["мұғалімд", "мұғалімдерд", "мугалимд", "олимпиад", "олимп", "құтқаруш"])
def test_a_half_typed_last_word_is_read_whole(service, typed):
    assert found(service, typed), typed


def test_every_word_may_be_required_by_the_site(tmp_path):
    publish(tmp_path, ARCHIVE)
    strict = SearchService(Settings(index=tmp_path, words="all"))
    assert found(strict, "мектеп лицей") == {"forum"}
    strict.close()


def test_notes_tell_how_it_was_read(service):
    def notes(text):
        return [(note.kind, note.reason, note.source) for note in service.search(Query(text)).notes]

    assert notes("лицей НЕМЕСЕ футбол") == [("operator", "", "НЕМЕСЕ")]
    assert notes("jańa") == [("script", "", "jańa")]
    assert notes("football") == []
    assert notes("=форум") == [("exact", "", "форум")]
    assert notes("форум~9") == [("truncated", "fuzzy", "форум~9")]
    assert notes("форум ЖӘНЕ") == [("dropped", "operator", "ЖӘНЕ")]


def test_what_finds_nothing_is_offered_what_does(service):
    def offers(text, **options):
        page = service.search(Query(text, **options))
        assert page.total == 0
        for offer in page.suggestions:
            assert service.search(offer.query).total == offer.total > 0
        return [offer.kind for offer in page.suggestions]

    assert offers("мұғалім", match=Match.EXACT) == ["smart"]
    assert offers("басталды", scope=Scope.BODY)[0] == "scope"
    assert "any" in offers("футбол ЖӘНЕ лицей")
    assert offers("лицей айдар:спорт") == ["fields"]
    assert "quotes" in offers('"мектеп лицей"')
    assert "filter" in offers("лицей", filters=(Filter("category", ("Спорт",)),))
    assert offers("лицей", dates=DateRange(date(2019, 1, 1), date(2019, 2, 1))) == ["dates"]
    assert offers("лицей ауыл", filters=(Filter("lang", ("ru",)), Filter("source", ("жоқ",)))) == ["filters"]
