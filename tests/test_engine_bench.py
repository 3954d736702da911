"""The benchmark of engines: its corpus is the same each time, and its queries have the same answers on two engines."""

from pathlib import Path

import pytest

from bench.engine import corpus, queries
from bench.engine.lines import answer_line, read_answer
from bench.engine.measure import same
from bench.engine.peers import peer
from bench.engine.peers.base import SHOWN, Answer

SAMPLE = Path(__file__).parents[1] / "sample"
ARTICLES = 300


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> corpus.Corpus:
    folder = tmp_path_factory.mktemp("corpus")
    corpus.make(folder, ARTICLES, source=SAMPLE)
    return corpus.Corpus(folder, ARTICLES)


def test_a_corpus_is_the_same_each_time_and_goes_on_where_it_was_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corpus, "SHARD", 20)
    whole, stopped = tmp_path / "whole", tmp_path / "stopped"
    corpus.make(whole, 60, source=SAMPLE)
    corpus.make(stopped, 40, source=SAMPLE)
    kept = (stopped / "0001" / corpus.ARTICLES).stat().st_mtime_ns
    (stopped / "0000" / corpus.COUNT).unlink()
    (stopped / "0002.part").mkdir()
    corpus.make(stopped, 60, source=SAMPLE)
    assert (stopped / "0001" / corpus.ARTICLES).stat().st_mtime_ns == kept
    files = [file for file in sorted(whole.rglob("*")) if file.is_file()]
    assert len(files) == 3 * 4 + 2
    for file in files:
        assert (stopped / file.relative_to(whole)).read_bytes() == file.read_bytes()
    with pytest.raises(ValueError, match="another corpus"):
        corpus.make(stopped, 60, seed=2, source=SAMPLE)


def test_articles_come_newest_first_with_lengths_near_the_mean(made: corpus.Corpus) -> None:
    rows = list(made)
    assert len(rows) == ARTICLES
    assert [row.seconds for row in rows] == sorted((row.seconds for row in rows), reverse=True)
    words = [len(row.text.split(" ")) for row in rows]
    assert 140 < sum(words) / len(words) < 260
    assert len({row.category for row in rows}) == 12


def test_every_class_has_the_same_answers_on_izde_and_sqlite(made: corpus.Corpus, tmp_path: Path) -> None:
    asks = queries.load(made.folder, ARTICLES, 2)
    assert {ask.kind for ask in asks} == set(queries.CLASSES)
    engines = {}
    for name in ("izde", "sqlite"):
        (tmp_path / name).mkdir()
        maker = peer(name)
        maker.build(tmp_path / name, made)
        maker.more(tmp_path / name, made)
        engines[name] = maker.open(tmp_path / name)
    for ask in asks:
        ours, theirs = (engines[name].ask(ask) for name in ("izde", "sqlite"))
        assert ours is not None
        assert ours.ids or ask.kind == "deep", ask
        assert len(ours.ids) <= SHOWN
        if theirs is not None and ask.kind != "complete":
            assert same(ask.kind, ours, theirs), ask
        if ask.kind in ("snippets", "full"):
            assert ours.snippets == len(ours.ids), ask
    for engine in engines.values():
        engine.close()


def test_an_answer_survives_its_line() -> None:
    answer = Answer(("a1", "a2"), 7, {"category": {"ауыл": 3, "а=б": 4}, "year": {}}, 2)
    timed = read_answer(answer_line(12.34, answer))
    assert timed is not None
    assert (timed.micros, timed.answer) == (12.3, answer)
    assert read_answer(answer_line(1, None)) is None
