"""`izde backup` and `izde restore`: what cannot be made again from the inputs, to a file and back."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from search.settings import PREFIX

from ..backup import backup as write
from ..backup import restore as put_back
from ..backup import restore_settings
from ..errors import NoSpace
from .options import configured, index_and_config


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@index_and_config
def backup(file: Path, index: Path | None, config: Path | None) -> None:
    """Write settings, withdrawn articles, synonyms and pins, keys and the query log to FILE (.tar.gz).

    The index itself is not in it: it is made again from the inputs. Run it as root, who may read all of that.

    Exit codes: 0 done · 1 the list of withdrawn articles is damaged · 2 usage or settings ·
    3 written without what this user may not read · 6 FILE cannot be written
    """
    settings = configured(index, config)
    with _worded(file):
        made = write(file, settings, _config(config))
    for member in made.contents.members:
        click.echo(f"{member.name} · {member.bytes:,} байт".replace(",", "\u00a0"))
    for path in made.unread:
        click.echo(f"izde: {path}: not in the backup, this user may not read it; run it as root", err=True)
    click.echo(f"Сақтық көшірме жазылды: {file}")
    sys.exit(3 if made.unread else 0)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@index_and_config
@click.option("--force", is_flag=True, help="Write over files that differ from those of the backup.")
def restore(file: Path, index: Path | None, config: Path | None, force: bool) -> None:
    """Put what FILE holds where the settings want it.

    With --config (or IZDE_CONFIG) naming a file that does not exist yet, the settings of the backup are written there
    first, and the rest goes where they say. Files that are there already and differ are left as they are, without
    --force. Run it as root: each file is given to the owner of its folder.

    Exit codes: 0 done · 1 FILE is damaged, nothing was changed · 2 usage or settings · 3 some files were left ·
    6 something cannot be read or written
    """
    path = _config(config)
    with _worded(file):
        if path is not None and not path.exists():
            if not restore_settings(file, path):
                raise click.UsageError(f"{path} does not exist, and the backup holds no settings: run without --config")
            click.echo(f"{path}: қайтарылды")
        found = put_back(file, configured(index, config), path, force=force)
    for one in found.written:
        click.echo(f"{one}: қайтарылды")
    for one in found.left:
        click.echo(f"izde: {one}: it is there already and differs; --force writes over it", err=True)
    if not found.written:
        click.echo("Өзгеріс жоқ")
    sys.exit(3 if found.left else 0)


@contextmanager
def _worded(file: Path) -> Iterator[None]:
    """Say in a line what cannot be read or written, and what to do."""
    try:
        yield
    except OSError as problem:
        advice = {
            errno.ENOENT: "make the folder first",
            errno.EACCES: "run it as root",
            errno.EPERM: "run it as root",
            errno.ENOSPC: "free some",
        }.get(problem.errno or 0, "")
        told = f"{problem.filename or file}: {problem.strerror or problem}"
        raise NoSpace(f"{told}; {advice}" if advice else told) from problem


def _config(config: Path | None) -> Path | None:
    """The file of settings, of the option or the environment."""
    named = os.environ.get(f"{PREFIX}CONFIG")
    return config or (Path(named) if named else None)
