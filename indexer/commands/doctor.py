"""`izde doctor`: what is wrong with this installation, and how to mend it."""

import sys
from pathlib import Path

import click
import msgspec

from ..doctor import examine, exit_code
from .options import index_and_config


@click.command()
@index_and_config
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("-q", "--quiet", is_flag=True, help="Print only warnings and errors.")
def doctor(index: Path | None, config: Path | None, as_json: bool, quiet: bool) -> None:
    """Look for what is wrong with this installation: a line each, with what to do. Changes nothing, needs no network.

    Run it as the user of the runs (runuser -u izde -- izde doctor): rights are looked at for who asks.

    Exit codes: 0 all is well · 1 there are errors · 2 usage · 3 there are warnings
    """
    found = examine(index, config)
    shown = [one for one in found if not quiet or one.level != "ok"]
    if as_json:
        click.echo(msgspec.json.encode({"exit_code": exit_code(found), "findings": shown}).decode())
    else:
        letters = getattr(sys.stdout, "encoding", None) or "utf-8"
        for one in shown:  # that the terminal has other letters is a finding, too
            click.echo(one.line().encode(letters, "backslashreplace").decode(letters))
    sys.exit(exit_code(found))
