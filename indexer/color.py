"""Colour in summaries and errors: on a terminal, unless NO_COLOR is set (no-color.org) or the command was told."""

import os
from typing import Final

import click

CHOICES: Final = ("auto", "always", "never")

_chosen = "auto"


def choose(choice: str) -> None:
    """What `--color` says, for the rest of the command."""
    global _chosen
    _chosen = choice


def say(text: str, color: str = "", rest: str = "", *, err: bool = False) -> None:
    """Print `text` in this colour, and `rest` behind it in none."""
    shown = click.style(text, fg=color, bold=True) if color else text
    click.echo(shown + rest, err=err, color=_wanted())


def _wanted() -> bool | None:
    """None: as the stream is."""
    if _chosen == "auto":
        return False if os.environ.get("NO_COLOR") else None
    return _chosen == "always"
