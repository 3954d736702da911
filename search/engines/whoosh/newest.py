"""The newest articles that match a tree, found from the newest one on: nobody looks further than he must.

Words of titles, which suggestions ask for, are looked for in the titles themselves, token by token, of articles that
have the words anywhere: among the newest ones first, then further back.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ...deadline import TimeUp
from ...model import Scope
from ...query.nodes import And, Either, Near, Node, Phrase, Prefix, Term, Unit, Words
from .columns import Columns
from .match import Matcher
from .postings import distinct, intersected
from .segment import Segment
from .segments import Segments
from .terms import TermPostings
from .words import stretches

Array = NDArray[Any]
Ints = NDArray[np.int64]
Look = Callable[[], None]

_STEPS: Final = (512, 8192, 131_072)
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
    units = _units(node)
    if not units:
        yield Matcher(terms, columns, 0, look).match(node).found.ids
        return
    titles = _Titles(units, terms, segments)
    begun, steps = 0, _STEPS if titles.are_begun_alone else _STEPS[1:]
    for step in (*steps, columns.documents):
        end = min(step, columns.documents)
        look()
        articles = titles.candidates(begun, end)
        for first in range(0, len(articles), _FEW):
            look()
            yield titles.holding(articles[first : first + _FEW])
        begun = end


def _units(node: Node) -> list[Unit]:
    """The units that an article must have, if that is all that the tree asks for; else nothing."""
    match node:
        case Words(content=children, strict=strict) if strict or len(children) == 1:
            parts = list(map(_units, children))
        case And(children=children):
            parts = list(map(_units, children))
        case Term() | Prefix() | Phrase() | Near() | Either():
            return [node]
        case _:
            return []
    return [unit for some in parts for unit in some] if all(parts) else []


class _Titles:
    """Looks for articles that have all of some units: words in their title, or anything else anywhere."""

    def __init__(self, units: Sequence[Unit], terms: TermPostings, segments: Segments) -> None:
        self._stems: list[Sequence[str]] = []
        self._exacts: list[Sequence[str]] = []
        self._held: list[Ints] = []
        for unit in units:
            match unit:
                case Term(scope=Scope.TITLE, exact=False, stems=stems):
                    self._stems.append(stems)
                case Prefix(scope=Scope.TITLE, exacts=exacts):
                    self._exacts.append(exacts)
                case _:
                    self._held.append(terms.matching(unit).ids)
        self._segments = segments
        self._wanted: dict[int, list[Ints]] = {}
        self._lists: list[list[Array]] | None = None

    @property
    def are_begun_alone(self) -> bool:
        """Whether nothing but beginnings of words is looked for: then all of the newest articles are candidates."""
        return not self._stems and not self._held

    def candidates(self, first: int, end: int) -> Ints:
        """Articles from `first` to before `end`, rising, that have all units, but perhaps the beginnings of words.

        Of many only those are given that have each beginning anywhere.
        """
        found = [ids[ids.searchsorted(first) : ids.searchsorted(end)] for ids in self._held]
        found += [self._with_stems(stems, first, end) for stems in self._stems]
        articles = found[0] if found else np.arange(first, end)
        for others in found[1:]:
            articles = intersected(articles, others)
        if len(articles) <= _FEW:
            return articles
        for lists in self._beginnings():
            have = np.zeros(end - first, np.bool_)
            for ids in lists:
                low, high = ids.searchsorted(np.array([first, end], ids.dtype)).tolist()
                have[ids[low:high].astype(np.int64) - first] = True
            articles = articles[have.take(articles - first)]
        return articles

    def holding(self, articles: Ints) -> Ints:
        """Those of some candidates (rising) that have the beginnings in their title."""
        if not self._exacts or not len(articles):
            return articles
        kept = [
            articles[places[self._begun(place, segment, local)]]
            for place, segment, places, local in self._segments.split(articles)
        ]
        return kept[0] if len(kept) == 1 else np.sort(np.concatenate(kept))

    def _with_stems(self, stems: Sequence[str], first: int, end: int) -> Ints:
        """The articles from `first` to before `end` with any of these stems in their title, rising."""
        found = []
        for part in self._segments:
            words, fields, forward = part.segment.words, part.segment.fields, part.segment.forward
            for stem in dict.fromkeys(stems):
                number = words.stems.find(stem)
                if number >= 0:
                    # Numbers of the generation are in the same order, but those of articles that are gone.
                    window = (first, end) if part.numbers is None else (0, forward.documents)
                    ids, place = fields.firsts(number, *window)
                    named = part.articles(ids[place < forward.titles(ids)]).astype(np.int64)
                    found.append(named[named.searchsorted(first) : named.searchsorted(end)])
        return found[0] if len(found) == 1 else distinct(np.concatenate([np.empty(0, np.int64), *found]))

    def _begun(self, place: int, segment: Segment, articles: Ints) -> Ints:
        """The places of those of these articles of a segment that have the beginnings in their title."""
        at, owner = stretches(segment.forward.starts(articles), segment.forward.titles(articles).astype(np.int64))
        surfaces = segment.forward.surfaces(at)
        left = np.ones(len(articles), np.bool_)
        for wanted in self._surfaces(place, segment):
            having = np.zeros(len(articles), np.bool_)
            having[owner[_among(surfaces, wanted)]] = True
            left &= having
        return np.flatnonzero(left)

    def _surfaces(self, place: int, segment: Segment) -> list[Ints]:
        """The surfaces of a segment that each beginning has, rising."""
        found = self._wanted.get(place)
        if found is None:
            words = segment.words
            found = [words.of_exacts(words.exacts.find_all(exacts)) for exacts in self._exacts]
            self._wanted[place] = found
        return found

    def _beginnings(self) -> list[list[Array]]:
        """For each beginning of a word lists (rising) of articles, among which are all that have it."""
        if self._lists is None:
            self._lists = [[] for _ in self._exacts]
            for place, part in enumerate(self._segments):
                for lists, surfaces in zip(self._lists, self._surfaces(place, part.segment), strict=True):
                    stems = np.unique(part.segment.words.first_stems(surfaces))
                    lists += [part.articles(ids) for ids in part.segment.fields.articles(stems)]
        return self._lists


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
