"""`izde rollback`: back to an older generation."""

from datetime import timedelta
from pathlib import Path

import click

from search import manifest
from search.errors import EngineError
from search.pointer import current_name, names

from ..errors import IndexerError
from ..interrupt import Interrupts
from ..lock import Busy, locked
from ..publish import flip
from ..space import told
from ..workspace import path_of
from .options import configured, index_and_config


@click.command()
@index_and_config
@click.option("--to", metavar="NAME", help="The generation to serve, which may be a newer one; default the one before.")
def rollback(index: Path | None, config: Path | None, to: str | None) -> None:
    """Serve an older generation again, after a check of its hashes. The next `reindex` goes forward as ever."""
    folder = configured(index, config).index
    try:
        with Interrupts() as interrupts, told(folder), locked(folder, 0, timedelta(0)):
            name = to or _before(folder)
            if name not in names(folder):
                raise IndexerError(f"{folder}: there is no generation {name!r}; `izde status` lists all")
            path = path_of(folder, name)
            manifest.check_hashes(path, manifest.read(path))
            interrupts.hold()
            flip(folder, name)
    except Busy as busy:
        raise IndexerError(str(busy)) from busy
    click.echo(f"Индекс қайтарылды: {name}")


def _before(folder: Path) -> str:
    """The newest generation before the current one that is whole."""
    current = current_name(folder)
    for name in names(folder):
        path = path_of(folder, name)
        if current and name < current:
            try:
                manifest.check_hashes(path, manifest.read(path))
            except EngineError:
                continue
            return name
    raise IndexerError(f"{folder}: there is no whole generation before {current or 'the current one'}")
