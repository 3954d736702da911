import pytest

from search.kazakh import tables
from search.kazakh.tables import rows

NAMES = [
    "arabic", "elision", "fold", "homoglyphs", "hyphen_suffixes", "language_words", "latin", "lyq_keep", "stop",
    "suffixes",
]  # fmt: skip
# The columns that make a row what it is: no two rows of a table may share them.
KEYS = {
    "arabic": ("letters",), "elision": ("stem",), "fold": ("letter",), "homoglyphs": ("letter",),
    "hyphen_suffixes": ("kind", "suffixes"), "language_words": ("word",), "latin": ("letters", "where"),
    "lyq_keep": ("word",), "stop": ("word", "lang"), "suffixes": ("slot", "after", "endings"),
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_every_row_has_a_reason_and_no_row_comes_twice(name):
    table = rows(name)
    assert table
    assert all(row.get("why") or row.get("class") for row in table)
    keys = [tuple(row[column] for column in KEYS[name]) for row in table]
    assert len(set(keys)) == len(keys)
    assert all(cell == cell.strip() for row in table for cell in row.values())


@pytest.fixture
def table_of(tmp_path, monkeypatch):
    def make(text):
        (tmp_path / "data").mkdir()
        (tmp_path / "data" / "made.tsv").write_text(text, "utf-8")
        monkeypatch.setattr(tables.resources, "files", lambda _: tmp_path)
        return tables.rows.__wrapped__("made")

    return make


def test_comments_and_empty_lines_are_passed_over(table_of):
    assert table_of("# why\n\na\tb\n1\t\n# more\n\t2\n") == ({"a": "1", "b": ""}, {"a": "", "b": "2"})


@pytest.mark.parametrize("line", ["1", "1\t2\t3"])
def test_a_row_of_another_length_is_named(table_of, line):
    with pytest.raises(ValueError, match=r"made\.tsv:3"):
        table_of(f"a\tb\n1\t2\n{line}\n")
