"""The passages of an article that show why it was found.

Everything points into the original text: tokens carry their offsets, so a mark is the word that stands there, in
whatever script or form. A passage never crosses a paragraph, begins at a word, prefers the beginning of a sentence, and
is chosen by how many different query words it holds, then how many in all, then by how early it stands.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .kazakh import Analyzer, Terms
from .model import Scope, Snippet
from .query.nodes import Near, Node, Phrase, Prefix, Term, marked

_PARAGRAPH = re.compile(r"[^\n]+")
_SENTENCE_END = re.compile(r"(?:(?<=[.!?…])|(?<=[.!?…][»\"”)]))\s+")
_CLOSING = frozenset('.,!?…:;»"”)%')
_LEAD_IN = 60


@dataclass(frozen=True, slots=True)
class Match:
    """A marked word of a text, half-open, and the number of the query word or phrase that it answers.

    found: where the word or the phrase begins of which this is a word.
    """

    start: int
    end: int
    sequence: int
    found: int


class Matcher:
    """Finds what a query marks, in the texts of its hits: single words, and phrases as a whole."""

    def __init__(self, node: Node, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._sequences = tuple(dict.fromkeys(_sequences(node)))
        self._by_stem: dict[str, list[int]] = {}
        self._by_exact: dict[str, list[int]] = {}
        for number, (first, *_) in enumerate(self._sequences):
            table, forms = (self._by_exact, first.exacts) if first.exact else (self._by_stem, first.stems)
            for form in forms:
                table.setdefault(form, []).append(number)

    def matches(self, text: str, lang: str, part: Scope) -> list[Match]:
        """What is marked in `text`, the title or the body of an article, in order of its place; a token once."""
        if not self._sequences or not text:
            return []
        terms = self._analyzer.terms(text, lang)
        found: dict[int, Match] = {}
        for at, (stems, exact) in enumerate(zip(terms.stems, terms.exacts, strict=True)):
            candidates = [number for stem in stems for number in self._by_stem.get(stem, ())]
            for number in (*candidates, *self._by_exact.get(exact, ())):
                if self._follows(number, terms, at, part):
                    for index in range(at, at + len(self._sequences[number])):
                        match = Match(terms.starts[index], terms.ends[index], number, terms.starts[at])
                        found.setdefault(index, match)
        return [found[index] for index in sorted(found)]

    def whole(self, text: str, lang: str, part: Scope) -> Snippet:
        """The whole text with its marks."""
        return Snippet(text, marks(text, self.matches(text, lang, part)))

    def _follows(self, number: int, terms: Terms, at: int, part: Scope) -> bool:
        sequence = self._sequences[number]
        return (
            sequence[0].scope in (Scope.ALL, part)
            and at + len(sequence) <= len(terms.starts)
            and all(_stands(term, terms, at + step) for step, term in enumerate(sequence))
        )


def _sequences(node: Node) -> Iterator[tuple[Term, ...]]:
    for unit in marked(node):
        match unit:
            case Term():
                yield (unit,)
            case Prefix(text, exacts, scope):
                yield (Term(text, (), exacts, scope, exact=True),)
            case Phrase(words):
                yield words
            case Near(words):
                yield from ((word,) for word in words)


def _stands(term: Term, terms: Terms, at: int) -> bool:
    if term.exact:
        return terms.exacts[at] in term.exacts
    return any(stem in term.stems for stem in terms.stems[at])


def marks(text: str, matches: Iterable[Match]) -> tuple[tuple[int, int], ...]:
    """The ranges to mark: the words of a phrase as one, as far as they stand in one paragraph."""
    joined: list[tuple[int, int]] = []
    last: Match | None = None
    for match in matches:
        same = last is not None and (match.sequence, match.found) == (last.sequence, last.found)
        if same and "\n" not in text[joined[-1][1] : match.start]:
            joined[-1] = joined[-1][0], match.end
        else:
            joined.append((match.start, match.end))
        last = match
    return tuple(joined)


def passages(body: str, matches: Sequence[Match], count: int, length: int) -> tuple[Snippet, ...]:
    """Up to `count` passages of at most `length` characters, in the order of the text.

    Without a match it is the beginning of the body, once.
    """
    if count < 1 or not body:
        return ()
    spans = _chosen(body, matches, count, length) if matches else _lead(body, length)
    return tuple(
        Snippet(
            body[start:end],
            tuple((a - start, b - start) for a, b in marks(body, _inside(matches, start, end))),
            cut_before=start > 0,
            cut_after=end < len(body.rstrip()),
        )
        for start, end in sorted(spans)
    )


def _inside(matches: Iterable[Match], start: int, end: int) -> Iterator[Match]:
    return (match for match in matches if match.start >= start and match.end <= end)


def _lead(body: str, length: int) -> list[tuple[int, int]]:
    for paragraph in _PARAGRAPH.finditer(body):
        if re.search(r"\w", paragraph[0]):
            start = paragraph.start() + len(re.match(r"\W*", paragraph[0])[0])  # type: ignore[index]
            return [(start, _end(body, start, paragraph.end(), length))]
    return []


def _chosen(body: str, matches: Sequence[Match], count: int, length: int) -> list[tuple[int, int]]:
    """The best windows, one after another: each next one overlaps none and is worth the words not shown yet."""
    windows = list(_windows(body, matches, length))
    shown: set[int] = set()
    spans: list[tuple[int, int]] = []
    while windows and len(spans) < count:
        best = max(windows, key=lambda w: (len(w.sequences - shown), len(w.sequences), w.matches, -w.start))
        spans.append((best.start, best.end))
        shown |= best.sequences
        windows = [w for w in windows if w.end <= best.start or w.start >= best.end]
    return spans


@dataclass(frozen=True, slots=True)
class _Window:
    start: int
    end: int
    sequences: frozenset[int]
    matches: int


def _windows(body: str, matches: Sequence[Match], length: int) -> Iterator[_Window]:
    """A window for each match that opens one, from a good place before it."""
    starts = [match.start for match in matches]
    for paragraph in _PARAGRAPH.finditer(body):
        low, high = bisect_left(starts, paragraph.start()), bisect_left(starts, paragraph.end())
        if low == high:
            continue
        sentences = [paragraph.start(), *(m.end() for m in _SENTENCE_END.finditer(body, *paragraph.span()))]
        for index in range(low, high):
            start = _start(body, sentences, paragraph.start(), matches[index], length)
            end = _end(body, start, paragraph.end(), length)
            inside = matches[bisect_left(starts, start) : bisect_left(starts, end, hi=high)]
            sequences = frozenset(match.sequence for match in inside if match.end <= end)
            if sequences:
                yield _Window(start, end, sequences, len(inside))


def _start(body: str, sentences: Sequence[int], floor: int, match: Match, length: int) -> int:
    """The sentence's first word if it is near enough, else a word a little before the match."""
    room = max(0, length - (match.end - match.start))
    sentence = sentences[bisect_left(sentences, match.start + 1) - 1]
    start = sentence if match.start - sentence <= min(room, length // 2) else match.start - min(room, _LEAD_IN)
    start = max(start, floor)
    if start > floor and start != sentence:
        while start < match.start and not body[start - 1].isspace():
            start += 1
    while start < match.start and not (body[start].isalnum()):
        start += 1
    return start


def _end(body: str, start: int, ceiling: int, length: int) -> int:
    """The end of the last whole word (with the sign that closes it) inside `length` characters."""
    end = min(ceiling, start + length)
    if end < ceiling and not body[end].isspace():
        cut = end
        while cut > start and not body[cut - 1].isspace() and body[cut - 1] not in _CLOSING:
            cut -= 1
        end = cut if cut > start else end
    while end > start and body[end - 1].isspace():
        end -= 1
    return end
