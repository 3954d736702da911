"""The newest articles that match a tree, found from the newest one on: nobody looks further than he must.

Words of titles, which suggestions ask for, are looked for in the titles themselves, token by token, of articles that
have the words anywhere: among the newest ones first, then further back.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ...deadline import TimeUp
from ...model import Scope
from ...query.nodes import And, Node, Prefix, Term, Words
from .columns import Columns
from .match import Matcher
from .postings import intersected
from .segment import Segment
from .segments import Part, Segments
from .terms import TermPostings
from .words import stretches

Array = NDArray[Any]
Ints = NDArray[np.int64]
Look = Callable[[], None]

_STEPS: Final = (512, 8192, 65_536)
"""So many of the newest articles are looked at first, then so many, then so many, then all."""

_FEW: Final = 512
"""So many titles are read at a time. For fewer it is not asked first which of the articles have a word at all."""


def find_newest(
    node: Node, limit: int, terms: TermPostings, columns: Columns, segments: Segments, look: Look
) -> tuple[str, ...]:
    """See `Engine.newest`. look: called between steps, and may raise TimeUp."""
    found = np.empty(0, np.int64)
    try:
        for some in _matching(node, terms, columns, segments, look) if limit else ():
            found = np.concatenate([found, some])
            found = found[columns.firsts(found)]
            if len(found) >= limit:
                break
    except TimeUp:
        pass
    return tuple(columns.ids(found[:limit]))


def _matching(node: Node, terms: TermPostings, columns: Columns, segments: Segments, look: Look) -> Iterator[Ints]:
    """The matched articles, rising, step by step."""
    look()
    words = _title_words(node)
    if not words:
        yield Matcher(terms, columns, 0, look).match(node).found.ids
        return
    titles = _Titles(words, terms, segments)
    begun = 0
    for step in (*_STEPS, columns.documents):
        end = min(step, columns.documents)
        look()
        articles = titles.candidates(begun, end)
        for first in range(0, len(articles), _FEW):
            look()
            yield titles.holding(articles[first : first + _FEW])
        begun = end


def _title_words(node: Node) -> list[Term | Prefix]:
    """The words that a title must have, if that is all that the tree asks for; else nothing."""
    match node:
        case Term(scope=Scope.TITLE, exact=False) | Prefix(scope=Scope.TITLE):
            return [node]
        case Words(content=children, strict=strict) if strict or len(children) == 1:
            words = list(map(_title_words, children))
        case And(children=children):
            words = list(map(_title_words, children))
        case _:
            return []
    return [word for some in words for word in some] if all(words) else []


class _Titles:
    """Looks for articles with all of some words in their title."""

    def __init__(self, words: Sequence[Term | Prefix], terms: TermPostings, segments: Segments) -> None:
        self._stems = [word.stems for word in words if isinstance(word, Term)]
        self._exacts = [word.exacts for word in words if isinstance(word, Prefix)]
        self._segments = segments
        anywhere = [terms.holding(replace(word, scope=Scope.ALL)).ids for word in words if isinstance(word, Term)]
        self._held = anywhere[0] if anywhere else None
        for other in anywhere[1:]:
            self._held = intersected(anywhere[0], other)
        self._known: dict[int, tuple[list[Ints], list[Ints]]] = {}
        self._lists: list[list[Array]] | None = None

    def candidates(self, first: int, end: int) -> Ints:
        """Articles from `first` to before `end` that may be wanted, rising: all but such as lack a word altogether."""
        if self._held is None:
            articles = np.arange(first, end)
        else:
            articles = self._held[self._held.searchsorted(first) : self._held.searchsorted(end)]
        if len(articles) <= _FEW:
            return articles
        for lists in self._beginnings():
            have = np.zeros(end - first, np.bool_)
            for ids in lists:
                at, last = ids.searchsorted(np.array([first, end], ids.dtype)).tolist()
                have[ids[at:last].astype(np.int64) - first] = True
            articles = articles[have.take(articles - first)]
        return articles

    def holding(self, articles: Ints) -> Ints:
        """Those of some articles (rising) that have all words in their title."""
        kept = [
            articles[places[self._in_titles(place, segment, local)]]
            for place, segment, places, local in self._segments.split(articles)
        ]
        return kept[0] if len(kept) == 1 else np.sort(np.concatenate([np.empty(0, np.int64), *kept]))

    def _in_titles(self, place: int, segment: Segment, articles: Ints) -> Ints:
        """The places of those of these articles of a segment that are wanted."""
        words = segment.words
        stems, exacts = self._numbers(place, segment)
        starts, counts = segment.forward.starts(articles), segment.forward.titles(articles).astype(np.int64)
        at, owner = stretches(starts, counts)
        surfaces = segment.forward.surfaces(at)
        left = np.ones(len(articles), np.bool_)
        for wanted in exacts:
            having = np.zeros(len(articles), np.bool_)
            having[owner[_among(words.exact_of(surfaces), wanted)]] = True
            left &= having
        for wanted in stems:
            inside = np.flatnonzero(left.take(owner))
            held, of = words.listed("stem", surfaces.take(inside))
            having = np.zeros(len(articles), np.bool_)
            having[owner[inside[of[_among(held, wanted)]]]] = True
            left &= having
        return np.flatnonzero(left)

    def _numbers(self, place: int, segment: Segment) -> tuple[list[Ints], list[Ints]]:
        """What a segment calls the words: the stems of each, or the exact forms of each, rising."""
        found = self._known.get(place)
        if found is None:
            words = segment.words
            found = self._known[place] = (
                [words.stems.find_all(stems) for stems in self._stems],
                [words.exacts.find_all(exacts) for exacts in self._exacts],
            )
        return found

    def _beginnings(self) -> list[list[Array]]:
        """For each beginning of a word lists (rising) of articles, among which are all that have it."""
        if self._lists is None:
            self._lists = [[] for _ in self._exacts]
            for place, part in enumerate(self._segments):
                for lists, exacts in zip(self._lists, self._numbers(place, part.segment)[1], strict=True):
                    lists += _stem_lists(part, exacts)
        return self._lists


def _stem_lists(part: Part, exacts: Ints) -> list[Array]:
    """The articles of each stem that any of these exact forms of a segment has."""
    words, fields = part.segment.words, part.segment.fields
    surfaces = np.concatenate([np.empty(0, np.int64), *(np.arange(*words.of_exact(one)) for one in exacts.tolist())])
    stems = np.unique(words.first_stems(surfaces))
    return [part.articles(ids) for ids in fields.articles(stems)]


def _among(values: Array, wanted: Ints) -> Ints:
    """The places of values that are wanted; these rise."""
    if not len(wanted):
        return np.empty(0, np.int64)
    if len(wanted) == 1:
        return np.flatnonzero(values == wanted[0])
    near = np.flatnonzero((values >= wanted[0]) & (values <= wanted[-1]))
    there = values.take(near)
    found: Ints = near[wanted.take(wanted.searchsorted(there)) == there]
    return found
