"""Hits by date over HTTP, against counts by hand: buckets of every width, all their articles, filters, duplicates."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from api_client import ApiClient
from flask import Flask

from search.model import Article
from search.service import SearchService
from search.settings import Settings
from tests.indexes import publish
from web import create_app

DAYS = ("2018-01-31", "2018-02-28", "2018-03-01", "2018-12-31", "2019-01-01", "2019-01-01", "2020-02-29", "2020-03-15")


def _articles() -> Iterator[Article]:
    for number, day in enumerate(DAYS):
        for part, word in enumerate(("форум", "кітапхана")):
            for copy in range(1 + number % 2):
                yield Article(
                    f"{number}-{part}-{copy}",
                    "Хабар",
                    f"Бүгін қалада {word} туралы {number} рет айтылды, бұл жиынға келгендер риза болып тарасты.",
                    # The last minutes of the local day, which is another day in UTC.
                    published=datetime.fromisoformat(f"{day}T23:55+06:00"),
                    category="Қоғам" if number % 3 else "Спорт",
                )
    yield Article("undated", "Күні жоқ", "Форум туралы күні жоқ хабар осы ғана болып тұр, басқасы белгісіз екен.")


ARTICLES = tuple(_articles())


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ApiClient]:
    folder = tmp_path_factory.mktemp("days")
    publish(folder, ARTICLES, clusters=True)
    service = SearchService(Settings(index=folder, deadline_ms=60_000, facet_ms=60_000))
    app: Flask = create_app(Settings(index=folder), service)
    yield ApiClient(app)
    service.close()


def hits(word: str = "", category: str = "") -> list[Article]:
    return [one for one in ARTICLES if word in one.body.lower() and (not category or one.category == category)]


def by_hand(articles: list[Article], length: int, *, groups: bool) -> dict[str, int]:
    """Articles, or groups that say the same, by the first `length` characters of the local date."""
    keys = {(one.date.isoformat()[:length], one.body if groups else one.id) for one in articles if one.date}
    return dict(Counter(key for key, _ in keys))


@pytest.mark.parametrize(("width", "length"), [("year", 4), ("month", 7)])
@pytest.mark.parametrize("collapse", ["duplicates", "none"])
@pytest.mark.parametrize(("word", "category"), [("", ""), ("форум", ""), ("кітапхана", "Спорт")])
def test_buckets_are_those_counted_by_hand(
    api: ApiClient, width: str, length: int, collapse: str, word: str, category: str
) -> None:
    given = {"q": word, "histogram": width, "collapse": collapse, "category": category}
    found = api.search(given)["histogram"]
    assert found["interval"] == width
    expected = by_hand(hits(word, category), length, groups=collapse == "duplicates")
    assert {one["key"]: one["count"] for one in found["buckets"] if one["count"]} == expected
    everything = by_hand(list(ARTICLES), length, groups=False)
    assert {one["key"]: one["of"] for one in found["buckets"]} == {
        one["key"]: everything.get(one["key"], 0) for one in found["buckets"]
    }
    whole_days(found["buckets"])


def test_days_are_those_counted_by_hand(api: ApiClient) -> None:
    given = {"q": "форум", "histogram": "day", "date_from": "2018-01", "date_to": "2018-03", "collapse": "none"}
    found = api.search(given)["histogram"]
    chosen = [one for one in hits("форум") if one.date and one.date.isoformat() < "2018-04"]
    assert found["interval"] == "day"
    assert {one["key"]: one["count"] for one in found["buckets"] if one["count"]} == by_hand(chosen, 10, groups=False)
    assert len(found["buckets"]) == 30  # 31 January to 1 March, without gaps
    whole_days(found["buckets"])


@pytest.mark.parametrize(
    ("first", "last", "interval"),
    [("2018-01-31", "2018-03-01", "day"), ("2018", "2019", "month"), ("", "", "month"), ("2020", "2020", "day")],
)
def test_auto_takes_a_width_that_fits_and_counts_the_same(api: ApiClient, first: str, last: str, interval: str) -> None:
    given = {"histogram": "auto", "date_from": first, "date_to": last, "collapse": "none"}
    found = api.search(given)
    assert found["histogram"]["interval"] == interval
    dated = [one for one in ARTICLES if one.date and found["total"]]
    inside = [one for one in dated if (first or "0") <= one.date.isoformat()[: len(first) or 10]]
    inside = [one for one in inside if not last or one.date.isoformat()[: len(last)] <= last]
    assert sum(one["count"] for one in found["histogram"]["buckets"]) == len(inside)


def test_a_year_that_is_chosen_narrows_the_chart(api: ApiClient) -> None:
    found = api.search({"histogram": "year", "year": "2019"})["histogram"]
    assert [one["key"] for one in found["buckets"]] == ["2019"]
    assert found["buckets"][0]["of"] == by_hand(list(ARTICLES), 4, groups=False)["2019"]


def test_without_dated_hits_there_are_no_buckets(api: ApiClient) -> None:
    assert api.search({"histogram": "month", "q": "белгісіз"})["histogram"]["buckets"] == []
    assert api.search({"q": "форум"})["histogram"] is None


def whole_days(buckets: list[dict[str, str]]) -> None:
    """Every bucket begins on the day after the one before it ends."""
    for before, after in pairwise(buckets):
        assert date.fromisoformat(before["to"]) + timedelta(days=1) == date.fromisoformat(after["from"])
    for one in buckets:
        assert one["from"].startswith(one["key"])
        assert one["to"].startswith(one["key"])
