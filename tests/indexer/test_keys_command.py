"""`izde keys`."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from search.keys import Keys, read
from tests.runs import Result, izde

Run = Callable[..., Result]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "new" / "keys.json"


@pytest.fixture
def run(tmp_path: Path, file: Path) -> Run:
    config = tmp_path / "izde.toml"
    config.write_text(f'api_keys = "{file}"\n')
    return lambda *args: izde("keys", *args, "--config", config)


def test_a_key_from_its_beginning_to_its_end(run: Run, file: Path) -> None:
    made = run("add", "Дала хабары,\n бөлім", "--rate", "600/minute", "--expires", "2099-12-31")
    assert made.code == 0
    text = made.out.strip()
    (kept,) = read(file)
    assert (kept.name, kept.rate) == ("Дала хабары, бөлім", "600/minute")
    assert kept.expires == datetime(2099, 12, 31, 23, 59, 59, tzinfo=UTC)
    assert text not in file.read_text()
    found = Keys(file, 0).find(text, datetime.now(UTC))
    assert found == kept
    assert run("add", "екінші").code == 0
    listed = run("list").out.splitlines()
    assert len(listed) == 2
    assert listed[0].startswith(kept.id)
    assert "2099-12-31" in listed[0]
    assert run("revoke", kept.id).code == 0
    assert Keys(file, 0).find(text, datetime.now(UTC)) is None
    again = run("revoke", kept.id)
    assert (again.code, kept.id in again.err) == (3, True)
    assert len(read(file)) == 1


@pytest.mark.parametrize("wrong", [("--rate", "many"), ("--expires", "soon"), ("--rate", "0/minute")])
def test_a_wrong_option_makes_no_key(run: Run, file: Path, wrong: tuple[str, str]) -> None:
    ended = run("add", "x", *wrong)
    assert (ended.code, ended.out) == (2, "")
    assert read(file) == ()


def test_a_damaged_file_is_not_written_over(run: Run, file: Path) -> None:
    file.parent.mkdir()
    file.write_text("{")
    for args in (("add", "x"), ("list",), ("revoke", "00000000")):
        ended = run(*args)
        assert (ended.code, "no list of keys" in ended.err) == (2, True)
    assert file.read_text() == "{"


def test_without_the_setting(tmp_path: Path) -> None:
    config = tmp_path / "izde.toml"
    config.write_text("")
    ended = izde("keys", "list", "--config", config)
    assert (ended.code, "api_keys" in ended.err) == (2, True)
