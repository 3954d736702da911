"""Whoosh's own searcher on our files; and serving never reads what could run code."""

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from whoosh import query, scoring
from whoosh.index import open_dir
from whoosh.matching import ReadTooFar
from whoosh.reading import TermNotFound

from search.deadline import Deadline
from search.engines.base import Request, newest_first
from search.engines.whoosh import WHOOSH, WhooshEngine
from search.engines.whoosh.toc import NAME as TOC
from search.kazakh import Analyzer
from search.model import Article
from search.query.nodes import And, Node, Or, Phrase, Prefix, Term
from tests.indexes import ARTICLES, publish

ORDERED = sorted(ARTICLES, key=newest_first)
STEMS = ["мектеп", "форум", "су", "театр", "нан", "конак", "жарис", "жоқсөз"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish(tmp_path_factory.mktemp("interop")) / "engine"


@pytest.fixture(scope="module")
def engine(folder: Path) -> Iterator[WhooshEngine]:
    opened = WHOOSH.open(folder)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def searcher(folder: Path) -> Iterator[Any]:
    with open_dir(str(folder), "IZDE").searcher() as opened:
        yield opened


def theirs(searcher: Any, asked: query.Query) -> set[str]:
    return {hit["article"]["id"] for hit in searcher.search(asked, limit=None)}


def ours(engine: WhooshEngine, node: Node) -> set[str]:
    return {one for one, _ in engine.search(node, Request(limit=1000), Deadline.never()).hits}


def stem(word: str) -> Term:
    return Term(word, (word,), ())


def exact(word: str) -> Term:
    return Term(word, (word,), (word,), exact=True)


@pytest.mark.parametrize("word", STEMS)
def test_a_term(engine: WhooshEngine, searcher: Any, word: str) -> None:
    found = theirs(searcher, query.Term("stem", word))
    assert found == ours(engine, stem(word))
    assert bool(found) == (word != "жоқсөз")
    assert searcher.doc_frequency("stem", word) == len(found)


def test_the_words_of_an_article_find_it(searcher: Any) -> None:
    analyzer = Analyzer()
    for article in ARTICLES[:8]:
        for text in (article.title, article.body):
            for word in analyzer.terms(text, article.lang).exacts:
                assert article.id in theirs(searcher, query.Term("exact", word))


@pytest.mark.parametrize(("one", "other"), [("су", "күн"), ("мектеп", "спорт"), ("мектеп", "театр")])
def test_and_or_not(engine: WhooshEngine, searcher: Any, one: str, other: str) -> None:
    a, b = query.Term("stem", one), query.Term("stem", other)
    both, either = ours(engine, And((stem(one), stem(other)))), ours(engine, Or((stem(one), stem(other))))
    assert theirs(searcher, query.And([a, b])) == both
    assert theirs(searcher, query.Or([a, b])) == either
    assert theirs(searcher, query.AndNot(a, b)) == ours(engine, stem(one)) - both


@pytest.mark.parametrize(
    "words", [("су", "тасқынына"), ("жаңа", "мектеп"), ("мектеп", "жаңа"), ("су", "деңгейі", "күн")]
)
def test_a_phrase(engine: WhooshEngine, searcher: Any, words: tuple[str, ...]) -> None:
    found = theirs(searcher, query.Phrase("exact", list(words)))
    assert found == ours(engine, Phrase(tuple(map(exact, words))))
    assert bool(found) == (words != ("мектеп", "жаңа"))


@pytest.mark.parametrize("prefix", ["мект", "форум", "т", "zz"])
def test_a_prefix(engine: WhooshEngine, searcher: Any, prefix: str) -> None:
    words = tuple(text.decode() for text in searcher.reader().expand_prefix("exact", prefix))
    assert all(word.startswith(prefix) for word in words)
    assert theirs(searcher, query.Prefix("exact", prefix)) == ours(engine, Prefix(prefix, words))
    assert bool(words) == (prefix != "zz")


def test_terms_come_in_order_and_every_one_of_them_is_there(searcher: Any) -> None:
    reader = searcher.reader()
    terms = list(reader.all_terms())
    assert terms == sorted(terms)
    assert set(reader.indexed_field_names()) == {name for name, _ in terms} == {"exact", "stem"}
    assert all(term in reader for term in terms)
    assert list(reader.terms_from("stem", "")) == [term for term in terms if term[0] == "stem"]
    assert ("stem", "жоқсөз") not in reader
    assert ("жоқ", "мектеп") not in reader


def test_what_whoosh_knows_of_a_term_is_what_its_postings_say(searcher: Any) -> None:
    reader = searcher.reader()
    for (field, text), info in reader:
        matcher = reader.postings(field, text)
        ids, weights = list(matcher.all_ids()), []
        while matcher.is_active():
            assert matcher.weight() == len(matcher.value_as("positions"))
            weights.append(matcher.weight())
            matcher.next()
        lengths = [reader.doc_field_length(number, field) for number in ids]
        assert (info.doc_frequency(), info.weight(), info.max_weight()) == (len(ids), sum(weights), max(weights))
        assert (info.min_length(), info.max_length()) == (min(lengths), max(lengths))
        assert (info.min_id(), info.max_id()) == (ids[0], ids[-1])
        assert (reader.doc_frequency(field, text), reader.frequency(field, text)) == (len(ids), sum(weights))
    assert (reader.doc_frequency("stem", "жоқсөз"), reader.frequency("stem", "жоқсөз")) == (0, 0)
    with pytest.raises(TermNotFound):
        reader.postings("stem", "жоқсөз")


def test_a_matcher_skips(searcher: Any) -> None:
    matcher = searcher.reader().postings("stem", "мектеп")
    ids = list(matcher.all_ids())
    other = matcher.copy()
    for number in range(len(ORDERED)):
        other = matcher.copy()
        other.skip_to(number)
        assert (other.id() if other.is_active() else None) == next((one for one in ids if one >= number), None)
    assert matcher.id() == ids[0]
    assert next(value for _, value in matcher.all_items()) == matcher.value()
    other.skip_to(10_000)
    assert not other.is_active()
    with pytest.raises((ReadTooFar, IndexError)):
        other.id()


@pytest.mark.parametrize("limit", [3, None])
def test_bm25f_with_lengths(folder: Path, limit: int | None) -> None:
    with open_dir(str(folder), "IZDE").searcher(weighting=scoring.BM25F()) as searcher:
        reader = searcher.reader()
        total = reader.field_length("stem")
        assert total == sum(reader.doc_field_length(number, "stem") for number in range(len(ORDERED)))
        expected: dict[int, float] = {}
        for word in ("мектеп", "су"):
            matcher = reader.postings("stem", word)
            while matcher.is_active():
                length = reader.doc_field_length(matcher.id(), "stem")
                average = total / len(ORDERED)
                idf = searcher.idf("stem", word)
                score = scoring.bm25(idf, matcher.weight(), length, average, 0.75, 1.2)
                expected[matcher.id()] = expected.get(matcher.id(), 0) + score
                matcher.next()
        hits = searcher.search(query.Or([query.Term("stem", "мектеп"), query.Term("stem", "су")]), limit=limit)
        best = sorted(expected, key=lambda number: (-expected[number], number))[:limit]
        assert [hit.docnum for hit in hits] == best
        assert [hit.score for hit in hits] == pytest.approx([expected[number] for number in best])


def test_stored_articles_and_every_document(searcher: Any) -> None:
    hits = searcher.search(query.Every(), limit=None)
    assert [hit["article"]["id"] for hit in sorted(hits, key=lambda hit: hit.docnum)] == [one.id for one in ORDERED]
    assert Article(**searcher.stored_fields(3)["article"]) == ORDERED[3]
    assert searcher.doc_count() == searcher.doc_count_all() == len(ORDERED)
    assert not searcher.reader().has_deletions()


def test_similar_words(searcher: Any) -> None:
    assert set(searcher.reader().terms_within("stem", "мектпе", 2)) >= {"мектеп"}
    assert theirs(searcher, query.FuzzyTerm("stem", "театрр")) == theirs(searcher, query.Term("stem", "театр"))


def test_an_index_without_articles(tmp_path: Path) -> None:
    WHOOSH.builder(tmp_path, memory_mb=16).finish()
    with open_dir(str(tmp_path), "IZDE").searcher() as searcher:
        assert theirs(searcher, query.Every()) == set()
        assert theirs(searcher, query.Term("stem", "су")) == set()


class Hostile:
    """A pickle that leaves a trace where it is read."""

    def __init__(self, trace: Path) -> None:
        self.trace = trace

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.trace,)


def test_serving_does_not_read_the_table_of_contents(tmp_path: Path) -> None:
    folder = publish(tmp_path) / "engine"
    trace = tmp_path / "trace"
    hostile = pickle.dumps(Hostile(trace))
    pickle.loads(hostile)
    trace.unlink()
    for data in (hostile, b"", b"\xff" * 5000, None):
        (folder / TOC).unlink()
        if data is not None:
            (folder / TOC).write_bytes(data)
        engine = WHOOSH.open(folder)
        assert len(ours(engine, stem("мектеп"))) == 9
        assert engine.get([ORDERED[0].id]) == [ORDERED[0]]
        engine.close()
    assert not trace.exists()


def test_serving_loads_nothing_of_whoosh(folder: Path) -> None:
    code = """
import sys
from search.engines.whoosh import WHOOSH
engine = WHOOSH.open(__import__("pathlib").Path(sys.argv[1]))
assert engine.get([sys.argv[2]])[0] is not None
assert not [name for name in sys.modules if name.split(".")[0] == "whoosh"]
"""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    subprocess.run([sys.executable, "-c", code, str(folder), ORDERED[0].id], check=True, env=environment)
