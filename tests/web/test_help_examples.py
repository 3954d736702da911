"""Every example of the help page is asked, and what the page says of it is true of the sample archive."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from api_client import ApiClient
from flask import Flask
from page_client import PageClient, text_of

LANGUAGES = ("kk", "ru", "en")
Check = Callable[["Archive", str], bool]


class Archive:
    """Asks the API as the link of an example asks for a page."""

    def __init__(self, api: ApiClient) -> None:
        self._api = api
        self._known: dict[str, dict] = {}

    def asked(self, query: str) -> dict:
        """The answer to a query string."""
        if query not in self._known:
            self._known[query] = self._api.search(f"{query}&per_page=100&highlight=none&facets=none".encode())
        return self._known[query]

    def total(self, text: str) -> int:
        return self.answer(text)["total"]

    def answer(self, text: str) -> dict:
        return self.asked(f"q={text.replace(' ', '+')}")

    def ids(self, text: str) -> set[str]:
        return {hit["id"] for hit in self.answer(text)["results"]}

    def notes(self, text: str) -> set[str]:
        return {note["kind"] for note in self.answer(text)["query"]["notes"]}

    def forms(self, text: str) -> set[str]:
        return {form for hit in self.answer(text)["results"] for form in hit["matched_forms"]}


def same(other: str) -> Check:
    return lambda archive, text: archive.ids(text) == archive.ids(other) != set()


def fewer(other: str) -> Check:
    return lambda archive, text: 0 < archive.total(text) < archive.total(other)


def between(least: str, most: str) -> Check:
    return lambda archive, text: archive.total(least) < archive.total(text) < archive.total(most)


def without(first: str, second: str) -> Check:
    return lambda archive, text: archive.ids(text) == archive.ids(first) - archive.ids(second) != archive.ids(first)


def titled(*words: str) -> Check:
    def check(archive: Archive, text: str) -> bool:
        titles = [hit["title"].lower() for hit in archive.answer(text)["results"]]
        return bool(titles) and all(any(word in title for word in words) for title in titles)

    return check


def each(name: str, pattern: str) -> Check:
    def check(archive: Archive, text: str) -> bool:
        values = [hit[name] or "" for hit in archive.answer(text)["results"]]
        return bool(values) and all(re.fullmatch(pattern, value) for value in values)

    return check


def noted(kind: str, then: Check) -> Check:
    return lambda archive, text: kind in archive.notes(text) and then(archive, text)


def every_form(archive: Archive, text: str) -> bool:
    return {"мұғалімдердің", "мұғалімдерге"} <= archive.forms(text)


def both_words_first(archive: Archive, text: str) -> bool:
    hits = archive.answer(text)["results"]
    both = [len({form[:5] for form in hit["matched_forms"]} & {"мекте", "мұғал"}) == 2 for hit in hits]
    return "fallback" in archive.notes(text) and all(both[:5]) and not all(both)


def beginnings(archive: Archive, text: str) -> bool:
    forms = archive.forms(text)
    return len(forms) > 3 and all(form.startswith(("мект", "mekt", "مەكت")) for form in forms)


def only_this_form(archive: Archive, text: str) -> bool:
    return archive.forms(text) == {"мектеп"} and 0 < archive.total(text) < archive.total("мектеп")


def two_words(archive: Archive, text: str) -> bool:
    joint = next(joint for joint in ("ЖӘНЕ", " И ", "AND") if joint in text)
    first, second = text.split(joint)
    return archive.ids(text) == archive.ids(first.strip()) & archive.ids(second.strip()) != set()


def one_of_two(archive: Archive, text: str) -> bool:
    first, _, second = text.split(" ")
    return archive.ids(text) == archive.ids(first) | archive.ids(second)


def other_names(*forms: str) -> Check:
    return lambda archive, text: set(forms) <= archive.forms(text)


def three_words(archive: Archive, text: str) -> bool:
    return "operator" not in archive.notes(text) and archive.total(text) > 0


SU = without("су", "мектеп")
TRUE: dict[str, Check] = {
    "мұғалім": every_form,
    "мугалим": same("мұғалім"),
    "mektep": same("мектеп"),
    "مەكتەپ": same("мектеп"),
    "ajhev": noted("layout", same("форум")),
    "кітапкана": noted("typo", same("кітапхана")),
    "ҮЕҰ": other_names("үеұ", "үкіметтік емес ұйымдардың"),
    "Алматы": noted("synonym", fewer("")),
    "мектеп мұғалімі": both_words_first,
    '"мектеп мұғалімі"': fewer("мектеп мұғалімі"),
    '"мектеп мұғалім"~3': between('"мектеп мұғалімі"', "мектеп мұғалімі"),
    "мектеп -мұғалім": without("мектеп", "мұғалім"),
    "мект*": beginnings,
    "=мектеп": only_this_form,
    "футбал~": other_names("футбол"),
    **dict.fromkeys(("су ЖӘНЕ мектеп", "су И мектеп", "су AND мектеп"), two_words),
    **dict.fromkeys(("газ НЕМЕСЕ көпір", "газ ИЛИ көпір", "газ OR көпір"), one_of_two),
    **dict.fromkeys(("су ЕМЕС мектеп", "су НЕ мектеп", "су NOT мектеп"), SU),
    **dict.fromkeys(("(су НЕМЕСЕ газ) көпір", "(су ИЛИ газ) көпір", "(су OR газ) көпір"), fewer("су НЕМЕСЕ газ")),
    "ҮКІМЕТТІК ЕМЕС ҰЙЫМДАР": three_words,
    **dict.fromkeys(("тақырып:мектеп", "заголовок:мектеп", "title:мектеп"), titled("мекте", "mekte")),
    **dict.fromkeys(
        ("тақырып:(мектеп НЕМЕСЕ мұғалім)", "заголовок:(мектеп ИЛИ мұғалім)", "title:(мектеп OR мұғалім)"),
        titled("мекте", "mekte", "мұғалім"),
    ),
    **dict.fromkeys(("айдар:спорт", "рубрика:спорт", "category:спорт"), each("category", "(?i).*(спорт|sport).*")),
    **dict.fromkeys(("тіл:ru", "язык:ru", "lang:ru"), each("lang", "ru")),
    **dict.fromkeys(("жазу:Latn", "script:Latn"), each("script", "Latn")),
    **dict.fromkeys(("форум күні:2018", "форум дата:2018", "форум date:2018"), each("date", "2018-.*")),
    **dict.fromkeys(
        ("форум күні:2016-05..2018-12", "форум дата:2016-05..2018-12", "форум date:2016-05..2018-12"),
        each("date", "2016-(0[5-9]|1.)-..|201[78]-.*"),
    ),
    **dict.fromkeys(("күні:16.10.2018", "дата:16.10.2018", "date:16.10.2018"), each("date", "2018-10-16")),
}  # fmt: skip


@pytest.fixture(scope="module")
def archive(sample_app: Flask) -> Archive:
    return Archive(ApiClient(sample_app))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_is_true(sample_app: Flask, archive: Archive, language: str) -> None:
    client = PageClient(sample_app)
    page = client.get(f"/{language}/help")
    links = page.all(".//a[@class='example']")
    assert len(links) > 25
    for link in links:
        address, shown = urlsplit(link.get("href", "")), text_of(link)
        given = parse_qs(address.query)
        assert given["q"] == [shown]
        assert address.path == f"/{language}/search"
        found = client.get(link.get("href", ""))
        assert found.all(".//ol[@class='list']/li"), shown
        if given.keys() == {"q"}:
            assert TRUE[shown](archive, shown), shown
            continue
        answer, usual = archive.asked(address.query), archive.answer(shown)
        if "sort" in given:
            days = [hit["date"] for hit in answer["results"] if hit["date"]]
            assert days == sorted(days, reverse=True)
        else:
            assert given["collapse"] == ["none"]
            assert answer["total"] == usual["total"] + usual["duplicates_hidden"] > usual["total"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_is_reached_from_the_top(sample_app: Flask, language: str) -> None:
    page = PageClient(sample_app).get(f"/{language}/help")
    parts = [heading.get("id") for heading in page.all(".//main//h2")]
    assert [link.get("href") for link in page.all(".//main//nav//a")] == [f"#{part}" for part in parts]
    assert all(page.texts(".//main//h2"))
