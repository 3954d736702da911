"""What is wrong with the site's own is said by `izde settings`, and by `izde serve` before anything is served."""

from pathlib import Path

import pytest

from tests.runs import izde


@pytest.mark.parametrize("command", ["settings", "serve"])
def test_what_cannot_be_is_one_line_and_exit_code_2(tmp_path: Path, command: str) -> None:
    (tmp_path / "izde.toml").write_text('site_accent = "#82c7e6"\n', "utf-8")
    done = izde(command, "--config", tmp_path / "izde.toml")
    assert done.code == 2
    assert "site_accent" in done.err
    assert "contrast" in done.err
    assert "Traceback" not in done.err
    assert (command == "settings") == ("site_accent = #82c7e6" in done.out)


def test_what_is_right_is_shown(tmp_path: Path) -> None:
    (tmp_path / "izde.toml").write_text('site_accent = "#036"\nsite_links = "Біз=/kk/"\n', "utf-8")
    done = izde("settings", "--config", tmp_path / "izde.toml")
    assert (done.code, done.err) == (0, "")
    assert "site_links = Біз=/kk/" in done.out
