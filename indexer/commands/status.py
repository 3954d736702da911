"""`izde status`: what an index serves, and whether it is whole."""

import sys
from pathlib import Path

import click
import msgspec

from ..state import State, state
from .options import configured, index_and_config


@click.command()
@index_and_config
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def status(index: Path | None, config: Path | None, as_json: bool) -> None:
    """Show the generations, the one that is served, and the last run. Files are compared by size; `verify` reads them.

    Exit codes: 0 all is well · 1 nothing can be served · 3 something is damaged, but an index is served
    """
    settings = configured(index, config)
    found = state(settings.index)
    if as_json:
        click.echo(msgspec.json.encode(found).decode())
    else:
        _print(found, settings.quarantine)
    sys.exit(found.exit_code)


def _print(found: State, quarantine: Path) -> None:
    click.echo(f"Индекс: {found.index}")
    click.echo(f"  ұсынылып тұр: {found.served or 'жоқ'}")
    if found.problem:
        click.echo(f"  ақау: {found.problem}")
    for one in found.generations:
        size = f"{one.documents} мақала · {one.bytes / 1_000_000:.1f} МБ · {one.damage or 'бүтін'}"
        click.echo(f"  {'*' if one.name == found.served else ' '} {one.name} · {size}")
    if found.running:
        click.echo(f"  қазір жүріп жатыр: процесс {found.running.pid}, {found.running.host}")
    if found.last_success:
        click.echo(f"  соңғы сәтті жаңарту: {found.last_success:%Y-%m-%d %H:%M:%S} UTC")
    if found.last and found.last.quarantined:
        click.echo(f"  оқылмаған жазба: {found.last.quarantined}, себебімен бірге {quarantine} ішінде")
    if failed := found.failed:
        click.echo(
            f"  соңғы жаңарту сәтсіз: {failed.time:%Y-%m-%d %H:%M:%S} UTC, код {failed.exit_code}: {failed.message}"
        )
