"""Synonyms and pins of a site, as readers and programs see them."""

import pytest
from api_client import ApiClient
from page_client import PageClient

HEADER = "kind\twords\ttarget\treason"
ROWS = (
    HEADER,
    "synonym\tаяқдоп|жүгіру\t\tсынақ үшін",
    "pin\tазаматтар форумы\tkunsiz|a00|жоқ\tредакцияның таңдауы",
    "pin\tмектеп\ten?1&2\tшетелдік мысал",
)


@pytest.fixture
def curated(tmp_path, index_folder, app_with):
    path = tmp_path / "curation.tsv"
    path.write_text("\n".join(ROWS) + "\n", "utf-8")
    return app_with(index=index_folder, curation=str(path), poll_ms=0)


def ids(answer):
    return [result["id"] for result in answer["results"]]


def test_pins_come_first_in_their_order_and_say_so(curated, api):
    answer = ApiClient(curated).search("q=азаматтар форумдарында")
    assert ids(answer)[:2] == ["kunsiz", "a00"]
    assert [result["pinned"] for result in answer["results"]] == [True, True] + [False] * (len(answer["results"]) - 2)
    without = api.search("q=азаматтар форумдарында")
    assert [one for one in ids(without) if one not in ("kunsiz", "a00")][:10] == ids(answer)[2:12]
    assert not any(result["pinned"] for result in without["results"])


def test_pins_count_once_on_all_pages_together(curated):
    client = ApiClient(curated)
    pages = [client.search({"q": "азаматтар форумы", "per_page": 1, "page": page}) for page in range(1, 6)]
    assert ids(pages[0]) == ["kunsiz"]
    assert ids(pages[1]) == ["a00"]
    listed = [one for page in pages for one in ids(page)]
    assert len(set(listed)) == len(listed)


@pytest.mark.parametrize("given", ["sort=newest", "sort=oldest"])
def test_pins_stay_out_of_an_order_that_the_reader_chose(curated, given):
    answer = ApiClient(curated).search("q=азаматтар форумы&" + given)
    assert "kunsiz" not in ids(answer)
    assert not any(result["pinned"] for result in answer["results"])


def test_a_pin_shows_only_if_it_passes_the_filters(curated):
    client = ApiClient(curated)
    assert ids(client.search("q=мектеп"))[0] == "en?1&2"
    assert "en?1&2" not in ids(client.search("q=мектеп&source=Ел үні"))
    assert "en?1&2" not in ids(client.search("q=мектеп&date_to=2020"))
    assert not any(result["pinned"] for result in client.search("q=-мектеп")["results"])


def test_a_synonym_of_the_site_finds_and_is_told_and_undone(curated, api):
    answer = ApiClient(curated).search("q=аяқдоп")
    assert answer["total"] == api.search("q=жүгіру")["total"] > 0
    (note,) = [note for note in answer["query"]["notes"] if note["kind"] == "synonym"]
    assert "жүгіру" in note["to"]
    assert "correct=off" in note["undo"]
    assert ApiClient(curated).search("q=аяқдоп&correct=off")["total"] == 0


def test_the_analysis_tells_of_names_of_the_site(curated):
    (token,) = ApiClient(curated).json("analyze", "text=аяқдопта")["tokens"]
    assert token["name"]["kind"] == "site"
    assert [(other["text"], other["rule"]) for other in token["name"]["others"]] == [("жүгіру", "curation:2")]


def test_a_card_of_a_pinned_article_is_labelled(curated):
    pages = PageClient(curated)
    for language, label in (("kk", "Редакция таңдауы"), ("ru", "Выбор редакции"), ("en", "Editor's choice")):
        page = pages.get(f"/{language}/search?q=азаматтар форумы")
        assert page.texts(".//p[@class='label']") == [label, label]
    assert pages.get("/kk/search?q=театр").texts(".//p[@class='label']") == []
