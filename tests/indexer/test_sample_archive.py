from collections import Counter
from pathlib import Path

import pytest

from indexer.reading import articles
from indexer.records import Cleaned
from indexer.specs import input_specs
from indexer.survey import survey
from search.settings import Settings

SAMPLE = Path(__file__).parents[2] / "sample"


@pytest.fixture(scope="module")
def read():
    specs = input_specs([SAMPLE], Settings())
    return list(articles(specs, survey(specs)))


@pytest.fixture(scope="module")
def sample(read):
    return [item.article for item in read if isinstance(item, Cleaned)]


def test_nothing_is_rejected_and_no_id_stands_twice(read):
    assert [item for item in read if not isinstance(item, Cleaned)] == []
    assert len(read) >= 150


def test_titles_and_bodies(sample):
    for article in sample:
        assert article.title.strip()
        assert "\n" not in article.title
        assert len(article.body) > 100, article.id
        assert "\n\n\n" not in article.body
        assert "<p>" not in article.body


def test_every_text_file_has_its_source_and_an_id_of_its_path(read):
    texts = [item.article for item in read if isinstance(item, Cleaned) and item.file.endswith(".txt")]
    assert len(texts) > 50
    assert {article.source for article in texts} == {"Көкжар тынысы"}
    assert all(article.id.startswith("kokzhar-tynysy/20") for article in texts)


def test_fields(sample):
    assert len({article.source for article in sample}) >= 5
    assert len({article.category for article in sample if article.category}) >= 9
    assert len({article.author for article in sample if article.author}) >= 5
    assert Counter(bool(article.published) for article in sample)[False] <= 8
    assert Counter(bool(article.category) for article in sample)[False] <= 10
    assert all(2015 <= article.published.year <= 2026 for article in sample if article.published)


def test_clocks_of_almaty(sample):
    for article in sample:
        if article.published:
            hours = article.published.utcoffset().total_seconds() / 3600
            assert hours == (6 if article.published.date().isoformat() < "2024-03-01" else 5)


def test_languages_and_scripts(sample):
    found = Counter((article.lang, article.script) for article in sample)
    assert found["kk", "Cyrl"] > 100
    assert found["ru", "Cyrl"] >= 15
    assert found["en", "Latn"] >= 2


def test_crumbs_are_reported_and_gone(read):
    crumbs = Counter(
        remark for item in read if isinstance(item, Cleaned) for remark in item.remarks if "part" in remark
    )
    assert crumbs["not part of the article: 'PhotoRoom'"] >= 2
    assert crumbs["not part of the article: 'Бөлісу'"] >= 2
    assert not any(item.article.body.endswith(("PhotoRoom", "Бөлісу", "Сұхбат")) for item in read)


def test_a_byline_at_the_end_stays(sample):
    [article] = [article for article in sample if article.title == "Тасқыннан кейінгі он бес күн"]
    assert article.body.endswith("\n\nАйнұр Сатыбалды, Қарасай – Көкжар")


def test_bodies_with_html_and_line_breaks(sample):
    assert not any("&nbsp;" in article.body or "</" in article.body for article in sample)
    assert sum("\n\n" in article.body for article in sample) > 140
