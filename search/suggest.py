"""Suggestions as a reader types: words that the last word may become, and titles that have what was typed.

Only what has hits is suggested: each word is counted by the engine together with the words before it, and what there
is no time to count is left out.
"""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice, takewhile
from typing import Final

from .answer import Answering
from .kazakh import Analyzer, Terms, is_stop
from .kazakh.indexed import indexed
from .model import IndexInfo, Query, Scope, Snippet
from .query.complete import Begun, Completion, begun, typed_part, varied
from .query.nodes import And, Node, Prefix, Words
from .ranking import STOP_WEIGHT
from .snippets import Matcher

MOST_TITLES: Final = 4
LEAST_WORDS: Final = 8
"""Titles come last and take at most so many places; words get at least so many, if there are as many places."""

COUNTED_ALONE: Final = 2
COUNTED_AFTER_OTHERS: Final = 3
"""So many words are counted for each place; those that follow others, to find which of them go together most often."""

MOST_FORMS: Final = 256
"""Forms that the last word of a title may have."""


@dataclass(frozen=True, slots=True)
class Completed:
    """A suggestion: its text, in which the part that was typed is marked, and how many hits it has.

    id: of the article whose title it is; empty for words.
    """

    text: Snippet
    total: int
    id: str = ""


@dataclass(frozen=True, slots=True)
class Suggested:
    """Suggestions for a text, words first. timed_out: there was no time for all of them."""

    text: str
    suggestions: tuple[Completed, ...]
    index: IndexInfo
    took_ms: float
    timed_out: bool


def suggested(text: str, limit: int, answering: Answering, began: float) -> Suggested:
    """At most `limit` suggestions for a text, as far as the deadline allows; `began`: see `Answering.page`."""
    generation = answering.generation
    reading = begun(text, generation.analyzer, generation.vocabulary)
    words = list(_words(reading, min(limit, max(LEAST_WORDS, limit - MOST_TITLES)), answering))
    titles = _titles(reading, min(limit - len(words), MOST_TITLES), answering)
    return Suggested(
        text=text,
        suggestions=(*words, *titles),
        index=answering.info,
        took_ms=(time.perf_counter() - began) * 1000,
        timed_out=answering.deadline.passed,
    )


def _words(reading: Begun, room: int, answering: Answering) -> Iterator[Completed]:
    for one, total in islice(_with_hits(reading, room, answering), room):
        word = one.form.written
        typed = typed_part(one.form.exact, reading)
        end = len(reading.before) + typed if typed else 0
        yield Completed(Snippet(reading.before + word, ((0, end),) if end else ()), total)


def _with_hits(reading: Begun, room: int, answering: Answering) -> Iterable[tuple[Completion, int]]:
    """Completions and their hits: the most used first, or those that stand in most articles with the words before."""
    if not _has_word(reading.before):
        counted = _counted(reading, COUNTED_ALONE * room, room, answering)
        return ((one, total) for one, (total, _) in counted if total)
    after = _counted(reading, COUNTED_AFTER_OTHERS * room, COUNTED_AFTER_OTHERS * room, answering)
    analyzer = answering.generation.analyzer
    together = [(_together(one, whole, analyzer), one.form.stem, (one, total)) for one, (total, whole) in after]
    return (
        found for doubt in (0, 1) for found in varied(one for one in together if one[0] and one[2][0].doubt == doubt)
    )


def _together(one: Completion, whole: int, analyzer: Analyzer) -> float:
    """How many articles have all words; a stop word, which is not looked for, says next to nothing."""
    form = one.form
    token = indexed(form.exact, form.key, form.stem)
    stop = any(map(is_stop, [token] if token else analyzer.analyze(form.exact)))
    return whole * (STOP_WEIGHT if stop else 1.0)


def _counted(
    reading: Begun, most: int, together: int, answering: Answering
) -> Iterator[tuple[Completion, tuple[int, int]]]:
    """The first `most` completions with their hits and those with all words, as far as there is time.

    Who types on asks for most of them again, so the counts are kept. together: so many are counted at once.
    """
    kept, stamp, deadline = answering.generation.counts, answering.stamp, answering.deadline
    for start in range(0, min(most, len(reading.completions)), together):
        if deadline.passed:
            return
        some = reading.completions[start : min(start + together, most)]
        words = [one.form.written for one in some]
        counts = [kept.get(stamp, reading.before + word) for word in words]
        missing = [place for place, known in enumerate(counts) if known is None]
        nodes = answering.reader.read_each(reading.before, [some[place].form for place in missing])
        read = list(takewhile(lambda _: not deadline.passed, nodes))
        for place, found in zip(missing, answering.totals(read), strict=False):
            if found is not None:
                kept.put(stamp, reading.before + words[place], found)
                counts[place] = found
        for one, known in zip(some, counts, strict=True):
            if known is None:
                return
            yield one, known


def _titles(reading: Begun, room: int, answering: Answering) -> Iterator[Completed]:
    """The newest articles whose title has every word typed, the last one as the beginning of a word."""
    before, forms = _title_words(reading, answering)
    parts = [part for part in (before, Prefix(reading.typed, forms, Scope.TITLE) if forms else None) if part]
    if not parts or (reading.typed and not forms) or room < 1 or answering.deadline.passed:
        return
    engine, analyzer = answering.generation.engine, answering.generation.analyzer
    newest = engine.newest(And(tuple(parts)), room, answering.deadline)
    matcher = Matcher(before, analyzer) if before else None
    titles = {article.title: article for article in engine.get(newest) if article is not None}
    for article in titles.values():
        whole = matcher.whole(article.title, article.lang, Scope.TITLE).marks if matcher else ()
        begun_here = _begun(analyzer.terms(article.title, article.lang), reading, frozenset(forms))
        if marks := _apart([*whole, *begun_here]):
            yield Completed(Snippet(article.title, marks), 1, article.id)


def _title_words(reading: Begun, answering: Answering) -> tuple[Node | None, tuple[str, ...]]:
    """What the words before the last one ask of a title, and the forms that the last one may have there."""
    fitting = [one for one in reading.completions if one.form.titles]
    least = min((one.doubt for one in fitting), default=0)
    forms = tuple(one.form.exact for one in fitting if one.doubt == least)[:MOST_FORMS]
    if not _has_word(reading.before):
        return None, forms
    before = answering.reader.read(Query(reading.before, scope=Scope.TITLE)).node
    return replace(before, strict=True) if isinstance(before, Words) else before, forms


def _begun(terms: Terms, reading: Begun, forms: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Where the words of a title stand that begin as was typed, and how far they were typed."""
    for start, end, exact in zip(terms.starts, terms.ends, terms.exacts, strict=True):
        if exact in forms and (typed := typed_part(exact, reading)):
            yield start, min(start + typed, end)


def _apart(marks: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Marks in order, without those that begin inside another one."""
    apart: list[tuple[int, int]] = []
    for start, end in sorted(marks, key=lambda mark: (mark[0], -mark[1])):
        if not apart or start >= apart[-1][1]:
            apart.append((start, end))
    return tuple(apart)


def _has_word(text: str) -> bool:
    return any(map(str.isalnum, text))
