"""`izde curation`: checks the file of synonyms and pinned results."""

import sys
from collections.abc import Iterable
from pathlib import Path

import click
import msgspec

from ..curation import Checked, CheckedName, checked
from .options import configured, index_and_config


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@index_and_config
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def curation(file: Path | None, index: Path | None, config: Path | None, as_json: bool) -> None:
    """Check FILE, else the file of the setting `curation`, against the index that is served.

    Shows in how many articles each name of a synonym stands, which articles are pinned and why, and what is wrong.

    Exit codes: 0 all is well · 1 no index can be served · 2 usage or settings, or the file cannot be read ·
    3 lines are passed over, or pinned articles do not exist; the rest works
    """
    settings = configured(index, config)
    if file is None and not settings.curation:
        raise click.UsageError("no file: name one, or set curation (IZDE_CURATION)")
    found = checked(file or Path(settings.curation), settings)
    if as_json:
        click.echo(msgspec.json.encode(found).decode())
    else:
        _print(found)
    sys.exit(found.exit_code)


def _print(found: Checked) -> None:
    click.echo(f"{found.file}: синоним {len(found.synonyms)} · бекітілген сұрау {len(found.pins)}")
    if found.synonyms:
        click.echo("\nСинонимдер (жақша ішінде – осы атау кездесетін мақала саны)")
    for row in found.synonyms:
        names = f"{_listed(row.typed, ', ')} → {_listed(row.others, ', ')}" if row.oneway else _listed(row.typed, " = ")
        click.echo(f"  {row.line}-жол: {names}\n    себебі: {row.reason}")
    if found.pins:
        click.echo("\nБекітілген мақалалар")
    for pin in found.pins:
        click.echo(f"  {pin.line}-жол: {', '.join(f'«{query}»' for query in pin.queries)}\n    себебі: {pin.reason}")
        for article in pin.articles:
            click.echo(f"    {article.id} · {'МҰНДАЙ МАҚАЛА ЖОҚ' if article.title is None else article.title}")
    if found.problems:
        click.echo("\nЕсепке алынбаған жолдар")
    for problem in found.problems:
        click.echo(f"  {problem.line}-жол: {problem.text}")


def _listed(names: Iterable[CheckedName], between: str) -> str:
    return between.join(f"{one.name} ({one.articles})" for one in names)
