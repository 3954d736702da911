"""Any text has a tree: nothing is raised, it takes no time, and the tree stays inside its limits and its normal form.

The seed is printed when a test fails; `SEED=` repeats it. `SCALE=` multiplies the number of texts: 50 makes 10 million.
"""

import os
import time

import pytest
from query_texts import Maker

from search.query.operators import may_have_operators
from search.query.parser import _Parser, parse
from search.query.syntax import (
    All,
    Any,
    Days,
    InField,
    Limits,
    Nearby,
    Parsed,
    Part,
    Plain,
    Quoted,
    Sequence,
    Without,
    Word,
    leaves,
)
from search.query.write import written
from web.strict import strict

SEED = int(os.environ.get("SEED", "20181016"))
SCALE = int(os.environ.get("SCALE", "1"))
TEXTS = 50_000 * SCALE
WRITTEN = 2_500 * SCALE
CEILING_S = 0.005
LIMITS = Limits()
REASONS = {
    ("operator", ""),
    ("operator", "near"),
    ("truncated", "fuzzy"),
    ("truncated", "near"),
    *(("dropped", reason) for reason in ("brackets", "date", "field", "operator", "quote", "signs", "star")),
}


def seconds(text: str) -> tuple[float, Parsed]:
    began = time.process_time()
    parsed = parse(text, LIMITS, ("region",))
    return time.process_time() - began, parsed


def check(part: Part, text: str, nested: int, levels: int) -> None:
    """One part and all inside; nested: the fields and minus around it, levels: everything around it."""
    assert nested <= LIMITS.depth
    assert levels <= 3 * (LIMITS.depth + 1) + LIMITS.depth
    match part:
        case Plain(words) | Quoted(words):
            assert words in text
        case Word(word, exact, prefix, fuzzy):
            assert word in text
            assert exact or prefix or fuzzy
            assert fuzzy <= 2
            assert not (fuzzy and (exact or prefix))
        case Nearby(words, within):
            assert all(word in text for word in words.split())
            assert 1 <= within <= LIMITS.within
        case Days(dates, typed):
            assert typed in text
            assert dates.first or dates.last
            assert not (dates.first and dates.last and dates.last < dates.first)
        case InField(field, inner, typed):
            assert field
            assert typed in text
            check(inner, text, nested + 1, levels + 1)
        case Without(inner):
            check(inner, text, nested + 1, levels + 1)
        case Sequence(parts) | All(parts) | Any(parts):
            assert len(parts) > 1
            for inner in parts:
                assert type(inner) is not type(part)
                check(inner, text, nested, levels + 1)


def letters(text: str) -> list[str]:
    return [*filter(str.isalnum, text)]


@pytest.mark.parametrize("part", range(4))
def test_any_text_has_a_tree(part: int) -> None:
    seed = SEED + part
    print(f"SEED={seed}")  # noqa: T201 - pytest shows it when the test fails
    maker = Maker(seed)
    for _ in range(TEXTS):
        text = maker.text()
        took, parsed = seconds(text)
        assert took < CEILING_S or seconds(text)[0] < CEILING_S
        told = [(note.kind, note.reason) for note in parsed.notes]
        assert len({*told}) == len(told)
        assert {*told} <= REASONS
        assert all(note.source for note in parsed.notes)
        if parsed.root is None:
            assert told or not text.strip()
            continue
        check(parsed.root, text, 0, 0)
        if not told and len(text) < 60 and ":" not in text and "~" not in text:
            assert letters("".join(leaf.text for leaf in leaves(parsed.root))) == letters(text)


def is_required(part: Part) -> bool:
    """Whether an article needs every word of a part: of plain words, and those with a star or tilde, only some."""
    match part:
        case Plain():
            return False
        case Sequence(parts):
            loose = [one for one in parts if isinstance(one, Word) and (one.prefix or one.fuzzy)]
            return len(loose) < 2 and all(map(is_required, parts))
        case All(parts) | Any(parts):
            return all(map(is_required, parts))
        case InField("title" | "body", inner):
            return is_required(inner)
        case _:
            return True


@pytest.mark.parametrize("part", range(2))
def test_a_tree_can_be_written_and_read_again(part: int) -> None:
    seed = SEED + 100 + part
    print(f"SEED={seed}")  # noqa: T201
    maker = Maker(seed)
    for _ in range(WRITTEN):
        text = maker.text()
        again = written(parse(text).root)
        parsed = parse(again)
        # Where no small letter is left operators become words: `strict` looks out for that, `written` only says so.
        assert written(parsed.root) == again or not may_have_operators(again)
        assert not any(note.kind == "truncated" for note in parsed.notes)
        required = strict(text, [], most=500)
        assert len(required) <= 500
        tree = parse(required).root
        assert tree is None or is_required(tree), required


def test_plain_words_have_the_tree_that_the_parser_makes():
    maker = Maker(SEED)
    pieces = [*"абӘ-?_1:«(=* \t\u00a0.", "И", " НЕ ", " ЕМЕС ", "AND", "NEAR/3", "АЛМАТЫ", "год "]
    texts = ["".join(maker.random.choices(pieces, k=maker.random.randrange(9))) for _ in range(TEXTS)]
    for text in [*texts, *(maker.text() for _ in range(WRITTEN))]:
        assert parse(text) == _Parser(text, LIMITS, ()).parse(), repr(text)
