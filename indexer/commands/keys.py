"""`izde keys`: the keys of API clients."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from search.errors import SettingsError
from search.keys import Key, read
from search.rates import rate as parsed

from ..keys import add as add_key
from ..keys import revoke as revoke_keys
from ..space import told
from .options import configured

_config = click.option(
    "--config", type=click.Path(path_type=Path, dir_okay=False), help="TOML file of settings; else IZDE_CONFIG."
)


@click.group()
def keys() -> None:
    """Keys of API clients, in the file that the setting `api_keys` names.

    A key that is added or revoked counts within a second or two (the setting `poll_ms`), without a restart.

    Exit codes: 0 done · 2 usage, no such setting, a damaged file · 3 no key has some ID · 6 no space or permission
    """


@keys.command()
@click.argument("name")
@_config
@click.option("--rate", default="", help="Requests that it allows, as 600/minute, or off; the usual ones without it.")
@click.option(
    "--expires", type=click.DateTime(["%Y-%m-%d"]), help="Last day of the key (UTC); without it, it has none."
)
def add(name: str, config: Path | None, rate: str, expires: datetime | None) -> None:
    """Make a key for NAME and print it, this once: the file has only a hash of it."""
    if rate:
        parsed(rate, "--rate")
    end = expires.replace(hour=23, minute=59, second=59, tzinfo=UTC) if expires else None
    path = _file(config)
    with told(path.parent):
        made = add_key(path, " ".join(name.split()), rate, end)
    click.echo(f"{made.kept.id}: бұл кілт тек қазір көрсетіледі", err=True)
    click.echo(made.text)


@keys.command("list")
@_config
def list_(config: Path | None) -> None:
    """Show the keys: ID, since when, until when, rate, name."""
    for key in read(_file(config)):
        click.echo(_shown(key))


@keys.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@_config
def revoke(ids: tuple[str, ...], config: Path | None) -> None:
    """Take keys out; requests with them are refused from then on."""
    path = _file(config)
    with told(path.parent):
        gone = {key.id for key in revoke_keys(path, frozenset(ids))}
    for one in dict.fromkeys(ids):
        click.echo(f"{one}: өшірілді" if one in gone else f"izde: {one}: no key has this id", err=one not in gone)
    sys.exit(0 if gone.issuperset(ids) else 3)


def _file(config: Path | None) -> Path:
    name = configured(None, config).api_keys
    if not name:
        raise SettingsError('api_keys: name the file of keys there first, as api_keys = "/var/lib/izde/keys.json"')
    return Path(name)


def _shown(key: Key) -> str:
    until = f"{key.expires:%Y-%m-%d}" if key.expires else "–"
    return f"{key.id}  {key.created:%Y-%m-%d}  {until}  {key.rate or '–'}  {key.name}"
