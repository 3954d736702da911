"""What is read into a query, on both faces: told, undone, offered; and marked as it stands in the article."""

from collections.abc import Iterator
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from api_client import ApiClient
from flask import Flask
from page_client import PageClient

from search.model import Article
from search.service import SearchService
from search.settings import Settings
from tests.indexes import publish
from web import create_app

BODIES = {
    "cyrl": ("kk", "Cyrl", "Облыстық форумға кәсіпкерлер келді. Үкіметтік емес ұйымдардың өкілдері де болды."),
    "latn": ("kk", "Latn", "Oblystyq forumda Astanadan kelgen qonaqtar söz söyledi."),
    "arab": ("kk", "Arab", "وبلىستىق فورۋمنىڭ قاتىسۋشىلارى مەكتەپكە باردى."),
    "ru": ("ru", "Cyrl", "В Астане прошёл форум, его открыли 16 октября 2018 года."),
    "date": ("kk", "Cyrl", "Мектеп 2018 жылғы 16 қазанда ашылды, оны ҮЕҰ салды."),
    "place": ("kk", "Cyrl", "Нұр-Сұлтанда кітапхана салынды. Құрылыс 16.10.2018 күні басталды."),
    "books": ("en", "Latn", "Books arrived from the capital."),
}
FORUM = {"cyrl", "latn", "arab", "ru"}


@pytest.fixture(scope="module")
def own_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("index")
    articles = [Article(name, "", body, lang=lang, script=script) for name, (lang, script, body) in BODIES.items()]
    publish(folder, articles)
    settings = Settings(index=folder)
    service = SearchService(settings)
    yield create_app(settings, service)
    service.close()


@pytest.fixture(scope="module")
def own_api(own_app: Flask) -> ApiClient:
    return ApiClient(own_app)


@pytest.fixture(scope="module")
def own_pages(own_app: Flask) -> PageClient:
    return PageClient(own_app)


def found(answer):
    return {hit["id"] for hit in answer["results"]}


def told(answer):
    return [(note["kind"], note["from"], note["to"]) for note in answer["query"]["notes"]]


def follow(api, url):
    parts = urlsplit(url)
    return api.json(parts.path, parts.query)


@pytest.mark.parametrize(("typed", "used", "kind"), [("фроум", "форум", "typo"), ("ajhev", "форум", "layout")])
@pytest.mark.parametrize("way", ["suggest", "auto"])
def test_what_was_read_is_told_and_undone(own_api, typed, used, kind, way):
    answer = own_api.search({"q": typed, "correct": way})
    assert told(answer) == [(kind, typed, used)]
    assert (answer["query"]["q"], answer["query"]["used"]) == (typed, used)
    assert found(answer) == FORUM
    assert answer["suggestions"] == []
    (shown,) = answer["query"]["notes"]
    assert typed in shown["text"]
    assert used in shown["text"]
    undone = follow(own_api, shown["undo"])
    assert (undone["total"], undone["query"]["used"], told(undone), undone["suggestions"]) == (0, typed, [], [])


def test_other_names_are_told_and_undone(own_api):
    answer = own_api.search({"q": "ҮЕҰ"})
    assert told(answer) == [("synonym", "ҮЕҰ", "үкіметтік емес ұйым · НПО")]
    assert found(answer) == {"cyrl", "date"}
    assert found(follow(own_api, answer["query"]["notes"][0]["undo"])) == {"date"}


def test_a_half_known_query_is_offered(own_api):
    answer = own_api.search({"q": "vtrntg books"})
    assert [(item["q"], item["total"]) for item in answer["suggestions"]] == [("мектеп books", 3)]
    taken = follow(own_api, answer["suggestions"][0]["href"])
    assert (taken["query"]["q"], taken["total"]) == ("мектеп books", 3)
    assert found(answer) == {"books"}
    assert own_api.search({"q": "vtrntg books", "correct": "off"})["suggestions"] == []
    auto = own_api.search({"q": "vtrntg books", "correct": "auto"})
    assert told(auto)[0] == ("layout", "vtrntg books", "мектеп books")
    assert auto["query"]["used"] == "мектеп books"


@pytest.mark.parametrize(
    ("language", "undo"), [("kk", "Дәл терілгендей"), ("ru", "именно набранное"), ("en", "Search exactly")]
)
@pytest.mark.parametrize("typed", ["фроум", "ajhev", "ҮЕҰ"])
def test_a_page_tells_in_a_sentence_and_leads_back(own_pages, language, undo, typed):
    page = own_pages.get(f"/{language}/search?q={quote(typed)}")
    (remark,) = page.texts(".//ul[@class='remarks']/li")
    assert typed in remark
    back = page.link(undo)
    assert parse_qs(urlsplit(back).query)["correct"] == ["off"]
    undone = own_pages.get(back)
    assert not undone.all(".//ul[@class='remarks']")
    assert undone.all(".//input[@type='search']")[0].get("value") == typed
    # The next query that is typed is read as usual again.
    assert not undone.all(".//search//input[@name='correct']")


def test_one_way_back_undoes_all(own_pages):
    page = own_pages.get(f"/kk/search?q={quote('ҮЕҰ фроумы')}")
    assert len(page.texts(".//ul[@class='remarks']/li")) >= 2
    assert len(page.all(".//a[@class='undo']")) == 1


def test_a_page_offers_other_readings(own_pages):
    page = own_pages.get("/kk/search?q=vtrntg+books")
    assert page.texts(".//p[@class='meant']/a") == ["мектеп books (3)"]
    taken = own_pages.get(page.link("мектеп books (3)"))
    assert taken.texts(".//h1") == ["3 нәтиже"]
    assert not taken.all(".//p[@class='meant']")


MARKED = {
    ("форум", "cyrl"): ["форумға"],
    ("форум", "latn"): ["forumda"],
    ("форум", "arab"): ["فورۋمنىڭ"],
    ("форум", "ru"): ["форум"],
    ("forum", "arab"): ["فورۋمنىڭ"],
    ("فورۋم", "latn"): ["forumda"],
    ("фopyм", "cyrl"): ["форумға"],
    ("фроум", "latn"): ["forumda"],
    ("ajhev", "arab"): ["فورۋمنىڭ"],
    ("ҮЕҰ", "cyrl"): ["Үкіметтік емес ұйымдардың"],
    ("үкіметтік емес ұйым", "date"): ["ҮЕҰ"],
    ("Астана", "place"): ["Нұр-Сұлтанда"],
    ("Нұр-Сұлтан", "latn"): ["Astanadan"],
    ("Нұр-Сұлтан", "ru"): ["Астане"],
    ("16.10.2018", "date"): ["2018 жылғы 16 қазанда"],
    ("16.10.2018", "ru"): ["16 октября 2018"],
    ("2018 жылғы 16 қазан", "place"): ["16.10.2018"],
    ('"мектеп 2018"', "date"): ["Мектеп 2018"],
}


@pytest.mark.parametrize(("typed", "name"), MARKED)
def test_what_matched_is_marked_in_hits_and_articles(own_api, own_pages, typed, name):
    answer = own_api.search({"q": typed, "highlight": "ranges", "snippets": 5, "snippet_length": 400})
    (hit,) = (hit for hit in answer["results"] if hit["id"] == name)
    expected = MARKED[typed, name]
    assert [one["text"][a:b] for one in hit["snippets"] for a, b in one["marks"]] == expected
    assert hit["matched_forms"] == [form.lower() for form in expected]
    assert own_pages.get(f"/kk/article/{name}?q={quote(typed)}").texts(".//p/mark") == expected
