"""Articles that may not be shown as a whole: a passage and the link, on every face."""

from pathlib import Path

import pytest
from api_client import ApiClient

from search.model import Query
from search.service import SearchService
from tests.runs import izde, settings

WORDS = "Көпір екі ауылды қосты, енді базарға жету оңай"
BODY = "\n\n".join(f"{WORDS} болды, деді {number}-тұрғын." for number in range(40)) + "\n\nСоңында баға қымбаттайды."


@pytest.fixture
def index(tmp_path: Path) -> Path:
    for name in ("ашық", "жабық"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "бір.txt").write_text(f"Көпір салынды ({name})\n\n{BODY}\n", "utf-8")
    (tmp_path / "izde.toml").write_text(
        f'index = "{tmp_path}/index"\nquarantine = "{tmp_path}/quarantine"\n'
        + "".join(
            f'[[input]]\npath = "{tmp_path}/{name}"\nname = "{short}"\nrights = "{rights}"\n'
            for name, short, rights in (("ашық", "ashyq", "full"), ("жабық", "jabyq", "link"))
        ),
        "utf-8",
    )
    done = izde("reindex", "--config", tmp_path / "izde.toml", "-q")
    assert (done.code, done.err) == (0, "")
    return tmp_path / "index"


def ids(index: Path) -> dict[str, str]:
    """The id of the article that may be shown, and of the other."""
    service = SearchService(settings(index.parent))
    try:
        hits = service.search(Query("қымбаттайды", collapse="none")).hits
        return {hit.article.rights: hit.article.id for hit in hits}
    finally:
        service.close()


def test_the_whole_text_is_searched_and_one_passage_is_shown(app_with, index):
    names = ids(index)
    assert set(names) == {"full", "link"}, "a word of the last paragraph finds both"
    app = app_with(index=index)
    api, client = ApiClient(app), app.test_client()
    whole, part = (api.json(f"articles/{names[rights]}") for rights in ("full", "link"))
    assert (whole["rights"], whole["body"]) == ("full", BODY)
    assert part["rights"] == "link"
    assert 0 < len(part["body"]) <= 300
    assert part["body"] in BODY
    for language, words in (("kk", "үзінді"), ("ru", "фрагмент"), ("en", "excerpt")):
        page = client.get(f"/{language}/article/{names['link']}").get_data(as_text=True)
        assert words in page
        assert page.count("тұрғын") <= 5
        assert words not in client.get(f"/{language}/article/{names['full']}").get_data(as_text=True)


def test_a_search_shows_one_passage_of_it_however_many_are_asked_for(app_with, index):
    found = ApiClient(app_with(index=index)).json(
        "search", {"q": "көпір", "snippets": 3, "snippet_length": 400, "collapse": "none", "highlight": "none"}
    )
    by_title = {one["title"]: one for one in found["results"]}
    assert len(by_title["Көпір салынды (ашық)"]["snippets"]) == 3
    (passage,) = by_title["Көпір салынды (жабық)"]["snippets"]
    assert len(str(passage)) <= 400


def test_the_passage_on_its_page_is_the_one_that_was_searched_for(app_with, index):
    client = app_with(index=index).test_client()
    page = client.get(f"/kk/article/{ids(index)['link']}?q=қымбаттайды").get_data(as_text=True)
    assert '<mark id="w1">қымбаттайды</mark>' in page
