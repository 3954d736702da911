"""`izde backup` and `izde restore`: what cannot be made again from the inputs, to a file and back."""

import os
import sys
from pathlib import Path

import click

from search.settings import PREFIX

from ..backup import backup as write
from ..backup import restore as put_back
from ..backup import restore_settings
from .options import configured, index_and_config


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@index_and_config
def backup(file: Path, index: Path | None, config: Path | None) -> None:
    """Write settings, withdrawn articles, synonyms and pins, and the logs to FILE (.tar.gz).

    The index itself is not in it: it is made again from the inputs.
    """
    contents = write(file, configured(index, config), _config(config))
    for member in contents.members:
        click.echo(f"{member.name} · {member.bytes:,} байт".replace(",", "\u00a0"))
    click.echo(f"Сақтық көшірме жазылды: {file}")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@index_and_config
@click.option("--force", is_flag=True, help="Write over files that differ from those of the backup.")
def restore(file: Path, index: Path | None, config: Path | None, force: bool) -> None:
    r"""Put what FILE holds where the settings want it.

    With --config (or IZDE_CONFIG) naming a file that does not exist yet, the settings of the backup are written there
    first, and the rest goes where they say. Files that are there already and differ are left as they are, without
    --force.

    \b
    Exit codes: 0 done · 1 FILE is damaged, nothing was changed · 2 usage or settings · 3 some files were left
    """
    path = _config(config)
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


def _config(config: Path | None) -> Path | None:
    """The file of settings, of the option or the environment."""
    named = os.environ.get(f"{PREFIX}CONFIG")
    return config or (Path(named) if named else None)
