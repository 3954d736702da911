import re
from collections import Counter
from datetime import date
from urllib.parse import unquote_plus, urlsplit

import html5lib
import pytest
from api_client import ApiClient

from search.facets import FACETS
from tests.indexes import ARTICLES, NAME

BY_ID = {one.id: one for one in ARTICLES}
FORUM = {one.id for one in ARTICLES if "орум" in one.body or "orumğa" in one.body}
ALL = {"per_page": 100}


def ids(answer):
    return [result["id"] for result in answer["results"]]


def follow(api, url):
    """The answer under an absolute link."""
    parts = urlsplit(url)
    assert (parts.scheme, parts.netloc) == ("http", "localhost")
    return api.json(parts.path, parts.query)


def test_the_articles_with_the_word_are_found_in_every_script(api):
    for q in ("форум", "ФОРУМДАРДЫҢ", "forum", "forumy"):
        assert set(ids(api.search({"q": q}))) == FORUM


def test_an_empty_query_asks_for_everything_newest_first(api):
    answer = api.search(ALL)
    assert answer["total"] == len(ARTICLES) == answer["index"]["documents"]
    days = [result["date"] for result in answer["results"]]
    dated = [day for day in days if day]
    assert dated == sorted(dated, reverse=True)
    assert days[len(dated) :] == [None] * (len(days) - len(dated))
    oldest = api.search({**ALL, "sort": "oldest"})
    assert [r["date"] for r in oldest["results"] if r["date"]] == sorted(dated)


def test_a_hit_is_the_article(api):
    (hit,) = api.search({"q": "школа"})["results"]
    article = BY_ID["орыс 1"]
    assert {name: hit[name] for name in ("id", "title", "url", "category", "source", "author", "lang", "script")} == {
        name: getattr(article, name)
        for name in ("id", "title", "url", "category", "source", "author", "lang", "script")
    }
    assert hit["published"] == "2022-09-01T23:30:00+06:00"
    assert hit["date"] == "2022-09-01"
    assert hit["page_url"] == "/kk/article/%D0%BE%D1%80%D1%8B%D1%81%201"
    assert hit["matched_forms"] == ["школу", "школе"]
    assert hit["score"] > 0


def test_the_answer_says_what_was_asked_and_who_answered(api):
    answer = api.search({"q": "форум", "match": "exact", "category": ["Құқық", "-Спорт"], "date_from": "2016"})
    assert answer["query"]["q"] == "форум"
    assert answer["query"]["match"] == "exact"
    assert answer["query"]["filters"] == {"category": ["Құқық", "-Спорт"], "date_from": "2016-01-01"}
    assert answer["index"] == {
        "generation": NAME, "documents": len(ARTICLES), "indexed_at": "2026-11-23T01:30:00Z", "degraded": "",
        "stale": False,
    }  # fmt: skip
    assert answer["total_is_exact"]
    assert not answer["timed_out"]
    assert answer["took_ms"] >= 0


def test_exact_search_finds_the_form_typed_only(api):
    with_form = {one.id for one in ARTICLES if re.search(r"\bфорумға\b", one.body.lower())}
    assert set(ids(api.search({"q": "форумға", "match": "exact"}))) == with_form < FORUM


def test_the_part_that_is_searched(api):
    in_title = {one.id for one in ARTICLES if "мектеп" in one.title}
    assert in_title <= set(ids(api.search({"q": "мектеп", "in": "title", **ALL})))
    assert ids(api.search({"q": "кітапхана", "in": "title"})) == []
    assert len(ids(api.search({"q": "кітапхана", "in": "body"}))) == 8


def test_phrases_and_forbidden_words(api):
    assert {BY_ID[i].category for i in ids(api.search({"q": '"су тасқыны"'}))} == {""}
    assert ids(api.search({"q": '"тасқыны су"'})) == []
    left = api.search({"q": "форум -қонақтар"})
    assert set(ids(left)) == {"latin/1"}


def test_pages_cover_the_hits_once_and_in_order(api):
    whole = ids(api.search(ALL))
    pages = [api.search({"page": n, "per_page": 7}) for n in range(1, 9)]
    assert [i for page in pages for i in ids(page)] == whole
    assert {page["pages"] for page in pages} == {8}
    assert [len(page["results"]) for page in pages] == [7] * 7 + [5]


def test_a_page_past_the_end_is_empty(api):
    answer = api.search({"page": 30, "per_page": 20})
    assert answer["results"] == []
    assert answer["total"] == len(ARTICLES)
    assert ids(follow(api, answer["links"]["prev"])) == ids(follow(api, answer["links"]["last"])) != []
    assert answer["links"]["next"] is None


def test_beyond_the_window_is_refused(api):
    api.search({"page": 50, "per_page": 20})
    api.search({"page": 10, "per_page": 100})
    assert api.refused({"page": 51, "per_page": 20}) == [("page", "outside-window", None)]
    assert api.refused({"page": 11, "per_page": 100}) == [("page", "outside-window", None)]
    assert api.refused({"page": 1001, "per_page": 1}) == [("page", "outside-window", None)]


def test_links_never_lead_out_of_the_window(index_folder, app_with):
    api = ApiClient(app_with(index=index_folder, window=20))
    answer = api.search({"per_page": 7})
    assert answer["pages"] == 8
    assert answer["links"]["last"] == answer["links"]["next"]
    last = follow(api, answer["links"]["last"])
    assert (last["page"], last["links"]["next"]) == (2, None)
    api.search({"per_page": 30})  # one page may be larger than the window


def test_links_lead_to_the_neighbours(api):
    answer = api.search({"q": "форум", "per_page": 2, "page": 3, "category": "Құқық", "highlight": "ranges"})
    links = answer["links"]
    assert [follow(api, links[name])["page"] for name in ("self", "first", "prev", "next", "last")] == [3, 1, 2, 4, 5]
    assert follow(api, links["self"]) | {"took_ms": 0} == answer | {"took_ms": 0}
    assert urlsplit(links["html"]).path == "/kk/search"
    first = api.search({"q": "форум"})["links"]
    assert (first["prev"], first["next"]) == (None, None)


def test_the_link_header_says_the_same(api):
    response = api.get("search", {"per_page": 5, "page": 2})
    found = {name: url for url, name in re.findall(r'<([^>]+)>; rel="(\w+)"', response.headers["Link"])}
    links = response.json["links"]
    assert found == {name: links[name] for name in ("prev", "next", "first", "last")}
    header = api.get("search", {"q": 'x>; rel="next", <y'}).headers["Link"]
    assert header.count("<") == header.count(">") == 2


# Conditions on articles that the API must agree with, as parameters and as a function.
CONDITIONS = [
    ({}, lambda a: True),
    ({"q": "форум"}, lambda a: a.id in FORUM),
    ({"category": "Құқық"}, lambda a: a.category == "Құқық"),
    ({"category": ["Құқық", "Спорт"], "source": "Ел үні"},
     lambda a: a.category in ("Құқық", "Спорт") and a.source == "Ел үні"),
    ({"category": "-Спорт"}, lambda a: a.category != "Спорт"),
    ({"category": "\\-Жедел"}, lambda a: a.category == "-Жедел"),
    ({"category": "--Жедел"}, lambda a: a.category != "-Жедел"),
    ({"category": "\\Қосымша"}, lambda a: a.category == "\\Қосымша"),
    ({"source": "Көкжар таңы, қосымша"}, lambda a: a.source == "Көкжар таңы, қосымша"),
    ({"category": "Жоқ айдар"}, lambda a: False),
    ({"year": ["2016", "2018"]}, lambda a: a.date is not None and a.date.year in (2016, 2018)),
    ({"year": "-2016"}, lambda a: a.date is None or a.date.year != 2016),
    ({"lang": "ru"}, lambda a: a.lang == "ru"),
    ({"script": "-Cyrl"}, lambda a: a.script != "Cyrl"),
    ({"author": "Әсел Қуанышева", "q": "мектеп"},
     lambda a: a.author == "Әсел Қуанышева" and ("мектеп" in a.title or a.id == "arab-1")),
    ({"date_from": "2018-05", "date_to": "2020"}, lambda a: a.date is not None and date(2018, 5,
    1) <= a.date <= date(2020, 12, 31)),
    ({"date_to": "2022-09-01"}, lambda a: a.date is not None and a.date <= date(2022, 9, 1)),
    ({"q": "форум", "year": "-2019", "category": "Құқық"},
     lambda a: a.id in FORUM and (a.date is None or a.date.year != 2019)),
]  # fmt: skip


@pytest.mark.parametrize(("given", "holds"), CONDITIONS, ids=lambda v: str(v) if isinstance(v, dict) else "")
def test_filters_leave_what_they_ask_for(api, given, holds):
    answer = api.search({**given, **ALL})
    assert set(ids(answer)) == {one.id for one in ARTICLES if holds(one)}
    assert answer["total"] == len(answer["results"])


@pytest.mark.parametrize("name", FACETS)
@pytest.mark.parametrize(("given", "holds"), CONDITIONS, ids=lambda v: str(v) if isinstance(v, dict) else "")
def test_facets_count_what_choosing_a_value_would_give(api, given, holds, name):
    """Counted from the articles, by the condition without its own part on this facet."""
    others = {key: value for key, value in given.items() if key != name}
    left = [BY_ID[i] for i in ids(api.search({**others, **ALL}))]
    expected = Counter(FACETS[name].value(one) for one in left)
    missing = expected.pop("", 0)
    group = api.search({**given, "facets": name, "facet_limit": 100})["facets"][name]
    assert {item["value"]: item["count"] for item in group["values"] if item["count"]} == expected
    assert (group["missing"], group["other"]) == (missing, 0)


def test_a_facet_of_the_whole_archive_by_hand(api):
    groups = api.search({"facets": "category,source", "facet_limit": 3})["facets"]
    assert [(v["value"], v["count"]) for v in groups["category"]["values"]] == [
        ("Қоғам", 10),
        ("Құқық", 9),
        ("Экономика", 9),
    ]
    assert (groups["category"]["other"], groups["category"]["missing"]) == (18, 8)
    assert [(v["value"], v["count"]) for v in groups["source"]["values"]] == [
        ("Ел үні", 19), ("Дала хабары", 18), ("Көкжар таңы", 16),
    ]  # fmt: skip
    assert (groups["source"]["other"], groups["source"]["missing"]) == (1, 0)


def test_a_facet_value_leads_to_the_hits_it_counts(api):
    answer = api.search({"q": "форум", "facets": ",".join(FACETS)})
    for name, group in answer["facets"].items():
        for item in group["values"]:
            there = follow(api, item["href"])
            assert there["query"]["filters"] == {name: [item["value"]]}
            assert there["total"] == item["count"]


def test_a_chosen_value_leads_back(api):
    given = {"q": "форум", "category": ["Спорт", "Құқық", "-Мәдениет"], "source": "Ел үні"}
    values = api.search(given)["facets"]["category"]["values"]
    states = {v["value"]: (v["selected"], v["excluded"]) for v in values}
    assert states == {"Құқық": (True, False), "Спорт": (True, False), "Мәдениет": (False, True)}
    filters = {v["value"]: follow(api, v["href"])["query"]["filters"] for v in values}
    assert filters["Спорт"] == {"category": ["Құқық", "-Мәдениет"], "source": ["Ел үні"]}
    assert filters["Мәдениет"] == {"category": ["Спорт", "Құқық"], "source": ["Ел үні"]}


def test_facets_that_are_asked_for_are_given(api):
    assert list(api.search({"facets": "none"})["facets"]) == []
    assert set(api.search({"facets": "lang,author"})["facets"]) == {"lang", "author"}
    assert set(api.search()["facets"]) == {"category", "source", "year"}
    assert [v["value"] for v in api.search({"facets": "year", "facet_limit": 2})["facets"]["year"]["values"]] == [
        "2022",
        "2021",
    ]


@pytest.mark.parametrize(("interval", "length"), [("year", 4), ("month", 7)])
@pytest.mark.parametrize("given", [{}, {"q": "форум"}, {"category": "Спорт", "date_from": "2017"}])
def test_the_histogram_counts_hits_and_all_articles(api, given, interval, length):
    answer = api.search({**given, "histogram": interval, **ALL})
    hits = Counter(r["date"][:length] for r in answer["results"] if r["date"])
    everything = Counter(one.date.isoformat()[:length] for one in ARTICLES if one.date)
    buckets = answer["histogram"]["buckets"]
    assert answer["histogram"]["interval"] == interval
    assert {b["key"]: b["count"] for b in buckets if b["count"]} == hits
    assert all(b["of"] == everything[b["key"]] for b in buckets)
    assert all(b["from"].startswith(b["key"]) and b["to"].startswith(b["key"]) for b in buckets)
    assert [b["key"] for b in buckets] == sorted({b["key"] for b in buckets})


def test_no_histogram_unless_asked_for(api):
    assert api.search()["histogram"] is None
    assert api.search({"histogram": "auto"})["histogram"]["interval"] == "year"
    assert api.search({"histogram": "auto", "q": "жоқсөзжоқ"})["histogram"]["buckets"] == []
    day = api.search({"histogram": "auto", "date_from": "2022-09"})["histogram"]
    assert [(b["key"], b["count"]) for b in day["buckets"]] == [("2022-09-01", 1), ("2022-09-02", 1)]


def text_of(fragment):
    """What a browser shows of a piece of HTML, and what it marks; nothing but marks may be in it."""
    tree = html5lib.parseFragment(fragment, namespaceHTMLElements=False)
    assert {element.tag for element in tree.iter() if isinstance(element.tag, str)} <= {"DOCUMENT_FRAGMENT", "mark"}
    assert not any(element.attrib for element in tree.iter())
    return "".join(tree.itertext()), ["".join(mark.itertext()) for mark in tree.iter("mark")]


def test_highlight_html_is_safe_and_marks_the_words(api):
    (hit,) = api.search({"q": "сынақ тырнақша"})["results"]
    article = BY_ID["belgi"]
    assert hit["title"] == article.title
    assert text_of(hit["title_html"]) == (article.title, ["тырнақша"])
    assert "<mark>" in hit["title_html"]
    (snippet,) = hit["snippets"]
    shown, marks = text_of(snippet)
    assert shown.removeprefix("… ") in article.body
    assert marks == ["Сынақ", "сынақ"]


def test_highlight_ranges_point_into_the_text(api):
    (hit,) = api.search({"q": "сынақ тырнақша", "highlight": "ranges"})["results"]
    assert "title_html" not in hit
    assert hit["title"]["text"] == BY_ID["belgi"].title
    marks = [hit["title"]["text"][start:end] for start, end in hit["title"]["marks"]]
    assert marks == ["тырнақша"]
    (snippet,) = hit["snippets"]
    assert snippet["text"] in BY_ID["belgi"].body
    assert [snippet["text"][start:end] for start, end in snippet["marks"]] == ["Сынақ", "сынақ"]


def test_highlight_none_is_text(api):
    (hit,) = api.search({"q": "сынақ", "highlight": "none"})["results"]
    assert "title_html" not in hit
    assert hit["title"] == BY_ID["belgi"].title
    assert all(snippet in BY_ID["belgi"].body for snippet in hit["snippets"])


@pytest.mark.parametrize("highlight", ["html", "ranges", "none"])
def test_the_three_ways_to_highlight_say_the_same(api, highlight):
    def plain(value):
        return text_of(value)[0].removeprefix("… ").removesuffix(" …") if highlight == "html" else value

    given = {"q": "форум сұрақтарға ауылдардан", "snippet_length": 80}
    ranges = api.search({**given, "highlight": "ranges"})["results"]
    other = api.search({**given, "highlight": highlight})["results"]
    for one, two in zip(ranges, other, strict=True):
        assert [s["text"] for s in one["snippets"]] == [
            plain(s["text"] if highlight == "ranges" else s) for s in two["snippets"]
        ]


@pytest.mark.parametrize("count", range(6))
def test_so_many_snippets_as_asked_for(api, count):
    answer = api.search({"q": "форум", "snippets": count, "snippet_length": 80, "highlight": "none"})
    assert max(len(result["snippets"]) for result in answer["results"]) == min(count, 2)
    assert all(len(snippet) <= 80 for result in answer["results"] for snippet in result["snippets"])


def test_longer_snippets_show_more(api):
    def longest(length):
        found = api.search({"q": "форум", "snippet_length": length, "highlight": "none"})["results"]
        return max(len(snippet) for result in found for snippet in result["snippets"])

    assert longest(80) <= 80 < longest(400) <= 400


def test_notes_tell_what_was_done(api):
    notes = api.search({"q": '(форум* "және'})["query"]["notes"]
    assert [(note["kind"], note["from"]) for note in notes] == [
        ("dropped", "("),
        ("dropped", '"'),
        ("stopwords", "және"),
    ]
    assert all(note["text"] for note in notes)
    many = " ".join(f"сөз{n}" for n in range(40))
    (note,) = (n for n in api.search({"q": many})["query"]["notes"] if n["kind"] == "truncated")
    assert note["from"] == " ".join(f"сөз{n}" for n in range(32, 40))


def test_words_that_few_articles_hold_together_grow_to_any_word(api):
    answer = api.search({"q": "форум наубайхана", **ALL})
    assert answer["total"] == len(FORUM) + 8
    assert answer["total_all_words"] == 0


@pytest.mark.parametrize("sign", ["(", ")", '"', "-", "*", "?", "~", "[", "^", "\\", "'", "<", "«", "\u202e", "\u0301"])
def test_a_thousand_signs_are_no_query(api, sign):
    answer = api.refused({"q": sign * 1000})
    assert answer == [("q", "too-long", None)]
    answer = api.search({"q": sign * 500})
    assert answer["total"] in (0, len(ARTICLES))
    assert text_of(answer["query"]["notes"][0]["text"] if answer["query"]["notes"] else "")


def test_the_address_of_the_site_is_used_in_links(index_folder, app_with):
    api = ApiClient(app_with(index=index_folder, site_url="https://izde.example/"))
    links = api.search({"q": "форум"})["links"]
    assert links["self"].startswith("https://izde.example/api/v1/search?")
    assert unquote_plus(urlsplit(links["html"]).query) == "q=форум"


def test_a_deadline_that_has_passed_gives_what_was_found(index_folder, app_with):
    response = ApiClient(app_with(index=index_folder, deadline_ms=0)).get("search", {"q": "форум мектеп"})
    answer = response.json
    assert answer["timed_out"]
    assert not answer["total_is_exact"]
    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers
