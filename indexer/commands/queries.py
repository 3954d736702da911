"""`izde queries`: what readers asked, from the query log."""

import os
from collections.abc import Iterable
from pathlib import Path

import click
import msgspec

from search.settings import Settings

from ..queries import Queries, gathered


@click.command()
@click.option("--log", type=click.Path(path_type=Path), help="Folder of the query log; else the setting query_log.")
@click.option(
    "--config", type=click.Path(path_type=Path, dir_okay=False), help="TOML file of settings; else IZDE_CONFIG."
)
@click.option("--days", type=click.IntRange(1, 3650), help="Only the last so many days, today included.")
@click.option("--top", type=click.IntRange(1, 1000), default=20, show_default=True, help="Rows of each list.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def queries(log: Path | None, config: Path | None, days: int | None, top: int, as_json: bool) -> None:
    """Show what was asked most often, what found nothing, and what was slow.

    Texts that differ in case and spaces only count together. A text stands among those that found nothing if it did
    the last time that it was asked without filters: a synonym may help (see docs/curation.md).

    Exit codes: 0 done · 1 there is no log to read · 2 usage or settings
    """
    folder = log or _configured(config)
    found = gathered(folder, days, top)
    if as_json:
        click.echo(msgspec.json.encode(found).decode())
    else:
        _print(found, folder)


def _configured(config: Path | None) -> Path:
    settings = Settings.load(os.environ, config)
    if not settings.query_log:
        raise click.UsageError("no query log: set query_log (IZDE_QUERY_LOG) to a folder, or name one with --log")
    return Path(settings.query_log)


def _print(found: Queries, folder: Path) -> None:
    if not found.searches:
        click.echo(f"{folder}: бұл күндерде журналға ешқандай іздеу жазылмаған.")
    else:
        click.echo(f"Сұраулар: {found.first} – {found.last} · іздеу {found.searches} · әртүрлі мәтін {found.texts}")
    if found.textless:
        click.echo(f"  мәтінсіз іздеу {found.textless}")
    if found.broken:
        click.echo(f"  оқылмаған жол {found.broken}")
    _list("Ең жиі сұралған", ((f"{one.times} рет", f"{one.text} · {one.total} нәтиже") for one in found.frequent))
    _list("Ештеңе табылмаған", ((f"{one.times} рет", one.text) for one in found.zero))
    _list("Ең баяу", ((f"{one.took_ms:.0f} мс", f"{one.text} · {one.times} рет") for one in found.slow))


def _list(title: str, rows: Iterable[tuple[str, str]]) -> None:
    listed = list(rows)
    if not listed:
        return
    width = max(len(figure) for figure, _ in listed)
    click.echo(f"\n{title}")
    for figure, text in listed:
        click.echo(f"  {figure:>{width}}  {text}")
