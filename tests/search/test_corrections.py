"""Corrections through the whole read path: what is searched, told, offered and undone."""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from search.engines.base import Document
from search.engines.memory import MemoryEngine
from search.kazakh import Analyzer
from search.manifest import Manifest
from search.model import Article, Correct, Filter, Match, Query, Stale
from search.service import SearchService
from search.settings import Settings
from search.vocabulary import Vocabulary, VocabularyWriter

ANALYZER = Analyzer()
BODIES = {
    "mektep": "Ауылда жаңа мектеп ашылды, мұғалімдер қуанып жатыр.",
    "forum": "Облыстық форумға төрт жүзден астам кәсіпкер келді.",
    "qala": "Қала тұрғындары су тасқынынан зардап шеккендерге көмек жинады.",
    "kitap": "Books фестивалі басталды, мектеп оқушылары кітап әкелді.",
}


@dataclass(frozen=True)
class Generation:
    """What the service needs of a generation."""

    engine: MemoryEngine
    vocabulary: Vocabulary | None
    manifest: Manifest
    analyzer: Analyzer = ANALYZER
    name: str = "test"
    degraded: str = ""
    withdrawn: str = ""
    stale: Stale | None = None


class Held:
    """One generation, always open."""

    def __init__(self, generation):
        self.generation = generation

    @contextmanager
    def lease(self, name=None):
        yield self.generation

    def recheck(self):
        return False


def documents():
    for name, body in BODIES.items():
        article = Article(name, "", body, category="Ауыл" if name == "mektep" else "Қала", lang="kk")
        yield Document(article, ANALYZER.terms("", "kk"), ANALYZER.terms(body, "kk"))


@pytest.fixture(scope="module")
def make_service(tmp_path_factory):
    writer = VocabularyWriter()
    for document in documents():
        writer.add(zip(document.body.exacts, document.body.keys, document.body.stems, strict=True))
    path = tmp_path_factory.mktemp("words") / "vocabulary.bin"
    writer.write(path)
    vocabulary = Vocabulary.open(path)
    made = Manifest(
        name="test", engine="memory", created=datetime(2026, 1, 1, tzinfo=UTC), documents=4, newest=None, terms=0,
        tokens=0, pipeline="", files={},
    )  # fmt: skip

    def make(known=True):
        held = Held(Generation(MemoryEngine(documents()), vocabulary if known else None, made))
        return SearchService(Settings(deadline_ms=60_000), held)

    yield make
    vocabulary.close()


@pytest.fixture(scope="module")
def service(make_service):
    return make_service()


def found(page):
    return {hit.article.id for hit in page.hits}


def told(page):
    return [(note.kind, note.source, note.target) for note in page.notes if note.kind in ("layout", "typo")]


def test_a_typo_is_searched_as_the_known_word_and_told(service):
    page = service.search(Query("мекетп"))
    assert found(page) == {"mektep", "kitap"}
    assert told(page) == [("typo", "мекетп", "мектеп")]
    assert page.used == "мектеп"
    assert page.query.text == "мекетп"
    assert {form for hit in page.hits for form in hit.matched_forms} == {"мектеп"}


def test_another_layout_is_searched_and_told(service):
    page = service.search(Query("ajhevuf"))
    assert found(page) == {"forum"} == found(service.search(Query("форумға")))
    assert told(page) == [("layout", "ajhevuf", "форумға")]


@pytest.mark.parametrize("text", ["мекетп", "ajhevuf"])
def test_off_takes_the_query_as_typed(service, text):
    page = service.search(Query(text, correct=Correct.OFF))
    assert (page.total, told(page), page.used, page.suggestions) == (0, [], text, ())


def test_what_is_known_is_left_alone(service):
    page = service.search(Query("мектеп қала"))
    assert (told(page), page.used, page.suggestions) == ([], "мектеп қала", ())


def test_no_hits_is_reason_enough_for_another_layout(service):
    """«vtrntg books» is half known, so it is only offered; where it finds nothing it is read anew."""
    offered = service.search(Query("vtrntg books"))
    assert told(offered) == []
    assert [(item.text, item.total) for item in offered.suggestions] == [("мектеп books", 2)]
    strict = service.search(Query("vtrntg books", match=Match.EXACT))
    assert found(strict) == {"kitap"}
    assert told(strict) == [("layout", "vtrntg books", "мектеп books")]
    assert strict.suggestions == ()


def test_auto_does_not_wait_for_no_hits(service):
    page = service.search(Query("vtrntg books", correct=Correct.AUTO))
    assert told(page) == [("layout", "vtrntg books", "мектеп books")]


def test_filters_that_leave_nothing_do_not_change_the_query(service):
    page = service.search(Query("форум", filters=(Filter("category", ("Ауыл",)),)))
    assert (page.total, told(page), page.used) == (0, [], "форум")


def test_an_article_is_marked_as_it_was_found(service):
    view = service.article("mektep", Query("vtrntg"))
    assert [paragraph.text[a:b] for paragraph in view.paragraphs for a, b in paragraph.marks] == ["мектеп"]


def test_an_index_without_a_vocabulary_takes_every_query_as_typed(make_service):
    page = make_service(known=False).search(Query("мекетп ajhevuf"))
    assert (page.total, told(page), page.used) == (0, [], "мекетп ajhevuf")


@pytest.mark.parametrize("text", ["ajhev НЕМЕСЕ ajhev", "title:ajhev", "ajhev*", "ajhev~2"])
def test_the_signs_of_the_language_are_no_slip_of_the_layout(service, text):
    page = service.search(Query(text))
    assert not any(note.kind == "layout" for note in page.notes)
    assert not any(offer.kind == "layout" for offer in page.suggestions)
