"""`izde verify`: reads every byte of every generation."""

import sys
from pathlib import Path

import click

from search.errors import IndexMissing

from ..state import verified
from .options import configured, index_and_config


@click.command()
@index_and_config
def verify(index: Path | None, config: Path | None) -> None:
    """Compare every file of every generation with the SHA-256 that was written down. Exit code 1 if one differs."""
    folder = configured(index, config).index
    found = verified(folder)
    if not found:
        raise IndexMissing(folder)
    for one in found:
        click.echo(f"{one.name}: {one.damage or 'бүтін'}")
    sys.exit(1 if any(one.damage for one in found) else 0)
