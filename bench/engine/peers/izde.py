"""Izde by its engine contract alone: one field of given stems, words scored by BM25 of their stem and nothing else."""

from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate, islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search import engines
from search.deadline import Deadline
from search.engines.articles import encode
from search.engines.base import Request, moment
from search.engines.batch import Batch
from search.facets import FACETS as FACETS_OF_ALL
from search.hits import located, shown
from search.kazakh import Analyzer, Row, Terms
from search.model import Article, DateRange, Filter, Query, Sort
from search.query.nodes import And, Node, Or, Phrase, Prefix, Term
from search.settings import Settings
from search.snippets import Matcher
from search.vocabulary import Vocabulary, VocabularyWriter

from ..corpus import Corpus, Given
from ..generate import FIRST_DAY
from ..queries import Ask
from .base import COMPLETIONS, DEEP, FACETS, SHOWN, SNIPPET, Answer

_MEMORY_MB = 256
_MOST_BEGINNINGS = 100_000
_ANY = ("or", "facet", "question")
_BATCH = 200
_SPLIT = 10
"""Articles whose words are strings at the same time: so few that they are looked up before they leave the cache."""


class GivenStems(Analyzer):
    """Reads a text of stems with spaces between; every stem stands for itself."""

    def terms(self, text: str, lang: str | None = None) -> Terms:  # noqa: ARG002
        """The stems of a text."""
        return self.read(text)

    @staticmethod
    def read(text: str) -> Terms:
        """The stems of a text, one space between each two."""
        words = text.split(" ")
        ends = list(accumulate(map(len, words), lambda end, length: end + 1 + length))
        starts = [end - len(word) for word, end in zip(words, ends, strict=True)]
        return Terms(starts, ends, words, words, [(word,) for word in words])


class IzdeSearcher:
    """An open engine and the vocabulary of its stems."""

    def __init__(self, folder: Path) -> None:
        self._engine = engines.kind(Settings().engine).open(folder / "engine")
        self._vocabulary = Vocabulary.open(folder / "vocabulary.bin")
        self._analyzer = GivenStems()

    def ask(self, query: Ask) -> Answer | None:
        """The answer to a query."""
        if query.kind == "complete":
            forms = self._vocabulary.beginning_exact(query.words[0], COMPLETIONS)
            return Answer(tuple(form.exact for form in forms), -1, {})
        node = self._node(query)
        page = self._engine.search(node, _request(query), Deadline.never())
        articles = [article for article in self._engine.get([one for one, _ in page.hits]) if article]
        marked = self._marked(node, articles) if query.kind in ("snippets", "full") else 0
        facets = {facet.field: facet.counts for facet in page.facets}
        return Answer(tuple(article.id for article in articles), page.total, facets, marked)

    def close(self) -> None:
        """Let go of the index."""
        self._engine.close()
        self._vocabulary.close()

    def _marked(self, node: Node, articles: list[Article]) -> int:
        matcher, query = Matcher(node, self._analyzer), Query(snippets=1, snippet_length=SNIPPET)
        places = located(self._engine, [article.id for article in articles], matcher)
        found = (
            shown(article, matcher, query, 1_000_000, Deadline.never(), place)[1]
            for article, place in zip(articles, places, strict=True)
        )
        return sum(any(snippet.marks for snippet in snippets) for snippets in found)

    def _node(self, query: Ask) -> Node:
        words = query.words
        match query.kind:
            case "prefix":
                forms = self._vocabulary.beginning_exact(words[0], _MOST_BEGINNINGS)
                return Prefix(words[0], tuple(form.exact for form in forms))
            case "typo":
                return _term(words[0], *(near.stem for near in self._vocabulary.near_stems(words[0])[:1]))
            case "near":
                return _term(words[0], *(near.stem for near in self._vocabulary.near_stems(words[0])))
        terms = tuple(_term(word, word) for word in words)
        if len(terms) == 1:
            return terms[0]
        if query.kind == "phrase":
            return Phrase(terms)
        return Or(terms) if query.kind in _ANY else And(terms)


def _term(text: str, *stems: str) -> Term:
    return Term(text, stems, ())


def _request(query: Ask) -> Request:
    days = DateRange(_date(query.first), _date(query.last)) if query.kind == "filter" else None
    return Request(
        filters=(Filter("category", (query.category,)),) if query.kind == "filter" else (),
        dates=days,
        sort=Sort.NEWEST if query.kind == "newest" else Sort.RELEVANCE,
        offset=DEEP if query.kind == "deep" else 0,
        limit=SHOWN,
        facets=FACETS if query.kind in ("facet", "full") else (),
        grow_below=0,
    )


def _date(day: int) -> date:
    return date(1970, 1, 1) + timedelta(days=day)


@dataclass(frozen=True)
class _Texts:
    """The words of all articles as numbers, see `search.texts.Texts`."""

    flat: Path
    surfaces: Sequence[Row]
    starts: NDArray[np.int64]
    titles: NDArray[np.int64]


class IzdePeer:
    """Builds through `IndexBuilder`, in batches as the indexer does; splitting and numbering words is part of it."""

    def build(self, folder: Path, corpus: Corpus) -> None:
        """Write the index."""
        place = folder / "engine"
        place.mkdir()
        builder = engines.kind(Settings().engine).builder(place, memory_mb=_MEMORY_MB)
        words = _Words()
        articles = corpus.each(_article)
        while some := list(islice(articles, _BATCH)):
            builder.take(_batch(some, words))
        builder.texts(words.rows())
        builder.finish()

    def more(self, folder: Path, corpus: Corpus) -> None:
        """Write the vocabulary, which the other engines have in their lists of terms."""
        words, starts = _Words(), array("q", [0])
        flat = folder / "words.tmp"
        with flat.open("wb") as file:
            for one in corpus:
                numbers = words.numbers([one.text])
                file.write(numbers.data)
                starts.append(starts[-1] + len(numbers))
        writer = VocabularyWriter()
        titles = np.zeros(len(starts) - 1, np.int64)
        writer.add_texts(_Texts(flat, words.rows(), np.array(starts, np.int64), titles))
        writer.write(folder / "vocabulary.bin")
        flat.unlink()

    def open(self, folder: Path) -> IzdeSearcher:
        """The index of a folder."""
        return IzdeSearcher(folder)


class _Words:
    """The words of a corpus, numbered as they come."""

    def __init__(self) -> None:
        self._numbers: defaultdict[str, int] = defaultdict()
        self._numbers.default_factory = self._numbers.__len__
        self._sizes = np.zeros(1 << 16, np.uint32)
        self._sized = 0

    def numbers(self, texts: Sequence[str]) -> NDArray[np.uint32]:
        """The number of each word of these texts, which has one space between each two."""
        numbers = array("I")
        for first in range(0, len(texts), _SPLIT):
            words = " ".join(texts[first : first + _SPLIT]).split(" ")
            numbers.fromlist(list(map(self._numbers.__getitem__, words)))
        return np.array(numbers, np.uint32)

    def sizes(self, numbers: NDArray[np.uint32]) -> NDArray[np.uint32]:
        """How many characters the words of these numbers have."""
        known, fresh = self._sized, len(self._numbers) - self._sized
        if known + fresh > len(self._sizes):
            self._sizes = np.append(self._sizes, np.zeros(len(self._sizes) + fresh, np.uint32))
        self._sizes[known : known + fresh] = list(map(len, islice(reversed(self._numbers), fresh)))[::-1]
        self._sized += fresh
        return self._sizes[numbers]

    def rows(self) -> "_Rows":
        """What each number means. Afterwards nothing is known any more."""
        words = list(self._numbers)
        self._numbers.clear()
        return _Rows(words)


class _Rows(Sequence[Row]):
    """Rows of stems that stand for themselves, made when they are looked at."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = words

    def __len__(self) -> int:
        return len(self._words)

    def __getitem__(self, place: Any) -> Any:
        return (self._words[place], self._words[place], (self._words[place],))

    def __iter__(self) -> Iterator[Row]:
        return ((word, word, (word,)) for word in self._words)


def _article(one: Given) -> Article:
    published = datetime.fromtimestamp(one.seconds, FIRST_DAY.tzinfo)
    return Article(one.id, one.title, one.text, published=published, category=one.category, source=one.source)


def _batch(articles: Sequence[Article], known: _Words) -> Batch:
    texts = [article.body for article in articles]
    counts = np.array([text.count(" ") + 1 for text in texts])
    numbers = known.numbers(texts)
    sizes = known.sizes(numbers)
    places = np.cumsum(sizes + 1, dtype=np.int64) - sizes - 1
    places -= np.repeat(places[np.cumsum(counts) - counts], counts)
    return Batch(
        ids=[article.id for article in articles],
        moments=list(map(moment, articles)),
        days=[article.date.toordinal() if article.date else 0 for article in articles],
        values=[list(map(spec.value, articles)) for spec in FACETS_OF_ALL.values()],
        stored=list(map(encode, articles)),
        lengths=np.column_stack([np.zeros_like(counts), counts]).ravel().astype(np.uint32),
        words=numbers,
        starts=places.astype(np.uint32),
        sizes=sizes,
    )


engines.load()  # as the service does before there is an index to open
PEER = IzdePeer()
