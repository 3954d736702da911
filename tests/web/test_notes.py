"""Everything that the parser tells has a sentence of its own in every language."""

import pytest
from flask import Flask

from search.model import Note
from search.query.parser import parse
from web import locale
from web.notes import sentence

QUERIES = {
    ("operator", ""): "алма НЕМЕСЕ бау",
    ("operator", "near"): "алма NEAR (бау)",
    ("dropped", "operator"): "алма НЕМЕСЕ",
    ("dropped", "quote"): '"алма',
    ("dropped", "brackets"): "(алма",
    ("dropped", "star"): "а*",
    ("dropped", "signs"): "[алма]",
    ("dropped", "field"): "автор: Абай",
    ("dropped", "date"): "дата:2018-99",
    ("truncated", "fuzzy"): "алма~9",
    ("truncated", "near"): '"алма бау"~99',
}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_what_the_parser_tells_has_sentences(app: Flask, language: str) -> None:
    told: dict[str, tuple[str, str]] = {}
    with app.test_request_context():
        locale.use(language)
        for key, text in QUERIES.items():
            [note] = parse(text).notes
            assert (note.kind, note.reason) == key
            assert note.source in sentence(note) or key == ("dropped", "quote")
            assert note.target in sentence(note) or key == ("operator", "near")
            told[sentence(note)] = key
    assert [*told.values()] == [*QUERIES]
    if language != "kk":
        assert not set("әғқңөұүһі") & set("".join(told).lower())


def test_a_note_nobody_knows_is_a_mistake(app: Flask) -> None:
    with app.test_request_context(), pytest.raises(ValueError, match="without a sentence"):
        sentence(Note("unheard of"))
