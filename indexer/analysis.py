"""Articles of the spool, on their way to the index: in this process when they are few, else by worker processes.

First every text is split into words, which are numbered; then every different word is analysed, once.
"""

import os
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from operator import itemgetter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search import facets, manifest
from search.engines.articles import decode
from search.engines.base import moment
from search.engines.batch import Batch
from search.kazakh import Analyzer, Lang, Row, Stemmer, reading_lang
from search.kazakh.lexicon import Lexicon
from search.kazakh.pieces import Pieces, Tokens
from search.texts import Texts
from search.vectors import StemVectors
from search.vocabulary import VocabularyWriter
from search.vocabulary.capitals import capitalised

from .numbering import Counts, Local, News, Shared
from .processes import Crew, Workers, gathered
from .sample import Sample
from .spool import Place, stored

MANY = 3000
"""Articles from which on worker processes are worth their start."""

_CHUNK = 100
_SIZE = 1 << 21
_FORMS = 500
"""Articles, their bytes, and words that go to a worker at once."""

_MOST_PIECES = 300_000
"""Pieces of texts that a worker remembers, and again so many words as they are written: about 100 MB."""

Places = list[Place]
Cases = tuple[dict[str, int], list[tuple[str, int]]]
"""Words in small letters, and words with capitals: in how many articles each stands so."""

WRITTEN = "written.izde"
"""The file of `vocabulary.written` in a generation."""


def default_workers(articles: int) -> int:
    """How many processes analyse so many articles: the building takes a processor of its own."""
    return 1 if articles < MANY else max(1, min(8, len(os.sched_getaffinity(0))))


@dataclass(frozen=True, slots=True)
class Sent:
    """A batch as a worker sends it, its words in numbers of its own.

    small: words in small letters, once for each article that has them; names: so those with capitals, of `written`.
    """

    batch: Batch
    words: News[Lang]
    small: NDArray[np.uint32]
    names: NDArray[np.uint32]
    written: News[None]


class Analysis:
    """What a worker does."""

    def __init__(self, spool: Path, lexicon: Path, own_facets: str) -> None:
        self._spool, self._lexicon = spool, lexicon
        self._facets = tuple(facets.table(own_facets).values())
        self._forms: Local[Lang] = Local()
        self._pieces = Pieces(self._forms.of)
        self._written: Local[None] = Local()

    def batch(self, places: Places) -> Sent:
        """The articles at these places of the spool."""
        held = list(stored(self._spool, places))
        articles = list(map(decode, held))
        names = array("I")
        for article in articles:
            lang = reading_lang(article.lang)
            self._pieces.add(article.title, lang)
            self._pieces.add(article.body, lang)
            names.extend(self._written.of(capitalised(article.body), None))
        tokens = self._pieces.take()
        batch = Batch(
            ids=[article.id for article in articles],
            moments=list(map(moment, articles)),
            days=[article.date.toordinal() if article.date else 0 for article in articles],
            values=[list(map(spec.value, articles)) for spec in self._facets],
            stored=held,
            lengths=tokens.lengths,
            words=tokens.forms,
            starts=tokens.starts,
            sizes=tokens.sizes,
        )
        names_of = np.array(names, np.uint32)
        sent = Sent(batch, self._forms.news(), _small(tokens), names_of, self._written.news())
        if len(self._pieces) > _MOST_PIECES:
            self._pieces.forget()
            self._forms.forget()
        if len(self._written) > _MOST_PIECES:
            self._written.forget()
        return sent

    def rows(self, forms: list[tuple[Lang, str]]) -> list[Row]:
        """What is found of each form in a text of its language; the texts are split by now."""
        self._pieces.forget()
        self._forms.forget()
        self._written.forget()
        return [self._analyzer.row(form, lang) for lang, form in forms]

    def vectors(self, sample: Sample) -> StemVectors:
        """The vectors of a generation, see `Sample.vectors`."""
        return sample.vectors()

    def vocabulary(self, task: tuple[Path, Texts, Cases]) -> None:
        """Write the vocabulary of these texts to a folder; `Words.cases` says how their words are written."""
        folder, texts, cases = task
        vocabulary = VocabularyWriter()
        vocabulary.add_texts(texts)
        for word, articles in every(cases):
            vocabulary.written.add(word, articles)
        vocabulary.write(folder / manifest.VOCABULARY)
        vocabulary.written.write(folder / WRITTEN)

    @cached_property
    def _analyzer(self) -> Analyzer:
        return Analyzer(Stemmer(Lexicon.load(self._lexicon)))


def every(cases: Cases) -> Iterator[tuple[str, int]]:
    """Every word as it is written, and in how many articles."""
    small, names = cases
    yield from small.items()
    yield from names


def _small(tokens: Tokens) -> NDArray[np.uint32]:
    """The words in small letters of the bodies, once for each article that has them."""
    texts = np.repeat(np.arange(len(tokens.lengths)), tokens.lengths)
    chosen = tokens.alone & (texts % 2 == 1)
    held = np.sort(texts[chosen] << 32 | tokens.forms[chosen])
    distinct = np.diff(held, prepend=-1) > 0
    return held[distinct].astype(np.uint32)  # the lower half


def workers(crew: Crew, spool: Path, lexicon: Path, own_facets: str, count: int) -> Workers:
    """Those who do the analysis: processes, or this one if one is enough."""
    return crew.workers(count, Analysis, spool, lexicon, own_facets)


class Casing:
    """In how many of some articles each word is written in which way, by the numbers of `Words`."""

    def __init__(self) -> None:
        self.small, self.names = Counts(), Counts()


class Words:
    """The words of all articles: their numbers, and in how many articles each is written in which way."""

    def __init__(self, who: Workers) -> None:
        self._who = who
        self._forms: Shared[Lang] = Shared(who.count)
        self._written: Shared[None] = Shared(who.count)
        self._casing = Casing()

    def __len__(self) -> int:
        return len(self._forms)

    def batches(self, places: Iterable[Place], casing: Casing | None = None) -> Iterator[Batch]:
        """The articles at these places of the spool. casing: takes how they write their words, apart from others."""
        casing = casing or self._casing
        for process, sent in self._who.map("batch", gathered(places, _CHUNK, itemgetter(1), _SIZE)):
            numbers = self._forms.take(process, sent.words, sent.batch.words)
            casing.small.add(self._forms.known(process, sent.small))
            casing.names.add(self._written.take(process, sent.written, sent.names))
            yield replace(sent.batch, words=numbers)

    def cases(self, rows: Sequence[Row], casing: Casing | None = None) -> Cases:
        """How words are written. rows: what `rows` gave."""
        casing = casing or self._casing
        small, lower = casing.small.of(len(rows)), dict[str, int]()
        for number in np.flatnonzero(small).tolist():
            exact = rows[number][0]
            lower[exact] = lower.get(exact, 0) + int(small[number])
        names = casing.names.of(len(self._written)).tolist()
        return lower, [(word, count) for word, count in zip(self._written.words, names, strict=True) if count]

    def rows(self, step: Callable[[int], None]) -> list[Row]:
        """What is found of each form, by its number, once all batches are taken."""
        self._forms.close()
        self._written.close()
        forms = zip(self._forms.kinds, self._forms.words, strict=True)
        rows: list[Row] = []
        # Equal stems become one; equal strings of a row are one by the way on which they came.
        one = dict[tuple[str, ...], tuple[str, ...]]().setdefault
        for _, found in self._who.map("rows", gathered(forms, _FORMS)):
            rows.extend([(exact, key, one(stems, stems)) for exact, key, stems in found])
            step(len(found))
        self._forms.words.clear()
        self._forms.kinds.clear()
        return rows
