"""docs/query.md is true: its examples are read without loss, and it names every field."""

import re
from pathlib import Path

import pytest

from search.query.fields import field_names, field_of
from search.query.parser import parse

PAGE = (Path(__file__).parents[3] / "docs" / "query.md").read_text("utf-8")
PARTS = {part.split("\n", 1)[0]: part for part in PAGE.split("\n## ")[1:]}
COLUMNS = {"Words and phrases": 1, "Joining words": 4, "Dates": 1}
EXAMPLES = [
    *(
        example
        for part, column in COLUMNS.items()
        for line in PARTS[part].splitlines()
        if line.startswith("| ")
        for example in re.findall(r"`([^`]+)`", line.split("|")[column])
    ),
    *re.findall(r"`([^`]+)`", next(line for line in PARTS["Fields"].splitlines() if line.startswith("`"))),
]


@pytest.mark.parametrize("text", EXAMPLES)
def test_an_example_is_read_whole(text):
    parsed = parse(text)
    assert parsed.root
    assert {note.kind for note in parsed.notes} <= {"operator"}


def test_there_are_examples():
    assert len(EXAMPLES) > 30


def test_every_name_of_a_field_is_on_the_page():
    rows = re.findall(r"^\| `(\w+)` \|(.*)\|(.*)\|(.*)\|.*\|$", PARTS["Fields"], re.M)
    told = {name.strip(): field for field, *cells in rows for cell in cells for name in cell.split(",") if name.strip()}
    assert {name: field_of(name, field_names()) for name in told} == told
    assert len(told) == len(field_names())
