import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query.parser import parse
from search.query.syntax import Plain, Quoted, Without


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("", ()),
        ("   \t\n", ()),
        ("форум", (Plain("форум"),)),
        ("  су  тасқыны ", (Plain("су  тасқыны"),)),
        ('"су тасқыны"', (Quoted("су тасқыны"),)),
        ("“су тасқыны”", (Quoted("су тасқыны"),)),
        ("„су тасқыны“", (Quoted("су тасқыны"),)),
        ("«Нұр Отан» партиясы", (Plain("«Нұр Отан» партиясы"),)),
        ("форум -футбол", (Plain("форум"), Without("футбол"))),
        ('-"су тасқыны" әкім', (Without("су тасқыны"), Plain("әкім"))),
        ("-футбол", (Without("футбол"),)),
        ("-«Көкжар»", (Without("«Көкжар»"),)),
        ("әкім -футбол мектеп", (Plain("әкім"), Without("футбол"), Plain("мектеп"))),
        ("сондай-ақ", (Plain("сондай-ақ"),)),
        ("2019 - 2020", (Plain("2019 - 2020"),)),
        ("2019 – 2020", (Plain("2019 – 2020"),)),
        ("су -", (Plain("су -"),)),
        ("--су", (Plain("--су"),)),
        ('""', (Quoted(""),)),
        ('әкім "жаңа мектеп" қала', (Plain("әкім"), Quoted("жаңа мектеп"), Plain("қала"))),
    ],
)
def test_clauses(text, clauses):
    parsed = parse(text)
    assert parsed.clauses == clauses
    assert parsed.notes == ()


def test_an_unclosed_quotation_mark_is_told_and_its_words_are_plain():
    parsed = parse('әкім "жаңа мектеп')
    assert parsed.clauses == (Plain("әкім жаңа мектеп"),)
    assert [(note.kind, note.reason) for note in parsed.notes] == [("dropped", "quote")]


def test_signs_that_mean_nothing_are_told_once():
    parsed = parse("(су* OR қала~2)")
    assert [(note.kind, note.source) for note in parsed.notes] == [("dropped", "(*~)")]


@pytest.mark.parametrize(
    "text",
    [
        "(" * 1000,
        '"' * 1001,
        "-" * 5000,
        "NOT NOT a",
        "NOT OR a",
        "date:[x TO]",
        "?*?*",
        "қала~9",
        "\0",
        "\ud800",
        "a\u202eb",
    ],
)
def test_hostile_text_is_only_text(text):
    parse(text)


@given(st.text(st.characters(), max_size=200))
def test_total_and_nothing_of_the_words_is_lost(text):
    parsed = parse(text)
    kept = "".join(clause.text for clause in parsed.clauses)
    letters = [character for character in text if character.isalnum()]
    assert [character for character in kept if character.isalnum()] == letters


@pytest.mark.parametrize("piece", ["(", '"', '-"', " -а", "а ", '"а" ', "-", "«-"])
def test_time_is_linear(piece):
    def seconds(times: int) -> float:
        began = time.perf_counter()
        parse(piece * times)
        return time.perf_counter() - began

    seconds(1000)
    assert seconds(100_000) < 5
