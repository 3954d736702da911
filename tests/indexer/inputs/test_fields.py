import pytest

from indexer.inputs.fields import ARTICLE_FIELDS, field_of, mapped
from indexer.tables import rows


@pytest.mark.parametrize("row", rows("fields"), ids=lambda row: row["name"])
def test_every_row_is_read_and_has_its_why(row):
    assert row["field"] in ARTICLE_FIELDS
    assert row["why"]
    assert field_of(row["name"]) == field_of(row["name"].capitalize().replace(" ", "_")) == row["field"]


def test_no_name_stands_twice():
    names = [row["name"] for row in rows("fields")]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("key", ["views", "тегтер", "", " ", "t" * 10_000, "\ud800", "номер"])
def test_other_keys_stand_for_nothing(key):
    assert field_of(key) == ""


def test_a_field_takes_the_first_name_that_holds_something():
    assert mapped({"content": "б", "text": " ", "body": None, "description": "в"}, {}) == {
        "body": "б",
        "description": "в",
    }
    assert mapped({"text": "а", "content": "б"}, {}) == mapped({"content": "б", "text": "а"}, {})


def test_the_order_of_keys_does_not_matter_and_nothing_is_lost():
    record = {"date": "1", "published": "2", "pubDate": "3", "views": 4}
    assert mapped(record, {}) == {"published": "2", "date": "1", "pubDate": "3", "views": 4}


def test_an_empty_field_stays_known():
    assert mapped({"title": "", "text": "а"}, {}) == {"title": "", "body": "а"}


def test_given_names_win_and_swap():
    assert mapped({"title": "т", "body": "м"}, {"title": "body", "body": "title"}) == {"body": "т", "title": "м"}
