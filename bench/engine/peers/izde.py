"""Izde by its engine contract alone: one field of given stems, words scored by BM25 of their stem and nothing else."""

from datetime import date, datetime, timedelta
from itertools import accumulate
from pathlib import Path

from search import engines
from search.deadline import Deadline
from search.engines.base import Document, Request
from search.hits import located, shown
from search.kazakh import Analyzer, Terms
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
_NOTHING = Terms([], [], [], [], [])


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


class IzdePeer:
    """Builds through `IndexBuilder`; the terms are made before, as part of reading."""

    def build(self, folder: Path, corpus: Corpus) -> None:
        """Write the index."""
        place = folder / "engine"
        place.mkdir()
        builder = engines.kind(Settings().engine).builder(place, memory_mb=_MEMORY_MB)
        for document in corpus.each(_document):
            builder.add(document)
        builder.finish()

    def more(self, folder: Path, corpus: Corpus) -> None:
        """Write the vocabulary, which the other engines have in their lists of terms."""
        writer = VocabularyWriter()
        for one in corpus:
            words = one.text.split(" ")
            writer.add(zip(words, words, ((word,) for word in words), strict=True))
        writer.write(folder / "vocabulary.bin")

    def open(self, folder: Path) -> IzdeSearcher:
        """The index of a folder."""
        return IzdeSearcher(folder)


def _document(one: Given) -> Document:
    moment = datetime.fromtimestamp(one.seconds, FIRST_DAY.tzinfo)
    article = Article(one.id, one.title, one.text, published=moment, category=one.category, source=one.source)
    return Document(article, _NOTHING, GivenStems.read(one.text))


PEER = IzdePeer()
