"""An installation for tests of `izde doctor`: its settings, and what is found of it."""

from pathlib import Path

from indexer.doctor import examine
from indexer.doctor.finding import Finding


def write(folder: Path, more: str = "") -> None:
    """The settings of the installation."""
    (folder / "izde.toml").write_text(
        f'index = "{folder / "index"}"\nquarantine = "{folder / "quarantine"}"\nharvest = "{folder / "harvest"}"\n'
        f'bind = "127.0.0.1:0"\n{more}\n[[input]]\npath = "{folder / "archive"}"\n',
        "utf-8",
    )


def look(folder: Path, **environ: str) -> list[Finding]:
    return examine(None, folder / "izde.toml", environ)


def told(found: list[Finding], subject: str) -> list[tuple[str, str]]:
    """Level and text of what was found of a subject."""
    return [(one.level, one.line()) for one in found if one.subject == subject]


def only(found: list[Finding], subject: str) -> tuple[str, str]:
    (one,) = told(found, subject)
    return one
