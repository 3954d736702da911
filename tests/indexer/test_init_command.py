"""`izde init`: the file that it writes works, and so does every example in it."""

import re
from pathlib import Path

import pytest

from indexer.specs import COMMON, KINDS, input_specs
from search.settings import Settings
from tests.runs import Result, izde


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    ended = izde("init", "жаңа.toml")
    assert (ended.code, ended.err) == (0, "")
    assert "izde reindex --config жаңа.toml" in ended.out
    return tmp_path / "жаңа.toml"


def all_of(text: str) -> str:
    """The file with everything in it that is commented out."""
    return re.sub(r"^#(?=[^ \n])", "", text, flags=re.M)


def test_the_file_is_read_as_it_stands(written: Path) -> None:
    settings = Settings.load({}, written)
    [spec] = input_specs([], settings)
    assert (spec.path, spec.fetched) == (Path("articles"), None)


def test_it_indexes_at_once(written: Path, tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text("Көктем келді\n\nҚар еріп, өзен тасыды.\n", "utf-8")
    assert izde("reindex", "-q", "--config", written) == Result(0, "", "")


def test_every_example_is_right(written: Path) -> None:
    text = all_of(written.read_text("utf-8"))
    written.write_text(text, "utf-8")
    settings = Settings.load({}, written)
    specs = input_specs([], settings)
    assert {table.get("kind", "files") for table in settings.inputs} == set(KINDS)
    assert len(specs) == len(settings.inputs) == 7
    for kind, keys in KINDS.items():
        shown = {key for table in settings.inputs if table.get("kind", "files") == kind for key in table}
        assert shown >= set(keys) - {"revisit", "hosts"}, kind
    assert {key for table in settings.inputs for key in table} >= set(COMMON)


def test_nothing_is_written_over(written: Path) -> None:
    written.write_text("менікі", "utf-8")
    ended = izde("init", written.name)
    assert ended.code == 1
    assert "exists already" in ended.err
    assert written.read_text("utf-8") == "менікі"


def test_the_usual_name_and_a_folder_that_is_not_there(written: Path, tmp_path: Path) -> None:
    assert izde("init").code == 0
    assert (tmp_path / "izde.toml").read_bytes() == written.read_bytes()
    assert "cannot be written" in izde("init", "missing/izde.toml").err
