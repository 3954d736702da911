"""Articles that were withdrawn: in no answer of the service, from the next look at the list on."""

import logging
from pathlib import Path

import pytest

from indexer.withdrawals import bring_back, withdraw
from search.errors import ArticleNotFound, ArticleWithdrawn, IndexCorrupt
from search.model import Article, Collapse, Interval, Query
from search.service import SearchService
from search.settings import Settings
from search.withdrawn import MOST_BYTES, NAME, WithdrawnFile, read
from tests.indexes import publish
from tests.runs import archive, izde, settings


@pytest.fixture
def index(tmp_path: Path) -> Path:
    publish(tmp_path)
    return tmp_path


@pytest.fixture
def service(index: Path):
    service = SearchService(Settings(index=index, deadline_ms=60_000, facet_ms=60_000, poll_ms=0, per_page=100))
    yield service
    service.close()


def everything(service: SearchService, text: str, **more: object):
    return service.search(Query(text, per_page=100, facets=("category", "source"), histogram=Interval.YEAR, **more))


@pytest.mark.parametrize("text", ["мектеп", "форум", "нан бағасы", ""])
def test_what_is_withdrawn_is_in_no_hit_count_facet_or_chart(service, index, text):
    before = everything(service, text, collapse=Collapse.NONE)
    gone = before.hits[0].article
    withdraw(index, [gone.id], "сот шешімі")
    after = everything(service, text, collapse=Collapse.NONE)
    assert after.total == before.total - 1
    assert gone.id not in {hit.article.id for hit in after.hits}
    assert {hit.article.id for hit in after.hits} == {hit.article.id for hit in before.hits} - {gone.id}

    def count(page, value):
        return next((one.count for one in page.facets[0].values if one.value == value), 0)

    if gone.category:
        assert count(after, gone.category) == count(before, gone.category) - 1
    if gone.published:
        assert (
            sum(one.count for one in after.histogram.buckets) == sum(one.count for one in before.histogram.buckets) - 1
        )
    assert after.index.curation != before.index.curation, "kept answers of before are not given again"


def test_it_cannot_be_opened_and_nothing_leads_to_it(service, index):
    (gone,) = (hit.article for hit in service.search(Query("тасқын", per_page=1)).hits)
    near = service.similar(gone.id, 10).hits[0].article.id
    assert gone.id in {hit.article.id for hit in service.similar(near, 50).hits}
    withdraw(index, [gone.id], "автор сұрады")
    for ask in (service.article, lambda one: service.similar(one, 5)):
        with pytest.raises(ArticleWithdrawn):
            ask(gone.id)
    with pytest.raises(ArticleNotFound):
        service.article("ондай мақала болмаған")
    assert gone.id not in {hit.article.id for hit in service.similar(near, 50).hits}
    assert gone.id not in service.article(near).duplicates
    export = service.export(Query(""))
    assert gone.id not in {hit.article.id for batch in export.batches() for hit in batch}


def test_of_articles_that_say_the_same_the_others_stay(tmp_path):
    body = "Көкжарда жаңа көпір ашылды, енді екі ауылдың тұрғындары базарға айналмай, тура барады."
    copies = [Article(f"к{number}", f"Көпір ашылды {number}", body) for number in range(3)]
    assert izde("reindex", archive(tmp_path / "archive", copies), "--index", tmp_path / "index", "-q").code == 0
    service = SearchService(settings(tmp_path, poll_ms=0))
    (first,) = service.search(Query("көпір")).hits
    withdraw(tmp_path / "index", [first.article.id], "ескірген")
    (left,) = service.search(Query("көпір")).hits
    others = {one.id for one in copies} - {first.article.id, left.article.id}
    assert set(left.duplicates) == set(service.article(left.article.id).duplicates) == others
    service.close()


def test_suggested_words_and_titles_do_not_count_it(service, index):
    before = service.suggest("тасқ", 10).suggestions
    ids = [one.id for one in before if one.id]
    total = next(one.total for one in before if not one.id)
    withdraw(index, [ids[0]], "қате")
    after = service.suggest("тасқ", 10).suggestions
    assert ids[0] not in {one.id for one in after}
    assert next(one.total for one in after if not one.id) == total - 1


def test_undone_it_is_there_again(service, index):
    before = everything(service, "форум")
    (article_id,) = (one.id for one in withdraw(index, [before.hits[0].article.id], "қате"))
    assert everything(service, "форум").total == before.total - 1
    assert [one.id for one in bring_back(index, [article_id, "жоқ"])] == [article_id]
    assert [hit.article.id for hit in everything(service, "форум").hits] == [hit.article.id for hit in before.hits]
    assert service.article(article_id).article.id == article_id


def test_a_list_that_is_damaged_leaves_the_last_one_in_use_and_says_so(service, index, caplog):
    withdraw(index, ["a04"], "сот шешімі")
    assert "a04" not in {hit.article.id for hit in everything(service, "форум").hits}
    path = index / NAME
    path.write_bytes(path.read_bytes().replace(b"a04", b"a05"))
    with caplog.at_level(logging.ERROR, "izde.index"):
        page = everything(service, "форум")
    assert "a04" not in {hit.article.id for hit in page.hits}
    assert str(path) in page.index.degraded
    assert len(caplog.records) == 1
    for change in (withdraw, lambda folder, ids, _: bring_back(folder, ids)):
        with pytest.raises(IndexCorrupt, match="backup"):
            change(index, ["a06"], "себеп")
    path.unlink()
    assert "a04" in {hit.article.id for hit in everything(service, "форум").hits}


@pytest.mark.parametrize("junk", [b"", b"[]", b"{", b"\xff", b'{"format":2,"seal":"","articles":[]}', None])
def test_a_list_that_is_none_is_refused_with_its_path(index, junk):
    path = index / NAME
    if junk is None:
        with path.open("wb") as file:
            file.truncate(MOST_BYTES + 1)
    else:
        path.write_bytes(junk)
    with pytest.raises(IndexCorrupt) as told:
        read(index)
    assert str(path) in str(told.value)
    assert WithdrawnFile(index, 0).current().problem


def test_a_harvest_goes_on_without_it(service, index):
    first = service.search(Query("", per_page=10, cursor="*", collapse=Collapse.NONE))
    rest = {hit.article.id for hit in everything(service, "", collapse=Collapse.NONE).hits}
    rest -= {hit.article.id for hit in first.hits}
    gone = sorted(rest)[0]
    withdraw(index, [gone], "қате")
    seen, at = set(), first.next_cursor
    while at:
        page = service.search(Query("", per_page=10, cursor=at, collapse=Collapse.NONE))
        seen |= {hit.article.id for hit in page.hits}
        at = page.next_cursor
    assert gone not in seen
