"""Looks at a generation as a reader would, before anyone reads it."""

from collections.abc import Collection
from pathlib import Path

from search import manifest
from search.deadline import Deadline
from search.engines.base import Request
from search.errors import EngineError
from search.generation import Generation, open_generation
from search.model import Article, Sort
from search.query.nodes import MatchAll, Term

from .errors import SafetyStop

SAMPLES = 5
_WITHIN = 1000


def check(folder: Path, expected: int, known: Collection[str] = ()) -> None:
    """Compare all hashes, open the generation, count its articles, and find a few of them by a word of their own.

    known: files that were compared with their own checksums just now.

    Raises:
        SafetyStop: it is not what it should be.
    """
    try:
        made = manifest.read(folder)
        manifest.check_sizes(folder, made)
        for name in made.files:
            if name not in known:
                manifest.check_hash(folder, made, name)
        generation = open_generation(folder)
    except EngineError as error:
        raise SafetyStop(f"the new generation cannot be served: {error}") from error
    try:
        _count(generation, expected)
        for article in _samples(generation):
            _find(generation, article)
    except EngineError as error:
        raise SafetyStop(f"the new generation cannot be searched: {error}") from error
    finally:
        generation.close()


def _count(generation: Generation, expected: int) -> None:
    found = generation.engine.search(MatchAll(), Request(limit=0), Deadline.never()).total
    if not found == generation.manifest.documents == expected:
        raise SafetyStop(f"the new generation finds {found} articles where there should be {expected}")


def _samples(generation: Generation) -> list[Article]:
    """The newest articles, which are the likeliest to be asked for."""
    request = Request(limit=SAMPLES, sort=Sort.NEWEST)
    hits = generation.engine.search(MatchAll(), request, Deadline.never()).hits
    articles = generation.engine.get([one for one, _ in hits])
    if None in articles:
        raise SafetyStop("the new generation lists an article that it does not hold")
    return [article for article in articles if article is not None]


def _find(generation: Generation, article: Article) -> None:
    terms = generation.analyzer.terms(article.title or article.body, article.lang)
    if not terms.exacts:
        return
    word = max(terms.exacts, key=len)
    stems = terms.stems[terms.exacts.index(word)]
    request = Request(limit=_WITHIN)
    page = generation.engine.search(Term(word, stems, (word,)), request, Deadline.never())
    if page.total == 0 or (page.total <= _WITHIN and article.id not in {one for one, _ in page.hits}):
        raise SafetyStop(f"the new generation does not find {article.id!r} by its word {word!r}")
