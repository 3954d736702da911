"""Any text is a query: nothing is raised, and the tree stays inside its limits.

The seed is printed when a test fails; `SEED=` repeats it. `SCALE=` multiplies the number of texts.
"""

import os
import random
from collections.abc import Iterator

import pytest

from search.kazakh import Analyzer
from search.model import Match, Scope
from search.query.nodes import And, Either, MatchAll, Node, Not, Phrase, Term, Words, marked_sequences
from search.query.parser import parse
from search.query.rewrite import Rewriter
from search.query.scoring import scored

SEED = int(os.environ.get("SEED", "20180901"))
TEXTS = 5000 * int(os.environ.get("SCALE", "1"))
MAX_WORDS = 32
KINDS = {"dropped", "stopwords", "synonym", "truncated"}

ANALYZER = Analyzer()
WORDS = [
    "мектеп",
    "мектептер",
    "форумға",
    "және",
    "үшін",
    "әкім",
    "қала",
    "қаладағы",
    "новости",
    "news",
    "school",
    "2018",
    "16.10.2018",
    "XXI",
    "БҰҰ-ның",
    "іс-шара",
    "сондай-ақ",
    "qazaqstan",
    "قازاق",
    "жəне",
    "а",
    "I",
    "-",
]
SIGNS = ['"', "“", "”", "„", "«", "»", "(", ")", "[", "]", "{", "}", "*", "?", "~", "~2", "^", ":", "-", "--", "+",
    "|", "&", "\\", "/",
         "'", "…", ",", ".", " ", "  ", "\t", "\n", "\0", "\u202e", "\u200b", "\u0301", "\ud800", "\udfff", "\ufeff",
         "北", "𐐀"]  # fmt: skip
PARTS = [
    *WORDS,
    *SIGNS,
    "NOT",
    "OR",
    "AND",
    "ЖӘНЕ",
    "НЕМЕСЕ",
    "ЕМЕС",
    "date:[ауыл TO]",
    "title:",
    "тақырып:",
    "NOT NOT",
    "?*?*",
    "қала~9",
]


class Maker:
    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def characters(self) -> str:
        ceiling = self.random.choice([0x80, 0x530, 0x700, 0x3000, 0x110000])
        return "".join(chr(self.random.randrange(ceiling)) for _ in range(self.random.randrange(40)))

    def parts(self) -> str:
        glue = self.random.choice(["", " ", " "])
        return glue.join(self.random.choices(PARTS, k=self.random.choice([1, 3, 8, 20, 60])))

    def grammar(self) -> str:
        def clause() -> str:
            words = " ".join(self.random.choices(WORDS, k=self.random.choice([0, 1, 1, 2, 5])))
            return self.random.choice(["{}", "{}", '"{}"', "“{}”", "-{}", '-"{}"', '"{}', "({}", "{}*", "- {}"]).format(
                words
            )

        return " ".join(clause() for _ in range(self.random.randrange(8)))

    def repeated(self) -> str:
        return self.random.choice([*SIGNS, *WORDS, "(а ", '"а" ', "-а "]) * self.random.choice([2, 30, 100])

    def text(self) -> str:
        make = self.random.choice([self.characters, self.parts, self.grammar, self.grammar, self.repeated])
        return make()[:500]


def inside(node: Node, depth: int = 0) -> Iterator[Term]:
    """Every term that was typed, however deep; the shape is checked on the way, and what stands beside those typed."""
    assert depth <= 2
    match node:
        case Term():
            yield node
        case Phrase(words):
            assert len(words) > 1
            yield from words
        case Either(text, children):
            assert text
            assert len(children) > 1
            typed, *others = (list(inside(child, depth)) for child in children)
            assert all(term.stems and term.exacts and term.scope is typed[0].scope for name in others for term in name)
            yield from typed
        case Words(content, counted):
            assert 1 <= len(content) <= len(counted)
            assert set(content) <= set(counted)
            for unit in counted:
                yield from inside(unit, depth)
        case And(children):
            assert len(children) > 1
            for child in children:
                assert not isinstance(child, And)
                yield from inside(child, depth + 1)
        case Not(child):
            yield from inside(child, depth + 1)
        case MatchAll():
            pass


@pytest.mark.parametrize("part", range(4))
def test_any_text_is_a_query(part):
    seed = SEED + part
    print(f"SEED={seed}")  # noqa: T201 - pytest shows it when the test fails
    maker = Maker(seed)
    for _ in range(TEXTS):
        text = maker.text()
        match, scope = maker.random.choice([*Match]), maker.random.choice([*Scope])
        parsed = parse(text)
        assert "".join(clause.text for clause in parsed.clauses).strip() or not any(map(str.isalnum, text))
        rewriter = Rewriter(ANALYZER, match, scope, MAX_WORDS)
        node = rewriter.rewrite(parsed)
        terms = list(inside(node))
        assert len(terms) <= MAX_WORDS
        for term in terms:
            assert term.text
            assert term.stems
            assert term.exacts
            assert term.exact == (match is Match.EXACT)
            assert term.scope is scope
        assert {word.text for word in scored(node).words if word} <= {term.text for term in terms}
        assert all(marked_sequences(node))
        assert {note.kind for note in rewriter.notes} <= KINDS
        assert len(rewriter.notes) <= 50
