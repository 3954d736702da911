"""`izde diff`: what changed from one generation to another."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from search.model import Article
from search.pointer import names
from tests.runs import archive, izde

OLD = [Article(f"м{number}", f"Көпір {number}", "Көпір салынды.") for number in range(5)]
NEW = [replace(OLD[0], title="Көпір өзгерді"), *OLD[2:], Article("м9", "Тың мақала", "Жаңа көпір салынды.")]


@pytest.fixture
def index(tmp_path: Path) -> Path:
    for articles in (OLD, NEW):
        run = izde(
            "reindex",
            archive(tmp_path / "archive", articles),
            "--index",
            tmp_path / "index",
            "-q",
            "--max-delete",
            "100%",
        )
        assert run.code == 0
    return tmp_path / "index"


def test_added_changed_and_removed_articles_are_listed(index):
    done = izde("diff", "--index", index)
    assert done.code == 3
    assert done.out.splitlines() == ["+ м9", "~ м0", "- м1"]
    assert "өзгеріссіз 3" in done.err
    found = json.loads(izde("diff", "--index", index, "--json").out)
    newest, oldest = names(index)
    assert (found["old"], found["new"], found["unchanged"], found["pipeline"]) == (oldest, newest, 3, False)


def test_any_two_can_be_compared(index):
    newest, oldest = names(index)
    assert izde("diff", newest, oldest, "--index", index).out.splitlines() == ["+ м1", "~ м0", "- м9"]
    same = izde("diff", newest, newest, "--index", index)
    assert (same.code, same.out) == (0, "")


def test_what_is_not_there_is_said(index, tmp_path):
    for arguments in (("20990101T000000Z-0000",), ("x", "y")):
        done = izde("diff", *arguments, "--index", index)
        assert done.code == 1
        assert "izde status" in done.err
    assert izde("diff", "--index", tmp_path / "empty").code == 1
