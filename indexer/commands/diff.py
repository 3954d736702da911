"""`izde diff`: what changed from one generation to another."""

import sys
from pathlib import Path

import click
import msgspec

from ..difference import difference
from ..printable import printable
from .options import configured, index_and_config


@click.command()
@click.argument("old", required=False, default="")
@click.argument("new", required=False, default="")
@index_and_config
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def diff(old: str, new: str, index: Path | None, config: Path | None, as_json: bool) -> None:
    """Show which articles were added (+), changed (~) and removed (-) from the generation OLD to NEW.

    NEW is the current one by default, OLD the one before it.

    Exit codes: 0 nothing differs · 1 there is no such generation, or it is damaged · 3 something differs
    """
    found = difference(configured(index, config).index, old, new)
    if as_json:
        click.echo(msgspec.json.encode(found).decode())
    else:
        for sign, ids in (("+", found.added), ("~", found.changed), ("-", found.removed)):
            for one in ids:
                click.echo(f"{sign} {printable(one)}")
        counts = f"қосылды {len(found.added)} · өзгерді {len(found.changed)} · жойылды {len(found.removed)}"
        click.echo(f"{found.old} → {found.new}: {counts} · өзгеріссіз {found.unchanged}", err=True)
        if found.pipeline:
            click.echo("Талдау ережелері де өзгерген", err=True)
    sys.exit(0 if found.is_empty else 3)
