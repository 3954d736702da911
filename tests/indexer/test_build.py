"""From records to a complete generation."""

import json
import random
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from multiprocessing import active_children
from pathlib import Path

import numpy as np
import pytest

from indexer import analysis, pipeline
from indexer.analysis import default_workers
from indexer.errors import IndexerError, NoSpace
from indexer.spool import Spool, articles
from search import manifest
from search.engines.articles import encode
from search.engines.base import moment, newest_first
from search.engines.batch import Batch
from search.engines.whoosh.builder import WhooshBuilder
from search.kazakh import Analyzer, reading_lang, split
from search.manifest import Manifest
from search.model import Article, Collapse, Query
from search.names import names_of
from search.service import SearchService
from tests.indexes import ARTICLES
from tests.runs import cleaned, leftovers, reindex, served, settings


def made_by(index: Path) -> Manifest:
    name, _ = served(index)
    return manifest.read(index / manifest.GENERATIONS / name)


def test_articles_in_any_order_make_the_same_index(tmp_path: Path) -> None:
    shuffled = cleaned()
    random.Random(7).shuffle(shuffled)
    chosen = settings(tmp_path)
    report = reindex(shuffled, chosen).report
    assert (report.documents, report.added, report.previous) == (len(ARTICLES), len(ARTICLES), "")
    assert served(chosen.index) == (report.generation, len(ARTICLES))
    assert not leftovers(chosen.index)
    service = SearchService(chosen)
    page = service.search(Query("форумға", per_page=100, collapse=Collapse.NONE))
    assert page.total_all_words == 9
    stored = {one.article.id: one.article for one in page.hits}
    for article in ARTICLES:
        if article.id in stored:
            assert stored[article.id] == article
    service.close()


def test_the_manifest_says_what_is_there(tmp_path: Path) -> None:
    chosen = settings(tmp_path)
    report = reindex(cleaned(), chosen).report
    made = made_by(chosen.index)
    folder = chosen.index / manifest.GENERATIONS / made.name
    assert set(made.files) == set(manifest.listed(folder)) >= {manifest.LEXICON, manifest.ARTICLES}
    assert made.newest == max(one.date for one in ARTICLES if one.date)
    assert report.newest == max(one.published for one in ARTICLES if one.published)
    assert (made.terms, made.documents) == (report.terms, report.documents)
    assert report.bytes == sum(entry.size for entry in made.files.values())
    assert made.pipeline == pipeline.fingerprint(chosen)
    assert sum(report.languages.values()) == sum(report.scripts.values()) == len(ARTICLES)


def test_of_two_with_one_id_the_last_wins(tmp_path: Path) -> None:
    first, second = ARTICLES[0], replace(ARTICLES[1], id=ARTICLES[0].id)
    chosen = settings(tmp_path)
    report = reindex(cleaned([first, *ARTICLES[2:6], second]), chosen).report
    assert (report.documents, report.duplicates) == (5, 1)
    service = SearchService(chosen)
    assert service.article(first.id).article.title == second.title
    service.close()


def test_what_cannot_be_stored_is_rejected(tmp_path: Path) -> None:
    bad = [replace(ARTICLES[0], title="жарты \ud800"), replace(ARTICLES[1], extra={"views": "\ud800"})]
    report = reindex(cleaned([*bad, *ARTICLES[2:]]), settings(tmp_path)).report
    assert (report.documents, report.rejected) == (len(ARTICLES) - 2, 2)
    assert all("stored" in one.reason for one in report.errors)
    json.dumps([one.id for one in report.errors])


def bytes_of(index: Path) -> dict[str, object]:
    return dict(made_by(index).files)


@pytest.mark.parametrize("processes", [2, 3])
def test_worker_processes_give_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, processes: int) -> None:
    alone, together = settings(tmp_path / "alone"), settings(tmp_path / "together")
    reindex(cleaned(), alone, workers=1)
    monkeypatch.setattr(analysis, "_CHUNK", 5)
    monkeypatch.setattr(analysis, "_FORMS", 7)
    reindex(cleaned(), together, workers=processes)
    assert bytes_of(together.index) == bytes_of(alone.index)


def test_a_form_alone_is_read_as_in_its_text() -> None:
    analyzer = Analyzer()
    for article in ARTICLES:
        terms = [analyzer.terms(text, article.lang) for text in (article.title, article.body)]
        forms = [split(text)[2] for text in (article.title, article.body)]
        rows = [[analyzer.row(form, reading_lang(article.lang)) for form in some] for some in forms]
        assert rows == [list(zip(one.exacts, one.keys, one.stems, strict=True)) for one in terms]


def test_a_worker_that_is_killed_ends_the_run_and_leaves_the_old_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = settings(tmp_path)
    first = reindex(cleaned(), chosen).report.generation
    monkeypatch.setattr(analysis, "_CHUNK", 1)
    take = WhooshBuilder.take

    def kill_and_take(self: WhooshBuilder, batch: Batch) -> None:
        for process in active_children():
            process.kill()
        take(self, batch)

    monkeypatch.setattr(WhooshBuilder, "take", kill_and_take)
    with pytest.raises(IndexerError, match="--workers 1"):
        reindex(cleaned(), chosen, workers=2, full=True)
    assert served(chosen.index) == (first, len(ARTICLES))
    assert not leftovers(chosen.index)
    assert not active_children()


def test_giving_up_ends_the_workers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = settings(tmp_path)

    def give_up(self: WhooshBuilder, batch: Batch) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(WhooshBuilder, "take", give_up)
    with pytest.raises(NoSpace):
        reindex(cleaned(), chosen, workers=2)
    assert not active_children()


def test_few_articles_need_no_processes() -> None:
    assert default_workers(100) == 1
    assert default_workers(10_000_000) >= 1


def test_the_spool_gives_back_what_it_took(tmp_path: Path) -> None:
    early = Article("1", "т", "м", published=datetime(1850, 1, 1, tzinfo=UTC), extra={"views": 3})
    undated, new = (
        replace(early, id="0", published=None),
        replace(early, id="3", published=datetime(2020, 1, 1, tzinfo=UTC)),
    )
    given = [undated, early, replace(early, id="0б"), new, replace(undated, id="00")]
    ids = names_of([one.id for one in given])
    with Spool(tmp_path / "spool") as spool:
        for number, one in enumerate(given):
            spool.add(number, encode(one), moment(one))
        spool.flush()
        order = spool.newest_first(ids)
        assert list(articles(spool.path, spool.at(order))) == sorted(given, key=newest_first)
        assert [given[at] for at in spool.newest_first(ids, np.array([4, 1, 0]))] == [early, undated, given[4]]


def test_the_fingerprint_is_of_what_shapes_an_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = pipeline.fingerprint(settings(tmp_path))
    assert one == pipeline.fingerprint(settings(tmp_path, per_page=7, keep=5))
    assert one != pipeline.fingerprint(settings(tmp_path, engine="opensearch"))
    monkeypatch.setattr(manifest, "FORMAT", 2)
    assert one != pipeline.fingerprint(settings(tmp_path))


def test_the_fingerprint_follows_code_and_tables(tmp_path: Path) -> None:
    copy = Path(shutil.copytree(Path(pipeline.__file__).parent, tmp_path / "code"))
    import hashlib

    def digest() -> str:
        found = hashlib.sha256()
        pipeline._update(found, copy, "")
        return found.hexdigest()

    before = digest()
    (copy / "note.txt").write_text("no part of the code")
    assert digest() == before
    (copy / "data" / "months.tsv").write_text("a\tb\n")
    assert digest() != before
