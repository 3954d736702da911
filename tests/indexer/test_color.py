"""`--color`, NO_COLOR, and what a terminal shows."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.indexes import ARTICLES
from tests.runs import archive, izde

ESCAPE = "\x1b["


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("IZDE_INDEX", str(tmp_path / "index"))
    monkeypatch.setenv("IZDE_QUARANTINE", str(tmp_path / "quarantine"))
    monkeypatch.delenv("NO_COLOR", raising=False)
    return tmp_path


def on_a_terminal(*arguments: object) -> str:
    """What the command shows there."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "indexer", *map(str, arguments)]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs) as child:
        os.close(theirs)
        shown = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # Linux says so where the other end is closed
                break
            if not piece:
                break
            shown += piece
        os.close(ours)
        assert child.wait(60) in (0, 2)
    return shown.decode()


def test_a_log_has_no_colour_and_always_means_always(place: Path) -> None:
    folder = archive(place / "a", ARTICLES[:5])
    plain = izde("reindex", folder)
    assert ESCAPE not in plain.out + plain.err
    bright = izde("reindex", "--color", "always", folder)
    assert bright.out.startswith(f"{ESCAPE}32m")
    assert "\x1b[0m\n  қосылды" in bright.out
    failed = izde("reindex", "--color", "always", place / "nothing")
    assert (failed.code, failed.err[: len("\x1b[31m\x1b[1mizde:")]) == (2, "\x1b[31m\x1b[1mizde:")
    assert ESCAPE not in izde("reindex", place / "nothing").err
    warned = izde("reindex", "--color", "always", archive(place / "b", ARTICLES[:5], bad=1))
    assert warned.code == 3
    assert warned.out.startswith(f"{ESCAPE}33m")


def test_no_color_is_honoured_unless_the_command_says_otherwise(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = archive(place / "a", ARTICLES[:5])
    assert f"{ESCAPE}32m" in on_a_terminal("reindex", folder)
    assert f"{ESCAPE}32m" not in on_a_terminal("reindex", "--color", "never", folder)
    monkeypatch.setenv("NO_COLOR", "1")
    assert f"{ESCAPE}31m" not in on_a_terminal("reindex", place / "nothing")
    assert f"{ESCAPE}31m" in on_a_terminal("reindex", "--color", "always", place / "nothing")
