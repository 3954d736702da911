"""Any text is a query: nothing is raised, and what engines are asked stays inside its limits.

The seed is printed when a test fails; `SEED=` repeats it. `SCALE=` multiplies the number of texts.
"""

import os
from collections.abc import Iterator

import pytest
from query_texts import Maker

from search.kazakh import Analyzer
from search.model import Match, Scope
from search.query.nodes import (
    MOST_WITHIN,
    And,
    Dates,
    Either,
    Field,
    Ids,
    MatchAll,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Term,
    Words,
    marked,
)
from search.query.parser import parse
from search.query.rewrite import Rewriter
from search.query.scoring import scored
from search.query.syntax import Limits, leaves
from search.query.words import Sources

SEED = int(os.environ.get("SEED", "20180901"))
TEXTS = 4000 * int(os.environ.get("SCALE", "1"))
MAX_WORDS = 32
KINDS = {"dropped", "stopwords", "synonym", "truncated", "operator", "exact"}
DEEPEST = 4 * (Limits().depth + 1)
VALUES = ("Абай Құнанбаев", "")


def values(name: str, words: str, beginning: bool) -> tuple[str, ...]:
    """Every third word names values."""
    assert name
    return VALUES if len(words) % 3 == 0 or beginning else ()


SOURCES = Sources(Analyzer(), values=values, max_words=MAX_WORDS)


def inside(node: Node, depth: int = 0) -> Iterator[Term | Prefix]:
    """Every word that was typed, however deep; the shape is checked on the way, and what stands beside those typed."""
    assert depth <= DEEPEST
    match node:
        case Term() | Prefix():
            yield node
        case Phrase(words):
            assert len(words) > 1
            yield from words
        case Near(words, within):
            assert len(words) > 1
            assert 1 <= within <= MOST_WITHIN
            yield from words
        case Either(text, children):
            assert text
            assert len(children) > 1
            typed, *others = (list(inside(child, depth)) for child in children)
            assert all(term.stems and term.exacts and term.scope is typed[0].scope for name in others for term in name)
            yield from typed
        case Words(content, every):
            assert 1 <= len(content) <= len(every)
            assert set(content) <= set(every)
            for unit in every:
                yield from inside(unit, depth)
        case And(children) | Or(children):
            for child in children:
                yield from inside(child, depth + 1)
        case Not(child):
            yield from inside(child, depth + 1)
        case Field(name, found):
            assert name
            assert found in (VALUES, ())
        case Dates(dates):
            assert dates.first or dates.last
        case MatchAll():
            pass
        case Ids():
            raise AssertionError("no text asks for ids")


@pytest.mark.parametrize("part", range(4))
def test_any_text_is_a_query(part):
    seed = SEED + part
    print(f"SEED={seed}")  # noqa: T201 - pytest shows it when the test fails
    maker = Maker(seed)
    for _ in range(TEXTS):
        text = maker.text()
        match, scope = maker.random.choice([*Match]), maker.random.choice([*Scope])
        parsed = parse(text)
        rewriter = Rewriter(SOURCES, match, scope)
        node = rewriter.rewrite(parsed)
        words = list(inside(node))
        assert len(words) <= MAX_WORDS
        in_fields = ":" in text
        for word in words:
            assert word.text
            assert word.exacts
            assert word.scope is scope or in_fields
            assert isinstance(word, Prefix) or (word.stems and (word.exact or match is not Match.EXACT))
        typed = {word.text for word in words}
        assert {word.text for word in scored(node).words if word} <= typed
        assert all(isinstance(unit, Term | Prefix | Phrase | Near) for unit in marked(node))
        assert {note.kind for note in rewriter.notes} <= KINDS
        assert len({(note.kind, note.reason) for note in rewriter.notes}) <= 20
        assert len(rewriter.notes) <= len(parsed.notes) + 2 * MAX_WORDS + len([*leaves(parsed.root)])
