"""`izde withdraw`: out at once, out of every later run, back when it is undone."""

import json
from pathlib import Path

import pytest

from indexer.withdrawals import withdraw
from search.errors import ArticleWithdrawn
from search.model import Article, Query
from search.service import SearchService
from search.withdrawn import NAME
from tests.runs import archive, izde, settings

ARTICLES = [Article(f"м{number}", f"Көпір салынды {number}", f"Көпір {number} жыл салынды.") for number in range(6)]


@pytest.fixture
def index(tmp_path: Path) -> Path:
    assert izde("reindex", archive(tmp_path / "archive", ARTICLES), "--index", tmp_path / "index", "-q").code == 0
    return tmp_path / "index"


def found(index: Path) -> set[str]:
    service = SearchService(settings(index.parent))
    try:
        return {hit.article.id for hit in service.search(Query("көпір")).hits}
    finally:
        service.close()


def test_it_is_out_at_once_and_after_every_run_until_it_is_undone(index):
    everything = {one.id for one in ARTICLES}
    done = izde("withdraw", "м2", "м4", "--reason", "сот шешімі", "--index", index)
    assert (done.code, done.err) == (0, "")
    assert found(index) == everything - {"м2", "м4"}
    for full in ((), ("--full",)):
        run = izde("reindex", index.parent / "archive", "--index", index, "--json", *full)
        assert run.code == 0
        assert found(index) == everything - {"м2", "м4"}
    report = json.loads(run.out)
    assert (report["withdrawn"], report["inputs"][0]["withdrawn"], report["documents"]) == (2, 2, 4)
    service = SearchService(settings(index.parent))
    with pytest.raises(ArticleWithdrawn):
        service.article("м2")
    service.close()
    assert izde("withdraw", "--undo", "м2", "--index", index).code == 0
    assert found(index) == everything - {"м2", "м4"}, "the index does not hold it any more"
    assert izde("reindex", index.parent / "archive", "--index", index, "-q").code == 0
    assert found(index) == everything - {"м4"}


def test_many_of_them_are_no_mass_deletion(index):
    ids = [one.id for one in ARTICLES[:5]]
    assert izde("withdraw", *ids, "--reason", "жабылды", "--index", index).code == 0
    done = izde("reindex", index.parent / "archive", "--index", index)
    assert done.code == 0
    assert "редакция алып тастаған 5" in done.out
    assert found(index) == {"м5"}


def test_the_list_tells_what_when_and_why(index):
    izde("withdraw", "м1", "--reason", "автор сұрады", "--index", index)
    izde("withdraw", "м3", "--reason", "қате бар", "--index", index)
    lines = izde("withdraw", "--list", "--index", index).out.splitlines()
    assert [line.split("  ")[1:] for line in lines] == [["м1", "автор сұрады"], ["м3", "қате бар"]]
    shown = json.loads(izde("withdraw", "--list", "--json", "--index", index).out)
    assert [(one["id"], one["reason"]) for one in shown] == [("м1", "автор сұрады"), ("м3", "қате бар")]


def test_an_id_that_no_article_has_is_kept_out_and_told(index):
    done = izde("withdraw", "м9", "м1", "--reason", "қате", "--index", index)
    assert done.code == 3
    assert "м9: no article of the index has this id" in done.err
    archive(index.parent / "archive", [*ARTICLES, Article("м9", "Көпір тағы", "Көпір тағы салынды.")])
    assert izde("reindex", index.parent / "archive", "--index", index, "-q").code == 0
    assert found(index) == {one.id for one in ARTICLES} - {"м1"}


@pytest.mark.parametrize("arguments", [(), ("м1",), ("м1", "--reason", " "), ("--undo",)])
def test_what_is_missing_is_said(index, arguments):
    done = izde("withdraw", *arguments, "--index", index)
    assert done.code == 2
    assert found(index) == {one.id for one in ARTICLES}


def test_a_folder_without_an_index_is_not_taken_for_that_of_the_site(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("IZDE_INDEX", raising=False)
    monkeypatch.delenv("IZDE_CONFIG", raising=False)
    done = izde("withdraw", "м1", "--reason", "сот шешімі")
    assert done.code == 2
    assert "no index at var/index: --index or --config names the one that is served" in done.err
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_list_stops_a_run_before_it_brings_articles_back(index):
    withdraw(index, ["м1"], "сот шешімі")
    (index / NAME).write_bytes(b"{")
    done = izde("reindex", index.parent / "archive", "--index", index)
    assert done.code == 1
    assert NAME in done.err
    assert "backup" in done.err
